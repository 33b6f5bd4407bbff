"""Which commands Discord knows, on both databases."""

import pytest

from bot.store.store import Store


@pytest.mark.both_databases
async def test_of_each_application_the_newest_digest_is_known(store: Store) -> None:
    assert await store.registered.digest(1) == ""
    await store.registered.keep(1, "a" * 64)
    await store.registered.keep(2, "b" * 64)
    await store.registered.keep(1, "c" * 64)
    assert await store.registered.digest(1) == "c" * 64
    assert await store.registered.digest(2) == "b" * 64

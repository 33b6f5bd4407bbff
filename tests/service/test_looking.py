"""Looking through what servers wrote: in a thread of its own, in turn, with an end."""

from collections.abc import Callable

import pytest

from bot.errors import UserError
from bot.service import looking


async def test_looking_through_much_lets_others_go_first_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    thread, seen = looking.Looking(), []

    def look(pause: Callable[[], None]) -> None:
        while True:
            seen.append(1)
            pause()

    monkeypatch.setattr(looking, "LOOK_SECONDS", 0.05)
    with pytest.raises(UserError, match="more text than I can look through"):
        await thread.through(1, 2, look)
    assert seen
    assert await thread.through(1, 2, lambda pause: "next") == "next"
    thread.close()

"""The disk full, the database gone, busy or foreign: one sentence each, nothing lost."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event, text

from bot.errors import ConfigError, StoreError
from bot.store import database as databases
from bot.store.database import FULL, OUT_OF_REACH, connect, database_url
from bot.store.revisions import Closing, GoneError, ItemChange, StaleError
from bot.store.store import Store, open_store
from tests.support.postgres import PostgresServer

GUILD, OTHER = 1, 2
SQLITE = pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)


async def _commit(store: Store, expected: int, guild: int = GUILD, size: int = 1, **closing: int) -> int:
    changes = [ItemChange("one", expected, {"text": "x" * size})]
    return await store.revisions.commit(
        guild, changes, author=5, at=0, action="edit", why="", closing=Closing(**closing)
    )


async def test_a_stale_edit_writes_nothing(store: Store) -> None:
    assert await _commit(store, 0) == 1
    with pytest.raises(StaleError) as raised:
        await _commit(store, 0)
    assert (raised.value.item, raised.value.revision) == ("one", 1)
    assert await store.revisions.newest(GUILD) == 1
    assert len(await store.revisions.revisions(GUILD)) == 1


async def test_of_many_who_edit_at_once_one_wins_and_the_others_are_told(store: Store) -> None:
    results = await asyncio.gather(*(_commit(store, 0) for _ in range(8)), return_exceptions=True)
    assert [result for result in results if isinstance(result, int)] == [1]
    assert sum(isinstance(result, StaleError) for result in results) == 7


async def test_edits_of_different_servers_do_not_meet(store: Store) -> None:
    numbers = await asyncio.gather(*(_commit(store, 0, guild) for guild in range(1, 9)))
    assert numbers == [1] * 8
    assert [row.item for row in await store.revisions.entries(GUILD)] == ["one"]


@pytest.mark.parametrize("closing", [{"draft": 9}, {"suggestion": 9}, {"gap_group": 9}])
async def test_a_change_that_rests_on_what_is_gone_writes_nothing(store: Store, closing: dict[str, int]) -> None:
    with pytest.raises(GoneError):
        await _commit(store, 0, **closing)
    assert await store.revisions.newest(GUILD) == 0


async def test_another_servers_draft_cannot_be_closed(store: Store) -> None:
    draft = await store.drafts.add(OTHER, author=5, at=0, data={})
    with pytest.raises(GoneError):
        await _commit(store, 0, draft=draft)
    assert await store.drafts.get(GUILD, draft) is None
    assert not await store.drafts.replace(GUILD, draft, {})
    assert not await store.drafts.drop(GUILD, draft)
    assert await store.drafts.get(OTHER, draft) is not None


async def test_ids_of_drafts_that_are_gone_are_not_given_again(store: Store) -> None:
    first = await store.drafts.add(GUILD, author=5, at=0, data={})
    await store.drafts.drop(GUILD, first)
    assert await store.drafts.add(GUILD, author=5, at=0, data={}) > first


async def test_text_that_databases_dislike_comes_back_as_it_was(store: Store) -> None:
    data = {"zero": "a\x00b", "half a pair": "\ud800", "emoji": "🦵", "quotes": "'; DROP TABLE drafts; --"}
    draft = await store.drafts.add(GUILD, author=5, at=0, data=data)
    row = await store.drafts.get(GUILD, draft)
    assert row is not None
    assert row.data == data


@SQLITE
async def test_a_full_disk_is_one_sentence_and_loses_nothing(store: Store, tmp_path: Path) -> None:
    await _commit(store, 0)

    def bound(connection: object, *_: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA max_page_count=40")
        cursor.close()

    event.listen(store.database.engine.sync_engine, "checkout", bound)
    with pytest.raises(StoreError, match=FULL):
        await _commit(store, 1, size=500_000)
    assert [row.revision for row in await store.revisions.entries(GUILD)] == [1]
    assert await store.revisions.newest(GUILD) == 1
    event.remove(store.database.engine.sync_engine, "checkout", bound)
    await store.close()
    again = await open_store("", tmp_path)
    assert await _commit(again, 1, size=500_000) == 2
    await again.close()


@SQLITE
async def test_a_database_that_another_process_holds_is_busy_in_words(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "BUSY_SECONDS", 0.1)
    other = connect(database_url("", tmp_path))
    holder = sqlite3.connect(tmp_path / databases.FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="busy"):
        await Store(other).drafts.add(GUILD, author=5, at=0, data={})
    holder.execute("ROLLBACK")
    holder.close()
    assert await Store(other).drafts.add(GUILD, author=5, at=0, data={}) == 1
    await other.close()


@SQLITE
async def test_every_connection_waits_for_the_disk_and_minds_foreign_keys(store: Store, tmp_path: Path) -> None:
    database = connect(database_url("", tmp_path))  # the fixture's own waits for nothing
    async with database.reading() as connection:
        found = [
            (await connection.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    await database.close()
    assert found == ["wal", 2, 1]


@pytest.mark.postgres
@pytest.mark.parametrize("store_address", ["postgres"], indirect=True)
async def test_a_database_that_is_gone_for_a_while_costs_a_sentence_and_nothing_else(
    store: Store, postgres: PostgresServer
) -> None:
    await _commit(store, 0)
    postgres.stop()
    try:
        for _ in range(2):
            with pytest.raises(StoreError, match=OUT_OF_REACH):
                await _commit(store, 1)
            with pytest.raises(StoreError, match=OUT_OF_REACH):
                await store.revisions.entries(GUILD)
    finally:
        postgres.start()
    assert [row.revision for row in await store.revisions.entries(GUILD)] == [1]
    assert await _commit(store, 1) == 2


async def test_an_sqlite_folder_that_cannot_be_made_is_a_fault_of_settings(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="set STATE_DIR"):
        await open_store("", tmp_path / "file" / "below")


@pytest.mark.parametrize("address", ["mysql://x/y", "nonsense", "http://example.org"])
def test_an_address_of_no_known_database_is_a_fault_of_settings(address: str) -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL"):
        database_url(address)


@pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_the_usual_names_of_postgresql_and_its_ssl_mode_are_understood(name: str) -> None:
    url = database_url(f"{name}://me:secret@host:5433/legpress?sslmode=require")
    assert url.drivername == "postgresql+asyncpg"
    assert dict(url.query) == {"ssl": "require"}
    assert "secret" not in str(url)

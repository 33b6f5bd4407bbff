"""Pictures in the store: kept once by content, each server's apart, a bounded number, dropped when nothing shows them."""

import asyncio

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection

from bot.store import migrate
from bot.store.database import Database
from bot.store.revisions import ItemChange
from bot.store.store import Store

HERE, THERE = 1, 2


async def _add(store: Store, name: str, *, guild: int = HERE, at: int = 0, most: int = 3, idle_before: int = 0) -> bool:
    return await store.pictures.add(
        guild, name, name.encode() + b"\x00\xff", kind="png", at=at, idle_before=idle_before, most=most
    )


async def _show(store: Store, name: str | None, item: str = "one", expected: int = 0, guild: int = HERE) -> int:
    change = ItemChange(item, expected, {"picture": name} if name else None, name)
    return await store.revisions.commit(guild, [change], author=5, at=0, action="picture", why="")


async def test_a_picture_comes_back_byte_for_byte(store: Store) -> None:
    content = bytes(range(256)) * 234
    assert await store.pictures.add(HERE, "a" * 64, content, kind="jpg", at=0, idle_before=0)
    assert await store.pictures.get(HERE, "a" * 64) == content


async def test_no_server_has_anothers_picture(store: Store) -> None:
    await _add(store, "ours")
    assert await store.pictures.get(THERE, "ours") is None
    assert await store.pictures.named(THERE, ["ours"], at=1) == set()
    assert await store.pictures.named(HERE, ["ours", "none"], at=1) == {"ours"}


async def test_the_same_picture_is_kept_once_and_takes_no_further_room(store: Store) -> None:
    for name in ("a", "b", "c", "c", "a"):
        assert await _add(store, name)
    assert not await _add(store, "d")
    assert await store.pictures.get(HERE, "d") is None
    assert await _add(store, "d", guild=THERE)


async def test_many_at_once_who_add_the_same_picture_all_succeed(store: Store) -> None:
    assert await asyncio.gather(*(_add(store, "a") for _ in range(6))) == [True] * 6


async def test_a_full_server_lets_its_oldest_go_that_no_claim_shows_now(store: Store) -> None:
    for at, name in enumerate(("shown", "old", "older than it looks")):
        assert await _add(store, name, at=at)
    await _show(store, "shown")
    await store.pictures.named(HERE, ["old"], at=50)
    assert await _add(store, "new", at=60, idle_before=40)
    assert await store.pictures.get(HERE, "older than it looks") is None
    assert await store.pictures.get(HERE, "shown") is not None
    assert await store.pictures.get(HERE, "old") is not None
    assert not await _add(store, "one more", at=61, idle_before=40)


async def test_what_any_revision_shows_is_never_too_old(store: Store) -> None:
    for name in ("now", "once", "never"):
        await _add(store, name)
    await _add(store, "now", guild=THERE)
    await _show(store, "once")
    await _show(store, "now", expected=1)
    assert await store.pictures.drop_unused_before(1) == 2
    assert await store.pictures.get(HERE, "never") is None
    assert await store.pictures.get(THERE, "now") is None
    assert await store.pictures.get(HERE, "once") is not None
    assert await store.pictures.get(HERE, "now") is not None


async def test_what_a_claim_ever_had_is_erased_but_not_what_another_shows(store: Store) -> None:
    for name in ("once", "now elsewhere", "another's"):
        await _add(store, name)
    await _add(store, "once", guild=THERE)
    for number, shown in enumerate(("once", "now elsewhere", None)):
        await _show(store, shown, expected=number)
    await _show(store, "now elsewhere", item="two")
    await _show(store, "another's", item="three")
    assert await store.pictures.erase(HERE, "one") == 1
    assert await store.pictures.get(HERE, "once") is None
    assert await store.pictures.get(THERE, "once") is not None
    assert await store.pictures.named(HERE, ["now elsewhere", "another's"], 0) == {"now elsewhere", "another's"}
    assert await store.pictures.erase(HERE, "one") == 0


async def test_what_was_named_lately_stays(store: Store) -> None:
    await _add(store, "a", at=5)
    assert await store.pictures.drop_unused_before(5) == 0
    assert await store.pictures.drop_unused_before(6) == 1


async def test_a_server_that_the_bot_left_long_ago_keeps_no_picture(store: Store) -> None:
    await _add(store, "a")
    await _add(store, "a", guild=THERE)
    await _show(store, "a")
    await store.servers.left(HERE, 10)
    await store.servers.absent([HERE], 12)
    assert await store.servers.drop(HERE, left_before=11, absent_before=13) is not None
    assert await store.pictures.get(HERE, "a") is None
    assert await store.pictures.get(THERE, "a") is not None


async def test_the_step_to_pictures_keeps_what_was_there_and_can_be_taken_back(empty_database: Database) -> None:
    def go(connection: Connection, step: str) -> None:
        config = Config()
        config.set_main_option("script_location", str(migrate.MIGRATIONS))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        (command.downgrade if step == "0001-back" else command.upgrade)(config, step.removesuffix("-back"))

    async with empty_database.writing() as connection:
        await connection.run_sync(go, "0001")
        insert = text("INSERT INTO entries VALUES (1, 'one', 1, :state)")
        await connection.execute(insert, {"state": '{"hidden":true}'})
    await migrate.upgrade(empty_database)
    [row] = await Store(empty_database).revisions.entries(1)
    assert row.state == {"hidden": True}
    async with empty_database.writing() as connection:
        await connection.run_sync(go, "0001-back")
        await connection.run_sync(go, "head")
    assert await Store(empty_database).revisions.entries(1) == [row]

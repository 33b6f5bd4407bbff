"""The tables, made by steps, on both databases."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect, text
from sqlalchemy.engine import Connection

from bot.errors import ConfigError, StoreError
from bot.store import migrate
from bot.store.database import FILE, Database, connect, database_url
from bot.store.store import Store, open_store
from bot.store.tables import metadata


async def test_an_upgrade_makes_exactly_the_tables_that_the_code_uses(empty_database: Database) -> None:
    await migrate.upgrade(empty_database)

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with empty_database.reading() as connection:
        assert await connection.run_sync(differences) == []
    assert await migrate.current(empty_database) == migrate.newest()


async def test_a_new_database_gets_at_once_what_the_steps_make_one_after_the_other(empty_database: Database) -> None:
    await migrate.upgrade(empty_database)
    async with empty_database.writing() as connection:
        at_once = await connection.run_sync(described)
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(migrate.version.drop)
    async with empty_database.writing() as connection:
        await connection.run_sync(migrate.climb)
    assert len(at_once) > len(metadata.tables)
    async with empty_database.reading() as connection:
        assert await connection.run_sync(described) == at_once
    assert await migrate.current(empty_database) == migrate.newest()


def described(connection: Connection) -> dict[str, list[str]]:
    """Return what the database says of each table: its columns in order, keys, indexes and limits."""
    inspector = inspect(connection)
    return {
        name: [
            *(repr({**each, "type": str(each["type"])}) for each in inspector.get_columns(name)),
            repr(inspector.get_pk_constraint(name)),
            *sorted(map(repr, inspector.get_foreign_keys(name))),
            *sorted(map(repr, inspector.get_indexes(name))),
            *sorted(map(repr, inspector.get_unique_constraints(name))),
            *sorted(map(repr, inspector.get_check_constraints(name))),
        ]
        for name in inspector.get_table_names()
    }


def test_a_new_database_is_made_without_alembic(tmp_path: Path) -> None:
    made = (
        "import asyncio, sys; from pathlib import Path; from bot.store.store import open_store; "
        "asyncio.run(open_store('', Path(sys.argv[1]))).database; print('alembic' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", made, str(tmp_path)], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"


async def test_an_upgrade_of_an_upgraded_database_changes_nothing(empty_database: Database) -> None:
    await migrate.upgrade(empty_database)
    await migrate.upgrade(empty_database)
    assert await migrate.current(empty_database) == migrate.newest()


async def test_an_sqlite_file_is_brought_to_this_version_by_itself(tmp_path: Path) -> None:
    store = await open_store("", tmp_path / "not" / "there")
    assert await migrate.current(store.database) == migrate.newest()
    await store.close()


@pytest.mark.postgres
@pytest.mark.parametrize("store_address", ["postgres"], indirect=True)
async def test_a_postgresql_schema_that_is_behind_is_refused_with_what_to_do(
    empty_database: Database, store_address: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="has no tables yet; run `legpress db upgrade`"):
        await open_store(store_address, tmp_path)
    await migrate.upgrade(empty_database)
    await (await open_store(store_address, tmp_path)).close()


async def test_a_database_of_a_newer_version_is_refused(empty_database: Database) -> None:
    await migrate.upgrade(empty_database)
    async with empty_database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigError, match="step 9999, which this version does not know"):
        await migrate.upgrade(empty_database)
    with pytest.raises(ConfigError, match="newer version"):
        await migrate.require_newest(empty_database)
    async with empty_database.writing() as connection:
        await connection.execute(text("DELETE FROM alembic_version"))
        await connection.run_sync(metadata.drop_all)


async def test_mentions_that_were_kept_before_lose_their_ids(empty_database: Database) -> None:
    await migrate.upgrade(empty_database)
    said = '{"lead": "Ask <@123456789012345678> or <@!223456789012345678>, <@&5> and 3 <@ 4."}'
    clean = '{"lead": "Ask somebody or somebody, <@&5> and 3 <@ 4."}'
    texts = {
        "entries": ("guild_id, item, revision, state", "1, 'a', 1, :said"),
        "revisions": ("guild_id, number, at, action, why", "1, 1, 1, 'edit', :said"),
        "revision_items": ("guild_id, number, item, state", "1, 1, 'a', :said"),
        "drafts": ("id, guild_id, author_id, at, data", "1, 1, 1, 1, :said"),
        "suggestions": ("id, guild_id, at, data", "1, 1, 1, :said"),
    }
    async with empty_database.writing() as connection:
        for table, (columns, values) in texts.items():
            await connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), {"said": said})
        await connection.execute(text("INSERT INTO entries (guild_id, item, revision) VALUES (1, 'b', 1)"))
        await connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    await migrate.upgrade(empty_database)
    async with empty_database.reading() as connection:
        for table, (columns, _) in texts.items():
            column = columns.rsplit(", ", 1)[1]
            kept = await connection.scalars(text(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"))
            assert kept.all() == [clean], table


MENTION = "<@123456789012345678>"
ODD = {
    "": "",
    MENTION: "somebody",
    json.dumps({"a": {MENTION: ["<@!2>", 3, None]}}): json.dumps({"a": {"somebody": ["somebody", 3, None]}}),
    f'{{"broken": "{MENTION}': '{"broken": "somebody',
    json.dumps(f"🙂{MENTION}🙂"): json.dumps("🙂somebody🙂"),
    f"🙂 {MENTION} ' \" \\ 100% _ :said ?": "🙂 somebody ' \" \\ 100% _ :said ?",
    f"{MENTION} " * 40_000: "somebody " * 40_000,
    "<@123 <@&5> <#5> <@\n5> <@> <@x>": "<@123 <@&5> <#5> <@\n5> <@> <@x>",
}
"""Texts of a database at step 0004, and what is left of them."""
KEPT = {
    "entries": ("guild_id, item, revision, state", ":n, 'a', 1, :said"),
    "revisions": ("guild_id, number, at, action, why", ":n, 1, 1, 'edit', :said"),
    "revision_items": ("guild_id, number, item, state", ":n, 1, 'a', :said"),
    "drafts": ("id, guild_id, author_id, at, data", ":n, :n, 1, 1, :said"),
    "suggestions": ("id, guild_id, at, data", ":n, :n, 1, :said"),
}


async def kept_before(database: Database, texts: Iterable[str]) -> None:
    """Fill each table of texts, one for each server, and go back to step 0004."""
    await migrate.upgrade(database)
    async with database.writing() as connection:
        for number, said in enumerate(texts, start=1):
            for table, (columns, values) in KEPT.items():
                row = text(f"INSERT INTO {table} ({columns}) VALUES ({values})")
                await connection.execute(row, {"n": number, "said": said})
        await connection.execute(text("INSERT INTO entries (guild_id, item, revision) VALUES (1, 'nothing', 1)"))
        await connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))


async def texts_of(database: Database) -> dict[str, list[str]]:
    async with database.reading() as connection:
        return {
            table: list(
                await connection.scalars(
                    text(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY guild_id")
                )
            )
            for table, (columns, _) in KEPT.items()
            for column in [columns.rsplit(", ", 1)[1]]
        }


def each_has(*texts: str) -> dict[str, list[str]]:
    return {table: list(texts) for table in KEPT}


async def test_odd_texts_lose_mentions_and_nothing_else(empty_database: Database) -> None:
    await kept_before(empty_database, ODD)
    await migrate.upgrade(empty_database)
    assert await texts_of(empty_database) == each_has(*ODD.values())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that is killed")
@pytest.mark.parametrize(
    ("is_new", "at"),
    [
        (False, 2),
        pytest.param(False, 5, marks=pytest.mark.soak),
        (False, "commit"),
        pytest.param(True, 5, marks=pytest.mark.soak),
        (True, "commit"),
    ],
)
async def test_a_step_that_is_killed_is_taken_whole_or_not_at_all(
    empty_database: Database, store_address: str, tmp_path: Path, at: int | str, is_new: bool
) -> None:
    if not is_new:
        await kept_before(empty_database, [MENTION])
    await empty_database.close()
    ended = await asyncio.to_thread(killed_at, store_address, tmp_path, at)
    assert ended == -signal.SIGKILL
    database = connect(database_url(store_address, tmp_path))
    assert await migrate.current(database) == (None if is_new else "0004")
    if not is_new:
        assert await texts_of(database) == each_has(MENTION)
    await migrate.upgrade(database)
    assert await migrate.current(database) == migrate.newest()
    assert await texts_of(database) == each_has(*([] if is_new else ["somebody"]))
    await database.close()


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from sqlalchemy import event
from bot.store import migrate
from bot.store.database import connect, database_url

database = connect(database_url(sys.argv[1], Path(sys.argv[2])))
left = [int(sys.argv[3])]
def die():
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
engine = database.engine.sync_engine
if left[0] == 0:
    left[0] = 1
    event.listen(engine, "commit", lambda *_: die())
else:  # statements that write
    event.listen(engine, "before_cursor_execute", lambda *said: said[2][:6] not in ("SELECT", "PRAGMA") and die())
asyncio.run(migrate.upgrade(database))
"""


def killed_at(address: str, folder: Path, at: int | str) -> int:
    """Upgrade in a process that is killed before the statement of a number that writes, or before it commits."""
    number = "0" if at == "commit" else str(at)
    return subprocess.run([sys.executable, "-c", KILLED, address, str(folder), number], check=False).returncode


@pytest.mark.parametrize("is_new", [False, True])
async def test_of_several_processes_that_upgrade_at_once_each_finds_it_done(
    empty_database: Database, store_address: str, tmp_path: Path, is_new: bool
) -> None:
    if not is_new:
        await kept_before(empty_database, [MENTION])
    several = [connect(database_url(store_address, tmp_path)) for _ in range(4)]
    await asyncio.gather(*map(migrate.upgrade, several))
    assert await migrate.current(empty_database) == migrate.newest()
    assert await texts_of(empty_database) == each_has(*([] if is_new else ["somebody"]))
    for each in several:
        await each.close()


@pytest.mark.postgres
@pytest.mark.parametrize("store_address", ["postgres"], indirect=True)
async def test_what_an_older_version_edits_during_the_step_is_not_put_back(
    empty_database: Database, store_address: str, tmp_path: Path
) -> None:
    await kept_before(empty_database, [f"{MENTION} old"])
    older = connect(database_url(store_address, tmp_path))
    async with older.writing() as connection:
        await connection.execute(text("UPDATE entries SET state = :said WHERE item = 'a'"), {"said": f"{MENTION} new"})
        step = asyncio.create_task(migrate.upgrade(empty_database))
        waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        async with older.reading() as look:
            while not await look.scalar(waiting):  # noqa: ASYNC110 -- the server sets no event
                await asyncio.sleep(0.01)
    await step
    assert (await texts_of(empty_database))["entries"] == ["somebody new"]
    await older.close()


async def test_a_note_of_several_steps_is_another_programs(empty_database: Database) -> None:
    async with empty_database.writing() as connection:
        await connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        await connection.execute(text("INSERT INTO alembic_version VALUES ('1ae8f'), ('77c02')"))
    for look in (migrate.upgrade, migrate.require_newest):
        with pytest.raises(ConfigError, match="belongs to another program"):
            await look(empty_database)


async def test_tables_of_another_program_with_the_bots_names_are_named(empty_database: Database) -> None:
    async with empty_database.writing() as connection:
        await connection.execute(text("CREATE TABLE marks (pupil INTEGER)"))
    said = "“marks” of another program" if empty_database.is_postgres else "belongs to another program"
    for look in (migrate.upgrade, migrate.require_newest):
        with pytest.raises(ConfigError, match=said):
            await look(empty_database)
    async with empty_database.writing() as connection:
        await connection.execute(text("DROP TABLE marks"))


@pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)
async def test_a_text_that_is_torn_is_told_as_damage_and_stands_in_no_log(
    empty_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await kept_before(empty_database, [MENTION])
    async with empty_database.writing() as connection:
        await connection.execute(text("UPDATE entries SET state = CAST(x'3c40353e736563726574ff' AS TEXT)"))
    with pytest.raises(StoreError, match="is damaged"):
        await migrate.upgrade(empty_database)
    assert "Could not decode" in caplog.text
    assert "secret" not in caplog.text
    assert await migrate.current(empty_database) == "0004"


@pytest.mark.postgres
@pytest.mark.parametrize("store_address", ["postgres"], indirect=True)
@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("SELECT CAST('secret' AS INTEGER)", {}),
        ("SELECT guild_id FROM entries WHERE guild_id = :x", {"x": "secret"}),
        ("INSERT INTO entries (guild_id, item, revision) VALUES (1, :x, 1)", {"x": "secret" * 20}),
    ],
)
async def test_what_postgresql_refuses_stands_in_no_log(
    store: Store, statement: str, values: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(StoreError):
        async with store.database.writing() as connection:
            await connection.execute(text(statement), values)
    assert "The database failed" in caplog.text
    assert "secret" not in caplog.text


async def test_tables_that_another_process_makes_meanwhile_have_lost_no_note(tmp_path: Path) -> None:
    ready = connect(database_url("", tmp_path / "ready"))
    await migrate.upgrade(ready)
    await ready.close()
    database = connect(database_url("", tmp_path / "late"))

    def make(*_: object) -> None:
        with (
            closing(sqlite3.connect(tmp_path / "ready" / FILE)) as made,
            closing(sqlite3.connect(tmp_path / "late" / FILE)) as late,
        ):
            made.backup(late)

    event.listen(database.engine.sync_engine, "checkin", make, once=True)  # the note was looked for, the tables not yet
    await migrate.upgrade(database)
    assert await migrate.current(database) == migrate.newest()
    await database.close()

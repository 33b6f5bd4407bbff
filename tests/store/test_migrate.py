"""The tables, made by steps, on both databases."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from bot.errors import ConfigError
from bot.store import migrate
from bot.store.database import Database
from bot.store.store import open_store
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

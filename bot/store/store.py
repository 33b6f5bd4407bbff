"""The store: one database and everything that is kept in it."""

from pathlib import Path

from sqlalchemy.engine import URL

from bot.store import migrate
from bot.store.database import Database, connect, database_url
from bot.store.drafts import Drafts
from bot.store.gaps import Gaps
from bot.store.marks import Marks
from bot.store.members import Members
from bot.store.pictures import Pictures
from bot.store.revisions import Revisions
from bot.store.servers import Servers
from bot.store.suggestions import Suggestions
from bot.store.tallies import Tallies


class Store:
    """What is kept, by kind. Made by `open_store`; `close` it."""

    def __init__(self, database: Database) -> None:
        """Keep everything in `database`."""
        self.database = database
        self.revisions = Revisions(database)
        self.drafts = Drafts(database)
        self.pictures = Pictures(database)
        self.suggestions = Suggestions(database)
        self.gaps = Gaps(database)
        self.marks = Marks(database)
        self.tallies = Tallies(database)
        self.servers = Servers(database)
        self.members = Members(database)

    async def close(self) -> None:
        """Close every connection."""
        await self.database.close()


async def open_store(setting: str = "", state_dir: Path | None = None) -> Store:
    """Return the store at `setting` (DATABASE_URL), else the SQLite file in `state_dir` or the system's data folder.

    An SQLite file is brought to this version's tables. Raises ConfigError where a PostgreSQL database is behind (its
    host upgrades it, since other processes may be using it) or the address is wrong, StoreError where it is out of
    reach.
    """
    return await _opened(database_url(setting, state_dir))


async def _opened(url: URL) -> Store:
    database = connect(url)
    try:
        if database.is_postgres:
            await migrate.require_newest(database)
        else:
            await migrate.upgrade(database)
    except BaseException:
        await database.close()
        raise
    return Store(database)

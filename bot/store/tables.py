"""The tables, for SQLite and PostgreSQL alike. What changes here needs a step in migrations/versions.

Every table that belongs to a server begins its key with `guild_id`. Times are whole seconds since 1970 (UTC), days are
ISO dates, and `data`, `state` and `settings` hold JSON as text.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only in a column of type INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")


def _guild() -> Column[int]:
    return Column("guild_id", BigInteger, primary_key=True, autoincrement=False)


servers = Table(
    "servers",
    metadata,
    _guild(),
    Column("revision", Integer, nullable=False, server_default="0"),  # the number of the newest revision
    Column("settings", Text, nullable=False, server_default="{}"),
    Column("left_at", BigInteger),  # since when the bot is away; any sign of life clears both
    Column("absent_at", BigInteger),  # when a look at Discord first found it away
)

# What a server made of one claim. `state` is NULL where everything was taken back; the row stays for its revision.
entries = Table(
    "entries",
    metadata,
    _guild(),
    Column("item", String(64), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("state", Text),
    Column("picture", String(64)),  # the digest of the picture that `state` names
)

revisions = Table(
    "revisions",
    metadata,
    _guild(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("author_id", BigInteger, index=True),  # NULL once the author asked to be forgotten
    Column("at", BigInteger, nullable=False),
    Column("action", String(32), nullable=False),
    Column("why", Text, nullable=False),
)

revision_items = Table(
    "revision_items",
    metadata,
    _guild(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("item", String(64), primary_key=True),
    Column("state", Text),
    Column("picture", String(64)),
    ForeignKeyConstraint(["guild_id", "number"], ["revisions.guild_id", "revisions.number"], ondelete="CASCADE"),
    Index(None, "guild_id", "item", "number"),
    Index(None, "guild_id", "picture"),
)

# Moderators' own pictures, as they are sent: written afresh, so that nothing is left of where they were taken. Who
# uploaded one stands in the revision that shows it, nowhere else.
pictures = Table(
    "pictures",
    metadata,
    _guild(),
    Column("digest", String(64), primary_key=True),  # SHA-256 of the content, hexadecimal
    Column("kind", String(8), nullable=False),
    Column("at", BigInteger, nullable=False),  # when it was last uploaded or named in a draft
    Column("content", LargeBinary, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("author_id", BigInteger, nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("data", Text, nullable=False),
    sqlite_autoincrement=True,  # a button of a draft that is gone must never find another one
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("data", Text, nullable=False),
    Column("decided", String(16)),  # NULL while it is open
    sqlite_autoincrement=True,
)

# Whom to tell of the decision, where the member wished so; the row goes with the decision.
suggestion_notices = Table(
    "suggestion_notices",
    metadata,
    Column("suggestion_id", RowId, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False, index=True),
    ForeignKeyConstraint(["suggestion_id"], ["suggestions.id"], ondelete="CASCADE"),
)

# The inbox. In the database its tables have their first names, so that nothing has to be moved there.
inbox_groups = Table(
    "gap_groups",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("most_askers", Integer, nullable=False),  # the most different members that asked alike within seven days
    sqlite_autoincrement=True,
)

inbox_wordings = Table(
    "gaps",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("group_id", RowId, nullable=False, index=True),
    Column("wording", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("nearest", String(64)),
    Column("times", Integer, nullable=False),
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
    ForeignKeyConstraint(["group_id"], ["gap_groups.id"], ondelete="CASCADE"),
    UniqueConstraint("guild_id", "wording"),
    sqlite_autoincrement=True,
)

# Who did something today, as a hash under the day's key, or within seven days ("w" and the first); both are dropped with them.
marks = Table(
    "marks",
    metadata,
    _guild(),
    Column("day", String(10), primary_key=True),
    Column("what", String(96), primary_key=True),
    Column("mark", LargeBinary, primary_key=True),
    Column("whose", LargeBinary),  # the member as a hash under the day's key, to find all of theirs
    Index(None, "day", "whose"),
)

day_keys = Table(
    "day_keys",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("secret", LargeBinary, nullable=False),
)

tallies = Table(
    "tallies",
    metadata,
    _guild(),
    Column("day", String(10), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
)

ignored = Table(
    "ignored",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
)

commands = Table(
    "commands",
    metadata,
    Column("application_id", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),  # of what one of the processes registered with Discord last
)

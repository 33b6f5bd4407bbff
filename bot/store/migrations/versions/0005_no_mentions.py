"""What was kept before mentions were struck out: "somebody" takes the place of each member's id."""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TEXTS = (
    ("entries", ("guild_id", "item"), "state"),
    ("revision_items", ("guild_id", "number", "item"), "state"),
    ("revisions", ("guild_id", "number"), "why"),
    ("drafts", ("id",), "data"),
    ("suggestions", ("id",), "data"),
)
"""Where moderators' and members' own texts stand: table, key, column."""

_MEMBER = re.compile(r"<@!?\d{1,25}>")
_SOMEBODY = "somebody"


def upgrade() -> None:
    """Go one step on."""
    connection = op.get_bind()
    for name, key, column in _TEXTS:
        table = sa.table(name, *map(sa.column, {*key, column, "guild_id"}))
        text = table.c[column]
        # A server at a time: a search through all of them may take longer than PostgreSQL is waited for.
        for guild in connection.scalars(sa.select(table.c.guild_id).distinct()).all():
            mentions = sa.and_(table.c.guild_id == guild, text.contains("<@"))
            keys = connection.execute(sa.select(*(table.c[each] for each in key)).where(mentions)).all()
            for values in keys:  # one at a time: a server's texts may be many
                row = sa.and_(*(table.c[each] == value for each, value in zip(key, values, strict=True)))
                # An older version of the bot may be running beside PostgreSQL: what it edits must not be put back.
                kept = connection.scalar(sa.select(text).where(row).with_for_update())
                if isinstance(kept, str) and (clean := _MEMBER.sub(_SOMEBODY, kept)) != kept:
                    connection.execute(sa.update(table).where(row).values({column: clean}))


def downgrade() -> None:
    """Go one step back: what was struck out stays so."""

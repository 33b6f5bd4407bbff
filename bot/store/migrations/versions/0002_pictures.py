"""Moderators' own pictures."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "pictures",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "digest", name=op.f("pk_pictures")),
    )
    op.add_column("entries", sa.Column("picture", sa.String(length=64), nullable=True))
    op.add_column("revision_items", sa.Column("picture", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_revision_items_guild_id_picture"), "revision_items", ["guild_id", "picture"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index(op.f("ix_revision_items_guild_id_picture"), "revision_items")
    op.drop_column("revision_items", "picture")
    op.drop_column("entries", "picture")
    op.drop_table("pictures")

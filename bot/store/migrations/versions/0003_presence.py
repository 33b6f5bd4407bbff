"""Servers that are away, and marks of the day by member."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go one step on."""
    op.add_column("servers", sa.Column("absent_at", sa.BigInteger(), nullable=True))
    # Marks live for a day. Those made before cannot be found when their member asks to be forgotten, so they go now.
    op.execute("DELETE FROM marks")
    op.add_column("marks", sa.Column("whose", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_marks_day_whose"), "marks", ["day", "whose"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index(op.f("ix_marks_day_whose"), "marks")
    op.drop_column("marks", "whose")
    op.drop_column("servers", "absent_at")

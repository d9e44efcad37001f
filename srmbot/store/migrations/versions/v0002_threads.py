"""What each thread is about, so that a follow-up is understood where the thread cannot be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of threads."""
    op.create_table(
        "threads",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "channel", "thread_ts")),
        *(sa.Column(name, sa.Text) for name in ("service", "topic", "duty")),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("threads_by_at", "threads", ["at"])

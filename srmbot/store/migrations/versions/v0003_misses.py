"""Misses: counted by keyed hashes; their text where a workspace wants that; digests; versions of the knowledge."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    counted()
    kept()
    settings()


def texts(*names: str, key: bool = False) -> list[sa.Column[str]]:
    """Columns of text."""
    return [sa.Column(name, sa.Text, primary_key=key, nullable=False) for name in names]


def counted() -> None:
    """How often each question was missed, by its hash."""
    op.create_table(
        "misses",
        *texts("team", "reason", "service", "topic", "hash", key=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("first_at", sa.Double, nullable=False),
        sa.Column("last_at", sa.Double, nullable=False),
    )
    op.create_index("misses_by_last_at", "misses", ["last_at"])


def kept() -> None:
    """The text of misses."""
    op.create_table(
        "kept_misses",
        *texts("id", key=True),
        *texts("team", "reason", "service", "topic", "question", "answer"),
        *texts("who", "channel", "thread_ts", "note", "owner", "page"),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("answered_at", sa.Double),
    )
    op.create_index("kept_misses_by_team", "kept_misses", ["team", "at"])
    op.create_index("kept_misses_by_who", "kept_misses", ["team", "who"])


def settings() -> None:
    """Whether a workspace keeps text; the random secret; digests that were posted; versions of the knowledge."""
    op.create_table(
        "text_settings",
        *texts("team", key=True),
        sa.Column("days", sa.Integer, nullable=False),
        *texts("who"),
        sa.Column("since", sa.Double, nullable=False),
    )
    op.create_table("secrets", *texts("name", key=True), *texts("value"))
    op.create_table("digests", *texts("team", "week", key=True))
    op.create_table(
        "knowledge_versions",
        *texts("version", key=True),
        *texts("records", "changes"),
        sa.Column("at", sa.Double, nullable=False),
    )

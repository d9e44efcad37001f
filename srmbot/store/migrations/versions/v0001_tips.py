"""Subscriptions to tips, what is planned, what was seen and asked, leases, events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    subscriptions()
    planned()
    memory()
    processes()


def text(name: str, *, key: bool = False, null: bool = False) -> sa.Column[str]:
    """A column of text."""
    return sa.Column(name, sa.Text, primary_key=key, nullable=null)


def subscriptions() -> None:
    """Who gets tips, and when."""
    op.create_table(
        "subscriptions",
        text("team", key=True),
        text("channel", key=True),
        text("at"),
        text("zone"),
        text("days"),
        text("services"),
        text("who"),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        text("paused", null=True),
        sa.Column("told", sa.Boolean, nullable=False),
        sa.Column("planned_until", sa.Double, nullable=False),
    )
    op.create_index("subscriptions_by_planned", "subscriptions", ["team", "planned_until"])


def planned() -> None:
    """Each tip that was handed to Slack, or is about to be."""
    op.create_table(
        "planned",
        text("team", key=True),
        text("channel", key=True),
        sa.Column("post_at", sa.BigInteger, primary_key=True),
        text("duty", null=True),
        text("state"),
        text("scheduled_id", null=True),
        sa.Column("attempted_at", sa.Double, nullable=False),
        sa.Column("skip", sa.Boolean, nullable=False),
    )
    op.create_index("planned_by_state", "planned", ["team", "state", "post_at"])


def memory() -> None:
    """What a channel has had, and asked."""
    place = ("team", "channel")
    op.create_table(
        "seen",
        *(text(name, key=True) for name in (*place, "duty")),
        sa.Column("times", sa.Integer, nullable=False),
    )
    op.create_table(
        "asked",
        *(text(name, key=True) for name in (*place, "service", "topic")),
        sa.Column("day", sa.Integer, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )


def processes() -> None:
    """What several processes have to agree on."""
    op.create_table(
        "leases",
        text("name", key=True),
        text("holder"),
        sa.Column("until", sa.Double, nullable=False),
        sa.Column("fence", sa.BigInteger, nullable=False),
    )
    op.create_table("events", text("key", key=True), sa.Column("at", sa.Double, nullable=False))
    op.create_index("events_by_at", "events", ["at"])

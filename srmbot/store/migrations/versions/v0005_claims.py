"""Claims on channels instead of leases of workspaces; what Slack showed of a tip. Only additions.

A process of the version before goes on answering, and plans no more: its leases are taken for good.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the table, the columns, and the ways to find what is to be planned in any workspace."""
    op.create_table(
        "claims",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "channel")),
        sa.Column("until", sa.Double, nullable=False),
        sa.Column("fence", sa.BigInteger, nullable=False),
    )
    op.add_column("planned", sa.Column("looks", sa.Integer, nullable=False, server_default="0"))
    op.add_column("planned", sa.Column("came", sa.Integer))
    op.create_index("planned_by_time", "planned", ["state", "post_at"])
    op.create_index("subscriptions_by_age", "subscriptions", ["planned_until"])
    bar_leases()


def bar_leases() -> None:
    """Take the lease of each workspace that has tips, and refuse what its holder may still write."""
    op.execute("UPDATE leases SET until = 1e18, fence = fence + 1")
    op.execute(
        "INSERT INTO leases (name, holder, until, fence)"
        " SELECT DISTINCT 'tips/' || team, '', 1e18, 1 FROM subscriptions"
        " WHERE 'tips/' || team NOT IN (SELECT name FROM leases)"
    )

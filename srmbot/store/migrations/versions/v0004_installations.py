"""Where the app is installed, with its tokens, encrypted; and where it is no longer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables of installations."""
    about = ("name", "app", "bot", "bot_user", "scopes", "installer")
    op.create_table(
        "installations",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("enterprise", "team")),
        *(sa.Column(name, sa.Text, nullable=False) for name in about),
        sa.Column("installed_at", sa.Double, nullable=False),
        sa.Column("expires_at", sa.Double),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("claimed_until", sa.Double, nullable=False),
    )
    op.create_index("installations_by_team", "installations", ["team"])
    op.create_index("installations_by_expiry", "installations", ["expires_at"])
    op.create_table(
        "org_teams",
        sa.Column("team", sa.Text, primary_key=True),
        sa.Column("enterprise", sa.Text, nullable=False),
    )
    op.create_index("org_teams_by_enterprise", "org_teams", ["enterprise"])
    op.create_table(
        "departures",
        sa.Column("team", sa.Text, primary_key=True),
        sa.Column("at", sa.Double, nullable=False),
    )

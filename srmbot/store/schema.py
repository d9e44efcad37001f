"""The tables as they are today; migrations/ has the way here, and a test compares the two."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, Integer, MetaData, Table, Text

HEAD = "0005"  # the newest migration

metadata = MetaData()

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("team", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("at", Text, nullable=False),  # "09:00"
    Column("zone", Text, nullable=False),
    Column("days", Text, nullable=False),  # "01234", Monday is 0
    Column("services", Text, nullable=False),  # slugs with commas between them; empty: all
    Column("who", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("paused", Text),
    Column("told", Boolean, key="notified", nullable=False),  # whether its owner was notified of the pause
    Column("planned_until", Double, nullable=False),  # up to which second it has been looked after; 0 after a change
    Index("subscriptions_by_planned", "team", "planned_until"),
    Index("subscriptions_by_age", "planned_until"),
)

planned = Table(
    "planned",
    metadata,
    Column("team", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("post_at", BigInteger, primary_key=True),
    Column("duty", Text),
    Column("state", Text, nullable=False),
    Column("scheduled_id", Text),
    Column("attempted_at", Double, nullable=False),
    Column("skip", Boolean, nullable=False),
    Column("looks", Integer, nullable=False, server_default="0"),
    Column("came", Integer),
    Index("planned_by_state", "team", "state", "post_at"),
    Index("planned_by_time", "state", "post_at"),
)

seen = Table(
    "seen",
    metadata,
    Column("team", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("duty", Text, primary_key=True),
    Column("times", Integer, nullable=False),
)

asked = Table(
    "asked",
    metadata,
    Column("team", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("service", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("day", Integer, primary_key=True),  # days since 1970
    Column("times", Integer, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("team", Text, primary_key=True),
    Column("channel", Text, primary_key=True),  # empty: the whole workspace is left alone
    Column("until", Double, nullable=False),
    Column("fence", BigInteger, nullable=False),
)

leases = Table(  # of the version before, whose processes may run beside ours; taken for good
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Double, nullable=False),
    Column("fence", BigInteger, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Double, nullable=False),
    Index("events_by_at", "at"),
)

threads = Table(
    "threads",
    metadata,
    Column("team", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("thread_ts", Text, primary_key=True),
    Column("service", Text),  # slugs and an id, as `rows.Subject` has them; never a text
    Column("topic", Text),
    Column("duty", Text),
    Column("at", Double, nullable=False),  # when something was answered in it last
    Index("threads_by_at", "at"),
)

installations = Table(
    "installations",
    metadata,
    Column("enterprise", Text, primary_key=True),  # blank for a workspace that belongs to no organisation
    Column("team", Text, primary_key=True),  # blank for an organisation as a whole
    Column("name", Text, nullable=False),
    Column("app", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("bot_user", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("installer", Text, nullable=False),
    Column("installed_at", Double, nullable=False),
    Column("expires_at", Double),  # seconds since 1970, as everywhere; NULL for a token that does not expire
    Column("sealed", Text, nullable=False),  # the tokens, encrypted
    Column("claimed_until", Double, nullable=False),  # one process replaces them until then
    Index("installations_by_team", "team"),
    Index("installations_by_expiry", "expires_at"),
)

org_teams = Table(
    "org_teams",
    metadata,
    Column("team", Text, primary_key=True),
    Column("enterprise", Text, nullable=False),  # whose installation is used in it
    Index("org_teams_by_enterprise", "enterprise"),
)

departures = Table(
    "departures",
    metadata,
    Column("team", Text, primary_key=True),
    Column("at", Double, nullable=False),  # when the app was uninstalled there
)

misses = Table(
    "misses",
    metadata,
    Column("team", Text, primary_key=True),
    Column("reason", Text, primary_key=True),
    Column("service", Text, primary_key=True),  # slugs; blank where none was understood
    Column("topic", Text, primary_key=True),
    Column("hash", Text, primary_key=True),  # of the question, keyed
    Column("times", Integer, nullable=False),
    Column("first_at", Double, nullable=False),
    Column("last_at", Double, nullable=False),
    Index("misses_by_last_at", "last_at"),
)

kept_misses = Table(
    "kept_misses",
    metadata,
    Column("id", Text, primary_key=True),
    Column("team", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),  # the key of the one that was given
    Column("who", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("thread_ts", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("page", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("answered_at", Double),  # when the knowledge answered it; empty before
    Index("kept_misses_by_team", "team", "at"),
    Index("kept_misses_by_who", "team", "who"),
)

text_settings = Table(
    "text_settings",
    metadata,
    Column("team", Text, primary_key=True),
    Column("days", Integer, nullable=False),  # that the text of a miss is kept
    Column("who", Text, nullable=False),
    Column("since", Double, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("team", Text, primary_key=True),
    Column("week", Text, primary_key=True),  # "2026-W48"
)

knowledge_versions = Table(
    "knowledge_versions",
    metadata,
    Column("version", Text, primary_key=True),
    Column("records", Text, nullable=False),  # JSON: a hash of each record by its id
    Column("changes", Text, nullable=False),  # JSON: what changed since the version before
    Column("at", Double, nullable=False),  # when it was first answered from
)

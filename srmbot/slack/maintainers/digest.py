"""A week of misses -> one message in the maintainers' channel, on Monday morning, if there is anything to say."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from srmbot.commands.misses import read_report
from srmbot.model import Knowledge
from srmbot.overview import age
from srmbot.overview.review import due_entries
from srmbot.render.misses import WEEK, digest_message
from srmbot.request import Resources
from srmbot.slack.outcomes import UnconfirmedError, name_failure
from srmbot.slack.post import post

log = logging.getLogger("srmbot.slack")

HOUR = 9  # of Monday
LATE_HOURS = 24  # hours after which a digest is left out


def due_week(now: float, zone: str | None) -> str | None:
    """The week whose digest is due: "2026-W48", of the Monday on which it comes; None at other times.

    Args:
        now: seconds since 1970.
        zone: the workspace's time zone; else UTC.
    """
    at = datetime.fromtimestamp(now, ZoneInfo(zone or "UTC"))
    monday = (at - timedelta(days=at.weekday())).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if not monday <= at < monday + timedelta(hours=LATE_HOURS):
        return None
    year, week, _ = at.isocalendar()
    return f"{year}-W{week:02}"


def post_digest(known: Knowledge, resources: Resources, team: str, client: WebClient) -> bool:
    """Post the digest of a workspace, if it is due and there is anything to say. Returns whether Slack took it.

    The week is marked first, so that no other process posts it too, and rather never than twice.
    """
    channel, week = known.maintainers.channel, due_week(resources.now(), resources.zone)
    if channel is None or week is None:
        return False
    report = read_report(resources, team, WEEK)
    if not report.missed or not resources.store.misses.claim_digest(team, week):
        return False
    message = digest_message(report, known, len(due_entries(known, age.today())))
    about = {"team": team, "channel": channel}
    try:
        post(client, channel=channel, **message)
    except (SlackApiError, UnconfirmedError, OSError) as fault:
        log.warning("digest_rejected", extra={**about, "what": name_failure(fault)})
        return False
    log.info("digest_posted", extra={**about, "count": report.missed})
    return True

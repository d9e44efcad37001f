"""`tips preview`: what would come in the next days, one tip a line; nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterator

from srmbot.bot import State
from srmbot.commands.tips import current_subscription, read_history, resolve_workspace, resources_of, upcoming_times
from srmbot.errors import UsageError
from srmbot.render import tip_status
from srmbot.request import Requester
from srmbot.tips import UTC_ZONE, History, Subscription, When, due_times

SAMPLE = "C0SAMPLE01"  # a channel that is none
MOST_DAYS_AHEAD = 366  # as many as make sense


def preview(known: State, requester: Requester, days: int) -> Iterator[str]:
    """List the tips to come in a channel, or in a sample one, weekdays at 09:00, if none is named or it has no tips.

    Raises:
        UsageError: too many days, or none.
    """
    if not 1 <= days <= MOST_DAYS_AHEAD:
        raise UsageError(f"--days {days} is out of range", f"use a number from 1 to {MOST_DAYS_AHEAD}")
    resources = resources_of(requester)
    if requester.channel and resources.store.exists and (requester.team or resources.store.subscriptions.teams()):
        requester = resolve_workspace(requester)
    remembers = bool(requester.channel) and resources.store.exists
    here = current_subscription(requester) if remembers else None
    if here is not None:
        return tip_status.list_tips(
            known.knowledge, here, read_history(requester), upcoming_times(here, requester, days)
        )
    now, when = resources.now(), When(zone=resources.zone or UTC_ZONE)
    sample = Subscription(requester.team, requester.channel or SAMPLE, when)
    times = due_times(when, now, now + days * 86400, resources.holidays)
    history = read_history(requester) if remembers else History()
    return tip_status.list_tips(known.knowledge, sample, history, [(at, None) for at in times])

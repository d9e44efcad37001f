"""`tips preview`: what would come in the next days, one tip a line; nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterator

from srmbot.bot import State
from srmbot.commands.tips import current_subscription, read_history, resolve_workspace, resources_of, upcoming_times
from srmbot.errors import UsageError
from srmbot.render import tip_status as told
from srmbot.request import Requester
from srmbot.tips import UTC_ZONE, History, Subscription, When, due_times

SAMPLE = "C0SAMPLE01"  # a channel that is none
DAYS = 366  # as many as make sense


def preview(known: State, asker: Requester, days: int) -> Iterator[str]:
    """What would come in a channel; in a sample one, on weekdays at 09:00, where none is named or it has no tips.

    Raises:
        UsageError: too many days, or none.
    """
    if not 1 <= days <= DAYS:
        raise UsageError(f"--days is {days}", f"give a number from 1 to {DAYS}")
    desk = resources_of(asker)
    if asker.channel and desk.store.exists and (asker.team or desk.store.subscriptions.teams()):
        asker = resolve_workspace(asker)
    remembers = bool(asker.channel) and desk.store.exists
    here = current_subscription(asker) if remembers else None
    if here is not None:
        return told.list_tips(known.knowledge, here, read_history(asker), upcoming_times(here, asker, days))
    now, when = desk.now(), When(zone=desk.zone or UTC_ZONE)
    sample = Subscription(asker.team, asker.channel or SAMPLE, when)
    times = due_times(when, now, now + days * 86400, desk.holidays)
    history = read_history(asker) if remembers else History()
    return told.list_tips(known.knowledge, sample, history, [(at, None) for at in times])

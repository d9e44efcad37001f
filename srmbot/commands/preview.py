"""`tips preview`: what would come in the next days, one tip a line; nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterator

from srmbot.bot import Bot
from srmbot.commands import tips_told as told
from srmbot.commands.tips import ahead, desk_of, in_terminal
from srmbot.desk import Asker
from srmbot.errors import UsageError
from srmbot.tips import UTC_ZONE, History, Subscription, When, due

SAMPLE = "C0SAMPLE01"  # a channel that is none
DAYS = 366  # as many as make sense


def preview(bot: Bot, asker: Asker, days: int) -> Iterator[str]:
    """What would come in a channel; in a sample one, on weekdays at 09:00, where none is named or it has no tips.

    Raises:
        UsageError: too many days, or none.
    """
    if not 1 <= days <= DAYS:
        raise UsageError(f"--days is {days}", f"give a number from 1 to {DAYS}")
    desk = desk_of(asker)
    if asker.channel and desk.store.exists:
        asker = in_terminal(asker)
    here, history = known(asker)
    when = When(zone=desk.zone or UTC_ZONE)
    sample = Subscription(asker.team, asker.channel or SAMPLE, when)
    now = desk.now()
    times = [at for at, _ in ahead(here, asker, days)] if here else due(when, now, now + days * 86400, desk.holidays)
    return told.preview(bot.knowledge, here or sample, history, list(times))


def known(asker: Asker) -> tuple[Subscription | None, History]:
    """What is remembered of a channel; what is on its way to it counts as to come."""
    desk = desk_of(asker)
    if not asker.channel or not desk.store.exists:
        return None, History()
    here = desk.store.subscription(asker.team, asker.channel)
    history = desk.store.history(asker.team, asker.channel, desk.now())
    seen = dict(history.seen)
    for row in desk.store.planned(asker.team, asker.channel, desk.now()):
        if row.duty and seen.get(row.duty):
            seen[row.duty] -= 1
    return here, History(seen, history.asked, history.last)

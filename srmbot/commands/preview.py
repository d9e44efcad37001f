"""`tips preview`: what would come in the next days, one tip a line; nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterator

from srmbot.bot import Bot
from srmbot.commands import tips_told as told
from srmbot.commands.tips import ahead, current, desk_of, in_terminal, remembered
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
    if asker.channel and desk.store.exists and (asker.team or desk.store.teams()):
        asker = in_terminal(asker)
    remembers = bool(asker.channel) and desk.store.exists
    here = current(asker) if remembers else None
    if here is not None:
        return told.preview(bot.knowledge, here, remembered(asker), ahead(here, asker, days))
    now, when = desk.now(), When(zone=desk.zone or UTC_ZONE)
    sample = Subscription(asker.team, asker.channel or SAMPLE, when)
    times = due(when, now, now + days * 86400, desk.holidays)
    history = remembered(asker) if remembers else History()
    return told.preview(bot.knowledge, sample, history, [(at, None) for at in times])

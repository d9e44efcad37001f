"""Tips whose time is past -> whether they stand in their channel, where the bot may read it. The rest is not known."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from srmbot.model import Knowledge
from srmbot.render.tip import is_tip, read_duty
from srmbot.slack.tips.refusals import BARRED
from srmbot.slack.tips.scheduled_messages import RefusedError, ScheduledMessages, UnclearError, WaitError
from srmbot.store.rows import UNREADABLE, Planned, TipState
from srmbot.store.store import Store
from srmbot.store.work import CHECK_AFTER, CHECK_UNTIL

log = logging.getLogger("srmbot.slack")

READ_AGAIN_AFTER = 300.0  # seconds until a channel that could not be read just now is tried again
NOT_FOR_US = BARRED - {"missing_scope", "no_permission"}  # the whole workspace refuses us; the planner finds out


def check_posted(store: Store, known: Knowledge, scheduler: ScheduledMessages, channel: str, now: float) -> float:
    """Look for the tips of a channel whose time is past. Returns in how many seconds to try again; 0 for never.

    Raises:
        StoreError: the store cannot be used.
    """
    past = store.plan.planned(scheduler.team, channel, now - CHECK_UNTIL)
    for row in (each for each in past if is_unchecked(each, now)):
        try:
            texts = scheduler.read_posted(channel, row.post_at - 1, row.post_at + CHECK_AFTER)
        except (WaitError, UnclearError):
            return READ_AGAIN_AFTER
        except RefusedError as no:
            if no.error in NOT_FOR_US:
                return READ_AGAIN_AFTER
            store.plan.mark_came(row, UNREADABLE)
            continue
        times = count_tips(texts, row, known)
        store.plan.mark_came(row, times)
        report(row, times)
    return 0.0


def is_unchecked(row: Planned, now: float) -> bool:
    """Whether a tip was handed over, its time is past, and nobody has looked for it."""
    return row.came is None and row.post_at <= now - CHECK_AFTER and bool(row.scheduled_id or row.attempted_at)


def count_tips(texts: Sequence[str], row: Planned, known: Knowledge) -> int:
    """Count the messages that have the tip of a row; any tip, if the row does not say which."""
    tips = [text for text in texts if is_tip(text)]
    duty = known.by_id.get(row.duty or "")
    return len(tips) if duty is None else sum(read_duty(text, known) is duty for text in tips)


def report(row: Planned, times: int) -> None:
    """Log what is not as the store has it."""
    fields = {"team": row.team, "channel": row.channel, "post_at": row.post_at, "duty": row.duty}
    if times > 1:
        log.error("tip_doubled", extra=fields)
    elif times == 0 and row.state is not TipState.DROPPING:
        log.warning("tip_not_posted", extra=fields)
    elif times == 1 and row.state is TipState.DROPPING:
        log.warning("tip_came_all_the_same", extra=fields)

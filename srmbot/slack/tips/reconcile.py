"""One channel looked after: what is wanted, what the store says, what Slack shows -> the three made to agree.

The store is the truth, and Slack's list only evidence: it has been seen empty right after a success. Every step may be
the last one of this process. So a tip is written down before it is handed over. Where the outcome is not known, Slack
is asked twice, and only after a time in which a late call has arrived; what it shows is kept, and what it does not show
is never handed over again: a tip is rather lost than doubled.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from srmbot.model import Knowledge
from srmbot.render.tip import as_message, make_tip, read_duty
from srmbot.slack.tips.refusals import BARRED, CHANNEL_CLOSED, LATER
from srmbot.slack.tips.scheduled_messages import (
    RefusedError,
    ScheduledMessages,
    UnclearError,
    WaitError,
    is_surely_gone,
)
from srmbot.store.claims import Claim, LostClaimError
from srmbot.store.plan import is_settled
from srmbot.store.rows import LOOKS, Planned, TipState
from srmbot.store.store import Store
from srmbot.store.work import SETTLE
from srmbot.tips import HORIZON, LEAD, due_times, is_about, is_too_late, next_tip

log = logging.getLogger("srmbot.slack")


@dataclass(frozen=True)
class PlanContext:
    """What planning depends on."""

    store: Store
    knowledge: Callable[[], Knowledge]
    now: Callable[[], float]
    holidays: Collection[date] = ()


class ChannelBusyError(Exception):
    """Slack accepts nothing for one channel for a while."""


class ChannelReconciler:
    """Reconciles the tips of one channel, for the holder of its claim."""

    def __init__(self, context: PlanContext, claim: Claim, scheduler: ScheduledMessages) -> None:
        """Read what is wanted and what is planned; then ask Slack, so that it is the newest of the three."""
        self.context, self.store, self.claim, self.scheduler = context, context.store, claim, scheduler
        self.team, self.channel = claim.team, claim.channel
        self.now = context.now()
        self.wanted = self.store.subscriptions.get(self.team, self.channel)
        self.rows = self.store.plan.planned(self.team, self.channel, self.now)
        self.again: float | None = None  # in how many seconds something has to be looked at again

    def reconcile(self) -> float | None:
        """Reconcile the three. Returns seconds until the next pass, None when nothing is pending.

        Raises:
            ChannelBusyError: Slack accepts nothing for this channel for a while.
            RefusedError: Slack accepts nothing from this workspace.
            WaitError, UnclearError: Slack could not be asked.
            LostClaimError: another process plans now.
        """
        try:
            there = self.fetch_scheduled()
        except RefusedError as no:
            self.record_refusal(None, no.error)
            return self.again
        times = self.wanted_times()
        for row in self.rows:
            self.reconcile_row(row, there.get(row.post_at, []), row.post_at in times and self.fits(row))
        self.plan_new(times - {row.post_at for row in self.rows}, there)
        if self.wanted and self.again is None:
            self.store.plan.mark_planned(self.claim, self.wanted, self.now + HORIZON)
        return self.again

    def plan_new(self, times: set[int], there: dict[int, list[str]]) -> None:
        """Plan the seconds that have no tip yet, as far as there is time enough to hand one over."""
        since = self.wanted.since if self.wanted else 0
        for post_at in sorted(times):
            if since <= post_at < self.now + HORIZON and not is_too_late(post_at, self.now):
                self.plan_tip(post_at, there.get(post_at, []))
            elif since <= post_at <= self.now + LEAD:
                log.warning("tip_late", extra={"team": self.team, "channel": self.channel, "post_at": post_at})

    def retry_in(self, seconds: float = 0.0) -> None:
        """Note that something is pending, and when to look at it again."""
        self.again = min(seconds, self.again if self.again is not None else seconds)

    def fetch_scheduled(self) -> dict[int, list[str]]:
        """List the messages that Slack will post, by second."""
        found: dict[int, list[str]] = {}
        self.texts: dict[str, str] = {}
        for each in self.scheduler.fetch(self.channel):
            found.setdefault(each.post_at, []).append(each.id)
            self.texts[each.id] = each.text
        return found

    def wanted_times(self) -> set[int]:
        """Compute when tips are due, as far ahead as anything is planned."""
        if self.wanted is None or self.wanted.paused:
            return set()
        last = max([self.now + HORIZON, *(row.post_at + 1 for row in self.rows)])
        return set(due_times(self.wanted.when, self.now, last, self.context.holidays))

    def fits(self, row: Planned) -> bool:
        """Whether a planned tip is about what is wanted."""
        return row.duty is None or is_about(row.duty, self.wanted.services if self.wanted else ())

    def reconcile_row(self, row: Planned, ids: list[str], wanted: bool) -> None:
        """Reconcile one planned tip with what Slack shows."""
        if row.state is TipState.SKIPPED:
            self.take_back(row, ids)
        elif row.state is TipState.DROPPING:
            self.take_back_row(row, ids)
        elif not wanted:
            if not is_too_late(row.post_at, self.now):
                self.store.plan.mark_cancelled(self.claim, row)
                self.take_back_row(replace(row, state=TipState.DROPPING), ids)
        elif row.state is TipState.SCHEDULED:
            self.keep_scheduled(row, ids)
        elif (found := [each for each in ids if self.is_of(each, row)]) and is_settled(row, self.now):
            self.keep_found(row, found)
        elif row.may_be_there:
            self.look_again(row)
        elif is_too_late(row.post_at, self.now):
            log.warning("tip_late", extra=self.log_fields(row))
        elif self.store.plan.mark_retried(self.claim, row, at := self.context.now()):
            self.schedule(replace(row, attempted_at=at))

    def keep_scheduled(self, row: Planned, ids: list[str]) -> None:
        """Believe that Slack has what it gave an ID for, and take back what else it has for that second."""
        if row.scheduled_id not in ids:
            log.info("tip_not_listed", extra=self.log_fields(row))
        self.take_back(row, [each for each in ids if each != row.scheduled_id])

    def keep_found(self, row: Planned, ids: list[str]) -> None:
        """Take what Slack shows for the tip that it gave no answer for; one of them, if there are several."""
        state = self.store.plan.mark_scheduled(row, ids[0])
        log.info("tip_adopted", extra=self.log_fields(row))
        if state is TipState.DROPPING:
            self.retry_in()
        else:
            self.take_back(row, ids[1:])

    def look_again(self, row: Planned) -> None:
        """Note that Slack does not show a tip that it may have; after the second time nothing more is done for it."""
        if row.is_unsure:
            return
        if is_settled(row, self.now):
            self.store.plan.mark_looked(self.claim, row, self.now)
            if row.looks + 1 == LOOKS:
                log.warning("tip_unsure", extra=self.log_fields(row))
                return
        self.retry_in(SETTLE)

    def is_of(self, scheduled_id: str, row: Planned) -> bool:
        """Whether a message that Slack shows has the tip of a row, and not an earlier one for the same second."""
        return row.duty is None or row.duty == self.duty_of(scheduled_id)

    def take_back_row(self, row: Planned, ids: list[str]) -> None:
        """Take a tip back, and forget it once Slack has said that it does not have it."""
        if is_too_late(row.post_at, self.now):
            return
        known = [row.scheduled_id] if row.scheduled_id else [each for each in ids if self.is_of(each, row)]
        if row.may_be_there and not known:
            self.look_again(row)
        elif self.take_back(row, known):
            self.retry_in()  # its second may be wanted again, for another tip
            self.store.plan.forget_cancelled(row)
            log.info("tip_cancelled", extra=self.log_fields(row))
        else:
            self.retry_in(SETTLE)

    def take_back(self, row: Planned, ids: Collection[str]) -> bool:
        """Take messages back from Slack, unless it is too late for that.

        Returns:
            Whether Slack has said of each that it has no such message: only then may another take its place.

        Raises:
            ChannelBusyError: Slack refuses.
        """
        try:
            gone = [self.is_gone(each) for each in ids if not is_too_late(row.post_at, self.now)]
        except RefusedError as no:
            if no.error in BARRED:
                raise
            raise ChannelBusyError(no.error) from no
        return len(gone) == len(ids) and all(gone)

    def is_gone(self, scheduled_id: str) -> bool:
        """Take one message back. Returns whether it is proved that Slack does not have it."""
        return is_surely_gone(lambda: self.scheduler.unschedule(self.channel, scheduled_id))

    def plan_tip(self, post_at: int, ids: list[str]) -> None:
        """Plan a tip for a second that has none, unless Slack has one already."""
        assert self.wanted is not None
        if ids:
            self.adopt_message(post_at, ids)
            return
        history = self.store.history.read(self.team, self.channel, self.now)
        duty = next_tip(self.context.knowledge(), self.wanted.services, self.channel, history)
        if duty is None:
            return
        at = self.context.now()
        row = Planned(self.team, self.channel, post_at, duty.id, TipState.TRYING, None, at)
        if self.store.plan.begin(self.claim, self.wanted, row):
            self.schedule(row)
        else:
            self.retry_in()

    def adopt_message(self, post_at: int, ids: list[str]) -> None:
        """Take into the plan what Slack has, so that a store that was lost or restored doubles nothing.

        Not as scheduled, before it is shown once more: the list may be an old one.
        """
        row = Planned(self.team, self.channel, post_at, self.duty_of(ids[0]), TipState.TRYING, None, self.now)
        self.store.plan.adopt(self.claim, row)
        self.retry_in(SETTLE)

    def duty_of(self, scheduled_id: str) -> str | None:
        """Find the duty whose tip a listed message is."""
        duty = read_duty(self.texts.get(scheduled_id, ""), self.context.knowledge())
        return duty.id if duty else None

    def schedule(self, row: Planned) -> None:
        """Hand a tip to Slack, once it is in the store, and store the outcome."""
        duty = self.context.knowledge().by_id.get(row.duty or "")
        if duty is None or not duty.tip:  # it was taken out of the knowledge meanwhile
            self.store.plan.mark_rejected(row)
            self.store.plan.mark_cancelled(self.claim, row)
            self.retry_in()
            return
        # Nothing says whether others read this channel when the tip is posted, so that it names no team.
        message = as_message(replace(make_tip(duty, self.context.knowledge()), team=None))
        if is_settled(row, self.context.now()):  # this process has slept since, and its claim is over
            self.store.plan.mark_rejected(row)
            raise LostClaimError(self.channel)
        try:
            scheduled_id = self.scheduler.schedule(self.channel, row.post_at, message)
        except WaitError:
            self.store.plan.mark_rejected(row)
            raise
        except UnclearError as unclear:
            log.warning("tip_unconfirmed", extra={**self.log_fields(row), "what": str(unclear)})
            raise
        except RefusedError as no:
            self.record_refusal(row, no.error)
        else:
            self.record_scheduled(row, scheduled_id)

    def record_scheduled(self, row: Planned, scheduled_id: str) -> None:
        """Store that Slack has a tip; one that was cancelled meanwhile is taken back next."""
        state = self.store.plan.mark_scheduled(row, scheduled_id)
        log.info("tip_scheduled", extra=self.log_fields(row))
        if state is None:
            self.take_back(row, [scheduled_id])
        elif state is TipState.DROPPING:
            self.retry_in()

    def record_refusal(self, row: Planned | None, error: str) -> None:
        """Store that Slack refused a tip, or to show what it has, and what follows from that.

        Raises:
            ChannelBusyError: it concerns this channel, for a while.
            RefusedError: it concerns the whole workspace.
        """
        if row is not None:
            self.store.plan.mark_rejected(row)
        log.warning("tip_rejected", extra={"team": self.team, "channel": self.channel, "what": error})
        if error in BARRED:
            raise RefusedError(error)
        if error in CHANNEL_CLOSED:
            self.retry_in(SETTLE)
            self.pause_channel(error)
        elif row is None or error in LATER:
            raise ChannelBusyError(error)
        else:  # its time is past by Slack's clock; or a bug, which trying again does not fix
            self.store.plan.skip(self.team, self.channel, row.post_at)
            self.store.plan.forget_cancelled(row)
            self.retry_in()

    def pause_channel(self, error: str) -> None:
        """Pause the tips of a channel that cannot be posted to, and take back what was planned."""
        if self.wanted and not self.wanted.paused:
            self.store.plan.pause(self.claim, self.wanted, error)
        for row in self.store.plan.planned(self.team, self.channel, self.now):
            if row.state is TipState.DROPPING:
                self.take_back_row(row, [])

    def log_fields(self, row: Planned) -> dict[str, object]:
        """Give the log the ids of a tip, and no text."""
        return {"team": row.team, "channel": row.channel, "post_at": row.post_at, "duty": row.duty}

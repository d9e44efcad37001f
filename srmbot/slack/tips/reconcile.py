"""One channel looked after: what is wanted, what the store says, what Slack shows -> the three made to agree.

Every step may be the last one of this process. So a tip is written down before it is handed over; where the outcome
is not known, Slack is asked, and only after a time in which a late call has arrived; nothing is ever guessed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from srmbot.model import Duty, Knowledge
from srmbot.render.tip import as_message, make_tip
from srmbot.slack.tips.scheduled_messages import RefusedError, ScheduledMessages, UnclearError, WaitError
from srmbot.store.leases import LostLeaseError
from srmbot.store.plan import SETTLE, is_settled
from srmbot.store.rows import Lease, Planned, State
from srmbot.store.store import Store
from srmbot.tips import HORIZON, due_times, is_about, is_too_late, next_tip

log = logging.getLogger("srmbot.slack")

SOON = 5  # seconds before its time until which a tip is handed over
# Why Slack takes no message for a channel, now or later.
GONE = frozenset(
    """
    channel_not_found not_in_channel is_archived restricted_action restricted_action_read_only_channel
    restricted_action_thread_only_channel restricted_action_non_threadable_channel user_not_found cannot_dm_bot
    messages_tab_disabled
    """.split()
)
# Why it takes none for a whole workspace, until an admin does something about it.
BARRED = frozenset(
    """
    account_inactive invalid_auth not_authed token_revoked token_expired missing_scope no_permission
    org_login_required team_access_not_granted access_denied ekm_access_denied enterprise_is_restricted
    """.split()
)
LATER = frozenset(("restricted_too_many", "rate_limited"))  # too many messages in this channel just now


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
    """Reconciles the tips of one channel, for the holder of the lease."""

    def __init__(self, context: PlanContext, lease: Lease, scheduler: ScheduledMessages, channel: str) -> None:
        """Read what is wanted and what is planned; then ask Slack, so that it is the newest of the three."""
        self.context, self.store, self.lease, self.scheduler = context, context.store, lease, scheduler
        self.team, self.channel = scheduler.team, channel
        self.now = context.now()
        self.wanted = self.store.subscriptions.get(self.team, channel)
        self.rows = self.store.plan.planned(self.team, channel, self.now)
        self.again: float | None = None  # in how many seconds something has to be looked at again

    def reconcile(self) -> float | None:
        """Reconcile the three. Returns seconds until the next pass, None when nothing is pending.

        Raises:
            ChannelBusyError: Slack accepts nothing for this channel for a while.
            RefusedError: Slack accepts nothing from this workspace.
            WaitError, UnclearError: Slack could not be asked.
            LostLeaseError: another process plans now.
        """
        try:
            there = self.fetch_scheduled()
        except RefusedError as no:
            self.record_refusal(None, no.error)
            return self.again
        times = self.wanted_times()
        for row in self.rows:
            self.reconcile_row(row, there.get(row.post_at, []), row.post_at in times and self.fits(row))
        first = max(self.now + SOON, self.wanted.since if self.wanted else 0)
        for post_at in sorted(times - {row.post_at for row in self.rows}):
            if first <= post_at < self.now + HORIZON:
                self.plan_tip(post_at, there.get(post_at, []))
        if self.wanted and self.again is None:
            self.store.plan.mark_planned(self.lease, self.wanted, self.now + HORIZON)
        return self.again

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
        if row.state is State.SKIPPED:
            self.take_back(row, ids)
        elif row.state is State.DROPPING:
            self.take_back_row(row, ids)
        elif not wanted:
            if not is_too_late(row.post_at, self.now):
                self.store.plan.mark_cancelled(self.lease, row)
                self.take_back_row(replace(row, state=State.DROPPING), ids)
        elif ids:
            self.keep_one(row, ids)
        elif not is_settled(row, self.now):
            self.retry_in(SETTLE)
        elif row.state is State.SCHEDULED:
            self.store.plan.mark_unconfirmed(self.lease, row, self.now)
            log.warning("tip_missing", extra=self.log_fields(row))
            self.retry_in(SETTLE)
        elif self.store.plan.mark_retried(self.lease, row, at := self.context.now()):
            self.schedule(replace(row, attempted_at=at))

    def keep_one(self, row: Planned, ids: list[str]) -> None:
        """Keep one of the messages that Slack has for a tip, and take back the others."""
        kept = row.scheduled_id if row.scheduled_id in ids else ids[0]
        if row.state is State.TRYING or kept != row.scheduled_id:
            state = self.store.plan.mark_scheduled(self.lease, row, kept)
            log.info("tip_adopted", extra=self.log_fields(row))
            if state is State.DROPPING:
                self.retry_in()
                return
        self.take_back(row, [each for each in ids if each != kept])

    def take_back_row(self, row: Planned, ids: list[str]) -> None:
        """Take a tip back, and forget it once Slack surely does not have it."""
        if is_too_late(row.post_at, self.now):
            return
        if not ids and row.scheduled_id is None and not is_settled(row, self.now):
            self.retry_in(SETTLE)
            return
        self.retry_in()  # its second may be wanted again, for another tip
        self.take_back(row, [*ids, *([row.scheduled_id] if row.scheduled_id and row.scheduled_id not in ids else [])])
        self.store.plan.forget_cancelled(row)
        log.info("tip_cancelled", extra=self.log_fields(row))

    def take_back(self, row: Planned, ids: Collection[str]) -> None:
        """Take messages back from Slack, unless it is too late for that.

        Raises:
            ChannelBusyError: Slack refuses.
        """
        for scheduled_id in () if is_too_late(row.post_at, self.now) else ids:
            try:
                self.scheduler.unschedule(self.channel, scheduled_id)
            except RefusedError as no:
                if no.error in BARRED:
                    raise
                raise ChannelBusyError(no.error) from no

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
        row = Planned(self.team, self.channel, post_at, duty.id, State.TRYING, None, at)
        if self.store.plan.begin(self.lease, self.wanted, row):
            self.schedule(row)
        else:
            self.retry_in()

    def adopt_message(self, post_at: int, ids: list[str]) -> None:
        """Take what Slack has into the plan, so that a store that was lost or restored doubles nothing."""
        duty = self.find_duty(self.texts.get(ids[0], ""))
        row = Planned(self.team, self.channel, post_at, duty.id if duty else None, State.SCHEDULED, ids[0], self.now)
        if self.store.plan.adopt(self.lease, row):
            log.info("tip_adopted", extra=self.log_fields(row))
            self.take_back(row, ids[1:])
        else:
            self.retry_in()

    def find_duty(self, text: str) -> Duty | None:
        """Find the duty whose tip a message is, by its first lines."""
        known = self.context.knowledge()
        begins = text.split("\n")[:2]
        return next((duty for duty in known.duties if duty.tip and begins[1:] == [duty.tip]), None)

    def schedule(self, row: Planned) -> None:
        """Hand a tip to Slack, once it is in the store, and store the outcome."""
        duty = self.context.knowledge().by_id.get(row.duty or "")
        if duty is None or not duty.tip:  # it was taken out of the knowledge meanwhile
            self.store.plan.mark_rejected(self.lease, row)
            self.store.plan.mark_cancelled(self.lease, row)
            self.retry_in()
            return
        # Nothing says whether others read this channel when the tip is posted, so that it names no team.
        message = as_message(replace(make_tip(duty, self.context.knowledge()), team=None))
        if is_settled(row, self.context.now()):  # this process has slept since; others may have taken it up
            raise LostLeaseError(self.lease.name)
        try:
            scheduled_id = self.scheduler.schedule(self.channel, row.post_at, message)
        except WaitError:
            self.store.plan.mark_rejected(self.lease, row)
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
        try:
            state = self.store.plan.mark_scheduled(self.lease, row, scheduled_id)
        except LostLeaseError:
            self.store.plan.request_planning(
                self.team, self.channel
            )  # the new holder sees whether there is one too many
            raise
        log.info("tip_scheduled", extra=self.log_fields(row))
        if state is None:
            self.take_back(row, [scheduled_id])
        elif state is State.DROPPING:
            self.retry_in()

    def record_refusal(self, row: Planned | None, error: str) -> None:
        """Store that Slack refused a tip, or to show what it has, and what follows from that.

        Raises:
            ChannelBusyError: it concerns this channel, for a while.
            RefusedError: it concerns the whole workspace.
        """
        if row is not None:
            self.store.plan.mark_rejected(self.lease, row)
        log.warning("tip_rejected", extra={"team": self.team, "channel": self.channel, "what": error})
        if error in BARRED:
            raise RefusedError(error)
        if error in GONE:
            self.retry_in(SETTLE)
            self.pause_channel(error)
        elif row is None or error in LATER:
            raise ChannelBusyError(error)
        else:  # its time is past by Slack's clock; or a bug, which trying again does not fix
            self.store.plan.skip(self.team, self.channel, row.post_at)
            self.store.plan.forget_cancelled(row)
            self.retry_in()

    def pause_channel(self, error: str) -> None:
        """Pause the tips of a channel that cannot be posted to, and forget what was planned."""
        if self.wanted and not self.wanted.paused:
            self.store.plan.pause(self.lease, self.wanted, error)
        for row in self.store.plan.planned(self.team, self.channel, self.now):
            if row.state is State.DROPPING and is_settled(row, self.now):
                self.store.plan.forget_cancelled(row)

    def log_fields(self, row: Planned) -> dict[str, object]:
        """Give the log the ids of a tip, and no text."""
        return {"team": row.team, "channel": row.channel, "post_at": row.post_at, "duty": row.duty}

"""Subscriptions -> tips at Slack, some 36 hours ahead: rounds in a thread, each bounded, each safe to be cut off."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from srmbot.render.tip_status import describe_pause
from srmbot.slack.error_reports import log_expected
from srmbot.slack.tips.drift import check_posted
from srmbot.slack.tips.reconcile import ChannelBusyError, ChannelReconciler, PlanContext
from srmbot.slack.tips.scheduled_messages import (
    RefusedError,
    ScheduledMessages,
    UnclearError,
    UnreachableError,
    WaitError,
)
from srmbot.store.claims import TERM, Claim, LostClaimError
from srmbot.store.database import StoreError
from srmbot.store.work import SETTLE

log = logging.getLogger("srmbot.slack")

IDLE_ROUND_EVERY = 30.0  # seconds between two rounds, where nothing is to be done
BUSY_ROUND_EVERY = 1.0  # seconds between two rounds, where there is
BATCH = 20  # channels that are claimed at a time
MOST_CHANNELS_A_ROUND = 200  # channels of one round
BARRED_FOR = 600.0  # seconds until a workspace that wants nothing of us is tried again
FULL_FOR = 300.0  # seconds until a channel that has too many messages is tried again
PRUNE = 3600.0  # seconds between two clearings of what is old

EXPECTED_ERRORS = (WaitError, UnclearError, RefusedError, LostClaimError, StoreError)  # what ends the work on a channel
Schedulers = Callable[[str], ScheduledMessages | None]  # by team; None where this process has no token for it


class Planner:
    """Plans for some workspaces. One thread at a time uses it; any number may run elsewhere, on the same store."""

    def __init__(
        self,
        context: PlanContext,
        schedulers: Schedulers,
        teams: Callable[[], Sequence[str]],
        clock: Callable[[], float],
    ) -> None:
        """Do nothing yet.

        Args:
            context: store, knowledge, and the time on the wall.
            schedulers: the Web API of a workspace.
            teams: the workspaces that this process has tokens for.
            clock: seconds that never go back, to wait by.
        """
        self.context, self.store = context, context.store
        self.schedulers, self.teams, self.clock = schedulers, teams, clock
        self.pruned_at = float("-inf")
        self.stopped = threading.Event()

    def run_round(self) -> bool:
        """Plan the channels that need it most, batch by batch. Returns whether there is more to do at once.

        Raises:
            StoreError: the store cannot be used.
        """
        if not self.store.exists:
            return False
        self.store.prepare()
        teams, done, more = self.teams(), 0, False
        while done < MOST_CHANNELS_A_ROUND and not self.stopped.is_set():
            batch = self.store.work.claim(teams, self.context.now(), BATCH)
            more = self.serve(batch) or more
            done += len(batch)
            if len(batch) < BATCH:
                break
        self.prune()
        return more or done >= MOST_CHANNELS_A_ROUND

    def prune(self) -> None:
        """Forget what is old, now and then."""
        if self.clock() - self.pruned_at >= PRUNE:
            self.store.history.prune(self.context.now())
            self.pruned_at = self.clock()

    def serve(self, batch: Sequence[Claim]) -> bool:
        """Plan the channels of a batch, but no more of a workspace that says no. Returns whether one needs more."""
        more, left_alone = False, set[str]()
        for claim in batch:
            if claim.team in left_alone or self.stopped.is_set():
                self.store.claims.release(claim)
                continue
            try:
                more = self.plan_channel(claim) or more
            except LostClaimError:
                log.warning("claim_lost", extra={"team": claim.team, "channel": claim.channel})
            except (WaitError, UnclearError, RefusedError) as why:
                self.leave_alone(claim, why)
                left_alone.add(claim.team)
        return more

    def leave_alone(self, claim: Claim, why: WaitError | UnclearError | RefusedError) -> None:
        """Have every process leave a workspace alone for as long as its answer calls for."""
        if isinstance(why, UnreachableError):
            seconds = why.seconds
            log.warning("slack_unclear", extra={"team": claim.team, "what": "unreachable"})
        elif isinstance(why, WaitError):
            seconds = why.seconds
            log.info("rate_limited", extra={"team": claim.team, "seconds": round(seconds)})
        elif isinstance(why, UnclearError):
            seconds = SETTLE + 1
            log.warning("slack_unclear", extra={"team": claim.team, "what": str(why)})
        else:
            seconds = BARRED_FOR
            log.error("workspace_unavailable", extra={"team": claim.team, "what": why.error})
        self.store.claims.leave_alone(claim.team, seconds)

    def keep_claim(self, claim: Claim) -> Claim:
        """Renew a claim that might end before its channel is planned.

        Raises:
            LostClaimError: another process has taken it.
        """
        return self.store.claims.renew(claim) if claim.ends - time.monotonic() < TERM * 2 / 3 else claim

    def plan_channel(self, claim: Claim) -> bool:
        """Plan one channel, and give its claim back. Returns whether something is left to do at once.

        Raises:
            WaitError, UnclearError, RefusedError: the whole workspace is to be left alone.
            LostClaimError: another process plans the channel now.
        """
        again: float | None = FULL_FOR
        try:
            if scheduler := self.schedulers(claim.team):
                again = self.look_after(self.keep_claim(claim), scheduler)
        except ChannelBusyError:
            pass
        except EXPECTED_ERRORS:
            with suppress(StoreError):
                self.store.claims.release(claim)
            raise
        except Exception:  # a bug, or a row that cannot be read: the other channels must not wait for it
            log.exception("unexpected_error", extra={"surface": "tips", "channel": claim.channel})
        self.store.claims.release(claim, again + 1 if again else 0.0)
        return again == 0

    def look_after(self, claim: Claim, scheduler: ScheduledMessages) -> float | None:
        """Reconcile a channel, and look for what was posted. Returns seconds until the next pass, None for later."""
        now, known = self.context.now(), self.context.knowledge()
        unread = check_posted(self.store, known, scheduler, claim.channel, now)
        again = ChannelReconciler(self.context, claim, scheduler).reconcile()
        self.tell_owner(claim, scheduler)
        return again if again is not None else unread or None

    def tell_owner(self, claim: Claim, scheduler: ScheduledMessages) -> None:
        """Write to the person who switched tips on that they are paused: once, and rather never than twice."""
        here = self.store.subscriptions.get(claim.team, claim.channel)
        if here is None or not here.paused or not here.who:
            return
        if not self.store.plan.mark_owner_notified(claim, here, True):
            return
        try:
            scheduler.send_direct(here.who, f"<#{here.channel}>: {describe_pause(here)}")
        except WaitError:
            self.store.plan.mark_owner_notified(claim, here, False)
            raise
        except (RefusedError, UnclearError) as no:
            log.warning("owner_notify_failed", extra={"team": here.team, "what": str(no)})


class PlannerThread:
    """Runs a planner's rounds in a thread."""

    def __init__(self, planner: Planner, before: Callable[[], object]) -> None:
        """Start no thread yet: threads do not survive a fork.

        Args:
            planner: makes the rounds.
            before: is called before each round.
        """
        self.planner, self.before = planner, before
        self.wake = threading.Event()
        self.thread = threading.Thread(target=self.run, name="tips", daemon=True)

    def run(self) -> None:
        """Make rounds until stopped, whatever happens in one of them."""
        while not self.planner.stopped.is_set():
            more = False
            try:
                self.before()
                more = self.planner.run_round()
            except StoreError as fault:
                log_expected(fault, "tips")
            except Exception:
                log.exception("unexpected_error", extra={"surface": "tips"})
            self.wake.wait(BUSY_ROUND_EVERY if more else IDLE_ROUND_EVERY)
            self.wake.clear()

    def stop(self, seconds: float = 2.0) -> None:
        """Stop, and wait a little for it: wherever a round is cut off, the next process continues."""
        self.planner.stopped.set()
        self.wake.set()
        if self.thread.is_alive():
            self.thread.join(seconds)

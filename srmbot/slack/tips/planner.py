"""Subscriptions -> tips at Slack, some 36 hours ahead: rounds in a thread, each bounded, each safe to be cut off."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from srmbot.render.tip_status import describe_pause
from srmbot.slack.error_reports import log_expected
from srmbot.slack.tips.reconcile import ChannelBusyError, ChannelReconciler, PlanContext
from srmbot.slack.tips.scheduled_messages import RefusedError, ScheduledMessages, UnclearError, WaitError
from srmbot.store.database import StoreError
from srmbot.store.leases import TERM, LostLeaseError
from srmbot.store.plan import SETTLE, Place
from srmbot.store.rows import Lease
from srmbot.tips import Subscription

log = logging.getLogger("srmbot.slack")

EVERY = 30.0  # seconds between two rounds, where nothing is to be done
BETWEEN = 1.0  # seconds between two rounds, where there is
MOST = 200  # channels of one round
BARRED_FOR = 600.0  # seconds until a workspace that wants nothing of us is tried again
FULL_FOR = 300.0  # seconds until a channel that has too many messages is tried again
PRUNE = 3600.0  # seconds between two clearings of what is old

EXPECTED = (WaitError, UnclearError, RefusedError, LostLeaseError, StoreError)  # what ends the work for a workspace
Schedulers = Callable[[str], ScheduledMessages | None]  # by team; None where this process has no token for it


class Planner:
    """Plans for some workspaces. One thread at a time uses it; other planners may run elsewhere, on the same store."""

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
        self.name = secrets.token_hex(8)
        self.waits: dict[str, float] = {}  # until when a team, or a team and channel, is left alone
        self.pruned_at = float("-inf")
        self.stopped = threading.Event()

    def run_round(self) -> bool:
        """Plan the channels that need it most. Returns whether there is more to do at once.

        Raises:
            StoreError: the store cannot be used.
        """
        if not self.store.exists:
            return False
        self.store.prepare()
        teams = [team for team in self.teams() if self.is_free(team)]
        found = self.store.plan.channels_to_plan(teams, self.context.now(), MOST + len(self.waits))
        work = [place for place in found if self.is_free("/".join(place))][:MOST]
        untold = list(self.store.plan.paused_to_tell(teams, MOST))
        done = [self.serve(team, work, untold) for team in teams_to_serve(work, untold)]
        if self.clock() - self.pruned_at >= PRUNE:
            self.store.history.prune(self.context.now())
            self.pruned_at = self.clock()
        return not all(done) or len(work) == MOST

    def is_free(self, name: str) -> bool:
        """Whether a team, or a team and channel, need not be left alone any longer."""
        return self.waits.get(name, 0.0) <= self.clock()

    def leave_alone(self, name: str, seconds: float) -> None:
        """Leave a team, or a team and channel, alone for a while."""
        self.waits = {each: until for each, until in self.waits.items() if until > self.clock()}
        self.waits[name] = self.clock() + seconds

    def serve(self, team: str, work: Sequence[Place], untold: Sequence[Subscription]) -> bool:
        """Plan one workspace, unless another process does. Returns whether nothing is left to do at once."""
        scheduler = self.schedulers(team)
        lease = self.store.leases.acquire(f"tips/{team}", self.name) if scheduler else None
        if scheduler is None or lease is None:
            return True
        done = True
        try:
            for channel in (channel for of, channel in work if of == team):
                lease = self.keep_lease(lease)
                done = self.plan_channel(lease, scheduler, channel) and done
            for each in untold:
                if each.team == team:
                    self.tell_owner(lease, scheduler, each)
            return done
        except WaitError as wait:
            log.info("rate_limited", extra={"team": team, "seconds": round(wait.seconds)})
            self.leave_alone(team, wait.seconds)
        except UnclearError as unclear:
            log.warning("slack_unclear", extra={"team": team, "what": str(unclear)})
            self.leave_alone(team, SETTLE + 1)
        except RefusedError as no:
            log.error("workspace_unavailable", extra={"team": team, "what": no.error})
            self.leave_alone(team, BARRED_FOR)
        except LostLeaseError:
            log.warning("lease_lost", extra={"team": team})
        finally:
            with suppress(StoreError):
                self.store.leases.release(lease)
        return True

    def keep_lease(self, lease: Lease) -> Lease:
        """Renew a lease that might end before one more channel is planned.

        Raises:
            LostLeaseError: another process has taken it.
        """
        return self.store.leases.renew(lease) if lease.ends - time.monotonic() < TERM / 2 else lease

    def plan_channel(self, lease: Lease, scheduler: ScheduledMessages, channel: str) -> bool:
        """Plan one channel. Returns whether nothing is left to do at once."""
        if self.stopped.is_set():
            return True
        place = f"{scheduler.team}/{channel}"
        try:
            again = ChannelReconciler(self.context, lease, scheduler, channel).reconcile()
        except ChannelBusyError:
            self.leave_alone(place, FULL_FOR)
            return True
        except EXPECTED:
            raise
        except Exception:  # a bug, or a row that cannot be read: the other channels must not wait for it
            log.exception("unexpected_error", extra={"surface": "tips", "channel": channel})
            self.leave_alone(place, FULL_FOR)
            return True
        if again:
            self.leave_alone(place, again + 1)
        return again != 0

    def tell_owner(self, lease: Lease, scheduler: ScheduledMessages, subscription: Subscription) -> None:
        """Write to the person who switched tips on that they are paused: once, and rather never than twice."""
        if not self.store.plan.mark_owner_notified(lease, subscription, True):
            return
        try:
            scheduler.send_direct(subscription.who, f"<#{subscription.channel}>: {describe_pause(subscription)}")
        except WaitError:
            self.store.plan.mark_owner_notified(lease, subscription, False)
            raise
        except (RefusedError, UnclearError) as no:
            log.warning("owner_notify_failed", extra={"team": subscription.team, "what": str(no)})


def teams_to_serve(work: Sequence[Place], untold: Sequence[Subscription]) -> Iterator[str]:
    """List the teams that have work, each once."""
    yield from dict.fromkeys([*(team for team, _ in work), *(each.team for each in untold)])


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
            self.wake.wait(BETWEEN if more else EVERY)
            self.wake.clear()

    def stop(self, seconds: float = 2.0) -> None:
        """Stop, and wait a little for it: wherever a round is cut off, the next process continues."""
        self.planner.stopped.set()
        self.wake.set()
        if self.thread.is_alive():
            self.thread.join(seconds)

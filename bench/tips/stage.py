"""A workspace of its own for each run, and planners as processes that are begun, cut off and waited for."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bench.tips import child
from bench.tips.child import Job
from bench.tips.tally import Key, Tally
from bench.tips.world import SharedClock, Town, World
from srmbot.store.claims import TERM
from srmbot.store.rows import TipState
from srmbot.store.store import Store
from srmbot.tips import DAILY, HORIZON, Subscription, When, due_times, is_too_late

PROCESSES = multiprocessing.get_context("forkserver")
NUMBERS = count(1)
CHANNELS = 2
PATIENCE = 60  # seconds that a process may take


def preload() -> None:
    """Have this process, and those that will be made, begin with everything they need."""
    child.knowledge()
    PROCESSES.set_forkserver_preload(["bench.tips.preloaded"])


@dataclass
class Stage:
    """One run: a workspace of its own in a store that others use too."""

    world: World
    store: Store
    town: Town
    ahead: Any

    @property
    def clock(self) -> SharedClock:
        """The clock of the workspace."""
        return SharedClock(self.ahead)

    def job(self, **more: Any) -> Job:
        """A job in this workspace."""
        database = self.store.url.render_as_string(hide_password=False)
        return Job(database, self.world.url, ((self.town.team, self.town.token),), self.ahead, **more)

    def subscribe(self) -> None:
        """Tips every day in every channel, at noon: three hours away at least, so that all can be planned in time."""
        at = datetime.fromtimestamp(self.clock.now(), UTC) + timedelta(hours=12)
        when = When(at.time().replace(second=0, microsecond=0), "UTC", DAILY)
        for channel in self.town.channels:
            self.store.subscriptions.subscribe(Subscription(self.town.team, channel.id, when, (), self.town.owner, 0))

    def wanted(self) -> set[tuple[str, int]]:
        """What has to be posted in the next day and a half, by what the store says now."""
        now, found = self.clock.now(), set()
        for channel in self.town.channels:
            here = self.store.subscriptions.get(self.town.team, channel.id)
            if here and not here.paused:
                rows = {row.post_at: row for row in self.store.plan.planned(self.town.team, channel.id, now)}
                times = due_times(here.when, max(now, here.since), now + HORIZON)
                found |= {(channel.id, at) for at in times if at not in rows or not rows[at].skip}
        return found

    def recover(self) -> None:
        """Let the time pass after which leases and doubts are over, and plan anew, until nothing is left to be done."""
        for _ in range(6):
            self.clock.advance(TERM + 2)
            if not self.store.work.pending([self.town.team], self.clock.now(), 1):
                return
            self.plan()

    def plan(self) -> None:
        """Plan in this process, where nothing disturbs."""
        job = self.job()
        child.plan(job, self.store, child.Steps(job))

    def doubtful(self) -> set[Key]:
        """What the store says may come or not: Slack has not said whether it has it, or it was called off too late."""
        now, found = self.clock.now(), set[Key]()
        for channel in self.town.channels:
            rows = self.store.plan.planned(self.town.team, channel.id, 0.0)
            unsure = [row for row in rows if row.is_unsure]
            late = [row for row in rows if row.state is TipState.DROPPING and is_too_late(row.post_at, now)]
            found |= {(channel.id, row.post_at) for row in (*unsure, *late)}
        return found

    def finish(self, tally: Tally, where: str) -> None:
        """Let a day and a half pass, and count what is posted."""
        wanted, doubtful, until = self.wanted(), self.doubtful(), self.clock.now() + HORIZON
        self.town.clock.advance(HORIZON + 60)
        self.count(tally, where, wanted, doubtful, until)

    def count(self, tally: Tally, where: str, wanted: set[Key], doubtful: set[Key], until: float) -> None:
        """Count what was posted before some second, and leave."""
        posted = Counter({key: times for key, times in self.town.posted().items() if key[1] < until})
        tally.add(where, wanted, posted, doubtful)
        self.world.towns.leave(self.town)
        self.store.close()


def stage(world: World, store: Store, channels: int = CHANNELS, lag: float = 0.0, ahead: Any = None) -> Stage:
    """A new workspace, whose channels have subscribed; it has connections of its own to the store's database."""
    ahead = ahead or PROCESSES.Value("d", 0.0)
    town = world.towns.found(f"T{os.getpid()}X{next(NUMBERS)}", SharedClock(ahead), channels)
    town.workspace.list_lag = lag
    made = Stage(world, Store(store.url, town.clock.now), town, ahead)
    made.subscribe()
    return made


def begin(job: Job) -> tuple[Any, Any]:
    """Start a process; it, and where its result comes."""
    here, there = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=child.run, args=(job, there))
    process.start()
    there.close()
    return process, here


def end(process: Any, result: Any) -> int | None:
    """Wait for a process; how many steps it had, None if it was killed.

    Raises:
        AssertionError: it failed.
    """
    try:
        found = result.recv() if result.poll(PATIENCE) else "a process did not end"
    except EOFError:
        found = None
    result.close()
    process.join(PATIENCE)
    if isinstance(found, str):
        process.kill()
        raise AssertionError(found)
    return found


def steps(job: Job) -> int | None:
    """Run a process to its end."""
    return end(*begin(job))

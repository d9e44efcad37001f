"""Scenarios: what is set up, what is cut off where, what must be true in the end. 0 lost, 0 doubled."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bench.tips import child
from bench.tips.child import Job
from bench.tips.world import SharedClock, Town, World
from srmbot.store.leases import TERM
from srmbot.store.store import Store
from srmbot.tips import DAILY, HORIZON, Subscription, When, due_times

PROCESSES = multiprocessing.get_context("forkserver")
NUMBERS = count(1)
CHANNELS = 2
PATIENCE = 60  # seconds that a process may take


def preload() -> None:
    """Have this process, and those that will be made, begin with everything they need."""
    child.knowledge()
    PROCESSES.set_forkserver_preload(["bench.tips.preloaded"])


@dataclass
class Tally:
    """What came of some runs."""

    runs: int = 0
    expected: int = 0
    posted: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: list[str] = field(default_factory=list)  # where, so that it can be looked into

    def add(self, where: str, expected: set[tuple[str, int]], posted: Counter[tuple[str, int]]) -> None:
        """Count one run."""
        self.runs += 1
        self.expected += len(expected)
        self.posted += posted.total()
        lost = sum(not posted[key] for key in expected)
        doubled = sum(times - 1 for times in posted.values()) + sum(key not in expected for key in posted)
        self.lost, self.doubled = self.lost + lost, self.doubled + doubled
        if lost or doubled:
            self.wrong.append(f"{where}: {lost} lost, {doubled} doubled or unwanted")

    def __add__(self, other: Tally) -> Tally:
        names = ("runs", "expected", "posted", "lost", "doubled", "wrong")
        return Tally(*(getattr(self, name) + getattr(other, name) for name in names))


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
        for _ in range(5):
            self.clock.advance(TERM + 2)
            if not self.store.plan.channels_to_plan([self.town.team], self.clock.now(), 1):
                return
            self.plan()

    def plan(self) -> None:
        """Plan in this process, where nothing disturbs."""
        job = self.job()
        child.plan(job, self.store, child.Steps(job))

    def finish(self, tally: Tally, where: str) -> None:
        """Let a day and a half pass, and count what is posted."""
        wanted, until = self.wanted(), self.clock.now() + HORIZON
        self.town.clock.advance(HORIZON + 60)
        posted = Counter({key: times for key, times in self.town.posted().items() if key[1] < until})
        tally.add(where, wanted, posted)
        self.world.towns.leave(self.town)
        self.store.close()


def stage(world: World, store: Store, channels: int = CHANNELS) -> Stage:
    """A new workspace, whose channels have subscribed; it has connections of its own to the store's database."""
    ahead = PROCESSES.Value("d", 0.0)
    town = world.towns.found(f"T{os.getpid()}X{next(NUMBERS)}", SharedClock(ahead), channels)
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


Prepare = Callable[[Stage], Job]  # sets the stage, and says what is to be disturbed


def fresh(on: Stage) -> Job:
    """Nothing is planned yet."""
    return on.job()


def planned(on: Stage) -> Job:
    """Everything is planned."""
    on.plan()
    return on.job()


def switched_off(on: Stage) -> Job:
    """`tips off` in one channel, after everything was planned."""
    return replace(planned(on), words="off", channel=on.town.channels[0].id)


def skipped(on: Stage) -> Job:
    """`tips skip` in one channel."""
    return replace(planned(on), words="skip", channel=on.town.channels[0].id)


def changed(on: Stage) -> Job:
    """Another time of day in one channel."""
    at = datetime.fromtimestamp(on.clock.now(), UTC) + timedelta(hours=5)
    return replace(planned(on), words=f"on {at:%H:%M} UTC", channel=on.town.channels[0].id)


def replanned(on: Stage) -> Job:
    """The planner after a change: it takes back and plans anew."""
    steps(changed(on))
    return on.job()


def lost_store(on: Stage) -> Job:
    """A store that was put back to before anything was planned: Slack has it all."""
    on.plan()
    for channel in on.town.channels:
        on.store.subscriptions.unsubscribe(on.town.team, channel.id, 0.0)
        for row in on.store.plan.planned(on.town.team, channel.id, 0.0):
            on.store.plan.forget_cancelled(row)
    on.subscribe()
    return on.job()


def refused_once(on: Stage) -> Job:
    """Slack answers the second tip with 500."""
    on.town.api.faults.add("chat.scheduleMessage", child_fault())
    on.town.api.faults.add("chat.scheduleMessage", child_fault(status=500))
    return on.job()


def limited(on: Stage) -> Job:
    """Slack answers the second tip with 429."""
    on.town.api.faults.add("chat.scheduleMessage", child_fault())
    on.town.api.faults.add("chat.scheduleMessage", child_fault(status=429, retry_after=7))
    return on.job()


def cut_off(on: Stage) -> Job:
    """Slack accepts the second tip, but its answer does not arrive."""
    on.town.api.faults.add("chat.scheduleMessage", child_fault())
    on.town.api.faults.add("chat.scheduleMessage", child_fault(drop_after_accept=True))
    return on.job()


def gone(on: Stage) -> Job:
    """One of the channels is archived."""
    on.town.channels[0].archived = True
    return on.job()


def child_fault(**how: Any) -> Any:
    """A fault of the stand-in; none at all without anything named."""
    from srmbot.fake_slack.faults import Fault

    return Fault(**how)


SCENARIOS: dict[str, Prepare] = {
    "plan": fresh,
    "look again": planned,
    "switch off": switched_off,
    "skip": skipped,
    "change": changed,
    "plan after a change": replanned,
    "store put back": lost_store,
    "Slack says 500": refused_once,
    "Slack says 429": limited,
    "answer cut off": cut_off,
    "channel gone": gone,
}


def killed(world: World, store: Store, name: str, at: int) -> tuple[Tally, bool]:
    """One run, killed at one step; and whether there was such a step."""
    tally, on = Tally(), stage(world, store)
    job = replace(SCENARIOS[name](on), fault="kill", step=at)
    survived = steps(job) is not None
    on.recover()
    if on.town.notices() > 1:
        tally.wrong.append(f"{name} killed at {at}: the owner got {on.town.notices()} notices")
    on.finish(tally, f"{name} killed at {at}")
    return tally, not survived


def every_step(world: World, store: Store, name: str, every: int = 1) -> Tally:
    """A scenario killed at its first step, its second, and so on, until it comes to its end."""
    tally = Tally()
    for at in count(1, every):
        one, was_killed = killed(world, store, name, at)
        tally += one
        if not was_killed:
            return tally
    raise AssertionError


def twice_killed(world: World, store: Store, first: int) -> Tally:
    """Killed at one step, and the one that recovers at each of its own."""
    tally = Tally()
    for at in count(1):
        on = stage(world, store)
        steps(on.job(fault="kill", step=first))
        on.clock.advance(TERM + 2)
        survived = steps(on.job(fault="kill", step=at)) is not None
        on.recover()
        on.finish(tally, f"killed at {first}, then at {at}")
        if survived:
            return tally
    raise AssertionError


def held_up(world: World, store: Store, at: int) -> tuple[Tally, bool]:
    """A planner that sleeps at one step until another has taken its lease and planned; then it goes on."""
    tally, on = Tally(), stage(world, store)
    process, result = begin(on.job(fault="stop", step=at))
    stopped = wait_stopped(process.pid, result)
    if stopped:
        on.clock.advance(TERM + 2)
        on.plan()
        on.clock.advance(1)
        os.kill(process.pid, signal.SIGCONT)
    end(process, result)
    on.recover()
    on.finish(tally, f"held up at {at}")
    return tally, stopped


def wait_stopped(pid: int, result: Any) -> bool:
    """Wait until a process is paused. Returns False if it has ended instead."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if result.poll(0.005):
            return False
        with open(f"/proc/{pid}/stat") as state:
            if state.read().rpartition(")")[2].split()[0] == "T":
                return True
    raise AssertionError("a process neither stopped nor ended")


def every_sleep(world: World, store: Store, every: int = 1) -> Tally:
    """A planner held up at its first step, its second, and so on."""
    tally = Tally()
    for at in count(1, every):
        one, was_stopped = held_up(world, store, at)
        tally += one
        if not was_stopped:
            return tally
    raise AssertionError


def jumping(world: World, store: Store, at: int, jump: float) -> tuple[Tally, int]:
    """A planner whose clock jumps at one step; the next ones have the right time. And how many steps it had."""
    tally, on = Tally(), stage(world, store)
    made = steps(on.job(fault="jump", step=at, jump=jump)) or 0
    on.recover()
    on.finish(tally, f"clock jumps by {jump:+.0f} at {at}")
    return tally, made


def together(world: World, store: Store, planners: int, at: int) -> Tally:
    """Several planners at once, the first of them killed at one step."""
    tally, on = Tally(), stage(world, store, channels=3)
    first = begin(on.job(fault="kill", step=at))
    others = [begin(on.job()) for _ in range(planners - 1)]
    for each in (first, *others):
        end(*each)
    on.recover()
    on.finish(tally, f"{planners} planners, one killed at {at}")
    return tally


def restarted(world: World, store: Store, restart: Callable[[], None], after: float) -> Tally:
    """The database goes away while a planner is at work, and comes back."""
    tally, on = Tally(), stage(world, store, channels=4)
    on.town.api.latency = 0.02
    process, result = begin(on.job())
    time.sleep(after)
    restart()
    end(process, result)
    on.store.close()
    on.recover()
    on.finish(tally, f"database restarted after {after:.2f} s")
    return tally


def pairs(steps_: int, jumps: Sequence[float]) -> Iterator[tuple[int, float]]:
    """Every step with every jump."""
    yield from ((at, jump) for jump in jumps for at in range(1, steps_ + 1))

"""Runs: a scenario, what is cut off where, and what must be true in the end. 0 doubled, 0 lost without a word."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from bench.tips.scenarios import SCENARIOS
from bench.tips.stage import PATIENCE, begin, end, stage, steps
from bench.tips.tally import Tally
from bench.tips.world import World
from srmbot.store.claims import TERM
from srmbot.store.store import Store


def killed(world: World, store: Store, name: str, at: int, lag: float = 0.0) -> tuple[Tally, bool]:
    """One run, killed at one step, with a list that is so far behind; and whether there was such a step."""
    tally, on = Tally(), stage(world, store, lag=lag)
    job = replace(SCENARIOS[name](on), fault="kill", step=at)
    survived = steps(job) is not None
    on.recover()
    if on.town.notices() > 1:
        tally.wrong.append(f"{name} killed at {at}: the owner got {on.town.notices()} notices")
    on.finish(tally, f"{name} killed at {at}")
    return tally, not survived


def every_step(world: World, store: Store, name: str, lag: float = 0.0, every: int = 1) -> Tally:
    """A scenario killed at its first step, its second, and so on, until it comes to its end; or at every so many."""
    tally = Tally()
    for at in count(1, every):
        one, was_killed = killed(world, store, name, at, lag)
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


def every_sleep(world: World, store: Store) -> Tally:
    """A planner held up at its first step, its second, and so on."""
    tally = Tally()
    for at in count(1):
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

"""What goes wrong while planners and web processes work: each goes on for some seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from sqlalchemy import text

from bench.chaos.crew import Crew
from bench.chaos.webs import Webs
from bench.tips.world import SharedClock
from srmbot.store.claims import TERM
from srmbot.store.store import Store
from tests.support.databases import Postgres

JUMPS = (3600.0, -3600.0, 86_400.0, -86_400.0)


@dataclass
class Scene:
    """All that a fault may touch."""

    crew: Crew
    webs: Webs
    server: Postgres
    store: Store
    clock: SharedClock
    chance: Random
    seconds: float


def nothing(on: Scene) -> None:
    """Everything is as it should be."""
    time.sleep(on.seconds)


def kill_workers(on: Scene) -> None:
    """A planner killed every quarter of a second."""
    until = time.monotonic() + on.seconds
    while time.monotonic() < until:
        time.sleep(0.25)
        on.crew.kill(on.chance)


def restart_database(on: Scene) -> None:
    """PostgreSQL ends as in a crash, and comes back."""
    for _ in range(3):
        time.sleep(on.seconds / 3)
        on.server.restart()


def freeze_database(on: Scene) -> None:
    """PostgreSQL stands still for longer than anybody waits for it."""
    for _ in range(2):
        time.sleep(on.seconds / 4)
        with on.server.frozen():
            time.sleep(on.seconds / 4)


def stop_workers(on: Scene) -> None:
    """Planners are ended under load, all at once, and others come."""
    for number in range(len(on.crew.members)):
        on.crew.replace(number, on.crew.job)
        time.sleep(on.seconds / len(on.crew.members))


def hold_rows(on: Scene) -> None:
    """A transaction that holds every third row, and one that only stays open."""
    with on.store.engine.connect() as open_, on.store.engine.connect() as holding:
        open_.execute(text("SELECT count(*) FROM planned"))
        holding.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        open_.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        rows = "SELECT 1 FROM subscriptions WHERE abs(hashtext(team || channel)) % 3 = 0 FOR UPDATE"
        holding.execute(text(rows))
        time.sleep(on.seconds)


def pause_workers(on: Scene) -> None:
    """Half of the planners sleep past their claims, while the others plan."""
    half = range(len(on.crew.members) // 2)
    for _ in range(2):
        for number in half:
            on.crew.pause(number)
        on.clock.advance(TERM + 2)
        time.sleep(on.seconds / 4)
        for number in half:
            on.crew.resume(number)
        time.sleep(on.seconds / 4)


def jump_clocks(on: Scene) -> None:
    """Half of the planners have clocks that are wrong by an hour or a day."""
    for number, jump in enumerate(JUMPS):
        on.crew.replace(number, replace(on.crew.job, jump=jump))
    time.sleep(on.seconds)
    for number in range(len(JUMPS)):
        on.crew.replace(number, on.crew.job)


def roll_webs(on: Scene) -> None:
    """Each web process is replaced by a new one, which is ready before the old one leaves."""
    for _ in range(len(on.webs.running)):
        on.webs.start()
        on.webs.retire()


def kill_webs(on: Scene) -> None:
    """Each web process is killed with -9, and another one comes."""
    for _ in range(len(on.webs.running)):
        on.webs.retire(kill=True)
        on.webs.start()


FAULTS: Mapping[str, Callable[[Scene], None]] = {
    "nothing": nothing,
    "planners killed again and again": kill_workers,
    "PostgreSQL killed and back": restart_database,
    "PostgreSQL frozen": freeze_database,
    "planners stopped under load": stop_workers,
    "a long transaction held open": hold_rows,
    "planners paused past their claims": pause_workers,
    "clocks wrong by hours and days": jump_clocks,
    "web processes replaced": roll_webs,
    "web processes killed": kill_webs,
}

"""What planning costs with 1 to 10,000 workspaces on one PostgreSQL: `python -m bench.tips.scale`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert, update

from bench.tips import child
from bench.tips.world import SharedClock, Town, Towns
from srmbot.fake_slack.model import Clock
from srmbot.slack.tips.planner import MOST_CHANNELS_A_ROUND, Planner
from srmbot.slack.tips.reconcile import PlanContext
from srmbot.slack.tips.scheduled_messages import ScheduledMessages, single_try_client
from srmbot.store.schema import subscriptions
from srmbot.store.store import Store
from srmbot.store.subscriptions import UNPLANNED, as_values
from srmbot.tips import DAILY, HORIZON, Subscription, When, due_times
from tests.support.databases import on_postgres, postgres

SIZES = (1, 10, 100, 1_000, 10_000)
IDLE = 20  # rounds with nothing to do that are measured


class Ahead:
    """Seconds that the clock of the workspaces is ahead; of this process alone."""

    value = 0.0


class Direct(ScheduledMessages):
    """Slack without a network between: only what planning costs is measured."""

    def __init__(self, town: Town) -> None:
        """Speak to one workspace."""
        super().__init__(single_try_client(town.token, "http://127.0.0.1:1/"), town.team)
        self.town = town

    def call(self, method: str, params: dict[str, Any]) -> Any:
        """Call once."""
        return self.town.api.serve(method, params, self.town.token).answer


@dataclass(frozen=True)
class Cost:
    """What some workspaces cost."""

    workspaces: int
    due: int
    lost: int
    doubled: int
    statements: float  # for each channel
    calls: float  # for each channel
    milliseconds: float  # of this process, for each channel
    idle_statements: float  # for each round with nothing to do
    idle_milliseconds: float


def main() -> int:
    """Measure every size, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.tips.scale", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="numbers of workspaces")
    parser.add_argument("--most", type=int, default=10**6, help="channels that are planned of each; default: all")
    given = parser.parse_args()
    child.knowledge()
    with tempfile.TemporaryDirectory() as name, postgres(Path(name) / "postgres") as server:
        costs = []
        for size in given.sizes:
            with closing(on_postgres(server)) as store:
                costs.append(measure(store, size, given.most))
                print(costs[-1], file=sys.stderr, flush=True)
    print("\n".join(table(costs)))
    return int(any(cost.lost or cost.doubled for cost in costs))


def measure(store: Store, size: int, most: int) -> Cost:
    """Plan so many workspaces, or some of them, and let a day and a half pass."""
    clock, towns = SharedClock(Ahead()), make_towns(store, size)
    for town in towns.values():
        town.clock = town.workspace.clock = clock
    statements: Counter[str] = Counter()
    event.listen(store.engine, "before_cursor_execute", lambda *_: statements.update(("all",)))
    known = {team: Direct(town) for team, town in towns.items()}
    planner = Planner(PlanContext(store, child.knowledge, clock.now), known.get, lambda: list(known), time.monotonic)
    wanted = list(due_times(When(days=DAILY), clock.now() + 3600, clock.now() + HORIZON))
    began = time.process_time()
    done = 0
    while done < most:
        more, done = planner.run_round(), done + MOST_CHANNELS_A_ROUND
        if not more:
            break
    done = min(size, done)
    busy, used = time.process_time() - began, statements["all"]
    finish_all(store, clock.now())
    began = time.process_time()
    for _ in range(IDLE):
        planner.run_round()
    idle = time.process_time() - began
    calls = sum(len(town.api.calls) for town in towns.values())
    clock.advance(HORIZON)
    posted: Counter[tuple[str, int]] = sum((town.posted() for town in towns.values()), Counter())
    planned = [town for town in towns.values() if town.api.calls]
    due = [(town.channels[0].id, at) for town in planned for at in wanted]
    return Cost(
        size,
        len(due),
        sum(not posted[key] for key in due),
        sum(times - 1 for times in posted.values()),
        used / done,
        calls / done,
        busy / done * 1000,
        (statements["all"] - used - 1) / IDLE,
        idle / IDLE * 1000,
    )


def finish_all(store: Store, now: float) -> None:
    """Have nothing left to be planned."""
    with store.writing() as connection:
        connection.execute(update(subscriptions).values(planned_until=now + HORIZON))


def make_towns(store: Store, size: int) -> dict[str, Town]:
    """Make workspaces with a channel each that wants tips at nine."""
    towns, when = Towns(), When(days=DAILY)
    found = [towns.found(f"T{number}", Clock(), 1) for number in range(size)]
    wanted = [as_values(Subscription(town.team, town.channels[0].id, when, (), town.owner)) for town in found]
    new = {"revision": 1, **UNPLANNED}
    with store.writing() as connection:
        connection.execute(insert(subscriptions), [each | new for each in wanted])
    return {town.team: town for town in found}


def table(costs: Sequence[Cost]) -> Iterator[str]:
    """A line for each size."""
    heads = ("due", "lost", "doubled", "SQL/channel", "calls/channel", "CPU ms/channel", "idle SQL", "idle CPU ms")
    yield f"{'workspaces':>10} " + " ".join(f"{head:>14}" for head in heads)
    for cost in costs:
        first = (cost.due, cost.lost, cost.doubled)
        then = (cost.statements, cost.calls, cost.milliseconds, cost.idle_statements, cost.idle_milliseconds)
        figures = " ".join([*(f"{each:>14}" for each in first), *(f"{each:>14.1f}" for each in then)])
        yield f"{cost.workspaces:>10} {figures}"


if __name__ == "__main__":
    sys.exit(main())

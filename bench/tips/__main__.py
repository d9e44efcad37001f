"""The soak: every scenario at every step on both databases, several planners, sleepers, clocks, a crowd; the table."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from bench.tips import runs
from bench.tips.lies import many_lies
from bench.tips.many import Crowd, crowd
from bench.tips.scenarios import SCENARIOS
from bench.tips.stage import preload
from bench.tips.tally import Tally
from bench.tips.world import World, world
from srmbot.store.store import Store
from tests.support.databases import Postgres, on_postgres, on_sqlite, postgres

WORKERS = 3
LYING = tuple(name for name in SCENARIOS if name != "store put back")  # that one needs what the list shows
LIES = 40  # runs a part, each with a chance of its own
JUMPS = (3600.0, -3600.0, 86_400.0, -86_400.0, 40 * 86_400.0)
Part = tuple[str, str, Callable[[World, Store], Tally]]  # the database, what is done, and how


def main() -> int:
    """Run everything, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.tips", description=__doc__)
    parser.add_argument("--part", action="append", default=[], help="only what has this in its name")
    only = parser.parse_args().part
    logging.disable(logging.CRITICAL)  # it is full of what goes wrong here
    preload()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name, world() as slack, postgres(Path(name) / "postgres") as server:
        stores = Stores(Path(name), server)
        chosen = [part for part in parts() if is_chosen(" ".join(part[:2]), only)]
        with ThreadPoolExecutor(WORKERS) as executor:
            tallies = list(executor.map(lambda part: (*part[:2], done(part, slack, stores)), chosen))
        if is_chosen("PostgreSQL database restarted", only):
            tallies.append(("PostgreSQL", "database restarted", restarts(slack, server)))
        crowds = {"SQLite": crowd(slack, on_sqlite(Path(name)), 200, 50)} if is_chosen("crowd", only) else {}
    print("\n".join(table(tallies)), *describe_crowds(crowds), sep="\n")
    print(f"{time.perf_counter() - began:.0f} s")
    return int(any(tally.wrong for _, _, tally in tallies) or any(each.lost + each.doubled for each in crowds.values()))


def is_chosen(name: str, only: Sequence[str]) -> bool:
    """Whether a part is to be run."""
    return not only or any(each in name for each in only)


def done(part: Part, slack: World, stores: Stores) -> Tally:
    """What came of a part, printed at once for those who wait."""
    database, what, go = part
    began = time.perf_counter()
    try:
        tally = go(slack, stores.of(database))
    except Exception as failure:  # reported in the table, beside what the others found
        tally = Tally(wrong=[f"{database}, {what}: {failure}"])
    print(f"{database}, {what}: {tally.runs} runs in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return tally


class Stores:
    """A store for each thread and database: SQLite is for one process at a time."""

    def __init__(self, folder: Path, server: Postgres) -> None:
        """None yet."""
        self.folder, self.server, self.local, self.lock = folder, server, threading.local(), threading.Lock()

    def of(self, database: str) -> Store:
        """The store of this thread."""
        held: dict[str, Store] = self.local.__dict__
        with self.lock:
            if database not in held:
                own = self.folder / f"thread{threading.get_ident()}"
                own.mkdir(exist_ok=True)
                held[database] = on_sqlite(own) if database == "SQLite" else on_postgres(self.server)
        return held[database]


def parts() -> Iterator[Part]:
    """All that is done, the longest first."""
    for database in ("PostgreSQL", "SQLite"):
        for name in SCENARIOS:
            yield database, f"kill -9: {name}", killed_in(name)
    for name in LYING:
        yield "PostgreSQL", f"kill -9, list empty: {name}", killed_in(name, lag=float("inf"))
    for database in ("PostgreSQL", "SQLite"):
        for first in range(0, 3 * LIES, LIES):
            yield database, f"lies and lost answers, {first}-", lies(range(first, first + LIES))
    for planners in (2, 4):
        yield "PostgreSQL", f"{planners} planners, one killed", several(planners)
    yield "PostgreSQL", "asleep while another plans", runs.every_sleep
    yield "PostgreSQL", "killed, and killed again", lambda on, store: runs.twice_killed(on, store, 40)
    yield "SQLite", "the clock jumps", jumps


def restarts(slack: World, server: Postgres) -> Tally:
    """A database that goes away at one moment or another while a planner is at work."""
    with closing(on_postgres(server)) as store:
        return sum((runs.restarted(slack, store, server.restart, after / 50) for after in range(12)), Tally())


def killed_in(name: str, lag: float = 0.0) -> Callable[[World, Store], Tally]:
    """A scenario killed at each of its steps, with a list that is so far behind."""
    return lambda on, store: runs.every_step(on, store, name, lag)


def lies(seeds: range) -> Callable[[World, Store], Tally]:
    """A Slack that lies and loses answers."""
    return lambda on, store: many_lies(on, store, seeds)


def several(planners: int) -> Callable[[World, Store], Tally]:
    """Several planners, the first killed at every other step."""

    def go(on: World, store: Store) -> Tally:
        return sum((runs.together(on, store, planners, at) for at in range(1, 120, 2)), Tally())

    return go


def jumps(on: World, store: Store) -> Tally:
    """A clock that jumps at every step of a planner, by each of some lengths."""
    _, made = runs.jumping(on, store, 0, 0.0)
    return sum((runs.jumping(on, store, *pair)[0] for pair in runs.pairs(made, JUMPS)), Tally())


def table(tallies: list[tuple[str, str, Tally]]) -> Iterator[str]:
    """A line for each part, and one for all."""
    names = ("runs", "expected", "posted", "said", "extra", "lost", "doubled")
    heads = ("runs", "due", "posted", "lost, said", "extra, said", "lost", "doubled")
    yield f"{'database':<11} {'fault':<40} " + " ".join(f"{head:>11}" for head in heads)
    for database, what, tally in [*tallies, ("", "all", sum((tally for *_, tally in tallies), Tally()))]:
        yield f"{database:<11} {what:<40} " + " ".join(f"{getattr(tally, name):>11}" for name in names)
    yield from (f"wrong: {line}" for *_, tally in tallies for line in tally.wrong)


def describe_crowds(crowds: dict[str, Crowd]) -> Iterator[str]:
    """What came of the crowd."""
    for database, each in crowds.items():
        yield (
            f"{database}: {each.subscriptions} subscriptions at the same minute, {each.expected} tips due:"
            f" {each.lost} lost, {each.doubled} doubled; {each.calls} calls, {each.refused} of them refused with 429;"
            f" all planned in {each.minutes:.1f} minutes of Slack's time ({each.seconds:.0f} s here)"
        )


if __name__ == "__main__":
    sys.exit(main())

"""8 planners and 4 web processes on one PostgreSQL; each fault for some seconds; what was lost and doubled."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from bench.chaos.crew import Crew
from bench.chaos.faults import FAULTS, Scene
from bench.chaos.webs import Webs
from bench.tips import child, stage
from bench.tips.lies import later
from bench.tips.stage import PROCESSES, Stage, preload
from bench.tips.tally import Tally
from bench.tips.world import SharedClock, World, world
from srmbot.errors import SrmbotError
from srmbot.fake_slack.model import HOME_TEAM
from srmbot.store.claims import TERM
from srmbot.store.store import Store
from srmbot.store.work import SETTLE
from srmbot.tips import HORIZON
from tests.support.databases import Postgres, on_postgres, postgres

PLANNERS, WEBS, TOWNS, CHANNELS = 8, 4, 12, 5
LATENCY = 0.02  # seconds that each call of Slack's takes
HURRY = 0.05  # seconds between two commands
ASK = 0.1  # seconds between two mentions
QUIET = 20  # rounds of waiting, at most, until nothing is left to be planned


def main() -> int:
    """Run every fault, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--seconds", type=float, default=12.0, help="of each fault")
    parser.add_argument("--fault", choices=sorted(FAULTS), action="append", help="only this one")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)  # it is full of what goes wrong here
    preload()
    with (
        tempfile.TemporaryDirectory() as name,
        world() as slack,
        postgres(Path(name) / "postgres") as server,
        closing(on_postgres(server)) as store,
    ):
        webs = start_webs(slack, store, Path(name))
        try:
            at = Setting(slack, server, store, webs, given.seconds)
            rows = [run(at, fault) for fault in given.fault or FAULTS]
        finally:
            webs.finish()
    print("\n".join(table(rows)))
    return int(any(tips.wrong or tips.lost or answers.doubled for _, tips, answers in rows))


def start_webs(slack: World, store: Store, folder: Path) -> Webs:
    """Start the web processes; they serve a workspace of their own."""
    town = slack.towns.found(HOME_TEAM, SharedClock(PROCESSES.Value("d", 0.0)), 1)
    database = store.url.render_as_string(hide_password=False).replace("+psycopg", "")
    cache = os.environ.get("SRMBOT_CACHE") or str(folder / "cache")
    webs = Webs(slack, town, database, folder, cache)
    for _ in range(WEBS):
        webs.start()
    return webs


@dataclass(frozen=True)
class Setting:
    """What all faults share."""

    slack: World
    server: Postgres
    store: Store
    webs: Webs
    seconds: float


def run(at: Setting, name: str) -> tuple[str, Tally, Tally]:
    """One fault: what came of the tips, and of the mentions."""
    stages, webs = make_stages(at.slack, at.store), at.webs
    for on in stages:
        on.town.api.latency = LATENCY
    towns = tuple((on.town.team, on.town.token) for on in stages)
    crew = Crew(replace(stages[0].job(), towns=towns), PLANNERS)
    asked = len(webs.asked)
    scene = Scene(crew, webs, at.server, at.store, stages[0].clock, Random(name), at.seconds)
    stop = threading.Event()
    busy = [threading.Thread(target=each, args=(stop,)) for each in (commands(stages, name), mentions(webs))]
    for each in busy:
        each.start()
    FAULTS[name](scene)
    stop.set()
    for each in busy:
        each.join()
    settle(stages)
    tips, answers = Tally(), count_answers(webs, asked)
    if died := crew.finish():
        tips.wrong.append(f"{name}: {died} planners died by themselves")
    finish(stages, tips, name)
    print(f"{name}: {tips}, {answers}", file=sys.stderr, flush=True)
    return name, tips, answers


def make_stages(slack: World, store: Store) -> list[Stage]:
    """Make the workspaces, all by one clock."""
    first = stage.stage(slack, store, CHANNELS)
    return [first, *(stage.stage(slack, store, CHANNELS, ahead=first.ahead) for _ in range(TOWNS - 1))]


def commands(stages: Sequence[Stage], name: str) -> Callable[[threading.Event], None]:
    """Type commands, one after the other, somewhere; where one fails, nothing was promised."""
    chance = Random(name)

    def go(stop: threading.Event) -> None:
        while not stop.wait(HURRY):
            on = chance.choice(stages)
            words = chance.choice(("skip", "off", *(f"{later(on, chance)} {about}" for about in ("", "rds", "aurora"))))
            job = replace(on.job(), words=words, channel=chance.choice(on.town.channels).id)
            with suppress(SrmbotError):
                child.command(job, on.store, child.Steps(job))

    return go


def mentions(webs: Webs) -> Callable[[threading.Event], None]:
    """Have people ask, one after the other."""

    def go(stop: threading.Event) -> None:
        while not stop.wait(ASK):
            webs.mention()

    return go


def settle(stages: Sequence[Stage]) -> None:
    """Let the time pass after which claims and doubts are over, until nothing is left to be planned."""
    store, clock, teams = stages[0].store, stages[0].clock, [on.town.team for on in stages]
    for passed in range(1, QUIET):
        clock.advance(SETTLE + 2)
        time.sleep(1)
        until = time.monotonic() + 20
        while store.work.pending(teams, clock.now(), 1) and time.monotonic() < until:
            time.sleep(0.2)
        if passed * (SETTLE + 2) > TERM and not unfinished(stages):
            return


def unfinished(stages: Sequence[Stage]) -> bool:
    """Whether the outcome of a tip is still to be looked up, or a claim is still held."""
    rows = [row for on in stages for at in on.town.channels for row in on.store.plan.planned(on.town.team, at.id, 0.0)]
    return any(row.may_be_there and not row.is_unsure for row in rows)


def finish(stages: Sequence[Stage], tally: Tally, where: str) -> None:
    """Let a day and a half pass, and count what is posted."""
    found = [(on, on.wanted(), on.doubtful()) for on in stages]
    until = stages[0].clock.now() + HORIZON
    stages[0].clock.advance(HORIZON + 60)
    for on, wanted, doubtful in found:
        on.count(tally, f"{where} in {on.town.team}", wanted, doubtful, until)


def count_answers(webs: Webs, since: int) -> Tally:
    """Count what came of the mentions."""
    until = time.monotonic() + 15
    while 0 in webs.answers()[since:] and time.monotonic() < until:
        time.sleep(0.2)
    counts = webs.answers()[since:]
    lost, doubled = counts.count(0), sum(each - 1 for each in counts if each > 1)
    return Tally(1, len(counts), sum(counts), 0, 0, lost, doubled)


def table(rows: Sequence[tuple[str, Tally, Tally]]) -> Sequence[str]:
    """A line for each fault."""
    heads = ("tips due", "lost, said", "extra, said", "lost", "doubled", "mentions", "lost", "doubled")
    lines = [f"{'fault':<36} " + " ".join(f"{head:>11}" for head in heads)]
    for name, tips, answers in rows:
        figures = [tips.expected, tips.said, tips.extra, tips.lost, tips.doubled]
        figures += [answers.expected, answers.lost, answers.doubled]
        lines.append(f"{name:<36} " + " ".join(f"{figure:>11}" for figure in figures))
    return [*lines, *(f"wrong: {line}" for _, tips, _ in rows for line in tips.wrong)]


if __name__ == "__main__":
    sys.exit(main())

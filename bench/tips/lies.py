"""A Slack that lies and loses answers, by chance: whatever is planned, changed and called off, no tip comes twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from bench.tips import child
from bench.tips.stage import Stage, stage
from bench.tips.tally import Tally
from bench.tips.world import World
from srmbot.errors import SrmbotError
from srmbot.fake_slack.faults import Fault
from srmbot.store.store import Store

METHODS = ("chat.scheduleMessage", "chat.scheduledMessages.list", "chat.deleteScheduledMessage", "chat.postMessage")
PATIENCE = 0.25  # seconds that a call may take here
TROUBLE = (
    Fault(drop_after_accept=True),
    Fault(late=2 * PATIENCE),  # done at once, and answered when nobody listens any more
    Fault(delay=1.5 * PATIENCE),  # done when nobody listens any more
    Fault(repeat=True),
    Fault(status=500),
    Fault(status=429, retry_after=20),
    Fault(error="internal_error"),
)
CALLS = 80  # of each method that may go wrong
LAGS = (0.0, 45.0, 1800.0, float("inf"))  # seconds that the list is behind
WAITS = (1.0, 35.0, 65.0, 700.0, 4000.0)  # seconds between two acts
LATE = (800, 500, 240, 90, 30)  # seconds before its time that a tip is called off


def lied_to(world: World, store: Store, seed: int) -> Tally:
    """One run: some acts while a third of the calls go wrong, one of them shortly before a tip is due."""
    chance, tally = Random(seed), Tally()
    on = stage(world, store)
    on.town.workspace.list_lag = chance.choice(LAGS)
    rain(on, chance)
    for _ in range(5):
        act(on, chance)
        on.clock.advance(chance.choice(WAITS))
    on.town.api.faults.clear()
    on.recover()
    if chance.random() < 0.5:
        call_off_late(on, chance)
    on.finish(tally, f"lies {seed}")
    return tally


def rain(on: Stage, chance: Random) -> None:
    """Have a third of the calls go wrong."""
    for method in METHODS:
        for _ in range(CALLS):
            on.town.api.faults.add(method, chance.choice(TROUBLE) if chance.random() < 1 / 3 else Fault())


def act(on: Stage, chance: Random) -> None:
    """Plan, and perhaps change something."""
    on_again = [f"{later(on, chance)} {about}" for about in ("", "rds", "aurora")]
    command(on, chance.choice(("", "", "skip", "off", *on_again)), chance)
    job = replace(on.job(), timeout=PATIENCE)
    child.plan(job, on.store, child.Steps(job))


def call_off_late(on: Stage, chance: Random) -> None:
    """Call the next tip off when it is nearly due."""
    if times := sorted(at for _, at in on.wanted()):
        before = chance.choice(LATE)
        on.clock.advance(max(0.0, times[0] - before - on.clock.now()))
        rain(on, chance)
        command(on, chance.choice(("skip", "off", later(on, chance))), chance)
        on.town.api.faults.clear()
        on.plan()


def later(on: Stage, chance: Random) -> str:
    """Another time of day."""
    at = datetime.fromtimestamp(on.clock.now(), UTC) + timedelta(hours=chance.randint(7, 9))
    return f"on {at:%H:%M} UTC"


def command(on: Stage, words: str, chance: Random) -> None:
    """Type a command in one of the channels; where it fails, nothing was promised."""
    if not words:
        return
    job = replace(on.job(), words=words, channel=chance.choice(on.town.channels).id, timeout=PATIENCE)
    try:
        child.command(job, on.store, child.Steps(job))
    except SrmbotError:
        return


def many_lies(world: World, store: Store, seeds: range) -> Tally:
    """So many runs, each with a chance of its own."""
    return sum((lied_to(world, store, seed) for seed in seeds), Tally())

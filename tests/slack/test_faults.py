"""A small part of `python -m bench.tips`: planners as processes, killed, held up and many at once."""

from itertools import count

import pytest

from bench.tips import runs
from bench.tips.runs import Tally
from bench.tips.stage import preload
from bench.tips.world import world
from tests.support.databases import on_postgres


@pytest.fixture(scope="module")
def slack():
    preload()
    with world() as made:
        yield made


def fine(tally: Tally) -> None:
    assert tally.wrong == []
    assert tally.runs
    assert (tally.lost, tally.doubled) == (0, 0)
    assert tally.posted + tally.said == tally.expected > 0
    assert tally.said <= tally.expected / 50  # killed after it was written down and before it was sent


KILLED = [
    # what is done, seconds that Slack's list is behind, at every so many steps; the bench takes each
    ("plan", 0.0, 11),
    ("plan after a change", 23.0, 13),
    ("answer cut off", 41.0, 13),
]


@pytest.mark.parametrize(("name", "lag", "every"), KILLED, ids=[name for name, *_ in KILLED])
def test_killed(slack, store, name, lag, every):
    fine(runs.every_step(slack, store, name, lag, every))


def test_two_planners_at_once(slack, store):
    fine(sum((runs.together(slack, store, 2, at) for at in (9, 23)), Tally()))


def test_asleep_while_another_plans(slack, server):
    """On PostgreSQL alone: on SQLite there is one process."""
    store = on_postgres(server)
    fine(sum((runs.held_up(slack, store, at)[0] for at in (17, 27, 33)), Tally()))
    store.close()


def test_the_database_goes_away_and_comes_back(slack, server):
    store = on_postgres(server)
    fine(runs.restarted(slack, store, server.restart, 0.1))
    store.close()


def test_clock_jumps(slack, store):
    fine(sum((runs.jumping(slack, store, at, jump)[0] for at, jump in zip(count(15, 9), (-86_400.0, 9e5))), Tally()))

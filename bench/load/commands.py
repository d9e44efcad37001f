"""Signed slash commands, some in flight, to srmbot and others, each in one process.

Bolt's defaults are an app as its documentation has it, started by `app.start()`; the same app is also measured in
srmbot's gunicorn. A WSGI app that does nothing shows what HTTP and the client take.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import median

from bench.client import Response
from bench.host import Host, bolts_server, nothing, ours, plain_bolt
from bench.load.aims import check, percentile
from bench.load.flight import fly
from bench.serving import QUESTIONS, slash
from srmbot.fake_slack import FakeSlack

FLIGHTS = {1: 200, 16: 800, 64: 800}  # in flight -> commands of a round
ROUNDS = 3  # in turn, so that a busy moment of the machine hits all
OURS, BOLT = "srmbot", "Bolt's defaults"
HOSTS = {OURS: ours, BOLT: bolts_server, "Bolt in gunicorn": plain_bolt, "bare WSGI": nothing}
MOST_TO_BOLT = 16  # in flight; with more, the server that Bolt starts loses connections
FEWER = 5  # times as few commands to it, because it takes one at a time
AIM_ONE, AIM_MANY, AIM_SLOWEST = 1 / 5, 3.0, 250.0


@dataclass
class Tally:
    """What became of the commands to one host, with so many in flight."""

    answers: list[Response] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)  # a second, by round

    @property
    def rate(self) -> float:
        """Commands a second: the median of the rounds."""
        return median(self.rates)

    @property
    def failed(self) -> int:
        """Commands without a 200."""
        return sum(each.status != 200 for each in self.answers)

    def ms(self, percent: int) -> float:
        """How long a command took."""
        return percentile([each.seconds * 1000 for each in self.answers], percent)


def commands(_requests: int) -> bool:
    """Print the table. Returns whether the aims are met."""
    with FakeSlack() as slack, ExitStack() as running:
        return compare(slack, {name: running.enter_context(start(slack)) for name, start in HOSTS.items()})


def compare(slack: FakeSlack, hosts: dict[str, Host]) -> bool:
    """Measure all, print the table. Returns whether the aims are met."""
    print("slash commands, signed: commands a second, ms (p50, p99)")
    print(f"{'in flight':>9}" + "".join(f"{name:>28}" for name in hosts))
    for host in hosts.values():
        measure(slack, host, 16, len(QUESTIONS) * 5)  # warm
    found = {flight: take_turns(slack, hosts, flight, count) for flight, count in FLIGHTS.items()}
    for flight, row in found.items():
        cells = (show(row[name]) if name in row else " " * 28 for name in hosts)
        print(f"{flight:9}{''.join(cells)}")
    return judge(found)


def show(each: Tally) -> str:
    """A cell of the table."""
    return f"{each.rate:12.0f} {each.ms(50):7.1f} {each.ms(99):7.1f}"


def take_turns(slack: FakeSlack, hosts: dict[str, Host], flight: int, count: int) -> dict[str, Tally]:
    """Some rounds, each host after the other."""
    found = {name: Tally() for name in hosts}
    for _ in range(ROUNDS):
        for name, host in hosts.items():
            if name != BOLT or flight <= MOST_TO_BOLT:
                some = count // FEWER if name == BOLT else count
                answers, seconds = measure(slack, host, flight, some)
                found[name].answers += answers
                found[name].rates.append(some / seconds)
    return {name: each for name, each in found.items() if each.answers}


def measure(slack: FakeSlack, host: Host, flight: int, count: int) -> tuple[Sequence[Response], float]:
    """One round of commands to one host, and how long it took."""
    return fly([slash(slack, host, text) for text in islice(cycle(QUESTIONS), count)], flight)


def judge(found: dict[int, dict[str, Tally]]) -> bool:
    """Print the figures that have an aim. Returns whether all are met."""
    one, some, many = (found[flight] for flight in (1, 16, 64))
    failed = sum(row[OURS].failed for row in found.values())
    met = [
        check("one at a time: p50, as a share of Bolt's", one[OURS].ms(50) / one[BOLT].ms(50), AIM_ONE),
        check(
            "16 in flight: rate, times Bolt's",
            some[OURS].rate / some[BOLT].rate,
            AIM_MANY,
            least=True,
        ),
        check("64 in flight: p99 in ms", many[OURS].ms(99), AIM_SLOWEST),
        check("commands without an answer", failed, 0),
    ]
    print()
    return all(met)

"""Many requests -> what the process holds after them: memory, threads, connections, files."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from bench.client import Request
from bench.host import Host, ours
from bench.load.aims import check
from bench.load.flight import fly
from bench.serving import QUESTIONS, mention, slash
from srmbot.fake_slack import FakeSlack

FLIGHT = 16
ROUND = 2_000  # requests between two looks; they are signed when they are made, and good for five minutes
MENTIONS = 10  # one request of so many is a mention
REST = 3.0  # seconds in which answers are sent and connections end
WARM = 2  # rounds after which everything is in memory that is kept
AIM_MORE = 5.0  # percent


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds."""

    megabytes: float
    threads: int
    sockets: int
    files: int  # that are open, without the sockets


def look(host: Host) -> Held:
    """Look at a process, by what the system tells of it."""
    process = Path(f"/proc/{host.process}")
    lines = (process / "status").read_text().splitlines()
    resident = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
    opened = [name for each in (process / "fd").iterdir() if (name := read_link(each))]
    sockets = sum(name.startswith("socket:") for name in opened)
    return Held(resident, len(list((process / "task").iterdir())), sockets, len(opened) - sockets)


def read_link(path: Path) -> str | None:
    """What an open file is; None where it was closed just now."""
    try:
        return os.readlink(path)
    except OSError:
        return None


def many(requests: int) -> bool:
    """Print what is held after each tenth of the requests. Returns whether it stays the same."""
    if not Path("/proc/self/status").exists():
        print("many: left out, because the system does not tell what a process holds\n")
        return True
    rounds = max(requests // ROUND, WARM + 1)
    print(f"{rounds * ROUND:,} requests, {FLIGHT} in flight, one of {MENTIONS} a mention")
    print(f"{'requests':>10} {'MB':>8} {'threads':>8} {'sockets':>8} {'files':>6} {'failed':>7}")
    looks: list[Held] = []
    failed = 0
    with FakeSlack() as slack, ours(slack) as host:
        for number in range(1, rounds + 1):
            answered, _ = fly(make_round(slack, host), FLIGHT)
            failed += sum(each.status != 200 for each in answered)
            time.sleep(REST)
            looks.append(held := look(host))
            if number % max(rounds // 10, 1) == 0:
                cells = f"{held.megabytes:8.1f} {held.threads:8} {held.sockets:8} {held.files:6}"
                print(f"{number * ROUND:10,} {cells} {failed:7}", flush=True)
    return judge(looks[WARM - 1], looks[-1], failed)


def make_round(slack: FakeSlack, host: Host) -> Sequence[Request]:
    """Commands, and a mention for every tenth."""
    texts = islice(cycle(QUESTIONS), ROUND)
    return [
        mention(slack, host, text, at=None) if number % MENTIONS == 0 else slash(slack, host, text)
        for number, text in enumerate(texts)
    ]


def judge(first: Held, last: Held, failed: int) -> bool:
    """Print what has become more. Returns whether the aims are met."""
    met = [
        check("memory more than when warm, in percent", 100 * (last.megabytes / first.megabytes - 1), AIM_MORE),
        check("threads more", last.threads - first.threads, 0),
        check("connections more", last.sockets - first.sockets, 0),
        check("files more", last.files - first.files, 0),
        check("requests without a 200", failed, 0),
    ]
    print()
    return all(met)

"""What people see, and what is lost, while something goes wrong: `python -m bench.outages [--fault NAME]`.

One process serves over HTTP while people mention it and type `/srm`, ten times a second each. The exit code is 1 where
an answer came twice, or was lost although nothing that had it was killed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.outages.crowd import Crowd, Seen
from bench.outages.faults import FAULTS, MAY_LOSE, ON_SQLITE
from bench.outages.site import Balanced, Site
from srmbot.fake_slack.events import Timing
from srmbot.slack.manifest import load_manifest
from srmbot.store.store import Store
from tests.support.databases import Postgres, postgres

TIMING = Timing(retries=(0.1, 3.0, 10.0))  # Slack's: at once, after a minute, after five
HEADS = ("mentions", "answered", "lost", "doubled", "commands", "answered", "notice", "failed", "slowest")


def main() -> int:
    """Run every fault, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.outages", description=__doc__)
    parser.add_argument("--seconds", type=float, default=6.0, help="of each fault")
    parser.add_argument("--fault", choices=FAULTS, action="append", help="only this one")
    given = parser.parse_args()
    print(f"{'':<32} " + " ".join(f"{head:>8}" for head in HEADS), flush=True)
    bad = 0
    with tempfile.TemporaryDirectory() as name, postgres(Path(name) / "postgres") as server:
        for number, fault in enumerate(given.fault or FAULTS):
            seen = run(fault, Path(name) / str(number), server, given.seconds)
            print(row(fault, seen), flush=True)
            bad += seen.doubled + (0 if fault in MAY_LOSE else seen.lost)
    return int(bad > 0)


def run(fault: str, folder: Path, server: Postgres, seconds: float) -> Seen:
    """One fault, with a process and a database of its own."""
    folder.mkdir()
    cache = os.environ.get("SRMBOT_CACHE") or str(folder / "cache")
    on_sqlite = fault in ON_SQLITE
    database = f"sqlite:///{folder / 'srmbot.db'}" if on_sqlite else make_database(server)
    with Balanced.from_manifest(load_manifest(), timing=TIMING) as slack:
        site = Site(slack, folder, cache, database, None if on_sqlite else server)
        try:
            return Crowd(slack).ask_while(partial(FAULTS[fault], site, seconds))
        finally:
            site.close()


def make_database(server: Postgres) -> str:
    """A database with its tables."""
    url = server.database()
    store = Store(url.replace("postgresql://", "postgresql+psycopg://"))
    store.migrate()
    store.close()
    return url


def row(name: str, seen: Seen) -> str:
    """A line of the table."""
    figures = [seen.mentions, seen.answered, seen.lost, seen.doubled]
    figures += [seen.commands, seen.replied, seen.noticed, seen.failed]
    return f"{name:<32} " + " ".join(f"{each:>8}" for each in figures) + f" {seen.slowest:>6.2f} s"


if __name__ == "__main__":
    sys.exit(main())

"""Whether `serve --http` bears a load: `python -m bench.load [--part NAME] [--requests N]`.

`commands`: signed slash commands, 1, 16 and 64 in flight, beside the same answers in plain Bolt and beside a WSGI app
that does nothing. `burst`: 200 and 2,000 mentions while calls of Slack's Web API are slow, with commands beside them.
`many`: many requests, and what the process holds after them. The exit code is 1 where an aim is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from bench.host import learn_now
from bench.load.burst import burst
from bench.load.commands import commands
from bench.load.many import many

PARTS: dict[str, Callable[[int], bool]] = {"commands": commands, "burst": burst, "many": many}
REQUESTS = 20_000  # of `many`


def main() -> None:
    """Print each part's table, and whether its aims are met."""
    options = argparse.ArgumentParser()
    options.add_argument("--part", choices=PARTS, help="default: all")
    options.add_argument("--requests", type=int, default=REQUESTS, help="how many for `many`: 200000 takes long")
    given = options.parse_args()
    started = time.monotonic()
    learn_now()
    met = [run(given.requests) for name, run in PARTS.items() if given.part in (None, name)]
    print(f"{time.monotonic() - started:.0f} s")
    sys.exit(0 if all(met) else 1)


if __name__ == "__main__":
    main()

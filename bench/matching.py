"""Our matcher beside every ready-made one: `python -m bench.matching [--questions FILE …] [--duties 500 50000] …`.

Each is built on the same knowledge in a process of its own. Without `--duties` the built-in knowledge answers; with
it, an organisation's own duties are laid over that, so many, made up, with questions about some of them (planted).
Nothing abstains: the best guess counts. The optional packages are named in bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.peers.measure import PEERS
from bench.questions import SETS

ROOT = Path(__file__).parents[1]
LONGEST = 1_200  # seconds for one peer
NAME = 22


def main() -> None:
    """Print a table a size of the knowledge."""
    options = argparse.ArgumentParser()
    options.add_argument("--questions", nargs="+", type=Path, default=list(SETS))
    options.add_argument("--duties", nargs="+", type=int, default=[0])
    options.add_argument("--peers", nargs="+", default=list(PEERS), choices=list(PEERS))
    given = options.parse_args()
    for duties in given.duties:
        print(f"\nbuilt-in knowledge and {duties:,} duties of an organisation" if duties else "built-in knowledge")
        heading = True
        for peer in given.peers:
            found = measured(peer, str(duties), *map(str, given.questions))
            if isinstance(found, str):
                print(f"{peer:{NAME}} skipped: {found}")
                continue
            if heading:
                print("\n".join(titles(found)))
            heading = False
            print(row(peer, found), flush=True)
        if duties and "srmbot" in given.peers:
            print(told_of_folder(measured("folder", str(duties))))


def measured(*arguments: str) -> dict[str, Any] | str:
    """What the process that measures printed; its last complaint where it failed."""
    command = (sys.executable, "-m", "bench.peers.measure", *arguments)
    one_thread = os.environ | {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
    ran = subprocess.run(
        command, cwd=ROOT, env=one_thread, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    if ran.returncode:
        return (ran.stderr.strip().splitlines() or ["it failed"])[-1]
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def titles(found: dict[str, Any]) -> list[str]:
    """Two lines: the sets, and what the columns hold."""
    sets = "".join(f"{title[:12]:>13}" for title in found["sets"])
    columns = "   right topic" * len(found["sets"])
    styles = "".join(f"{style:>10}" for style in found["styles"])
    costs = f"{'AUROC':>7}{'right at .95':>13}{'ms: p50':>9}{'p99':>7}{'build s':>9}{'MB':>6}{'peak':>6}"
    return [f"{'':{NAME}}{sets}", f"{'':{NAME}}{columns}{styles}{costs}"]


def row(peer: str, found: dict[str, Any]) -> str:
    """One peer's figures."""
    sets = "".join(f"{right:8.3f}{topic:6.2f}"[:14].rjust(14) for right, topic in found["sets"].values())
    styles = "".join(f"{right:10.2f}" for right in found["styles"].values())
    auroc, right = found["separates"]
    middle, slow = found["times"]
    kept, most = found["memory"]
    costs = f"{auroc:7.3f}{right:13.3f}{middle:9.2f}{slow:7.2f}{found['build']:9.1f}{kept:6.0f}{most:6.0f}"
    return f"{peer:{NAME}}{sets}{styles}{costs}"


def told_of_folder(found: dict[str, Any] | str) -> str:
    """How long srmbot takes to start from files."""
    if isinstance(found, str):
        return f"srmbot from a folder: failed: {found}"
    times = f"first start {found['first']:.1f} s, {found['read']:.1f} s of it reading and checking"
    return f"srmbot from a folder: {times}; from its cache {found['again']:.1f} s; {found['memory']:.0f} MB at most"


if __name__ == "__main__":
    main()

"""How long `srmbot ask` takes from nothing, beside an empty Python and two imports: `python -m bench.start`.

The commands take turns, so that a busy moment of the machine hits all of them. Compiled code and what was learned
are kept in a folder of the bench's own; the first run, which learns, is reported separately.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parents[1]
ROUNDS = 21
AIM = 12  # times an empty Python
PYTHON = (sys.executable, "-c")
COMMANDS = {
    "python -c pass": (*PYTHON, "pass"),
    "srmbot ask backups": (sys.executable, "-m", "srmbot", "ask", "backups"),
    "srmbot ask (a question)": (sys.executable, "-m", "srmbot", "ask", "who sets backup retention on rds?"),
    "import numpy": (*PYTHON, "import numpy"),
    "import slack_bolt": (*PYTHON, "import slack_bolt"),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took, in seconds."""

    cpu: float  # user and system
    wall: float


def main() -> None:
    """Print the medians, each beside the empty Python."""
    with tempfile.TemporaryDirectory() as folder:
        environment = clean(Path(folder))
        first = cost(COMMANDS["srmbot ask backups"], environment)
        for command in COMMANDS.values():
            cost(command, environment)
        taken: dict[str, list[Cost]] = {name: [] for name in COMMANDS}
        for _ in range(ROUNDS):
            for name, command in COMMANDS.items():
                taken[name].append(cost(command, environment))
    print(f"first start, which learns: {first.cpu:.1f} s of CPU, {first.wall:.1f} s\n")
    print("\n".join(table(taken)))


def clean(folder: Path) -> dict[str, str]:
    """The environment without settings of ours, with places of their own for compiled code and for the cache."""
    ours = ("SLACK_", "SRMBOT_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    own = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "SRMBOT_CACHE": str(folder / "cache")}
    return {**kept, **own, "PYTHONPATH": str(ROOT)}


def cost(command: tuple[str, ...], environment: dict[str, str]) -> Cost:
    """Run a process to its end."""
    started = perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, wall)


def table(taken: dict[str, list[Cost]]) -> list[str]:
    """A line a command: milliseconds of CPU and of waiting, and how many times the first command's."""
    lines = [f"{'median of ' + str(ROUNDS):26} {'user+sys':>9} {'ratio':>6} {'wall':>9} {'ratio':>6}"]
    medians = {name: Cost(median(c.cpu for c in all_), median(c.wall for c in all_)) for name, all_ in taken.items()}
    empty = next(iter(medians.values()))
    for name, mid in medians.items():
        cells = f"{mid.cpu * 1000:6.1f} ms {mid.cpu / empty.cpu:5.1f}x {mid.wall * 1000:6.1f} ms"
        lines.append(f"{name:26} {cells} {mid.wall / empty.wall:5.1f}x")
    return [*lines, f"{'aim for ask':26} {'':9} {AIM:5}x"]


if __name__ == "__main__":
    main()

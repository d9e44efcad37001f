"""How soon changed knowledge answers, and how commands fare meanwhile: `python -m bench.reload`.

`serve --http` serves the built-in knowledge with a copy of one of its files laid over it. A text of the copy is changed
time and again, and a stand-in for Slack asks for it, one `/srm` after another, until the change shows.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from bench.host import learn_now, ours
from srmbot.fake_slack import FakeSlack
from srmbot.knowledge.load import built_in

EDITS = 5
LEARNING = 15.0  # seconds after the last edit in which commands are timed
QUESTION = "/srm who sets how long RDS keeps backups?"
WHY = re.compile("(?:RDS keeps automated backups only as long as you ask|Edit number \\d+);")
AIM_SHOWN, AIM_COMMAND = 1.0, 0.3


def main() -> None:
    """Print how soon, and how fast."""
    with tempfile.TemporaryDirectory() as folder, FakeSlack() as slack:
        path = Path(folder) / "duties" / "rds.yaml"
        path.parent.mkdir()
        shutil.copy(built_in() / "duties" / "rds.yaml", path)
        learn_now("--knowledge", folder)
        with ours(slack, "--knowledge", folder) as host:
            slack.app_url = f"http://127.0.0.1:{host.port}/slack/events"
            quiet, before = list(asked(slack, 3)), host.megabytes()
            shown = [edited(slack, path, number) for number in range(EDITS)]
            learning = list(asked(slack, LEARNING))
            after = host.megabytes()
    report("a change shows after", shown, AIM_SHOWN)
    report("a command, nothing being learned", quiet, AIM_COMMAND)
    report("a command, while it learns", learning, AIM_COMMAND)
    print(f"memory: {before:.0f} MB before, {after:.0f} MB at the most")


def edited(slack: FakeSlack, path: Path, number: int) -> float:
    """Change a text; the seconds until an answer has it."""
    new = f"Edit number {number};"
    path.write_text(WHY.sub(new, path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    started = time.monotonic()
    while time.monotonic() < started + 30:
        if new in said(slack):
            return time.monotonic() - started
        time.sleep(0.02)
    sys.exit(f"{path.name} was changed, but no answer shows it")


def asked(slack: FakeSlack, seconds: float) -> Iterator[float]:
    """Ask again and again; the seconds that each answer took."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        started = time.monotonic()
        said(slack)
        yield time.monotonic() - started
        time.sleep(0.02)


def said(slack: FakeSlack) -> str:
    """What the command answers."""
    message = slack.slash(QUESTION).message
    return message.text if message else ""


def report(what: str, seconds: list[float], aim: float) -> None:
    """One line: the middle, the slow ones, the slowest, and whether that is well."""
    slow = quantiles(seconds, n=100)[98] if len(seconds) > 20 else max(seconds)
    verdict = "" if max(seconds) <= aim else f"  over the aim of {aim} s"
    print(f"{what}: p50 {median(seconds):.3f} s, p99 {slow:.3f} s, slowest {max(seconds):.3f} s{verdict}")


if __name__ == "__main__":
    main()

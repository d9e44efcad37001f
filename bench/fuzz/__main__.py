"""Millions of inputs that nobody has thought of: `python -m bench.fuzz [--count N] [--seed N] [--only TARGET]`.

Each target is given its corpus as it is, then changed samples. Of the inputs that break something alike, one is
printed and kept in the corpus, where the next run, and the tests, begin with it.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from bench.fuzz.mutations import mutate
from bench.fuzz.targets import Target, knowledge, requests, texts
from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.fake_slack import FakeSlack

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
SHARES = {"request": 0.5, "text": 0.2, "knowledge": 0.3}  # of all inputs
LONGEST = 4000  # bytes of an input
SLOW = 1.0  # seconds of the processor that one input may take


def small_bot() -> Bot:
    """A bot on the small folder of the tests, which learns in no time."""
    return Bot.from_folders([ROOT / "tests" / "small_knowledge"], Cache(None))


def targets(bot: Bot, slack: FakeSlack) -> dict[str, Target]:
    """All that is tried, by name."""
    return {"request": requests(bot, slack), "text": texts(bot), "knowledge": knowledge()}


def corpus(name: str) -> list[bytes]:
    """The samples of a target, always in the same order."""
    return [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]


def fails(target: Target, sample: bytes) -> str | None:
    """Give a target one input. Returns what went wrong."""
    began = time.thread_time()
    try:
        target(sample)
    except Exception:
        return traceback.format_exc(limit=-4)
    taken = time.thread_time() - began
    return f"it took {taken:.1f} s of the processor" if taken > SLOW else None


def keep(name: str, sample: bytes) -> Path:
    """Put an input into the corpus."""
    path = CORPUS / name / f"broke-{hashlib.blake2b(sample, digest_size=6).hexdigest()}"
    path.write_bytes(sample)
    return path


def run(name: str, target: Target, count: int, random: Random, say: Callable[[str], object]) -> int:
    """Give a target its corpus and then changed samples. Returns how many inputs broke something."""
    samples, broke, began, seen = corpus(name), 0, time.monotonic(), set[str]()
    for sample in (*samples, *(mutate(random, samples)[:LONGEST] for _ in range(count - len(samples)))):
        if wrong := fails(target, sample):
            broke += 1
            if (last := wrong.strip().splitlines()[-1][:80]) not in seen:  # of each kind one
                seen.add(last)
                say(f"{keep(name, sample)}\n{wrong}")
    seconds = time.monotonic() - began
    say(f"| {name} | {count:,} | {len(samples)} | {broke} | {seconds:.0f} | {count / max(seconds, 0.001):,.0f} |")
    return broke


def main(arguments: Sequence[str]) -> int:
    """Print a table; 1 if anything broke."""
    options = argparse.ArgumentParser(prog="python -m bench.fuzz")
    options.add_argument("--count", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", choices=SHARES)
    chosen = options.parse_args(arguments)
    logging.getLogger().addHandler(logging.NullHandler())
    print("| target | inputs | corpus | broke | s | inputs/s |\n|---|---|---|---|---|---|", flush=True)
    broke = 0
    with FakeSlack() as slack:
        for name, target in targets(small_bot(), slack).items():
            if chosen.only in (None, name):
                count = chosen.count if chosen.only else round(chosen.count * SHARES[name])
                random = Random(f"{chosen.seed}/{name}")
                broke += run(name, target, count, random, lambda text: print(text, flush=True))
    return 1 if broke else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""One peer on one knowledge, in a process of its own: `python -m bench.peers.measure PEER DUTIES SET…` prints JSON.

Times of a question are of processor time with one thread, so that what else the machine does counts less; memory is
what the process grew by while the peer was built and asked, the knowledge itself not counted.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from bench.peers.organisation import Organisation
from bench.peers.peer import Guess, Guesser, Reader, phrases_of
from srmbot.cache import Cache
from srmbot.knowledge.load import built_in, load, load_folder_examples
from srmbot.model import ExampleQuestion, Knowledge
from tests.support.labelled import Labelled, read, share

PLANTED = "planted"  # the set of questions about an organisation's own duties
ALONE = 0.95  # share of the messages that are not ours that a threshold leaves alone
WARM = 20  # questions before the clock runs
Maker = Callable[[Knowledge, Sequence[ExampleQuestion]], Guesser]


@dataclass(frozen=True, slots=True)
class Guessed:
    """A question with what a peer made of it."""

    asked: Labelled
    guess: Guess

    @property
    def topic_right(self) -> bool:
        """Whether the guess has the right topic."""
        return self.guess.topic in self.asked.topic

    @property
    def right(self) -> bool:
        """Whether owner, service and topic are right."""
        return self.topic_right and self.guess.owner in self.asked.owner and self.guess.service in self.asked.service


def ready_made(module: str, name: str) -> Maker:
    """A peer by where it is; its packages are imported only in its own process."""

    def make(knowledge: Knowledge, asked: Sequence[ExampleQuestion]) -> Guesser:
        from importlib import import_module

        peer = getattr(import_module(f"bench.peers.{module}"), name)()
        return Reader(peer, knowledge, phrases_of(knowledge, asked))

    return make


def srmbot(knowledge: Knowledge, asked: Sequence[ExampleQuestion]) -> Guesser:
    """Ours, which learns first."""
    from bench.peers.ours import Ours

    return Ours(knowledge, asked)


PEERS: dict[str, Maker] = {
    "rapidfuzz WRatio": ready_made("fuzzy", "weighted"),
    "rapidfuzz token_ratio": ready_made("fuzzy", "tokens"),
    "bm25s, stemmed": ready_made("bm25", "Bm25"),
    "SQLite FTS5 porter": ready_made("fts5", "porter"),
    "SQLite FTS5 trigram": ready_made("fts5", "trigram"),
    "tantivy": ready_made("lucene_like", "Tantivy"),
    "MiniLM": ready_made("minilm", "MiniLm"),
    "MiniLM + bm25s": ready_made("minilm", "Hybrid"),
    "srmbot": srmbot,
}


def measure(name: str, duties: int, paths: Sequence[str]) -> dict[str, Any]:
    """Build a peer, ask it everything, and judge."""
    knowledge, asked = load([built_in()]), load_folder_examples([built_in()])
    sets = {Path(path).stem: read(Path(path)) for path in paths}
    if duties:
        organisation = Organisation(knowledge, duties)
        knowledge = organisation.knowledge()
        sets[PLANTED] = list(organisation.questions())
    before, started = resident(), perf_counter()
    guess = PEERS[name](knowledge, asked)
    took = perf_counter() - started
    for question in [question for questions in sets.values() for question in questions][:WARM]:
        guess(question.text, question.thread)
    times: list[float] = []
    answers = {title: [ask(guess, question, times) for question in questions] for title, questions in sets.items()}
    return {
        "sets": {title: figures(rows) for title, rows in answers.items()},
        "separates": separates([row for title, rows in answers.items() if title != PLANTED for row in rows]),
        "styles": {name: share(row.right for row in rows) for name, rows in by_style(answers.get(PLANTED, [])).items()},
        "times": [median(times), quantiles(times, n=100)[98]],
        "build": took,
        "memory": [resident() - before, peak() - before],
    }


def ask(guess: Guesser, question: Labelled, times: list[float]) -> Guessed:
    """Put one question; its milliseconds are added to the times."""
    started = process_time()
    found = guess(question.text, question.thread)
    times.append((process_time() - started) * 1000)
    return Guessed(question, found)


def figures(rows: Sequence[Guessed]) -> list[float]:
    """Right, and topic right, of the questions that are ours."""
    ours = [row for row in rows if row.asked.ours]
    return [share(row.right for row in ours), share(row.topic_right for row in ours)]


def by_style(rows: Sequence[Guessed]) -> dict[str, list[Guessed]]:
    """The questions of each style."""
    found: dict[str, list[Guessed]] = {}
    for row in rows:
        found.setdefault(row.asked.style, []).append(row)
    return found


def separates(rows: Sequence[Guessed]) -> list[float]:
    """How well the score parts ours from not ours (AUROC), and what is right at the threshold that leaves .95 alone."""
    ours = [row for row in rows if row.asked.ours]
    others = sorted(row.guess.score for row in rows if not row.asked.ours)
    if not others:
        return [float("nan")] * 2
    wins = sum((row.guess.score > other) + (row.guess.score == other) / 2 for row in ours for other in others)
    least = others[min(int(ALONE * len(others)), len(others) - 1)]
    return [wins / (len(ours) * len(others)), share(row.right and row.guess.score > least for row in ours)]


def resident() -> float:
    """Megabytes that this process has in memory."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def peak() -> float:
    """The most megabytes that it ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def from_folder(duties: int) -> dict[str, float]:
    """Seconds that srmbot takes from a knowledge folder of so many own duties: the first time, and from its cache."""
    from srmbot.bot import Bot

    with tempfile.TemporaryDirectory() as folder:
        own, cache = Path(folder, "own"), Cache(Path(folder, "cache"))
        Organisation(load([built_in()]), duties).write(own)
        before, started = resident(), perf_counter()
        load([built_in(), own], cache)
        read_in = perf_counter() - started
        Bot.from_folders([built_in(), own], cache)
        first = perf_counter() - started
        memory, started = peak() - before, perf_counter()
        Bot.from_folders([built_in(), own], cache)
        return {"read": read_in, "first": first, "again": perf_counter() - started, "memory": memory}


if __name__ == "__main__":
    name, duties, *paths = sys.argv[1:]
    print(json.dumps(from_folder(int(duties)) if name == "folder" else measure(name, int(duties), paths)))

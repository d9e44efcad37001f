"""Whether an owner is true where a service has no duty of its own: `python -m bench.cells [--claims] [--frames FILE]`.

A cell is a topic on a service. For each one without duties, and each frame of bench/questions/cells.yaml, it shows what
became of the question, and compares each owner that was said plainly with bench/questions/cell-owners.yaml.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from bench.questions import HERE
from srmbot.answer import Answer, Outcome
from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.knowledge.load import built_in
from srmbot.model import Knowledge
from srmbot.render.point import point

FRAMES = HERE / "questions" / "cells.yaml"
OWNERS = HERE / "questions" / "cell-owners.yaml"
MOST_FALSE = 0.02  # of the owners that were said plainly

Cell = tuple[str, str]  # service, topic
Owners = Mapping[Cell, Sequence[str]]  # whom an answer may name; nobody where there is no such task


class Fate(StrEnum):
    """What became of a question."""

    UNKNOWN = "left alone"
    CHOICE = "choice offered"
    ABSENT = "no such task"
    INHERITED = "inherited"  # from the service that it falls back to
    NEIGHBOUR = "neighbour topic"  # of the same service
    ELSEWHERE = "other service"


@dataclass(frozen=True)
class Asked:
    """A question about a cell, and its answer."""

    cell: Cell
    text: str
    answer: Answer

    @property
    def fate(self) -> Fate:
        """What became of it."""
        answer = self.answer
        if answer.outcome is not Outcome.SURE:
            return Fate.CHOICE if answer.answered else Fate.UNKNOWN
        if answer.match is None or answer.match.service != self.cell[0]:
            return Fate.ELSEWHERE
        if answer.absent:
            return Fate.ABSENT
        return Fate.INHERITED if answer.borrowed else Fate.NEIGHBOUR

    @property
    def claims(self) -> bool:
        """Whether an owner was said plainly."""
        return self.answer.outcome is Outcome.SURE


def main() -> None:
    """Print what became of the questions, what was claimed, and how much of that is false."""
    options = argparse.ArgumentParser()
    options.add_argument("--claims", action="store_true", help="list every owner that was said plainly")
    options.add_argument("--frames", type=Path, default=FRAMES, help="other ways to ask, in a file of the same form")
    given = options.parse_args()
    bot = Bot.from_folders([built_in()], Cache(None))
    frames, owners = read_frames(given.frames), read_owners(OWNERS)
    found = list(ask(bot, frames))
    print("\n".join(table(found)), end="\n\n")
    claimed = [each for each in found if each.claims]
    if given.claims:
        print("\n".join(map(line, claimed)), end="\n\n")
    print("\n".join(verdict(found, claimed, owners)))


def read_frames(path: Path) -> Mapping[str, Sequence[str]]:
    """The frames of every topic."""
    frames: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return frames


def read_owners(path: Path) -> Owners:
    """The owners that are true of each cell."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        (service, topic): [] if owners == "none" else owners.split()
        for service, topics in found.items()
        for topic, owners in topics.items()
    }


def ask(bot: Bot, frames: Mapping[str, Sequence[str]]) -> Iterator[Asked]:
    """Put each frame of a topic to each service without duties of it."""
    for service, topic in cells(bot.knowledge, frames):
        if (service, topic) not in bot.knowledge.entries:
            for frame in frames[topic]:
                text = frame.format(service=bot.knowledge.services[service].name)
                yield Asked((service, topic), text, bot.state.reply(text))


def cells(knowledge: Knowledge, topics: Iterable[str]) -> Iterator[Cell]:
    """Every pair of a service that can be named and a topic."""
    yield from ((service.slug, topic) for topic in topics for service in knowledge.listed_services)


def table(found: Sequence[Asked]) -> Iterator[str]:
    """What became of the questions, by topic."""
    yield f"{'':<22}{'cells':>6}{'asked':>7}" + "".join(f"{fate:>17}" for fate in Fate)
    for topic in ("", *dict.fromkeys(each.cell[1] for each in found)):
        rows = [each for each in found if topic in ("", each.cell[1])]
        counts = Counter(each.fate for each in rows)
        shares = "".join(f"{counts[fate] / len(rows):>17.3f}" for fate in Fate)
        yield f"{topic or 'all':<22}{len({each.cell for each in rows}):>6}{len(rows):>7}{shares}"


def line(asked: Asked) -> str:
    """A claim in one line: cell, how it came about, what was answered with, owner, question, sentence."""
    answer = asked.answer
    key = answer.boundary.id if answer.boundary else answer.key
    fields = ("/".join(asked.cell), asked.fate, key, answer.owner or "-", asked.text, point(answer))
    return " | ".join(fields)


def verdict(found: Sequence[Asked], claimed: Sequence[Asked], owners: Owners) -> Iterator[str]:
    """The false claims, those that nobody has judged, and their shares."""
    unjudged = [each for each in claimed if each.cell not in owners]
    false = [each for each in claimed if each.cell in owners and not is_true(each, owners)]
    yield from (f"false: {line(each)}" for each in false)
    yield from (f"not judged: {line(each)}" for each in unjudged)
    asked = len(found) or 1
    yield f"owners said plainly: {len(claimed)} of {len(found)}, of these not judged {len(unjudged)}"
    yield f"false: {len(false) / (len(claimed) or 1):.3f} of them (aim: at most {MOST_FALSE})"
    yield f"nothing known: {sum(each.fate is Fate.UNKNOWN for each in found) / asked:.3f} of the questions"


def is_true(asked: Asked, owners: Owners) -> bool:
    """Whether the owner is one that the labels allow; that there is no such task says so itself."""
    allowed = owners[asked.cell]
    return asked.answer.owner in allowed if allowed else asked.fate is Fate.ABSENT


if __name__ == "__main__":
    main()

"""Labelled questions -> what became of each: the shared part of the benches on quality."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from srmbot.answer import Answer, Outcome
from srmbot.decide import decide
from srmbot.model import Knowledge
from srmbot.search.matcher import Matcher
from srmbot.search.matches import Matches

FOLDER = Path(__file__).parents[1] / "questions"  # the golden ones
Guess = tuple[str, Set[str | None], str | None]  # owner, services, topic


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with the answers that count as right; none of them where it must be left alone."""

    text: str
    thread: tuple[str, ...]  # earlier messages of people, oldest first
    owner: tuple[str, ...]
    service: tuple[str, ...]
    topic: tuple[str, ...]
    style: str

    @property
    def ours(self) -> bool:
        """Whether it is to be answered."""
        return bool(self.owner)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what the matcher made of it."""

    asked: Labelled
    outcome: Outcome
    ours: float  # likelihood that it is for us
    confidence: float
    owner_right: bool
    service_right: bool
    topic_right: bool
    offered_right: bool  # the right one is the best guess, or among what is offered beside it

    @property
    def right(self) -> bool:
        """Whether owner, service and topic of the best guess are right."""
        return self.owner_right and self.service_right and self.topic_right


def read(path: Path) -> list[Labelled]:
    """The labelled questions of a JSONL file, a YAML file, or a folder of YAML files."""
    if path.is_dir():
        return [row for file in sorted(path.glob("*.yaml")) for row in read(file)]
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [from_row(json.loads(line)) for line in text.splitlines() if line.strip()]
    return [from_row(row) for row in yaml.safe_load(text)]


def from_row(row: dict[str, Any]) -> Labelled:
    """One question, from either form: golden (`ask`, `owner`) or development (`text`, `owner_ok`)."""
    return Labelled(
        text=row["ask"] if "ask" in row else row["text"],
        thread=tuple(row.get("thread") or filter(None, [row.get("parent")])),
        owner=several(row.get("owner", row.get("owner_ok"))),
        service=several(row.get("service", row.get("service_ok"))),
        topic=several(row.get("topic", row.get("topics_ok"))),
        style=row["style"],
    )


def several(value: Any) -> tuple[str, ...]:
    """A label that may be one, several or none."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def judge(matcher: Matcher, knowledge: Knowledge, questions: Iterable[Labelled]) -> Iterator[Judged]:
    """Put questions to a matcher, and compare.

    Where something is claimed, what is claimed counts: a belief may have decided it. Where nothing is, the best guess.
    """
    for asked in questions:
        matches = matcher.match(asked.text, asked.thread)
        answer = decide(matches, knowledge)
        owner, services, topic = claimed(answer) if answer.answered else guessed(matches)
        guesses = [(owner, services, topic)]
        guesses += [(other.owner.value, {other.service}, other.topic) for other in answer.alternatives]
        yield Judged(
            asked,
            answer.outcome,
            matches.in_scope,
            matches.confidence,
            owner in asked.owner,
            not services.isdisjoint(asked.service),
            topic in asked.topic,
            any(
                owner in asked.owner and not services.isdisjoint(asked.service) and topic in asked.topic
                for owner, services, topic in guesses
            ),
        )


def claimed(answer: Answer) -> Guess:
    """Owner, services and topic of an answer; one about a part or mode of a service is about both."""
    asked = answer.match.service if answer.match and not answer.parts else answer.service
    return answer.owner.value if answer.owner else "", {answer.service, asked}, answer.topic


def guessed(matches: Matches) -> Guess:
    """The same of the likeliest reading, which was not claimed."""
    return next(((match.owner.value, {match.service}, match.topic) for match in matches.readings), ("", set(), ""))


COLUMNS = (("n", 6), ("right", 8), ("wrong", 8), ("alone", 8), ("offered", 9), ("owner", 8), ("sure, owner wrong", 19))


def table(judged: Iterable[Judged]) -> Iterator[str]:
    """Right, wrong and left alone, by style: of what is ours first, then of what is not."""
    rows = list(judged)
    titles = "".join(f"{title:>{width}}" for title, width in COLUMNS)
    yield f"{'style':<16}{titles}"
    styles = dict.fromkeys(row.asked.style for row in rows if row.asked.ours)
    for style in ("ours", *sorted(styles)):
        found = [row for row in rows if row.asked.ours and style in ("ours", row.asked.style)]
        if found:
            yield line(style, found)
    others = [row for row in rows if not row.asked.ours]
    for style in ("not ours", *sorted({row.asked.style for row in others})):
        found = [row for row in others if style in ("not ours", row.asked.style)]
        if found:
            alone = share(row.outcome is Outcome.UNKNOWN for row in found)
            yield f"{style:<16}{len(found):>6}{alone:>24.3f}"


def line(style: str, rows: list[Judged]) -> str:
    """One style's figures, of all its questions; the last one of those that were said plainly."""
    answered = [row for row in rows if row.outcome is not Outcome.UNKNOWN]
    sure = [row for row in answered if row.outcome is Outcome.SURE]
    figures = [
        sum(row.right for row in answered) / len(rows),
        sum(not row.right for row in answered) / len(rows),
        1 - len(answered) / len(rows),
    ]
    offered = sum(row.offered_right for row in answered) / len(rows)
    wrong = share(not row.owner_right for row in sure)
    shares = "".join(f"{figure:>8.3f}" for figure in figures)
    return (
        f"{style:<16}{len(rows):>6}{shares}{offered:>9.3f}{share(row.owner_right for row in rows):>8.3f}{wrong:>19.3f}"
    )


def share(found: Iterable[bool]) -> float:
    """How many of some are true; 0 of none."""
    kept = list(found)
    return sum(kept) / len(kept) if kept else 0.0

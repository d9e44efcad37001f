"""Readings -> labels of buttons: short, no two alike, each with whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from srmbot.answer import Alternative, Answer
from srmbot.render.statement import lower_first
from srmbot.render.words import OWNER

LONGEST_LABEL = 28  # characters; Slack may cut what has over 30, and the chosen one is marked with two
Offered = Answer | Alternative

LABEL_TAIL = re.compile(r"(?:,| and| or) .*")  # what a topic is understood without: "Scaling and capacity"


def short_labels(found: Sequence[Offered]) -> list[str]:
    """A label for each of several readings: whose it is, then as much of what as has room."""
    one_service = len({one.label.rpartition(" · ")[0] for one in found}) == 1
    for describe in (whole, topic_alone, short_topic, task_alone) if one_service else (whole, without_tail):
        labels = [f"{whose(one)}: {describe(one)}" for one in found]
        if all(len(label) <= LONGEST_LABEL for label in labels) and len(set(labels)) == len(labels):
            return labels
    return list(
        cut_apart([f"{whose(one)}: {(one.task or topic_alone(one)) if one_service else one.label}" for one in found])
    )


def whose(one: Offered) -> str:
    """Whose a reading is."""
    return OWNER[one.owner] if one.owner else ""


def whole(one: Offered) -> str:
    """The service and the topic: "RDS · Backups"."""
    return one.label


def without_tail(one: Offered) -> str:
    """The same with the topic's first word or words: "RDS · Scaling"."""
    return LABEL_TAIL.sub("", one.label)


def topic_alone(one: Offered) -> str:
    """The topic: "Backups"."""
    return one.label.rpartition(" · ")[2]


def short_topic(one: Offered) -> str:
    """The topic's first words: "Scaling"."""
    return LABEL_TAIL.sub("", topic_alone(one))


def task_alone(one: Offered) -> str:
    """The one task, where it is one, as far as there is room for it."""
    return shorten(lower_first(one.task), LONGEST_LABEL - len(whose(one)) - 2) if one.task else short_topic(one)


def cut_apart(labels: Sequence[str]) -> Iterator[str]:
    """Labels cut to their length, with a number before each that would look like another."""
    short = [shorten(label, LONGEST_LABEL) for label in labels]
    for number, label in enumerate(labels, 1):
        alike = short.count(short[number - 1]) > 1
        yield f"{number}. {shorten(label, LONGEST_LABEL - 3)}" if alike else short[number - 1]


def shorten(text: str, most: int) -> str:
    """A text of at most so many characters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:·") + "…"

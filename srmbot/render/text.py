"""Answer -> plain text, complete on its own: for terminals, notifications and screen readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from srmbot.answer import Answer
from srmbot.render import words
from srmbot.render.sections import Section, sections, sources, titles

TRAILING_ADDRESS = re.compile(r"(?: ·)? https://\S+$")


def as_text(answer: Answer) -> str:
    """The whole answer as plain text, one thing a line."""
    return "\n".join(answer_lines(answer) if answer.answered else unknown_lines(answer))


def as_spoken(answer: Answer) -> str:
    """The same without addresses, which nobody wants to hear read out."""
    return "\n".join(TRAILING_ADDRESS.sub("", line) for line in as_text(answer).split("\n"))


def unknown_lines(answer: Answer) -> Iterator[str]:
    """What is said when nothing is claimed."""
    yield words.say(answer)
    if suggestions := words.suggestions(answer):
        yield f"{words.TRY}: {' · '.join(suggestions)}"


def answer_lines(answer: Answer) -> Iterator[str]:
    """The verdict first, then the point and the other sections, the pages last."""
    yield words.verdict_line(answer)
    for each in sections(answer):
        yield from section_lines(each)
    for page, title in zip(sources(answer), titles(answer), strict=True):
        yield words.cite(page, title)
    if answer.alternatives:
        _, *others = words.option_labels([answer, *answer.alternatives])
        yield f"{words.DID_YOU_MEAN} {' | '.join(others)}"


def section_lines(section: Section) -> Iterator[str]:
    """A section's lines: one after its title, several below it."""
    if not section.title:
        yield from section.lines
    elif len(section.lines) == 1:
        yield f"{section.title}: {section.lines[0]}"
    else:
        yield f"{section.title}:"
        yield from (f"  - {line}" for line in section.lines)

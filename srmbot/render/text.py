"""Answer -> plain text, complete on its own: for terminals, notifications and screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from srmbot.answer import Answer, Outcome
from srmbot.render import words


def as_text(answer: Answer) -> str:
    """The whole answer as plain text, one thing a line."""
    lines = unknown_lines(answer) if answer.outcome is Outcome.UNKNOWN else answer_lines(answer)
    return "\n".join(lines)


def unknown_lines(answer: Answer) -> Iterator[str]:
    """What is said when nothing is claimed."""
    yield words.NOT_KNOWN
    yield f"{words.TRY}: {' · '.join(words.suggestions(answer))}"


def answer_lines(answer: Answer) -> Iterator[str]:
    """The verdict first, then why, both sides, numbers, the team and the page."""
    yield words.verdict_line(answer)
    if answer.outcome is Outcome.CHOICE:
        yield words.UNSURE
    yield answer.opening
    if note := words.borrowed_note(answer):
        yield note
    yield from side_lines(words.AWS_SIDE, words.with_reasons(answer, answer.aws))
    yield from side_lines(words.YOUR_SIDE, words.with_reasons(answer, answer.customer))
    yield from side_lines(words.FACTS, answer.facts)
    if answer.team:
        where = " · ".join(filter(None, (answer.team.team, answer.team.channel, answer.team.runbook)))
        yield f"{words.TEAM}: {where}"
    if answer.unchecked:
        yield words.UNCHECKED
    for page in answer.sources:
        yield f"{words.source_label(page)}: {page}"
    if answer.alternatives:
        _, *others = words.option_labels([answer, *answer.alternatives])
        yield f"{words.DID_YOU_MEAN}: {' | '.join(label for label, _ in others)}"


def side_lines(title: str, tasks: tuple[str, ...]) -> Iterator[str]:
    """One side of the line, if anything is on it."""
    if tasks:
        yield f"{title}:"
        yield from (f"  - {task}" for task in tasks)

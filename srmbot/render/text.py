"""Answer -> plain text, complete on its own: for terminals, notifications and screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from srmbot.answer import Answer, Outcome
from srmbot.render import words


def as_text(answer: Answer) -> str:
    """The whole answer as plain text, one thing a line."""
    lines = not_known(answer) if answer.outcome is Outcome.UNKNOWN else known(answer)
    return "\n".join(lines)


def not_known(answer: Answer) -> Iterator[str]:
    """What is said when nothing is claimed."""
    yield words.NOT_KNOWN
    yield f"{words.TRY}: {' · '.join(words.suggestions(answer))}"


def known(answer: Answer) -> Iterator[str]:
    """The verdict first, then why, both sides, numbers, the team and the page."""
    yield words.heading(answer)
    if answer.outcome is Outcome.CHOICE:
        yield words.UNSURE
    yield answer.opening
    if note := words.borrowed(answer):
        yield note
    yield from side(words.AWS_SIDE, words.reasoned(answer, answer.aws))
    yield from side(words.YOUR_SIDE, words.reasoned(answer, answer.customer))
    yield from side(words.FACTS, answer.facts)
    if answer.team:
        where = " · ".join(filter(None, (answer.team.team, answer.team.channel, answer.team.runbook)))
        yield f"{words.TEAM}: {where}"
    if answer.unchecked:
        yield words.UNCHECKED
    for page in answer.sources:
        yield f"{words.source(page)}: {page}"
    if answer.alternatives:
        _, *others = words.options([answer, *answer.alternatives])
        yield f"{words.DID_YOU_MEAN}: {' | '.join(label for label, _ in others)}"


def side(title: str, tasks: tuple[str, ...]) -> Iterator[str]:
    """One side of the line, if anything is on it."""
    if tasks:
        yield f"{title}:"
        yield from (f"  - {task}" for task in tasks)

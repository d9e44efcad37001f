"""The words that every rendering shares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from srmbot.answer import Alternative, Answer, Outcome, lower_first
from srmbot.model import Owner

OWNER = {Owner.AWS: "AWS", Owner.CUSTOMER: "You", Owner.SHARED: "Shared"}
EXAMPLES = ("backups", "who patches the OS under RDS?", "dynamodb encryption")  # what can be asked; tested to be sure
NOT_KNOWN = "I don't know who owns that. I answer who does what on AWS: AWS, you, or both."
TRY = "You could ask"
UNSURE = "I am not sure that this is what you meant."
DID_YOU_MEAN = "Or did you mean"
FACTS = "Good to know"
AWS_SIDE = "AWS does"
YOUR_SIDE = "You do"
TEAM = "On your side"
SAYS = "AWS says so"
SOURCE = "Source"
UNCHECKED = "Nobody has checked this against an AWS page yet."
AWS_PAGES = re.compile(r"https://(?:[\w-]+\.)*(?:amazon\.com|aws\.dev|awsstatic\.com)/")


def verdict_line(answer: Answer) -> str:
    """The verdict with what it is about: "Shared: RDS · Backups"."""
    assert answer.owner is not None
    return f"{OWNER[answer.owner]}: {answer.label}"


def with_reasons(answer: Answer, tasks: tuple[str, ...]) -> tuple[str, ...]:
    """Tasks with the reason after those that an answer gives one for."""
    return tuple(f"{task}. {answer.reasons[task]}" if task in answer.reasons else task for task in tasks)


def source_label(page: str) -> str:
    """What to call a page: only AWS's own pages say what AWS says."""
    return SAYS if AWS_PAGES.match(page) else SOURCE


def borrowed_note(answer: Answer) -> str | None:
    """A sentence for an answer that another service's duties give."""
    if answer.borrowed is None:
        return None
    name, _, _ = answer.label.partition(" · ")
    return f"{name} has no duties of its own for this here; these are those of {answer.borrowed}."


def option_labels(found: Sequence[Answer | Alternative]) -> list[tuple[str, str]]:
    """Things to choose from as (label, key); those with the same label are told apart by their task or side."""
    counted = Counter(one.label for one in found)
    return [(f"{one.label}: {describe_part(one)}" if counted[one.label] > 1 else one.label, one.key) for one in found]


def describe_part(one: Answer | Alternative) -> str:
    """What of an entry is meant: a task, a side, or both sides."""
    if one.task:
        return lower_first(one.task)
    return "both sides" if one.owner is Owner.SHARED else OWNER[one.owner] if one.owner else ""


def suggestions(answer: Answer) -> tuple[str, ...]:
    """Up to three things to ask instead, for an answer that is not known."""
    assert answer.outcome is Outcome.UNKNOWN
    near = dict.fromkeys(other.label.replace(" · ", " ").lower() for other in answer.alternatives)
    return tuple(near) or EXAMPLES

"""The words that every rendering shares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from srmbot.answer import Alternative, Answer, Outcome
from srmbot.model import GENERAL, Knowledge, Owner
from srmbot.render.statement import lower_first
from srmbot.small_talk import Reason, sentence_in

OWNER = {Owner.AWS: "AWS", Owner.CUSTOMER: "You", Owner.SHARED: "Shared"}
SIGN = {Owner.AWS: "🔶", Owner.CUSTOMER: "🔵", Owner.SHARED: "🟪"}  # of three shapes: colours alone are not for all
WHOSE = {Owner.AWS: "AWS", Owner.CUSTOMER: "you", Owner.SHARED: "both"}  # in a row of several
# What can be asked; tested to be sure.
EXAMPLE_QUESTIONS = ("backups", "who patches the OS under RDS?", "dynamodb encryption")
TRY = "You could ask"
PROBABLY = "Probably"
DID_YOU_MEAN = "Meant something else?"
FACTS = "Good to know"
NEXT = "Next"
EVIDENCE = "To show or check it"
CHOSEN = "✓ "  # before the label of what is shown
AWS_SIDE = "AWS does"
YOUR_SIDE = "You do"
TEAM = "On your side"
SAYS = "AWS says so"
SOURCE = "Source"
AWS_PAGE, OTHER_PAGE = "AWS page", "page"
BORROWED = "As on {}, whose duties hold here"
AS_OF = "From pages as of"
MAY_HAVE_CHANGED = "they may have changed since."
UNCHECKED = "Nobody has checked this against an AWS page yet."
AWS_PAGES = re.compile(r"https://(?:[\w-]+\.)*(?:amazon\.com|aws\.dev|awsstatic\.com)/")


def verdict_line(answer: Answer) -> str:
    """The verdict with what it is about, and the doubt in it: "Shared: RDS · Backups", "Probably AWS: …"."""
    assert answer.owner is not None
    owner = OWNER[answer.owner]
    doubt = f"{PROBABLY} {lower_first(owner)}" if answer.outcome is Outcome.CHOICE else owner
    return f"{doubt}: {answer.label}" if answer.label else doubt


def is_address(page: str) -> bool:
    """Whether a source is a page on the web, and not a place in a document of the organisation."""
    return page.startswith("https://")


def cite(page: str, title: str) -> str:
    """A source as a line of text: what kind it is, its title, its address."""
    return f"{source_label(page)}: {title} {page}" if is_address(page) else f"{source_label(page)}: {page}"


def source_label(page: str) -> str:
    """What to call a page: only AWS's own pages say what AWS says."""
    return SAYS if AWS_PAGES.match(page) else SOURCE


def page_of(page: str) -> str:
    """Whose page it is."""
    return AWS_PAGE if AWS_PAGES.match(page) else OTHER_PAGE


def borrowed_note(answer: Answer) -> str | None:
    """A sentence for an answer that another service's duties give."""
    if answer.borrowed is None:
        return None
    name, _, _ = answer.label.partition(" · ")
    return f"{name} has no duties of its own for this here; these are those of {answer.borrowed}."


def option_labels(found: Sequence[Answer | Alternative]) -> list[str]:
    """What things to choose from are called; those with the same label differ by their task or side."""
    counted = Counter(one.label for one in found)
    return [f"{one.label}: {describe_part(one)}" if counted[one.label] > 1 else one.label for one in found]


def describe_part(one: Answer | Alternative) -> str:
    """What of an entry is meant: a task, a side, or both sides."""
    if one.task:
        return lower_first(one.task)
    return "both sides" if one.owner is Owner.SHARED else OWNER[one.owner] if one.owner else ""


def suggestions(answer: Answer) -> tuple[str, ...]:
    """Up to three things to ask instead, for an answer that claims nothing; none where only a kind word is wanted."""
    assert answer.outcome is Outcome.UNKNOWN
    if answer.reason in (Reason.THANKS, Reason.COMPLAINT, Reason.LANGUAGE, Reason.ELSEWHERE):
        return ()
    near = dict.fromkeys(other.label.replace(" · ", " ").lower() for other in answer.alternatives)
    return tuple(near) or EXAMPLE_QUESTIONS


SAY = {
    Reason.GREETING: "Hello! Ask me who does what on AWS, and I tell you: AWS, you, or both.",
    Reason.THANKS: "You're welcome.",
    Reason.ABOUT: "I answer who does what on AWS: AWS, you, or both, with the reason, the next step and the AWS page"
    " that says so. My answers come from a reviewed folder of facts; no language model is involved",
    Reason.COMPLAINT: "Sorry about that. Please ask again in other words, or tell the people who run me what was wrong"
    " and what the right answer is: they can change the line that I answered from.",
    Reason.ELSEWHERE: "I only know AWS: who does what there, AWS or you. I can't answer for anything else.",
    Reason.HOWTO: "I don't write code or walkthroughs. I can tell you whose task it is on AWS, and which page to read.",
    Reason.UNCLEAR: "I'm not sure what you are asking. Name the AWS service and the task, and I tell you who does it.",
}


def say(answer: Answer) -> str:
    """What an answer says where nothing is claimed."""
    assert answer.reason is not None
    if answer.reason is Reason.LANGUAGE:
        return f"{sentence_in(answer.subject)} (English only.)"
    if answer.reason is Reason.UNCOVERED:
        others = f"I know {', '.join(covered(answer)[:SHOWN_SERVICES])} and others."
        return f"I have nothing checked on {answer.subject} yet, so I don't guess. {others}"
    if answer.reason is Reason.ABOUT:
        names = covered(answer)
        more = f" and {len(names) - SHOWN_SERVICES} more services" if len(names) > SHOWN_SERVICES else ""
        return f"{SAY[Reason.ABOUT]}{stored(answer.subject)} I know {', '.join(names[:SHOWN_SERVICES])}{more}."
    return SAY[answer.reason]


def stored(days: str | int | None) -> str:
    """What is kept of questions, to be said after something else: none, unless a workspace keeps them for some days."""
    if not days:
        return ", and questions are not kept."
    return (
        f". This workspace keeps the questions that I did not answer, or not rightly, for {days} days;"
        " `/srm forget me` deletes yours."
    )


SHOWN_SERVICES = 4


def covered(answer: Answer) -> list[str]:
    """The names of the services that have duties."""
    return [each.name for each in answer.knowledge.services.values() if each.slug != GENERAL and not each.variant_of]


PREFIX = re.compile(r"^(?:USER|CHAP|Appendix|Concepts)[_.]")  # what AWS's guides begin the names of files with


def page_title(page: str, knowledge: Knowledge) -> str:
    """What a page is called; else the last part of its address, as a person would write it."""
    if page in knowledge.titles or not is_address(page):
        return knowledge.titles.get(page, page)
    last = page.rstrip("/").rsplit("/", 1)[-1].partition("#")[0].removesuffix(".html")
    if (action := last.removeprefix("API_")) != last:
        return f"{action} (API)"
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])(?!SQL|DB)|[-_]+", " ", PREFIX.sub("", last)).replace(".", ": ")
    return spaced.strip(" :") or page

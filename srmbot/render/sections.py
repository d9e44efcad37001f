"""Answer -> its sections in the order in which they are read: one list for text, JSON and Block Kit.

A new fact is one line in SECTIONS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from srmbot.answer import Answer
from srmbot.form import Ask
from srmbot.model import AbsentTopic, Boundary, Duty, Owner
from srmbot.overview import age
from srmbot.render import words
from srmbot.render.facts import near_facts
from srmbot.render.point import evidence, next_step, point
from srmbot.render.statement import listed

LINKED_PAGES = 3  # AWS pages that an answer links
LISTED_FACTS = 3  # numbers and defaults that an answer lists


class SectionPlace(StrEnum):
    """Where a section goes, in what can show more than lines of text."""

    POINT = "point"
    SIDE = "side"  # one side of the line, beside the other
    LIST = "list"
    NOTE = "note"  # small, at the end


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an answer: its title, and what it says."""

    name: str
    place: SectionPlace
    title: str
    lines: Sequence[str]


def sections(answer: Answer) -> Iterator[Section]:
    """The sections of an answer that claims something; none that has nothing to say."""
    for name, (place, title, read) in SECTIONS.items():
        if lines := [line for line in read(answer) if line]:
            yield Section(name, place, title, lines)


def step(answer: Answer) -> Sequence[str]:
    """The next step, unless the point has it."""
    found = next_step(answer)
    return [found] if found and found not in point(answer) else []


def part_lines(answer: Answer) -> Sequence[str]:
    """Each of several services or topics, with its point."""
    return [f"{words.verdict_line(part)}. {point(part)}" for part in answer.parts]


def side(owner: Owner) -> Callable[[Answer], Sequence[str]]:
    """The tasks of one side, where both are wanted: of a topic, or of a whole service."""

    def read(answer: Answer) -> Sequence[str]:
        return answer.side(owner) if wants_both(answer) else ()

    return read


def wants_both(answer: Answer) -> bool:
    """Whether an answer shows both sides at once: a keyword, or the question which half is whose."""
    return not answer.parts and not answer.boundary and answer.owner is Owner.SHARED and not answer.form.wants_reply


def facts(answer: Answer) -> Sequence[str]:
    """Numbers and conditions that the point does not have."""
    said = point(answer).lower()
    return [each for each in near_facts(answer) if each.lower().rstrip(".") not in said][:LISTED_FACTS]


def proof(answer: Answer) -> Sequence[str]:
    """What checks or proves it, where that is asked for."""
    return evidence(answer) if Ask.PROOF in answer.form.asks else ()


def team(answer: Answer) -> Sequence[str]:
    """Who does the customer's part."""
    found = answer.team
    return [" · ".join(filter(None, (found.team, found.channel, found.runbook)))] if found else []


def borrowed(answer: Answer) -> Sequence[str]:
    """That another service's duties answer."""
    note = words.borrowed_note(answer)
    return [note] if note else []


def unchecked(answer: Answer) -> Sequence[str]:
    """That it has not been checked."""
    return [words.UNCHECKED] if answer.unchecked else []


def sources(answer: Answer) -> tuple[str, ...]:
    """The AWS pages behind an answer: the belief's, the main duty's, else the first of each side's."""
    if answer.parts:
        return tuple(dict.fromkeys(page for part in answer.parts for page in sources(part)[:1]))
    if answer.boundary:
        return answer.boundary.source[:LINKED_PAGES]
    if answer.absent:
        return answer.absent.source[:LINKED_PAGES]
    return tuple(dict.fromkeys(page for duty in cited(answer) for page in duty.source))[:LINKED_PAGES]


def cited(answer: Answer) -> Sequence[Duty]:
    """The duties whose pages an answer links: the main one, else the first of each side."""
    return [answer.main_duty] if answer.main_duty and answer.owner is not Owner.SHARED else answer.leads


def titles(answer: Answer) -> list[str]:
    """The titles of the pages, in their order; what an address says of itself where none is known."""
    return [words.page_title(page, answer.knowledge) for page in sources(answer)]


def dates(answer: Answer) -> dict[str, str]:
    """The vintages of the pages that an answer may link, where they are known."""
    if answer.parts:
        return {page: as_of for part in answer.parts for page, as_of in dates(part).items()}
    found: Sequence[Boundary | AbsentTopic | Duty] = [each for each in (answer.boundary, answer.absent) if each]
    found = found or cited(answer)
    return {page: each.as_of for each in reversed(found) if each.as_of for page in each.source}


def old_pages(answer: Answer) -> Sequence[str]:
    """How old the pages are that the answer rests on, where they are older than two years."""
    now = age.today()
    dates = sorted({each for each in vintages(answer) if each and age.is_old(each, now)})
    return [f"{words.AS_OF} {listed(dates)}; {words.MAY_HAVE_CHANGED}"] if dates else []


def vintages(answer: Answer) -> Iterator[str | None]:
    """The vintages of the pages that an answer links."""
    if answer.parts:
        yield from (each for part in answer.parts for each in vintages(part))
    elif answer.boundary or answer.absent:
        yield from (each.as_of for each in (answer.boundary or answer.absent,) if each)
    elif answer.answered:
        yield from (duty.as_of for duty in cited(answer))


SECTIONS: dict[str, tuple[SectionPlace, str, Callable[[Answer], Sequence[str]]]] = {
    "point": (SectionPlace.POINT, "", lambda answer: [point(answer)]),
    "parts": (SectionPlace.LIST, "", part_lines),
    "next": (SectionPlace.LIST, words.NEXT, step),
    "aws": (SectionPlace.SIDE, words.AWS_SIDE, side(Owner.AWS)),
    "customer": (SectionPlace.SIDE, words.YOUR_SIDE, side(Owner.CUSTOMER)),
    "facts": (SectionPlace.NOTE, words.FACTS, facts),
    "evidence": (SectionPlace.LIST, words.EVIDENCE, proof),
    "team": (SectionPlace.NOTE, words.TEAM, team),
    "borrowed": (SectionPlace.NOTE, "", borrowed),
    "unchecked": (SectionPlace.NOTE, "", unchecked),
    "old_pages": (SectionPlace.NOTE, "", old_pages),
}

"""Answer -> all that is known of it, as the blocks of a modal: both sides, next, numbers, proof, others, pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from srmbot.answer import Answer
from srmbot.model import Duty, Knowledge, Owner
from srmbot.overview.groups import group_of, services_by_group
from srmbot.overview.standing import Standing, Status, standing, standings
from srmbot.render import words
from srmbot.render.blocks import Action, Block, section
from srmbot.render.controls import MOST_OPTIONS, modal, option, select
from srmbot.render.facts import near_facts
from srmbot.render.labels import LONGEST_LABEL, shorten
from srmbot.render.matrix import SIDE_HEADINGS, say_standing
from srmbot.render.message import MATRIX, headline, page_kind, team_parts, whole_service
from srmbot.render.point import evidence, next_step, point
from srmbot.render.rich_text import Part, bullets, heading, link, rich_text, text
from srmbot.render.sections import dates, sources, titles
from srmbot.render.statement import lower_first

View = dict[str, Any]

DETAILS_VIEW = "details"  # callback_id
DETAILS_TITLE = "Details"
MOST_TASKS = 15  # of each side
MOST_FACTS = 6
ON_OTHERS, ELSEWHERE = "On similar services", "See another service"
PAGES_HEADING = "Pages"


def details_view(answer: Answer) -> View:
    """The modal that “Details” opens."""
    title = MATRIX if whole_service(answer) else DETAILS_TITLE
    return modal(DETAILS_VIEW, title, list(details(answer)))


def details(answer: Answer) -> Iterator[Block]:
    """Everything about an answer, of several parts one after the other."""
    for number, part in enumerate(answer.parts or (answer,)):
        yield section(headline(part))
        if part.match and part.match.topic is None:
            yield from map(rich_text, filter(None, [list(matrix_lists(part.knowledge, part.match.service))]))
            continue
        others = similar(part)
        if others:
            yield other_services(part.knowledge, others, number)
        yield from map(rich_text, filter(None, [list(lists(part, others))]))


def lists(answer: Answer, others: Sequence[Standing]) -> Iterator[Block]:
    """What is said, under its headings; how the topic stands on other services, too."""
    if answer.boundary or answer.absent:
        yield heading(text(point(answer)))
    yield from side_lists(answer)
    step = [next_step(answer) or ""]
    found = (
        (words.NEXT, step),
        (words.FACTS, near_facts(answer)[:MOST_FACTS]),
        (words.EVIDENCE, evidence(answer)),
        (ON_OTHERS, similar_lines(answer.knowledge, others)),
    )
    for title, lines in found:
        if said := [each for each in lines if each]:
            yield from listed(title, [[text(each)] for each in said])
    yield from listed(PAGES_HEADING, page_lines(answer))


def listed(title: str, lines: Sequence[Sequence[Part]], *more: Part) -> Iterator[Block]:
    """A list under its heading; nothing where it would be empty."""
    if lines:
        yield heading(text(title, bold=True), *more)
        yield bullets(lines)


def side_lists(answer: Answer) -> Iterator[Block]:
    """All tasks of both sides, the nearest first."""
    team = team_parts(answer.team) if answer.team else []
    for owner, title, more in ((Owner.AWS, words.AWS_SIDE, []), (Owner.CUSTOMER, words.YOUR_SIDE, team)):
        tasks = [[text(duty.duty)] for duty in ordered(answer) if duty.owner is owner]
        left = len(tasks) - MOST_TASKS
        yield from listed(title, tasks[:MOST_TASKS] + ([[text(f"and {left} more")]] if left > 0 else []), *more)


def ordered(answer: Answer) -> list[Duty]:
    """The duties of the entry, the nearest first."""
    if answer.match is None or answer.match.entry is None:
        return []
    first = [answer.main_duty] if answer.main_duty else []
    return list(dict.fromkeys([*first, *(each.item for each in answer.match.ranked), *answer.match.entry.duties]))


def page_lines(answer: Answer) -> list[list[Part]]:
    """The pages, each with whose it is and its date; the runbook."""
    known = dates(answer)
    found = zip(sources(answer), titles(answer), strict=True)
    lines = [[page_part(page, title), text(f" · {page_kind(page, known.get(page))}")] for page, title in found]
    runbook = answer.team.runbook if answer.team else None
    return [*lines, *([[link(runbook, "Runbook")]] if runbook else [])]


def page_part(page: str, title: str) -> Part:
    """A page as a link; a place in a document of the organisation, which is no address, as it is."""
    return link(page, title) if words.is_address(page) else text(page)


def similar(answer: Answer) -> list[Standing]:
    """How the topic stands on the services of the same kind, itself apart; none where no service is named."""
    if answer.match is None or answer.match.topic is None:
        return []
    known, service, topic = answer.knowledge, answer.match.service, answer.match.topic
    others = services_by_group(known).get(group_of(known, service), ())
    found = (standing(known, each.slug, topic) for each in others if each.slug != service)
    return [each for each in found if each.status is not Status.EMPTY]


def similar_lines(known: Knowledge, found: Sequence[Standing]) -> list[str]:
    """Whose the topic is on services of the same kind, one line an owner."""
    return [f"{side}: {', '.join(names)}" for side, names in by_side(known, found, "service")]


def by_side(known: Knowledge, found: Sequence[Standing], what: str) -> Iterator[tuple[str, list[str]]]:
    """Names of services, or of topics, by whose they are."""
    for side in SIDE_HEADINGS[:-1]:
        mine = [each for each in found if say_standing(each, *SIDE_HEADINGS[-2:]) == side]
        if mine:
            yield side[0].upper() + side[1:], [name_of(known, each, what) for each in mine]


def name_of(known: Knowledge, found: Standing, what: str) -> str:
    """The service's name, or the topic's."""
    if what == "service":
        return known.services[found.service].name
    return lower_first(known.topics[found.topic].title)


def matrix_lists(known: Knowledge, service: str) -> Iterator[Block]:
    """Whose each topic of a service is, one list an owner."""
    for side, names in by_side(known, list(standings(known, [service])), "topic"):
        yield from listed(side, [[text(name[0].upper() + name[1:])] for name in names])


def other_services(known: Knowledge, found: Sequence[Standing], number: int) -> Block:
    """A menu of services of the same kind, each with whose the topic is there.

    Args:
        known: names the services.
        found: how the topic stands on them, at least one.
        number: tells it from the other parts of the same modal.
    """
    options = [
        option(
            shorten(known.services[each.service].name, LONGEST_LABEL),
            f"{each.service}/{each.topic}",
            say_standing(each, *SIDE_HEADINGS[-2:]),
        )
        for each in found
    ]
    menu = select(Action.ELSEWHERE, ELSEWHERE, options[:MOST_OPTIONS])
    return {"type": "actions", "block_id": f"{Action.ELSEWHERE}:{number}", "elements": [menu]}

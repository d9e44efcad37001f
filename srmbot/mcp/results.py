"""Answers and knowledge -> what the tools give, as plain data: the JSON of the command line, and a little more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from srmbot.answer import Answer
from srmbot.model import Duty, Knowledge
from srmbot.overview.comparison import Comparison, compare
from srmbot.overview.standing import Standing, Status, standings
from srmbot.render import comparison, topic_comparison
from srmbot.render.json import as_json, team_json

Json = dict[str, Any]


def evidence_json(answer: Answer) -> Json:
    """An answer, and every task of its topic that can be checked or shown, the nearest first."""
    return {**as_json(answer), "duties": [proved_json(duty) for duty in dict.fromkeys(proved(answer))]}


def proved(answer: Answer) -> Iterator[Duty]:
    """The duties of an answer that have a control, a rule or a report; of several parts those of each."""
    for part in answer.parts:
        yield from proved(part)
    if answer.answered and answer.match and answer.match.entry and not answer.parts:
        ranked = [each.item for each in answer.match.ranked]
        yield from (duty for duty in (*ranked, *answer.match.entry.duties) if duty.checked_by or duty.proof)


def proved_json(duty: Duty) -> Json:
    """A task with what checks or proves it."""
    return {
        "id": duty.id,
        "duty": duty.duty,
        "owner": duty.owner.value,
        "next": duty.next,
        "checked_by": list(duty.checked_by),
        "proof": list(duty.proof),
        "sources": list(duty.source),
        "as_of": duty.as_of,
    }


def responsibilities_json(known: Knowledge, slug: str, topic: str | None) -> Json:
    """Who does what on a service: every topic that something is known of, or the one that is given."""
    service = known.services[slug]
    found = [each for each in standings(known, [slug]) if is_wanted(each, topic)]
    return {
        "service": slug,
        "name": service.name,
        "full_name": service.full_name,
        "line": service.line,
        "topics": [topic_json(known, slug, each.topic) for each in found],
        "knowledge": known.version[:7],
    }


def is_wanted(found: Standing, topic: str | None) -> bool:
    """Whether a topic is the one that was asked for; if none was, whether anything is known of it."""
    return found.status is not Status.EMPTY if topic is None else found.topic == topic


def topic_json(known: Knowledge, slug: str, topic: str) -> Json:
    """One topic of a service: whose it is, the tasks of each side, and the customer's team."""
    [found] = topic_comparison.as_json(known, [slug], topic)["services"]
    kept = {name: value for name, value in found.items() if name not in ("service", "name")}
    team = known.team_for(slug, topic) if found["owner"] in ("customer", "shared") else None
    return {"topic": topic, "title": known.topics[topic].title, **kept, "team": team_json(team)}


def comparison_json(known: Knowledge, services: Sequence[str], topic: str | None) -> Json:
    """Where the line moves between services; with a topic that one alone, and the tasks of each side of it."""
    whole = compare(known, services)
    found = Comparison(whole.services, tuple(row for row in whole.rows if topic in (None, row.topic)))
    sides = topic_comparison.as_json(known, services, topic)["services"] if topic else []
    said = comparison.summary(known, found)
    return {"summary": said[0] if said else None, **comparison.as_json(known, found), "sides": sides}

"""Answer -> a JSON object for programs; every key is always there."""

from __future__ import annotations

from typing import Any

from srmbot.answer import Alternative, Answer
from srmbot.model import Team
from srmbot.render import words
from srmbot.render.point import evidence, next_step, point
from srmbot.render.sections import sources, titles


def as_json(answer: Answer, identity: str | None = None) -> dict[str, Any]:
    """The answer as plain data, as `srmbot ask --json` prints it.

    Args:
        answer: any.
        identity: the `id` that a program gave its question.
    """
    match = answer.match if answer.answered and not answer.parts else None
    return {
        "id": identity,
        "text": answer.question,
        "outcome": answer.outcome.value,
        "answered": answer.answered,
        "reply": answer.reply.value if answer.reply else None,
        "owner": answer.owner.value if answer.owner else None,
        "service": answer.service,
        "variant": answer.variant if not answer.parts else None,
        "topic": answer.topic,
        "entry": f"{answer.service}/{match.topic}" if match and match.topic else None,
        "duty": answer.duty.id if answer.duty else None,
        "confidence": answer.confidence,
        "summary": point(answer) if answer.answered else None,
        "next": next_step(answer) if answer.answered else None,
        "evidence": evidence(answer) if answer.answered else [],
        "parts": [part_json(part) for part in answer.parts],
        "aws": list(answer.aws),
        "customer": list(answer.customer),
        "facts": list(facts(answer)),
        "team": team_json(answer.team),
        "sources": list(sources(answer)),
        "source_titles": titles(answer),
        "alternatives": [alternative_json(other) for other in answer.alternatives],
        "reason": answer.reason.value if answer.reason else None,
        "say": words.say(answer) if answer.reason else None,
        "knowledge": answer.knowledge.version[:7],
    }


def facts(answer: Answer) -> tuple[str, ...]:
    """The numbers and defaults of the answer's main duty."""
    return answer.main_duty.facts if answer.main_duty else ()


def part_json(part: Answer) -> dict[str, Any]:
    """One of several services or topics."""
    return {
        "service": part.service,
        "topic": part.topic,
        "owner": part.owner.value if part.owner else None,
        "summary": point(part),
    }


def alternative_json(other: Alternative) -> dict[str, Any]:
    """Another reading of the question."""
    return {
        "entry": f"{other.service}/{other.topic}" if other.topic else None,
        "duty": other.duty,
        "owner": other.owner.value,
        "service": other.service,
        "topic": other.topic,
        "confidence": other.confidence,
    }


def team_json(team: Team | None) -> dict[str, str | None] | None:
    """The team on the customer's side, where one is known."""
    return {"team": team.team, "channel": team.channel, "runbook": team.runbook} if team else None

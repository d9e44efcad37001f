"""Answer -> a JSON object for programs; every key is always there."""

from __future__ import annotations

from typing import Any

from srmbot.answer import Answer, Outcome


def as_json(answer: Answer, identity: str | None = None) -> dict[str, Any]:
    """The answer as plain data, as `srmbot ask --json` prints it.

    Args:
        answer: any.
        identity: the `id` that a program gave its question.
    """
    entry = f"{answer.service}/{answer.topic}" if answer.topic else None
    return {
        "id": identity,
        "text": answer.question,
        "outcome": answer.outcome.value,
        "answered": answer.outcome is not Outcome.UNKNOWN,
        "owner": answer.owner.value if answer.owner else None,
        "service": answer.service,
        "topic": answer.topic,
        "entry": entry,
        "duty": answer.duty.id if answer.duty else None,
        "confidence": answer.confidence,
        "summary": answer.summary,
        "aws": list(answer.aws),
        "customer": list(answer.customer),
        "facts": list(answer.facts),
        "team": team_json(answer),
        "sources": list(answer.sources),
        "alternatives": [
            {
                "entry": f"{other.service}/{other.topic}" if other.topic else None,
                "duty": other.key if other.task else None,
                "owner": other.owner.value,
                "service": other.service,
                "topic": other.topic,
                "confidence": other.confidence,
            }
            for other in answer.alternatives
        ],
        "knowledge": answer.knowledge,
    }


def team_json(answer: Answer) -> dict[str, str | None] | None:
    """The team on the customer's side, where one is known."""
    if answer.team is None:
        return None
    return {"team": answer.team.team, "channel": answer.team.channel, "runbook": answer.team.runbook}

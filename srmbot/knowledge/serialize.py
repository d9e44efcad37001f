"""Knowledge <-> plain rows, for the cache and for the process that learns."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from srmbot.model import Duty, ExampleQuestion, Knowledge, Owner, Service, Team, Topic

OWNER = 3  # where a duty's row has its owner


def to_json(found: Knowledge) -> dict[str, Any]:
    """Knowledge as it is kept: plain rows, their values in the order of the fields."""
    return {
        "version": found.version,
        "services": [astuple(row) for row in found.services.values()],
        "topics": [astuple(row) for row in found.topics.values()],
        "duties": [astuple(row) for row in found.duties],
        "teams": [astuple(row) for row in found.teams],
        "not_aws": found.not_aws,
    }


def from_json(kept: Any, version: str) -> Knowledge | None:
    """The knowledge that `kept_form` made this of; None where it is anything else."""
    try:
        if kept["version"] != version:
            return None
        return Knowledge(
            services={row[0]: Service(*freeze_lists(row)) for row in kept["services"]},
            topics={row[0]: Topic(*freeze_lists(row)) for row in kept["topics"]},
            duties=tuple(map(duty_from_json, kept["duties"])),
            teams=tuple(Team(*row) for row in kept["teams"]),
            version=version,
            not_aws=tuple(map(str, kept["not_aws"])),
        )
    except (TypeError, KeyError, ValueError, IndexError):
        return None


def duty_from_json(row: list[Any]) -> Duty:
    """A duty, whose owner was kept as text."""
    row[OWNER] = Owner(row[OWNER])
    return Duty(*freeze_lists(row))


def freeze_lists(row: list[Any]) -> list[Any]:
    """A row whose lists are tuples, as the frozen classes want them."""
    return [tuple(value) if type(value) is list else value for value in row]


def example_to_json(example: ExampleQuestion) -> list[str | None]:
    """An example question as a plain row, its values in the order of the fields."""
    return list(astuple(example))


def example_from_json(row: list[str | None]) -> ExampleQuestion:
    """The example question that `example_to_json` made this row of."""
    text, service, topic, owner, voice, at = row
    assert text is not None
    return ExampleQuestion(text, service, topic, Owner(owner) if owner else None, voice or "", at or "")

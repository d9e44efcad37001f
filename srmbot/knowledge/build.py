"""Draft without problems -> Knowledge, the later folders laid over the earlier ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from srmbot.knowledge.draft import Draft, merge_records
from srmbot.knowledge.records import ExampleRow, Record, normalize
from srmbot.knowledge.schema import ABSENT, BOUNDARY, DUTY, SERVICE, TEAM, TODO, TOPIC, Kind, RecordSchema
from srmbot.model import (
    AbsentTopic,
    Boundary,
    Duty,
    ExampleQuestion,
    Knowledge,
    Maintainers,
    Owner,
    Reply,
    Runs,
    Service,
    Team,
    Topic,
)


def build_knowledge(found: Draft, version: str, learned_from: str = "") -> Knowledge:
    """The knowledge that a checked draft holds; a later duty, or team's claim, replaces the earlier one."""
    teams = {(row.text("service"), row.text("topic"), row.texts("owns")): row for row in found.teams}
    return Knowledge(
        services={slug: build_service(row) for slug, row in merge_records(found.services).items()},
        topics={slug: build_topic(row) for slug, row in merge_records(found.topics).items()},
        duties=tuple(map(build_duty, latest(found.duties, "id"))),
        teams=tuple(Team(**values_of(row, TEAM)) for row in teams.values()),
        version=version,
        not_aws=build_not_aws(found.not_aws),
        boundaries=tuple(map(build_boundary, latest(found.boundaries, "id"))),
        absent=tuple(map(build_absent, latest(found.absent, "topic"))),
        titles={require_text(row, "page"): require_text(row, "title") for row in found.pages},
        uncovered=build_uncovered(found.uncovered),
        learned_from=learned_from,
        maintainers=build_maintainers(found.maintainers),
    )


def latest(rows: Iterable[Record], key: str) -> Iterable[Record]:
    """The records of each file's name, by one of their fields; a later folder's replaces the earlier one."""
    return {(row.home, row.text(key)): row for row in rows}.values()


def build_not_aws(rows: Iterable[Record]) -> tuple[str, ...]:
    """Every name of what is not AWS's, once, in lower case."""
    return tuple(
        dict.fromkeys(
            name for row in rows for name in (require_text(row, "name").lower(), *lower_texts(row, "aliases"))
        )
    )


def lower_texts(row: Record, name: str) -> tuple[str, ...]:
    """Every alias or hint of all layers, once, in lower case."""
    return tuple(dict.fromkeys(word.lower() for word in row.texts(name)))


def build_service(row: Record) -> Service:
    """One service from its merged record; all that it is called is in lower case."""
    values = values_of(row, SERVICE)
    runs = Runs(values["runs"]) if values["runs"] else None
    return Service(
        **values | {"aliases": lower_texts(row, "aliases"), "hints": lower_texts(row, "hints"), "runs": runs}
    )


def build_topic(row: Record) -> Topic:
    """One topic from its merged record."""
    return Topic(**values_of(row, TOPIC) | {"aliases": lower_texts(row, "aliases")})


def build_duty(row: Record) -> Duty:
    """One duty; unless it says otherwise it has been checked."""
    values = values_of(row, DUTY) | place_of(row)
    why = "" if re.match(TODO, values["why"]) else values["why"]
    return Duty(**values | {"owner": Owner(values["owner"]), "why": why, "checked": row.text("checked") != "false"})


def build_boundary(row: Record) -> Boundary:
    """One boundary."""
    values = values_of(row, BOUNDARY) | place_of(row)
    return Boundary(**values | {"owner": Owner(values["owner"]), "reply": Reply(values["reply"])})


def build_absent(row: Record) -> AbsentTopic:
    """One topic that does not exist on a service."""
    values = values_of(row, ABSENT) | place_of(row)
    return AbsentTopic(**values | {"owner": Owner(values["owner"])})


def build_maintainers(rows: Sequence[Record]) -> Maintainers:
    """Everybody whom any folder names; channel and repository are those of the last one that has them."""
    users, groups = (
        tuple(dict.fromkeys(each for row in rows for each in row.texts(name))) for name in ("users", "groups")
    )
    channel, repository = (
        next((text for row in reversed(rows) if (text := row.text(name))), None) for name in ("channel", "repository")
    )
    return Maintainers(users, groups, channel, repository)


def build_uncovered(rows: Iterable[Record]) -> dict[str, str]:
    """The names of AWS services without duties, by everything that they are called, in lower case."""
    return {
        name.lower(): require_text(row, "name")
        for row in rows
        for name in (require_text(row, "name"), *row.texts("aliases"))
    }


def values_of(row: Record, schema: RecordSchema) -> dict[str, Any]:
    """A record's values by the names of its fields: one text or None, several texts, a flag."""
    read: dict[Kind, Callable[[str], Any]] = {Kind.TEXT: row.text, Kind.TEXTS: row.texts, Kind.FLAG: row.flag}
    return {each.name: read[each.kind](each.name) for each in schema.fields}


def place_of(row: Record) -> dict[str, Any]:
    """What a record does not say itself: its service, its id to the outside, and its place."""
    place = {"service": row.home, "at": f"{row.at.path}:{row.at.line}"}
    return place | ({"id": f"{row.home}.{row.text('id')}"} if row.text("id") else {})


def build_examples(found: Draft) -> tuple[ExampleQuestion, ...]:
    """Every way to ask that a checked draft holds; the same question in a later folder replaces the earlier one."""
    return tuple(map(build_example, {normalize(each.ask.text): each for each in found.examples}.values()))


def build_example(written: ExampleRow) -> ExampleQuestion:
    """One way to ask."""
    service, _, topic = written.entry.text.partition("/") if written.entry else ("", "", "")
    return ExampleQuestion(
        text=written.ask.text,
        service=service or None,
        topic=topic or None,
        owner=Owner(written.owner.text) if written.owner else None,
        voice=written.voice,
        at=f"{written.ask.at.path}:{written.ask.at.line}",
    )


def require_text(row: Record, name: str) -> str:
    """A text that the check has made sure of."""
    text = row.text(name)
    assert text is not None, f"{row.at}: no {name}, and the check did not say so"
    return text

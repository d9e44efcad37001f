"""Draft without problems -> Knowledge, the later folders laid over the earlier ones."""

from __future__ import annotations

from collections.abc import Iterable

from srmbot.knowledge.draft import Draft, merge_records
from srmbot.knowledge.records import ExampleRow, Record, normalize
from srmbot.model import Duty, ExampleQuestion, Knowledge, Owner, Service, Team, Topic


def build_knowledge(found: Draft, version: str) -> Knowledge:
    """The knowledge that a checked draft holds; a later duty, or team's claim, replaces the earlier one."""
    duties = {(row.home, row.text("id")): row for row in found.duties}
    teams = {(row.text("service"), row.text("topic")): row for row in found.teams}
    return Knowledge(
        services={slug: build_service(row) for slug, row in merge_records(found.services).items()},
        topics={slug: build_topic(row) for slug, row in merge_records(found.topics).items()},
        duties=tuple(map(build_duty, duties.values())),
        teams=tuple(map(build_team, teams.values())),
        version=version,
        not_aws=build_not_aws(found.not_aws),
    )


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
    """One service from its merged record."""
    return Service(
        slug=require_text(row, "slug"),
        name=require_text(row, "name"),
        full_name=require_text(row, "full_name"),
        line=require_text(row, "line"),
        aliases=lower_texts(row, "aliases"),
        hints=lower_texts(row, "hints"),
        helper=row.text("helper") == "true",
        falls_back=row.text("falls_back"),
    )


def build_topic(row: Record) -> Topic:
    """One topic from its merged record."""
    return Topic(slug=require_text(row, "slug"), title=require_text(row, "title"), aliases=lower_texts(row, "aliases"))


def build_duty(row: Record) -> Duty:
    """One duty; unless it says otherwise it has been checked."""
    return Duty(
        id=f"{row.home}.{require_text(row, 'id')}",
        service=row.home,
        topic=require_text(row, "topic"),
        owner=Owner(require_text(row, "owner")),
        duty=require_text(row, "duty"),
        why=require_text(row, "why"),
        facts=row.texts("facts"),
        say=row.texts("say"),
        source=row.texts("source"),
        tip=row.text("tip"),
        as_of=row.text("as_of"),
        checked=row.text("checked") != "false",
        at=f"{row.at.path}:{row.at.line}",
    )


def build_team(row: Record) -> Team:
    """One team's claim."""
    return Team(
        team=require_text(row, "team"),
        service=row.text("service"),
        topic=row.text("topic"),
        channel=row.text("channel"),
        runbook=row.text("runbook"),
    )


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

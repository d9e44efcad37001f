"""Draft without problems -> Knowledge, the later folders laid over the earlier ones."""

from __future__ import annotations

from collections.abc import Iterable

from srmbot.knowledge.draft import Draft, merged
from srmbot.knowledge.read import Record, Way, plain
from srmbot.model import Asked, Duty, Knowledge, Owner, Service, Team, Topic


def knowledge(found: Draft, version: str) -> Knowledge:
    """The knowledge that a checked draft holds; a later duty, or team's claim, replaces the earlier one."""
    duties = {(row.home, row.text("id")): row for row in found.duties}
    teams = {(row.text("service"), row.text("topic")): row for row in found.teams}
    return Knowledge(
        services={slug: service(row) for slug, row in merged(found.services).items()},
        topics={slug: topic(row) for slug, row in merged(found.topics).items()},
        duties=tuple(map(duty, duties.values())),
        teams=tuple(map(team, teams.values())),
        version=version,
        elsewhere=elsewhere(found.elsewhere),
    )


def elsewhere(rows: Iterable[Record]) -> tuple[str, ...]:
    """Every name of what is not AWS's, once, in lower case."""
    return tuple(dict.fromkeys(name for row in rows for name in (need(row, "name").lower(), *words(row, "aliases"))))


def words(row: Record, name: str) -> tuple[str, ...]:
    """Every alias or hint of all layers, once, in lower case."""
    return tuple(dict.fromkeys(word.lower() for word in row.texts(name)))


def service(row: Record) -> Service:
    """One service from its merged record."""
    return Service(
        slug=need(row, "slug"),
        name=need(row, "name"),
        full_name=need(row, "full_name"),
        line=need(row, "line"),
        aliases=words(row, "aliases"),
        hints=words(row, "hints"),
        helper=row.text("helper") == "true",
        falls_back=row.text("falls_back"),
    )


def topic(row: Record) -> Topic:
    """One topic from its merged record."""
    return Topic(slug=need(row, "slug"), title=need(row, "title"), aliases=words(row, "aliases"))


def duty(row: Record) -> Duty:
    """One duty; unless it says otherwise it has been checked."""
    return Duty(
        id=f"{row.home}.{need(row, 'id')}",
        service=row.home,
        topic=need(row, "topic"),
        owner=Owner(need(row, "owner")),
        duty=need(row, "duty"),
        why=need(row, "why"),
        facts=row.texts("facts"),
        say=row.texts("say"),
        source=row.texts("source"),
        tip=row.text("tip"),
        as_of=row.text("as_of"),
        checked=row.text("checked") != "false",
        at=f"{row.at.path}:{row.at.line}",
    )


def team(row: Record) -> Team:
    """One team's claim."""
    return Team(
        team=need(row, "team"),
        service=row.text("service"),
        topic=row.text("topic"),
        channel=row.text("channel"),
        runbook=row.text("runbook"),
    )


def asked(found: Draft) -> tuple[Asked, ...]:
    """Every way to ask that a checked draft holds; the same question in a later folder replaces the earlier one."""
    return tuple(map(way, {plain(each.ask.text): each for each in found.ways}.values()))


def way(written: Way) -> Asked:
    """One way to ask."""
    service, _, topic = written.entry.text.partition("/") if written.entry else ("", "", "")
    return Asked(
        text=written.ask.text,
        service=service or None,
        topic=topic or None,
        owner=Owner(written.owner.text) if written.owner else None,
        voice=written.voice,
        at=f"{written.ask.at.path}:{written.ask.at.line}",
    )


def need(row: Record, name: str) -> str:
    """A text that the check has made sure of."""
    text = row.text(name)
    assert text is not None, f"{row.at}: no {name}, and the check did not say so"
    return text

"""Draft -> Problems: the rules that go beyond one field, one function each, all in CHECKS.

A folder is checked as it will be used: laid over those below it. There a service or topic that is known already
may be named with the fields that change, and only a new one needs them all; a duty replaces the whole duty of its
id. Whether a file is right depends on files alone: an `as_of` in the future is not refused, for a machine whose
clock is wrong would refuse everything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from srmbot.knowledge import check_wording
from srmbot.knowledge.draft import Draft, merge_records
from srmbot.knowledge.problem import At, Problem, did_you_mean, join_names, shorten
from srmbot.knowledge.records import Cell, Record, normalize
from srmbot.knowledge.schema import RecordSchema
from srmbot.model import GENERAL, Owner, Runs

OWNER_VALUES = tuple(owner.value for owner in Owner)
PER_SERVICE = ("duties", "boundaries", "absent")  # kinds of files that are named after a service
RUN_KINDS = tuple(runs.value for runs in Runs)

Check = Callable[[Draft], Iterator[Problem]]


def check(found: Draft, passed_over: Collection[str] = ()) -> list[Problem]:
    """Every problem of a draft, sorted by place.

    Args:
        found: what was read.
        passed_over: paths of files whose problems are not reported.
    """
    rules = [rule for rule in CHECKS if found.whole or rule not in MISSING]
    problems = [*found.problems, *(problem for rule in rules for problem in rule(found))]
    return sorted({problem for problem in problems if problem.at.path not in passed_over})


def stands_alone(found: Draft) -> bool:
    """Whether a draft is a whole knowledge of its own, not something to be laid over the built-in one.

    It is if it says what `general` is: an overlay may add to `general`, but has no reason to define it anew.
    """
    general = merge_records(found.services).get(GENERAL)
    return general is not None and len(general.one.keys() & {"name", "full_name", "line"}) > 1


def asked_names(found: Draft) -> Iterator[Problem]:
    """A way to ask that is filed under no known entry or owner."""
    services, topics = merge_records(found.services), merge_records(found.topics)
    for entry in dict.fromkeys(way.entry for way in found.examples if way.entry):
        service, slash, topic = entry.text.partition("/")
        if slash:
            yield from check_known(Cell(service, entry.at), "service", services)
            yield from check_known(Cell(topic, entry.at), "topic", topics)
        else:
            yield Problem(
                entry.at, f"`{shorten(entry.text)}` is no entry", "write service/topic, such as `rds/backups:`"
            )
    for owner in dict.fromkeys(way.owner for way in found.examples if way.owner):
        if owner.text not in OWNER_VALUES:
            fix = did_you_mean(owner.text, OWNER_VALUES, f"write one of {', '.join(OWNER_VALUES)}")
            yield Problem(owner.at, f"unknown owner `{shorten(owner.text)}`", fix)


def asked_unanswered(found: Draft) -> Iterator[Problem]:
    """Ways to ask about what no duty answers, even by fallback: they would teach an answer that is not there.

    A duty of another service answers only where it holds; a topic that does not exist is answered with the reason.
    """
    services, topics = merge_records(found.services), merge_records(found.topics)
    absent = {(row.home, row.text("topic")) for row in found.absent}
    says_holds = {row.home for row in found.duties if "holds_for" in row.many}
    filed: dict[tuple[str, str | None], list[Record]] = {}
    for row in found.duties:
        filed.setdefault((row.home, row.text("topic")), []).append(row)
    for entry in dict.fromkeys(way.entry for way in found.examples if way.entry):
        service, _, topic = entry.text.partition("/")
        if service not in services or topic not in topics or (service, topic) in absent:
            continue
        lent = [row for slug in fallback_chain(service, services) for row in filed.get((slug, topic), ())]
        if not any(row.home not in says_holds or holds(row, services[service], service) for row in lent):
            what = "what it falls back to has none" + (" that hold for it" if lent else "")
            fix = f"add a duty of this topic to duties/{service}.yaml, or take the questions out"
            yield Problem(entry.at, f"`{entry.text}` has no duties, and {what}", fix)


def holds(duty: Record, service: Record, slug: str) -> bool:
    """Whether a duty answers for a service: its own, or one that says that it holds for it."""
    return duty.home == slug or not {slug, service.text("runs")}.isdisjoint(duty.texts("holds_for"))


def boundary_duties(found: Draft) -> Iterator[Problem]:
    """A boundary that rests on a duty that is not there."""
    duties = {f"{row.home}.{row.text('id')}" for row in found.duties}
    for row in found.boundaries:
        for cell in row.many.get("duties", ()):
            if cell.text not in duties:
                fix = did_you_mean(cell.text, duties, "name a duty as `service.id`, or take it out")
                yield Problem(cell.at, f"there is no duty `{shorten(cell.text)}`", fix)


def absent_filled(found: Draft) -> Iterator[Problem]:
    """A topic that is said not to exist on a service that has duties of it."""
    first = {(row.home, row.text("topic")): row for row in reversed(found.duties)}
    for row in found.absent:
        if same := first.get((row.home, row.text("topic"))):
            what = f"`{row.home}` has duties of `{row.text('topic')}`, the first at {same.at}"
            yield Problem(row.at, what, "take this out, or the duties")


def fallback_cycle(found: Draft) -> Iterator[Problem]:
    """Services that fall back to one another in a circle."""
    services = merge_records(found.services)
    for slug, row in services.items():
        chain = list(fallback_chain(slug, services))
        if services[chain[-1]].text("falls_back") == slug:
            circle = " → ".join([*chain, slug])
            what = f"`{shorten(slug)}` falls back to itself in the end ({shorten(circle)})"
            yield Problem(row.one["falls_back"].at, what, f"let one of them fall back to `{GENERAL}`")


def fallback_chain(slug: str, services: Mapping[str, Record]) -> Iterator[str]:
    """A service and those it falls back to, in order, each once."""
    seen: set[str] = set()
    after = slug
    while after in services and after not in seen:
        seen.add(after)
        yield after
        after = services[after].text("falls_back") or ""


def general_missing(found: Draft) -> Iterator[Problem]:
    """No `general`, which a question about no service is about."""
    files = [file.path for file in found.files("services")] or [layer.path for layer in found.layers]
    if files and GENERAL not in merge_records(found.services):
        what = f"there is no service `{GENERAL}`, which answers where no service is named"
        yield Problem(At(files[0]), what, f"add it to services.yaml: `- slug: {GENERAL}`")


def known_names(found: Draft) -> Iterator[Problem]:
    """A service or topic that is not defined; that `general` is missing has a rule of its own."""
    services, topics = {*merge_records(found.services), GENERAL}, merge_records(found.topics)
    for kind in PER_SERVICE:
        for file in found.files(kind):
            yield from check_known(Cell(file.home, At(file.path)), "service", services, "name the file after one")
    for row in (*found.duties, *found.teams, *found.boundaries, *found.absent):
        yield from check_known(row.one.get("topic"), "topic", topics)
    for row in found.services:
        yield from check_known(row.one.get("falls_back"), "service", services)
        yield from check_known(row.one.get("variant_of"), "service", services)
    for row in found.duties:
        for cell in row.many.get("holds_for", ()):
            yield from check_known(cell, "service", {*services, *RUN_KINDS})
    for row in found.teams:
        yield from check_known(row.one.get("service"), "service", services)


def check_known(cell: Cell | None, kind: str, known: Collection[str], do: str = "write one") -> Iterator[Problem]:
    """The problem of a name that is not among the known ones."""
    if cell and cell.text not in known:
        fix = did_you_mean(cell.text, known, f"{do} of {join_names(known)}, or add it to {kind}s.yaml")
        yield Problem(cell.at, f"unknown {kind} `{shorten(cell.text)}`", fix)


def maintainers_nobody(found: Draft) -> Iterator[Problem]:
    """A folder with a channel or a repository of maintainers, and nobody who is one."""
    rows = found.maintainers
    if rows and not any(row.many.get(name) for row in rows for name in ("users", "groups")):
        fix = "add `users:` with the IDs of members, or `groups:` with those of user groups"
        yield Problem(rows[0].at, "nobody is a maintainer", fix)


def missing_field(found: Draft) -> Iterator[Problem]:
    """A required field that was not written, in this record or in one that it adds to."""
    for rows, shape in found.records.values():
        for row in new_records(rows, shape):
            for each in shape.fields:
                if each.required and each.name not in row.given:
                    fix = f"add `{each.name}:` ({each.about.rstrip('.')})"
                    yield Problem(row.at, f"the {shape.name} has no `{each.name}`", fix)


def new_records(rows: Collection[Record], shape: RecordSchema) -> Iterator[Record]:
    """The records that do not add to one of a lower layer."""
    first: dict[str, int] = {}
    for row in rows:
        slug = row.text("slug")
        if not shape.adds or slug is None or first.setdefault(slug, row.layer) == row.layer:
            yield row


def service_silent(found: Draft) -> Iterator[Problem]:
    """A service that could answer nothing: without duties, and with no fallback that has some."""
    services = merge_records(found.services)
    homes = {row.home for row in found.duties}
    for slug, row in services.items():
        if homes.isdisjoint(fallback_chain(slug, services)):
            fix = f"add duties/{shorten(slug)}.yaml" + (f", or `falls_back: {GENERAL}`" if slug != GENERAL else "")
            yield Problem(row.one["slug"].at, f"`{shorten(slug)}` has no duties, and falls back to none that has", fix)


def team_twice(found: Draft) -> Iterator[Problem]:
    """Two teams of one folder with the same claim: it would be unclear whose it is."""
    first: dict[tuple[int, str | None, str | None], Record] = {}
    for row in found.teams:
        if "owns" in row.many:
            continue
        same = first.setdefault((row.layer, row.text("service"), row.text("topic")), row)
        if same is not row:
            claim = " and ".join(f"{name} `{row.text(name)}`" for name in ("service", "topic") if row.text(name))
            what = f"{claim or 'everything else'} belongs to a team already, at {same.at}"
            yield Problem(row.at, what, "name one team, or make one claim narrower by `service:` or `topic:`")


def owns_twice(found: Draft) -> Iterator[Problem]:
    """A resource that two teams of one folder own: it would be unclear whose it is."""
    first: dict[tuple[int, str | None, str], Cell] = {}
    for row in found.teams:
        for cell in row.cells("owns"):
            same = first.setdefault((row.layer, row.text("topic"), normalize(cell.text)), cell)
            if same is not cell:
                what = f"`{shorten(cell.text)}` belongs to a team already, at {same.at}"
                yield Problem(cell.at, what, "name one team, or make one claim narrower by `topic:`")


def twice(found: Draft) -> Iterator[Problem]:
    """Two records of one folder with the same name."""
    kinds = (
        (found.services, "slug"),
        (found.topics, "slug"),
        (found.duties, "id"),
        (found.boundaries, "id"),
        (found.absent, "topic"),
        (found.pages, "page"),
        (found.uncovered, "name"),
    )
    for rows, key in kinds:
        first: dict[tuple[int, str, str], Cell] = {}
        for row in rows:
            cell = row.one.get(key)
            if cell and (same := first.setdefault((row.layer, row.home, cell.text), cell)) is not cell:
                fix = "give one of them another name, or merge them"
                yield Problem(cell.at, f"`{shorten(cell.text)}` is already defined, first at {same.at}", fix)


def unknown_control(found: Draft) -> Iterator[Problem]:
    """A duty that is checked by a control or rule that no list has; a folder without a list is not asked."""
    known = {cell.text for row in found.controls for cell in row.many.get("ids", ())}
    for row in found.duties if known else ():
        for cell in row.many.get("checked_by", ()):
            if cell.text not in known:
                fix = did_you_mean(cell.text, known, "if AWS has it, add it to controls.yaml; else take it out")
                yield Problem(cell.at, f"there is no control or rule `{shorten(cell.text)}`", fix)


CHECKS: tuple[Check, ...] = (
    absent_filled,
    check_wording.alias_elsewhere,
    check_wording.alias_twice,
    asked_names,
    check_wording.asked_twice,
    asked_unanswered,
    check_wording.belief_twice,
    boundary_duties,
    check_wording.duty_twice,
    fallback_cycle,
    general_missing,
    known_names,
    maintainers_nobody,
    missing_field,
    check_wording.owns_named,
    owns_twice,
    check_wording.say_other_service,
    check_wording.say_twice,
    service_silent,
    team_twice,
    check_wording.tip_twice,
    twice,
    unknown_control,
    check_wording.wordless,
)

# These tell of what is not there. Where a file could not be read they would blame the others for what it holds.
MISSING: tuple[Check, ...] = (
    asked_names,
    asked_unanswered,
    boundary_duties,
    general_missing,
    known_names,
    service_silent,
    unknown_control,
)

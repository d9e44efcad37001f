"""Draft -> Problems: the rules on what people say, and on what is said twice; check.py runs them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from srmbot.knowledge.draft import Draft, merge_records
from srmbot.knowledge.problem import Problem, join_names, shorten
from srmbot.knowledge.records import Cell, normalize
from srmbot.model import GENERAL

# The fields that a service or topic is known by.
NAME_FIELDS = ("slug", "name", "full_name", "title", "aliases", "hints")


def alias_twice(found: Draft) -> Iterator[Problem]:
    """A name, alias or hint that two services, or two topics, claim: it would be unclear which was meant."""
    for rows, kind in ((found.services, "service"), (found.topics, "topic")):
        first: dict[str, tuple[str, Cell]] = {}
        for row in rows:
            slug = row.text("slug") or ""
            for cell in row.cells(*NAME_FIELDS):
                owner, same = first.setdefault(normalize(cell.text), (slug, cell))
                if owner != slug:
                    what = f"`{shorten(cell.text)}` belongs to the {kind} `{shorten(owner)}` already, at {same.at}"
                    yield Problem(cell.at, what, "take it out of one of the two")


def alias_elsewhere(found: Draft) -> Iterator[Problem]:
    """A name that is a service's of ours and not AWS's at once: its questions would be left alone."""
    ours = {normalize(cell.text): cell for row in found.services for cell in row.cells(*NAME_FIELDS)}
    for row in found.not_aws:
        for cell in row.cells(*NAME_FIELDS):
            if same := ours.get(normalize(cell.text)):
                what = f"`{shorten(cell.text)}` is what a service is called, at {same.at}"
                yield Problem(cell.at, what, "take it out of one of the two")


def owns_named(found: Draft) -> Iterator[Problem]:
    """A resource that is called what a service or topic is called: questions about that would be about the resource."""
    kinds = ((found.services, "service"), (found.topics, "topic"))
    names = {
        normalize(cell.text): (kind, cell) for rows, kind in kinds for row in rows for cell in row.cells(*NAME_FIELDS)
    }
    for row in found.teams:
        for cell in row.cells("owns"):
            if same := names.get(normalize(cell.text)):
                what = f"`{shorten(cell.text)}` is what a {same[0]} is called, at {same[1].at}"
                yield Problem(cell.at, what, "name the resource in full, as people tell it from others")


def asked_twice(found: Draft) -> Iterator[Problem]:
    """The same question filed twice in one folder: under two answers it would teach nothing."""
    first: dict[tuple[int, str], Cell] = {}
    for way in found.examples:
        same = first.setdefault((way.layer, normalize(way.ask.text)), way.ask)
        if same is not way.ask:
            yield Problem(
                way.ask.at, f"`{shorten(way.ask.text)}` is asked already, at {same.at}", "keep one of the two"
            )


def duty_twice(found: Draft) -> Iterator[Problem]:
    """Two duties of one service that say the same."""
    return same_text(found, "duty", "merge the two, and keep what both of them `say`")


def tip_twice(found: Draft) -> Iterator[Problem]:
    """A tip that would come twice."""
    return same_text(found, "tip", "keep it with the duty that it fits better")


def belief_twice(found: Draft) -> Iterator[Problem]:
    """A belief that two boundaries of one service put in the same words."""
    first: dict[tuple[int, str, str], tuple[str, Cell]] = {}
    for row in found.boundaries:
        name = row.text("id") or ""
        for cell in row.cells("belief", "say", "contrary"):
            owner, same = first.setdefault((row.layer, row.home, normalize(cell.text)), (name, cell))
            if same is not cell:
                what = f"`{shorten(cell.text)}` is said for `{shorten(owner)}` already, at {same.at}"
                yield Problem(cell.at, what, "word one of the two so that it tells them apart")


def same_text(found: Draft, name: str, fix: str) -> Iterator[Problem]:
    """A field that two duties of one service and folder share."""
    first: dict[tuple[int, str, str], Cell] = {}
    for row in found.duties:
        cell = row.one.get(name)
        if cell and (same := first.setdefault((row.layer, row.home, normalize(cell.text)), cell)) is not cell:
            yield Problem(cell.at, f"the same `{name}` stands already at {same.at}", fix)


def say_twice(found: Draft) -> Iterator[Problem]:
    """A phrase that two duties of one service claim."""
    first: dict[tuple[int, str, str], tuple[str, Cell]] = {}
    for row in found.duties:
        name = row.text("id") or ""
        for cell in row.cells("say"):
            owner, same = first.setdefault((row.layer, row.home, normalize(cell.text)), (name, cell))
            if owner != name:
                what = f"`{shorten(cell.text)}` is said for `{shorten(owner)}` already, at {same.at}"
                yield Problem(cell.at, what, "word one of the two so that it tells them apart")


def say_other_service(found: Draft) -> Iterator[Problem]:
    """A phrase that names another service than its own: it would teach the wrong one.

    A folder's phrases are judged by the names of its own layer and those below: who adds an alias need not fix
    what others have written.
    """
    for number in range(len(found.layers)):
        owners = service_words(found, number)
        longest = max((name.count(" ") + 1 for name in owners), default=0)
        rows = [row for row in found.duties if row.layer == number and row.home != GENERAL]
        for home, cell in ((row.home, cell) for row in rows for cell in row.cells("say")):
            for word in named_in(normalize(cell.text), owners, longest):
                if home not in owners[word]:
                    what = f"`{shorten(cell.text)}` names `{shorten(word)}`, which is {join_names(owners[word])}"
                    fix = f"leave the name out, or move the duty to {shorten(min(owners[word]))}.yaml"
                    yield Problem(cell.at, what, fix)


def service_words(found: Draft, highest: int) -> dict[str, set[str]]:
    """What the services are called up to some layer, and whose name it is; helpers may be named with any."""
    owners: dict[str, set[str]] = {}
    for slug, row in merge_records(row for row in found.services if row.layer <= highest).items():
        if slug == GENERAL or row.text("helper") == "true":
            continue
        for cell in row.cells("slug", "name", "full_name", "aliases"):
            owners.setdefault(normalize(cell.text), set()).add(slug)
    return owners


def named_in(text: str, known: Collection[str], longest: int) -> Iterator[str]:
    """The known names in a text, from the left, the longest at each place: "rds custom" is not "rds"."""
    words = text.split()
    start = 0
    while start < len(words):
        for size in range(min(longest, len(words) - start), 0, -1):
            if (name := " ".join(words[start : start + size])) in known:
                yield name
                start += size - 1
                break
        start += 1


def wordless(found: Draft) -> Iterator[Problem]:
    """A name or phrase without a letter or digit: no question could ever have it."""
    for row in chain(found.services, found.topics, found.not_aws, found.duties, found.teams):
        for cell in row.cells(*NAME_FIELDS, "say", "owns"):
            if not any(char.isalnum() for char in cell.text):
                yield Problem(
                    cell.at, f"`{shorten(cell.text)}` has no word in it", "write what people say, or take it out"
                )

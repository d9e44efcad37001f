"""An OSCAL component definition -> statements: those of its requirements, each with what its properties say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from srmbot.errors import SrmbotError
from srmbot.importing.columns import Role
from srmbot.importing.document import Document
from srmbot.importing.statements import FilePlace, Reading, Statement
from srmbot.model import Owner

OWNERS_BY_NAME = {
    **{"aws": Owner.AWS, "provider": Owner.AWS},
    **{"customer": Owner.CUSTOMER, "shared": Owner.SHARED},
}
PROPS = {
    "why": Role.WHY,
    "fact": Role.FACTS,
    "say": Role.SAY,
    "next": Role.NEXT,
    "evidence": Role.EVIDENCE,
    "checked-by": Role.CONTROLS,
    "as-of": Role.DATE,
    "checked": Role.CHECKED,
    "tip": Role.TIP,
    "does": Role.DOES,
    "holds-for": Role.HOLDS_FOR,
}
Part = Mapping[str, Any]


def read_oscal(text: str, path: str) -> Reading:
    """Every statement of a component definition.

    Raises:
        SrmbotError: it is no JSON, or not built as one.
    """
    try:
        definition = json.loads(text)["component-definition"]
        found = Reading(Document(path, str(definition.get("metadata", {}).get("title", ""))))
        for component in definition.get("components", ()):
            read_component(found, component)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise SrmbotError(f"{path}: not an OSCAL component definition", "validate it first") from fault
    return found


def read_component(found: Reading, component: Part) -> None:
    """The statements of one component."""
    title = str(component.get("title", ""))
    for implementation in component.get("control-implementations", ()):
        for requirement in implementation.get("implemented-requirements", ()):
            parts = requirement.get("statements") or [requirement]
            for part in parts:
                read_part(found, part, requirement, title)


def read_part(found: Reading, part: Part, requirement: Part, title: str) -> None:
    """One statement, or a requirement that has none."""
    owner = owner_of(part)
    text = str(part.get("description", ""))
    if owner is None:
        found.leave(0, text, "no role or property says whose it is")
    else:
        place = FilePlace(found.document.path, 0)
        topic = str(requirement.get("control-id", ""))
        found.statements.append(Statement(text, owner, place, service=title, details=details_of(part, topic)))


def owner_of(part: Part) -> Owner | None:
    """Whose a statement is, by its property or its roles."""
    named = [str(each.get("value")) for each in part.get("props", ()) if each.get("name") == "owner"]
    named += [str(each.get("role-id")) for each in part.get("responsible-roles", ())]
    return next((OWNERS_BY_NAME[name] for name in named if name in OWNERS_BY_NAME), None)


def details_of(part: Part, topic: str) -> dict[Role, str]:
    """What the properties and links of a statement say."""
    found: dict[Role, list[str]] = {Role.TOPIC: [topic]}
    if identity := part.get("statement-id"):
        found[Role.ID] = [str(identity)]
    for role, value in (*props_of(part), *pages_of(part)):
        found.setdefault(role, []).append(value)
    return {role: "\n".join(values) for role, values in found.items() if any(values)}


def props_of(part: Part) -> Iterator[tuple[Role, str]]:
    """The properties that are a duty's fields."""
    for each in part.get("props", ()):
        if role := PROPS.get(str(each.get("name"))):
            yield role, str(each.get("value", ""))


def pages_of(part: Part) -> Iterator[tuple[Role, str]]:
    """The pages that a statement rests on."""
    for each in part.get("links", ()):
        yield Role.PAGE, str(each.get("href", ""))

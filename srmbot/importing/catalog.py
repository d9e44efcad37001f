"""Backstage's catalog-info.yaml and CODEOWNERS -> teams with what they own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml

from srmbot.errors import SrmbotError
from srmbot.importing.duties import PAGE_ADDRESS, seen
from srmbot.importing.statements import FilePlace, Left
from srmbot.importing.teams import Claims, TeamDraft, TeamReading
from srmbot.knowledge.schema import PHRASE

OWNED_ENTITIES = ("Component", "Resource", "System", "API", "Domain")
MOST_DOCUMENTS = 5_000
RUNBOOK = re.compile(r"run ?book|play ?book|on.?call", re.IGNORECASE)
SAYS_SLACK = re.compile(r"slack", re.IGNORECASE)
HANDLE = re.compile(r"^(?:@|[\w.+-]+@)")
Entity = Mapping[str, Any]


def read_backstage(text: str, path: str, claims: Claims) -> TeamReading:
    """The owners of a catalogue's components and resources; the names of its groups are those of its teams.

    Raises:
        SrmbotError: it is not YAML.
    """
    found = TeamReading()
    entities = list(read_entities(text, path))
    groups = {name_of(each): each for each, _ in entities if each.get("kind") == "Group"}
    for entity, line in entities:
        kind, name, place = str(entity.get("kind")), name_of(entity), FilePlace(path, line)
        if kind not in OWNED_ENTITIES:
            if kind not in ("Group", "User", "Location"):
                found.left.append(Left(place, f"{kind} {name}", "no thing that a team owns"))
            continue
        owner = text_of(entity.get("spec"), "owner")
        if not owner:
            found.left.append(Left(place, f"{kind} {name}", "no owner"))
            continue
        team = describe_team(owner, groups, place)
        made = claims.claim(replace(with_links(team, entity), service=service_of(entity, claims)), name)
        if made is None or not made.owns:
            found.left.append(Left(place, f"{kind} {name}", "its name is that of a service or topic"))
        else:
            found.teams.append(replace(made, owns=names_of(entity, made.owns)))
    return found


def read_entities(text: str, path: str) -> Iterator[tuple[Entity, int]]:
    """The documents of a file that are entities, with the lines that they begin in."""
    try:
        documents = list(read_documents(text))[:MOST_DOCUMENTS]
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        raise SrmbotError(f"{path}: not YAML: {str(fault).splitlines()[0]}", "look at that line") from fault
    yield from ((document, line) for document, line in documents if isinstance(document, dict))


def read_documents(text: str) -> Iterator[tuple[Any, int]]:
    """The documents of a file, with their lines; not by libyaml, which recurses in C until the stack is gone."""
    loader = yaml.SafeLoader(text)
    while loader.check_node() and (node := loader.get_node()):
        yield loader.construct_document(node), node.start_mark.line + 1


def name_of(entity: Entity) -> str:
    """An entity's name."""
    return text_of(entity.get("metadata"), "name")


def names_of(entity: Entity, own: tuple[str, ...]) -> tuple[str, ...]:
    """What an entity is called: its name, and its title where that is another."""
    title = seen(text_of(entity.get("metadata"), "title"))[:PHRASE]
    return own if not title or title.casefold() in {name.casefold() for name in own} else (*own, title)


def part_of(entity: Entity, name: str) -> Entity:
    """A part of an entity, or of such a part; empty where there is none, or something else in its place."""
    value = entity.get(name)
    return value if isinstance(value, dict) else {}


def text_of(part: Any, name: str) -> str:
    """A text in a part of an entity; empty where it has none."""
    value = part.get(name) if isinstance(part, dict) else None
    return str(value).strip() if isinstance(value, str | int) else ""


def describe_team(owner: str, groups: Mapping[str, Entity], place: FilePlace) -> TeamDraft:
    """The team that an owner's reference names: "group:default/payments" is payments."""
    name = re.split(r"[:/]", owner)[-1]
    group = groups.get(name, {})
    profile = part_of(part_of(group, "spec"), "profile")
    shown = text_of(profile, "displayName") or text_of(group.get("metadata"), "title") or name
    team = TeamDraft(seen(shown)[:PHRASE] or owner[:PHRASE], place)
    return with_links(replace(team, channel=text_of(profile, "email") or None), group)


def channel_of(entity: Entity) -> str | None:
    """The Slack channel in an entity's annotations or links."""
    for name, value in part_of(part_of(entity, "metadata"), "annotations").items():
        if SAYS_SLACK.search(str(name)) and isinstance(value, str) and not value.startswith("http"):
            return seen(value)[:PHRASE]
    return next(
        (title[:PHRASE] for title, url in links(entity) if SAYS_SLACK.search(url) and title.startswith("#")), None
    )


def with_links(team: TeamDraft, entity: Entity) -> TeamDraft:
    """A team with the runbook and channel of an entity, where it has some."""
    runbook = next((url for title, url in links(entity) if RUNBOOK.search(title) and PAGE_ADDRESS.fullmatch(url)), None)
    return replace(team, runbook=runbook or team.runbook, channel=channel_of(entity) or team.channel)


def links(entity: Entity) -> Iterator[tuple[str, str]]:
    """The links of an entity: what each is called, and its address."""
    found = part_of(entity, "metadata").get("links")
    for link in found if isinstance(found, list) else ():
        yield f"{text_of(link, 'title')} {text_of(link, 'type')}".strip(), text_of(link, "url")


def service_of(entity: Entity, claims: Claims) -> str | None:
    """The AWS service that an entity is of, by its type, tags, annotations, description and name."""
    metadata = part_of(entity, "metadata")
    values = (value for value in part_of(metadata, "annotations").values() if isinstance(value, str))
    arns = re.findall(r"arn:aws[\w-]*:([a-z0-9-]+):", " ".join(values))
    tags = metadata.get("tags")
    parts = (*arns, text_of(entity.get("spec"), "type"), *(tags if isinstance(tags, list) else ()))
    texts = (*(part for part in parts if isinstance(part, str)), name_of(entity), text_of(metadata, "description"))
    return next(filter(None, map(claims.service_in, texts)), None)


def read_codeowners(text: str, path: str, claims: Claims) -> TeamReading:
    """The owners of paths: a path that names a service or topic is a claim on it, another is a thing that is owned.

    Several owners of a line are one team of both names. Of two lines of the same path the last one counts.
    """
    found = TeamReading()
    by_pattern: dict[str, TeamDraft] = {}
    for line, row in enumerate(text.splitlines(), 1):
        pattern, *rest = row.partition(" #")[0].split() or [""]
        owners = [owner_name(owner) for owner in rest if HANDLE.match(owner)]
        if not pattern or pattern.startswith(("#", "[", "^[")):
            continue
        by_pattern.pop(pattern, None)
        if owners:
            by_pattern[pattern] = TeamDraft(", ".join(owners)[:PHRASE], FilePlace(path, line))
        else:
            found.left.append(Left(FilePlace(path, line), row.strip(), "no owner"))
    for pattern, team in reversed(by_pattern.items()):  # what is said last counts
        read_pattern(found, pattern, team, claims)
    return found


def owner_name(handle: str) -> str:
    """An owner's name: "@org/payments" is payments."""
    return seen(handle.rpartition("/")[2] or handle) if handle.startswith("@") and "/" in handle else seen(handle)


def read_pattern(found: TeamReading, pattern: str, team: TeamDraft, claims: Claims) -> None:
    """What a pattern of paths claims for a team."""
    if pattern in ("*", "/*", "**", "/**"):
        found.teams.append(team)
        return
    last = pattern.rstrip("/").rpartition("/")[2]
    parts = [part for part in pattern.strip("/").split("/") if not WILD.search(part)]
    name = re.sub(r"\.\w+$", "", parts[-1]) if parts and not (WILD.search(last) and last.strip("*")) else ""
    service = next(filter(None, (claims.service_in(part.replace("_", " ")) for part in reversed(parts))), None)
    made = claims.claim(replace(team, service=service), name.replace("_", "-")) if name else None
    if made is None:
        found.left.append(Left(team.place, pattern, "it names nothing that a question could be about"))
    else:
        found.teams.append(made)


WILD = re.compile(r"[*?\[\]!]")

"""Knowledge -> OSCAL: a catalogue of topics, a component definition, and a system security plan that exports.

A topic is a control, a duty a statement of it, and a service a component. The component definition says with
`implemented-requirements` which duties there are on each service. Which of them AWS provides, and which remain the
customer's responsibility, OSCAL has words for in a plan's `export` alone.

Source: OSCAL 1.2.1, NIST.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from srmbot.exporting.columns import by_topic
from srmbot.model import GENERAL, Duty, Knowledge, Owner

VERSION = "1.2.1"  # of OSCAL
PROJECT_PAGE = "https://github.com/srmbot/srmbot"
NAMESPACE = f"{PROJECT_PAGE}/ns/oscal"
ROLES = {Owner.AWS: "provider", Owner.CUSTOMER: "customer"}
TITLES = {"provider": "AWS", "customer": "The customer of AWS"}
CATALOG, DEFINITION, PLAN = "catalog.json", "component-definition.json", "system-security-plan.json"
Part = dict[str, Any]


def export_oscal(known: Knowledge, services: Sequence[str], day: date) -> Mapping[str, str]:
    """The three documents by their names.

    Args:
        known: the knowledge.
        services: the slugs of those that are wanted, each of which has duties.
        day: when they are made; all else is the same for the same knowledge.
    """
    made = {
        CATALOG: {"catalog": catalog(known, services, day)},
        DEFINITION: {"component-definition": component_definition(known, services, day)},
        PLAN: {"system-security-plan": security_plan(known, services, day)},
    }
    return {name: json.dumps(document, ensure_ascii=False, indent=1) + "\n" for name, document in made.items()}


def identity(*names: str) -> str:
    """The UUID of a thing: the same for the same names."""
    return str(uuid5(NAMESPACE_URL, "/".join((NAMESPACE, *names))))


def metadata(known: Knowledge, title: str, day: date) -> Part:
    """What every document says of itself."""
    return {
        "title": title,
        "last-modified": f"{day.isoformat()}T00:00:00Z",
        "version": known.version[:7],
        "oscal-version": VERSION,
        "roles": [{"id": role, "title": TITLES[role]} for role in ROLES.values()],
    }


def catalog(known: Knowledge, services: Sequence[str], day: date) -> Part:
    """The topics as controls, each with the duties of all services as its statements."""
    duties = [duty for slug in services for duty in known.of_service(slug)]
    controls = []
    for topic in known.topics.values():
        items = [part_of(duty) for duty in duties if duty.topic == topic.slug]
        if items:
            controls.append({"id": topic.slug, "title": topic.title, "parts": items})
    title = "Topics of the AWS shared responsibility model"
    return {"uuid": identity("catalog"), "metadata": metadata(known, title, day), "controls": controls}


def part_of(duty: Duty) -> Part:
    """A duty as a part of its control."""
    return {"id": duty.id, "name": "item", "prose": duty.duty}


def component_definition(known: Knowledge, services: Sequence[str], day: date) -> Part:
    """The services as components, with the duties that there are on each."""
    return {
        "uuid": identity("component-definition"),
        "metadata": metadata(known, "Who does what on AWS", day),
        "components": [component(known, slug) for slug in services],
    }


def component(known: Knowledge, slug: str) -> Part:
    """A service, with a requirement for each of its topics."""
    topics = by_topic(known, slug)
    implementation = {
        "uuid": identity("implementation", slug),
        "source": CATALOG,
        "description": f"Whose each task on {known.services[slug].name} is.",
        "implemented-requirements": [requirement(known, slug, topic, duties) for topic, duties in topics.items()],
    }
    return {**component_head(known, slug), "control-implementations": [implementation]}


def component_head(known: Knowledge, slug: str) -> Part:
    """What a component is called."""
    service = known.services[slug]
    return {
        "uuid": identity("component", slug),
        "type": "policy" if slug == GENERAL else "service",
        "title": service.full_name,
        "description": service.line,
        "props": [prop("service", slug)],
    }


def requirement(known: Knowledge, slug: str, topic: str, duties: Sequence[Duty]) -> Part:
    """A topic on a service, with a statement for each duty."""
    owners = {duty.owner for duty in duties}
    whose = owners.pop().value if len(owners) == 1 else Owner.SHARED.value
    return {
        "uuid": identity("requirement", slug, topic),
        "control-id": topic,
        "description": known.label(slug, topic),
        "props": [prop("owner", whose)],
        "statements": [statement(duty) for duty in duties],
    }


def statement(duty: Duty) -> Part:
    """A duty with everything that is known of it."""
    return {"statement-id": duty.id, **task_part("statement", duty, list(props(duty)))}


def task_part(kind: str, duty: Duty, own: Sequence[Part]) -> Part:
    """A duty's task with its properties, pages and role, as one kind of thing."""
    found: Part = {
        "uuid": identity(kind, duty.id),
        "description": duty.duty,
        "props": own,
        "links": [link(page) for page in duty.source],
        "responsible-roles": [{"role-id": ROLES[duty.owner]}],
    }
    return {name: value for name, value in found.items() if value}


def link(page: str) -> Part:
    """A page that says so."""
    return {"href": page, "rel": "reference"}


def props(duty: Duty) -> Iterator[Part]:
    """The fields of a duty that OSCAL has no words for."""
    one = {"owner": duty.owner.value, "why": duty.why, "next": duty.next, "as-of": duty.as_of, "tip": duty.tip}
    for name, value in {**one, "does": duty.does, "checked": "true" if duty.checked else "false"}.items():
        if value:
            yield prop(name, value)
    many = {"fact": duty.facts, "evidence": duty.proof, "checked-by": duty.checked_by}
    for name, values in {**many, "say": duty.say, "holds-for": duty.holds_for}.items():
        yield from (prop(name, value) for value in values)


def prop(name: str, value: str) -> Part:
    """A property of ours."""
    return {"name": name, "ns": NAMESPACE, "value": " ".join(value.split())}


def security_plan(known: Knowledge, services: Sequence[str], day: date) -> Part:
    """The services as a system that others build on: what it provides, and what it leaves to them."""
    topics: dict[str, list[Part]] = {}
    for slug in services:
        for topic, duties in by_topic(known, slug).items():
            topics.setdefault(topic, []).append(by_component(known, slug, topic, duties))
    return {
        "uuid": identity("system-security-plan"),
        "metadata": metadata(known, "What AWS provides, and what remains the customer's", day),
        "import-profile": {"href": CATALOG},
        "system-characteristics": characteristics(),
        "system-implementation": {
            "users": [{"uuid": identity("user", role), "title": TITLES[role]} for role in ROLES.values()],
            "components": [THIS_SYSTEM, *(system_component(known, slug) for slug in services)],
        },
        "control-implementation": {
            "description": "Which duties AWS has on each service, and which it leaves to its customers.",
            "implemented-requirements": [
                {"uuid": identity("plan", topic), "control-id": topic, "by-components": parts}
                for topic, parts in topics.items()
            ],
        },
    }


def characteristics() -> Part:
    """What the plan says of the system as a whole: no more than is known."""
    return {
        "system-ids": [{"identifier-type": "https://ietf.org/rfc/rfc4122", "id": identity("system")}],
        "system-name": "AWS services",
        "description": "AWS services as their customers see them. This is no authorization: AWS publishes its own.",
        "system-information": {
            "information-types": [
                {"title": "Whatever its customers store", "description": "Not known to the provider."}
            ]
        },
        "status": {"state": "operational"},
        "authorization-boundary": {"description": "The services that are listed as components."},
    }


THIS_SYSTEM: Part = {
    "uuid": identity("this-system"),
    "type": "this-system",
    "title": "AWS services",
    "description": "The services together.",
    "status": {"state": "operational"},
}


def system_component(known: Knowledge, slug: str) -> Part:
    """A service as a component of the system."""
    return {**component_head(known, slug), "status": {"state": "operational"}}


def by_component(known: Knowledge, slug: str, topic: str, duties: Sequence[Duty]) -> Part:
    """What a service provides of a topic, and what it leaves to the customer."""
    provided = [exported(duty) for duty in duties if duty.owner is Owner.AWS]
    left = [exported(duty) for duty in duties if duty.owner is Owner.CUSTOMER]
    export = {"description": f"The line on {known.label(slug, topic)}.", "provided": provided, "responsibilities": left}
    return {
        "component-uuid": identity("component", slug),
        "uuid": identity("by-component", slug, topic),
        "description": known.label(slug, topic),
        "export": {name: value for name, value in export.items() if value},
    }


def exported(duty: Duty) -> Part:
    """A duty as something that is provided, or that is left to others."""
    return task_part("exported", duty, [prop("duty", duty.id)])

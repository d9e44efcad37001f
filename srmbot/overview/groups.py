"""Services -> groups of their kind: databases, storage, …"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from srmbot.model import GENERAL, Knowledge, Service

DATABASES = "databases"
OTHERS = "others"  # the group of a service that is in none
GROUPS: Mapping[str, str] = {  # what a service may be filed under, and its title
    DATABASES: "Databases",
    "compute": "Compute and containers",
    "storage": "Storage and backup",
    "network": "Network and delivery",
    "security": "Security and identity",
    "management": "Management and monitoring",
    "integration": "Messages and workflows",
    "analytics": "Analytics and machine learning",
}


def services_by_group(known: Knowledge) -> Mapping[str, Sequence[Service]]:
    """Every service that people can name by its group, in the order of GROUPS; those in no group come last."""
    found: dict[str, list[Service]] = {group: [] for group in (*GROUPS, OTHERS)}
    for service in known.listed_services:
        found[group_of(known, service.slug)].append(service)
    return {group: services for group, services in found.items() if services}


def databases(known: Knowledge) -> list[str]:
    """The slugs of the database services."""
    return [service.slug for service in services_by_group(known).get(DATABASES, ())]


def shown_services(known: Knowledge) -> list[str]:
    """The slugs that are shown where no service is named: the databases, or every service where none is one."""
    return databases(known) or [service.slug for service in known.listed_services]


def group_of(known: Knowledge, slug: str) -> str:
    """The group of a service: its own, else that of the service that it is a part of or falls back to."""
    seen: list[str] = []
    at: str | None = slug
    while at is not None and at != GENERAL and at not in seen:
        seen.append(at)
        service = known.services[at]
        if service.group:
            return service.group
        at = service.variant_of or service.falls_back
    return OTHERS

"""A topic on a service -> how it stands there: whose it is and from where, that it does not exist, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from srmbot.model import Entry, Knowledge, Owner


class Status(StrEnum):
    """What is known of a topic on a service."""

    OWN = "own"  # the service has duties of it
    INHERITED = "inherited"  # duties of the service that it falls back to hold for it
    ABSENT = "absent"  # it does not exist there, with a reason
    EMPTY = "empty"  # nothing is known


@dataclass(frozen=True, slots=True)
class Standing:
    """How one topic stands on one service."""

    service: str
    topic: str
    status: Status
    entry: Entry | None = None  # whose duties say so
    because: str | None = None  # why it does not exist

    @property
    def owner(self) -> Owner | None:
        """Whose it is; None where it does not exist, or nothing is known."""
        return self.entry.owner if self.entry else None

    @property
    def inherited_from(self) -> str | None:
        """The service whose duties hold for this one."""
        return self.entry.service if self.entry and self.status is Status.INHERITED else None


def standing(known: Knowledge, service: str, topic: str) -> Standing:
    """How a topic stands on a service."""
    if entry := known.covering(service, topic):
        return Standing(service, topic, Status.OWN if entry.service == service else Status.INHERITED, entry)
    if absent := known.absent_topics.get((service, topic)):
        return Standing(service, topic, Status.ABSENT, because=absent.because)
    return Standing(service, topic, Status.EMPTY)


def standings(known: Knowledge, services: Sequence[str]) -> Iterator[Standing]:
    """How every topic stands on some services: service by service, the topics in the order of their file."""
    return (standing(known, service, topic) for service in services for topic in known.topics)

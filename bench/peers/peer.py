"""Knowledge -> phrases that a peer searches; the nearest one -> a guess at owner, service and topic.

Every peer gets the same: each duty's text and phrases, and each way to ask, what is not ours among them. Our own
recognition of names narrows its matcher: where a service is named, only phrases of that service and of those it
falls back to can be found, and those that are not ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from srmbot.model import GENERAL, ExampleQuestion, Knowledge
from srmbot.query import parse
from srmbot.search.service_names import ServiceNames, words_outside

HITS = 20  # phrases that a peer is asked for
NOT_OURS = ""  # in place of the service of a phrase that is not ours

Hit = tuple[int, float]  # number of the phrase, and how near it is


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with what it means; a service of "" where it is not for us."""

    text: str
    owner: str
    service: str
    topic: str


@dataclass(frozen=True, slots=True)
class Guess:
    """What a peer takes a question for, and how sure it is that the question is in scope."""

    owner: str
    service: str
    topic: str
    score: float


Guesser = Callable[[str, Sequence[str]], Guess]  # the question, and the earlier messages of its thread


class Peer(Protocol):
    """A matcher over phrases."""

    keeps_names: bool  # whether a named service's name stays in the question: as is better for this peer

    def build(self, phrases: Sequence[Phrase]) -> None:
        """Index the phrases."""

    def nearest(self, text: str, services: frozenset[str] | None) -> Iterable[Hit]:
        """The nearest phrases of some services, or of all; the nearest first."""


def phrases_of(knowledge: Knowledge, asked: Iterable[ExampleQuestion]) -> list[Phrase]:
    """All that a peer may know, each text of a meaning once."""
    found = [Phrase(text, duty.owner, duty.service, duty.topic) for duty in knowledge.duties for text in duty.phrases]
    found += [Phrase(way.text, way.owner or "", way.service or NOT_OURS, way.topic or "") for way in asked]
    return list(dict.fromkeys(found))


class Reader:
    """Asks a peer, with the service's name found."""

    def __init__(self, peer: Peer, knowledge: Knowledge, phrases: Sequence[Phrase]) -> None:
        """Index the phrases."""
        self.peer, self.knowledge, self.phrases = peer, knowledge, phrases
        self.names = ServiceNames(knowledge)
        peer.build(phrases)

    def __call__(self, text: str, thread: Sequence[str]) -> Guess:
        """The guess by the nearest phrase; how much nearer it is than any that is not ours is its score."""
        words = parse(f"{text} {' '.join(thread)}").words
        found = self.names.find(words)
        strong = [name for name in found if name.strong]
        meant = self.meant([name.service for name in strong or found])
        left = words if self.peer.keeps_names else words_outside(words, strong) or words
        hits = list(self.peer.nearest(" ".join(left), self.scope(meant)))
        ours = [hit for hit in hits if self.phrases[hit[0]].service]
        if not ours:
            return Guess("", "", "", float("-inf"))
        others = [score for number, score in hits if not self.phrases[number].service]
        number, score = ours[0]
        best = self.phrases[number]
        return Guess(best.owner, meant or best.service, best.topic, score - max(others, default=0.0))

    def meant(self, named: Sequence[str]) -> str | None:
        """The service that is asked about: the first that is no helper, as srmbot has it."""
        others = [slug for slug in named if slug != GENERAL] or named
        main = [slug for slug in others if slug not in self.names.helpers] or others
        return main[0] if main else None

    def scope(self, service: str | None) -> frozenset[str] | None:
        """The services whose phrases may answer."""
        if service is None:
            return None
        found = {NOT_OURS}
        while service is not None:
            found.add(service)
            service = self.knowledge.services[service].falls_back
        return frozenset(found)

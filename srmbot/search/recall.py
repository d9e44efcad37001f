"""A service and a question's words -> that service's duties which have the same words, and what share of them.

What is learned holds for all services; this is for the words that one service's duties alone have, such as the
names of an organisation's own things. A service's duties are indexed when it is first asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from srmbot.model import Duty, Knowledge
from srmbot.query import telling, words_of

LEAST = 0.5  # share of the words below which a duty is not recalled
COMMON = 300  # phrases; a word of more of them tells little and takes long


@dataclass(frozen=True, slots=True)
class Index:
    """The phrases of a service's duties by their words."""

    duties: Sequence[Duty]  # by the number of a phrase
    having: Mapping[str, Sequence[int]]  # by word: the phrases that have it

    def rarity(self, word: str) -> float:
        """ln(1 + N / n), where n of the N phrases have the word (inverse document frequency)."""
        return log(1 + len(self.duties) / len(self.having[word]))


class Recall:
    """Finds the duties of one service by their words."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Nothing is indexed yet."""
        self.knowledge = knowledge
        self.known: dict[str, Index] = {}

    def find(self, service: str, words: Iterable[str]) -> Mapping[str, float]:
        """The duties of a service that have most of some words: by id the share of them, rare words counting more.

        Words that none of its duties have count for nothing.
        """
        if service not in self.known:
            self.known[service] = indexed(self.knowledge.of_service(service))
        index = self.known[service]
        rarity = {word: index.rarity(word) for word in dict.fromkeys(words) if word in index.having}
        shared: dict[int, float] = {}
        for word, rare in rarity.items():
            if len(index.having[word]) <= COMMON:
                for number in index.having[word]:
                    shared[number] = shared.get(number, 0.0) + rare
        whole = sum(rarity.values())
        found: dict[str, float] = {}
        for number, share in shared.items():
            if share >= LEAST * whole:
                duty = index.duties[number].id
                found[duty] = max(found.get(duty, 0.0), share / whole)
        return found


def indexed(duties: Iterable[Duty]) -> Index:
    """The index of some duties' phrases."""
    numbered: list[Duty] = []
    having: dict[str, list[int]] = {}
    for duty in duties:
        for text in (duty.duty, *duty.say):
            for word in dict.fromkeys(telling(words_of(text))):
                having.setdefault(word, []).append(len(numbered))
            numbered.append(duty)
    return Index(numbered, having)

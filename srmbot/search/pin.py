"""An entry and a question -> the one duty of it that was asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from srmbot.model import Duty, Entry
from srmbot.query import words_of
from srmbot.search.features import Counts, counts, damped
from srmbot.search.weights import Weights

Vector = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Pinned:
    """A duty with how near its nearest phrase is to the question: 0 to 1."""

    duty: Duty
    nearness: float
    phrase: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of an entry's duties: which duty each belongs to, and which features it has how strongly."""

    texts: Sequence[tuple[Duty, str]]
    having: Mapping[int, Sequence[tuple[int, float]]]  # by feature: numbers of phrases, with what it is in each


class Pins:
    """Compares questions with the phrases of duties; an entry's phrases are indexed once, when first needed."""

    def __init__(self, weights: Weights) -> None:
        """Remember where rarities come from; nothing is computed yet."""
        self.weights = weights
        self.known: dict[str, Phrases] = {}

    def rank(self, asked: Vector, entry: Entry) -> list[Pinned]:
        """The duties of an entry, the nearest to a question's vector first; equally near ones in their order."""
        if entry.id not in self.known:
            self.known[entry.id] = self.phrases(entry)
        phrases = self.known[entry.id]
        nearness = [0.0] * len(phrases.texts)  # the cosine with each phrase
        for key, value in asked.items():
            for number, other in phrases.having.get(key, ()):
                nearness[number] += value * other
        best: dict[str, Pinned] = {}
        for (duty, phrase), near in zip(phrases.texts, nearness, strict=True):
            if duty.id not in best or near > best[duty.id].nearness:
                best[duty.id] = Pinned(duty, near, phrase)
        return sorted(best.values(), key=lambda pin: -pin.nearness)

    def phrases(self, entry: Entry) -> Phrases:
        """Index what the duties of an entry are called."""
        texts = [(duty, text) for duty in entry.duties for text in (duty.duty, *duty.say)]
        having: dict[int, list[tuple[int, float]]] = {}
        for number, (_, text) in enumerate(texts):
            for key, value in self.vector(counts(((words_of(text), 1.0),))).items():
                having.setdefault(key, []).append((number, value))
        return Phrases(texts, having)

    def vector(self, blocks: Iterable[Counts]) -> Vector:
        """The TF-IDF vector of a text over words and pieces of words together, of length 1."""
        found: dict[int, float] = {}
        for block in blocks:
            for key, count in block.items():
                if rarity := self.weights.rarity(key):
                    found[key] = damped(count) * rarity
        length = sqrt(sum(value * value for value in found.values())) or 1.0
        return {key: value / length for key, value in found.items()}


def cosine(first: Vector, second: Vector) -> float:
    """The cosine of two vectors of length 1."""
    return sum([first[key] * second[key] for key in first.keys() & second.keys()])

"""An entry and a question -> the one duty of it that was asked about."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from srmbot.model import Duty, Entry
from srmbot.query import words_of
from srmbot.search.features import Counts, counts, damped
from srmbot.search.weights import Weights

Vector = Mapping[int, float]

MANY = 24  # duties of an entry; the largest of ours has nine


@dataclass(frozen=True, slots=True)
class Pinned:
    """A duty with how near its nearest phrase is to the question: 0 to 1."""

    duty: Duty
    nearness: float
    phrase: str


class Pins:
    """Compares questions with the phrases of duties; a duty's vectors are made once, when first needed."""

    def __init__(self, weights: Weights) -> None:
        """Remember where rarities come from; nothing is computed yet."""
        self.weights = weights
        self.known: dict[str, list[tuple[str, Vector]]] = {}

    def rank(self, asked: Vector, entry: Entry, recalled: Container[str] = ()) -> list[Pinned]:
        """The duties of an entry, the nearest to a question's vector first; equally near ones in their order.

        Args:
            asked: the question's vector.
            entry: whose duties are compared.
            recalled: ids of duties that have the question's words; of very many duties only these are compared.
        """
        duties: Sequence[Duty] = entry.duties
        if len(duties) > MANY:
            duties = [duty for duty in duties if duty.id in recalled] or duties[:MANY]
        return sorted((self.pinned(asked, duty) for duty in duties), key=lambda pin: -pin.nearness)

    def pinned(self, asked: Vector, duty: Duty) -> Pinned:
        """How near a duty is: by the nearest of its phrases."""
        if duty.id not in self.known:
            texts = (duty.duty, *duty.say)
            self.known[duty.id] = [(text, self.vector(counts(((words_of(text), 1.0),)))) for text in texts]
        best, phrase = max((cosine(asked, vector), text) for text, vector in self.known[duty.id])
        return Pinned(duty, best, phrase)

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

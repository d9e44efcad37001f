"""An entry and a question -> the one duty of it that was asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from srmbot.model import Duty, Entry
from srmbot.query import tokenize
from srmbot.search.features import Parts, comparison_features
from srmbot.search.weights import Weights

Vector = Mapping[int, float]

MAX_COMPARED = 10  # duties of an entry that are compared; the largest of ours has nine


@dataclass(frozen=True, slots=True)
class RankedDuty:
    """A duty with how near its nearest phrase is to the question: 0 to 1."""

    duty: Duty
    nearness: float
    phrase: str


class PhraseIndex:
    """The phrases of some duties, indexed by their features, so that a question is compared with all at once."""

    def __init__(self, duties: Iterable[Duty], vector: Callable[[str], Vector]) -> None:
        """Index what the duties say."""
        self.duties: list[tuple[Duty, int, int]] = []  # each with its first phrase, and the one after its last
        self.texts: list[str] = []
        self.having: dict[int, list[tuple[int, float]]] = {}  # by feature: the phrases that have it, and its share
        for duty in duties:
            first = len(self.texts)
            for text in duty.phrases:
                for key, value in vector(text).items():
                    self.having.setdefault(key, []).append((len(self.texts), value))
                self.texts.append(text)
            self.duties.append((duty, first, len(self.texts)))

    def rank(self, asked: Vector) -> Iterator[RankedDuty]:
        """How near each duty is: the cosine of its nearest phrase."""
        near = [0.0] * len(self.texts)
        having = self.having
        for key in asked.keys() & having.keys():
            value = asked[key]
            for at, share in having[key]:
                near[at] += value * share
        for duty, first, end in self.duties:
            best = max(range(first, end), key=near.__getitem__)
            yield RankedDuty(duty, near[best], self.texts[best])


class DutyRanker:
    """Compares questions with the phrases of duties, which are indexed when first needed."""

    def __init__(self, weights: Weights) -> None:
        """Remember where rarities come from; nothing is computed yet."""
        self.weights = weights
        self.known: dict[tuple[str, ...], PhraseIndex] = {}

    def rank(self, asked: Vector, entry: Entry, recalled: Mapping[str, float]) -> list[RankedDuty]:
        """The duties of an entry, the nearest to a question's vector first; equally near ones in their order.

        Args:
            asked: the question's vector.
            entry: whose duties are compared.
            recalled: by id the duties that have the question's words, and the share of them; of very many duties
                only those with the largest shares are compared.
        """
        together: list[Sequence[Duty]] = [entry.duties]
        if len(entry.duties) > MAX_COMPARED:
            have = [duty for duty in entry.duties if duty.id in recalled]
            have.sort(key=lambda duty: -recalled[duty.id])
            together = [(duty,) for duty in have[:MAX_COMPARED]] or [entry.duties[:MAX_COMPARED]]
        pins = (pin for duties in together for pin in self.phrase_index(duties).rank(asked))
        return sorted(pins, key=lambda pin: -pin.nearness)

    def phrase_index(self, duties: Sequence[Duty]) -> PhraseIndex:
        """The index of some duties' phrases."""
        ids = tuple(duty.id for duty in duties)
        if ids not in self.known:
            self.known[ids] = PhraseIndex(duties, lambda text: self.vectorize(((tokenize(text), 1.0),)))
        return self.known[ids]

    def vectorize(self, parts: Parts) -> Vector:
        """A text's TF-IDF vector to compare it by, of length 1."""
        found = self.weights.weigh_features(comparison_features(parts))
        length = sqrt(sum([value * value for _, value, _ in found])) or 1.0
        return {key: value / length for key, value, _ in found}


def cosine(first: Vector, second: Vector) -> float:
    """The cosine of two vectors of length 1."""
    return sum([first[key] * second[key] for key in first.keys() & second.keys()])

"""A question -> the belief that it is likeliest about, by shared words and by what they mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import repeat
from math import inf

from srmbot.model import Boundary, Knowledge
from srmbot.query import tokenize
from srmbot.search.confidence import meaning_score
from srmbot.search.duty_ranking import DutyRanker, Named, PhraseIndex, RankedBoundary
from srmbot.search.postings import NEAR_STEPS, Vector
from srmbot.search.weights import Weights, place_blocks
from srmbot.search.word_vectors import Point, similarity

SAME_MEANING = 1.01  # the most that two meanings are alike, as they are rounded
SENSED = 8  # phrases of a belief that tell whether a question puts its opposite

Likely = Mapping[str, float]  # topics of a question, each with how likely it is asked about


@dataclass(frozen=True, slots=True)
class MeaningIndex:
    """The boundaries of one service."""

    phrases: PhraseIndex[Boundary]
    meanings: Sequence[Point]  # of each the middle of all its texts

    def find_best(self, words: Vector, meaning: Point, likely: Likely) -> tuple[float, RankedBoundary] | None:
        """The one with the highest score, and the score; None where there is none.

        Args:
            words: the question's vector.
            meaning: the question's point.
            likely: its topics.
        """
        near, covered = self.phrases.postings.compare(words)
        # without a word of the question none of its phrases is near
        nearest = [
            max(near[first:end]) / NEAR_STEPS if has else 0.0
            for (_, first, end), has in zip(self.phrases.items, covered, strict=True)
        ]
        asked = [likely.get(topic, 0.0) for topic in self.phrases.topics]
        at_most = list(map(meaning_score, repeat(SAME_MEANING), nearest, covered, asked))
        best, place = -inf, -1
        for number in sorted(range(len(at_most)), key=at_most.__getitem__, reverse=True):
            if at_most[number] < best:  # nor can any after it: most meanings need not be compared
                break
            alike = similarity(meaning, self.meanings[number])
            score = meaning_score(alike, nearest[number], covered[number], asked[number])
            if score > best or (score == best and number < place):
                best, place = score, number
        return (best, self.phrases.describe(place, near, covered[place])) if self.phrases.items else None


class MeaningRanker:
    """Compares questions with boundaries, which are indexed when first needed."""

    def __init__(self, ranker: DutyRanker) -> None:
        """Remember what is compared by; nothing is computed yet."""
        self.ranker = ranker
        self.knowledge, self.weights = ranker.knowledge, ranker.weights
        self.known: dict[str, MeaningIndex] = {}

    def find_boundary(
        self, words: Vector, meaning: Point, services: Iterable[str], likely: Likely
    ) -> tuple[float, RankedBoundary] | None:
        """The boundary of some services with the highest score, and the score: see `MeaningIndex.find_best`."""
        return find_best(map(self.index, services), words, meaning, likely)

    def is_opposed(self, asked: str, found: RankedBoundary) -> bool:
        """Whether a question puts the opposite of a belief, by the belief's phrases that are nearest to it."""
        near = nlargest(SENSED, zip(found.near, found.item.phrases, strict=True))
        phrases = [(text, text in found.item.contrary, nearness) for nearness, text in near]
        return self.weights.sense.puts_opposite(asked, phrases)

    def index(self, service: str) -> MeaningIndex:
        """The index of a service's own boundaries."""
        if service not in self.known:
            own = self.knowledge.boundaries_by_service.get(service, ())
            items = [(each, f"{each.because} {each.next or ''}") for each in own]
            phrases = self.ranker.make_index(service, items)
            kept = self.weights.kept_block(name_meanings(service), phrases.made_of)
            meanings = self.weights.word_vectors.unpack(kept) if kept else self.find_meanings(items)
            self.known[service] = MeaningIndex(phrases, meanings)
        return self.known[service]

    def find_meanings(self, items: Iterable[tuple[Named, str]]) -> list[Point]:
        """Of each item the middle of its phrases and its other texts."""
        vectors = self.weights.word_vectors
        return [
            vectors.middle([vectors.of_text(((tokenize(text), 1.0),)) for text in (*item.phrases, more)])
            for item, more in items
        ]

    def index_all(self) -> None:
        """Index the duties and boundaries of every service now, instead of when they are first needed."""
        self.ranker.index_all()
        for service in self.knowledge.boundaries_by_service:
            self.index(service)

    @property
    def indexed(self) -> Collection[str]:
        """The services whose boundaries were indexed here: some tenths of a second each."""
        return [service for service, index in self.known.items() if not index.phrases.kept]

    def blocks_to_keep(self) -> Iterator[tuple[str, str, bytes]]:
        """What was made here to compare duties and boundaries by, with names and what it is of."""
        yield from self.ranker.blocks_to_keep()
        for service in self.indexed:
            index = self.known[service]
            yield service, index.phrases.made_of, index.phrases.postings.to_bytes()
            yield name_meanings(service), index.phrases.made_of, self.weights.word_vectors.pack(index.meanings)


def find_best(
    indexes: Iterable[MeaningIndex], words: Vector, meaning: Point, likely: Likely
) -> tuple[float, RankedBoundary] | None:
    """The item of several indexes with the highest score, and the score: see `MeaningIndex.find_best`."""
    found = (index.find_best(words, meaning, likely) for index in indexes)
    return max(filter(None, found), key=lambda each: each[0], default=None)


def name_meanings(service: str) -> str:
    """The name that the meanings of a service's boundaries are kept under."""
    return f"meanings {service}"


def keep_phrases(content: bytes, knowledge: Knowledge) -> bytes:
    """Weights with what the phrases of all duties and boundaries are compared by: seconds to make, nothing to read.

    Args:
        content: the weights.
        knowledge: that they were learned from.
    """
    meanings = MeaningRanker(DutyRanker(knowledge, Weights(content)))
    meanings.index_all()
    return place_blocks(content, meanings.blocks_to_keep())

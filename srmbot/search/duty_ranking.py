"""A question, and duties or boundaries -> how near each is: by how people name it, and by all that it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import sqrt
from typing import Generic, Protocol, TypeVar

from srmbot.cache import digest
from srmbot.model import Boundary, Duty, Entry, Knowledge, Service
from srmbot.query import tokenize
from srmbot.search.features import Parts, comparison_features, hash_feature
from srmbot.search.postings import NEAR_STEPS, KeptPostings, Texts, Vector, make_postings
from srmbot.search.weights import Weights

PROPER = re.compile(r"(?<=[\s(])[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")  # inside a task; "OS" is none

MAX_COMPARED = 10  # duties of an entry that are compared where it has very many; ours have up to some twenty
VERY_MANY = 40
SPECIAL = 0.25  # what it takes from a duty that it is about a special thing which the question does not name: Oracle
COVERED = 0.5  # what it counts that a duty's whole text has the question's words, beside how near its phrases are


class Named(Protocol):
    """Something of a topic that people have phrases for."""

    @property
    def topic(self) -> str:
        """The slug of its topic."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases."""


T = TypeVar("T", bound=Named)


@dataclass(frozen=True, slots=True)
class Ranked(Generic[T]):
    """A duty or boundary with how near it is to a question."""

    item: T
    nearness: float  # the cosine of its nearest phrase, 0 to 1
    coverage: float  # the share of the question's words that all of its texts have, rare words counting more
    phrase: str  # the nearest one
    special: bool = False  # it is about a special thing which the question does not name
    near: Sequence[float] = ()  # how near each of its phrases is, in their order

    @property
    def score(self) -> float:
        """All together: what decides which of several is said."""
        return self.nearness + COVERED * self.coverage - SPECIAL * self.special


RankedDuty = Ranked[Duty]
RankedBoundary = Ranked[Boundary]


class PhraseIndex(Generic[T]):
    """Some duties or boundaries, indexed by their features, so that a question is compared with all at once."""

    def __init__(
        self,
        items: Sequence[tuple[T, str]],
        vectorize: Callable[[str], Vector],
        kept: Callable[[str], bytes | None] = lambda made_of: None,
    ) -> None:
        """Index each item's phrases, and its other texts as one.

        Args:
            items: each with its other texts.
            vectorize: gives a phrase's vector.
            kept: gives the postings that were kept of texts with a fingerprint, where there are any.
        """
        self.items: list[tuple[T, int, int]] = []  # each with its first phrase, and the one after its last
        self.texts: list[str] = []
        for item, _ in items:
            self.items.append((item, len(self.texts), len(self.texts) + len(item.phrases)))
            self.texts += item.phrases
        self.topics = [item.topic for item, _ in items]
        texts = [(item.phrases, more) for item, more in items]
        self.made_of = fingerprint(texts)
        content = kept(self.made_of)
        self.kept = bool(content)
        self.postings = KeptPostings(content) if content else make_postings(texts, vectorize)

    def rank(self, asked: Vector) -> list[Ranked[T]]:
        """Every item with how near it is, in the order of the file."""
        near, covered = self.postings.compare(asked)
        return [self.describe(number, near, covered[number]) for number in range(len(self.items))]

    def describe(self, number: int, near: Sequence[int], coverage: float) -> Ranked[T]:
        """One item with how near it is, and the first of its phrases that is so near.

        Args:
            number: which item.
            near: how near each phrase is, as `Postings.compare` gives it.
            coverage: what the item has of the question's words.
        """
        item, first, end = self.items[number]
        own = [steps / NEAR_STEPS for steps in near[first:end]]
        best = max(own)
        return Ranked(item, best, coverage, self.texts[first + own.index(best)], near=own)


class DutyRanker:
    """Compares questions with duties, which are indexed when first needed."""

    def __init__(self, knowledge: Knowledge, weights: Weights) -> None:
        """Remember where texts and rarities come from; nothing is computed yet."""
        self.knowledge, self.weights = knowledge, weights
        self.known: dict[tuple[str, ...], PhraseIndex[Duty]] = {}
        self.special: dict[str, Set[int]] = {}

    def rank(self, asked: Vector, entry: Entry, word_shares: Mapping[str, float]) -> list[RankedDuty]:
        """The duties of an entry, the nearest to a question's vector first; equally near ones in their order.

        Args:
            asked: the question's vector.
            entry: whose duties are compared.
            word_shares: by id the duties that have the question's words, and the share of them; of very many duties
                only those with the largest shares are compared.
        """
        together: list[Sequence[Duty]] = [entry.duties]
        if len(entry.duties) > VERY_MANY:
            have = [duty for duty in entry.duties if duty.id in word_shares]
            have.sort(key=lambda duty: -word_shares[duty.id])
            together = [(duty,) for duty in have[:MAX_COMPARED]] or [entry.duties[:MAX_COMPARED]]
        ranked = (each for duties in together for each in self.phrase_index(duties).rank(asked))
        marked = (
            each if self.special_words(each.item) <= asked.keys() else replace(each, special=True) for each in ranked
        )
        return sorted(marked, key=lambda each: -each.nearness)

    def special_words(self, duty: Duty) -> Set[int]:
        """The features of the special things that a task is about."""
        if duty.id not in self.special:
            names = special_names(duty, self.knowledge.services[duty.service])
            self.special[duty.id] = frozenset(map(hash_feature, names))
        return self.special[duty.id]

    def phrase_index(self, duties: Sequence[Duty]) -> PhraseIndex[Duty]:
        """The index of some duties."""
        ids = tuple(duty.id for duty in duties)
        if ids not in self.known:
            self.known[ids] = self.make_index(f"{duties[0].service}/{duties[0].topic}", with_texts(duties))
        return self.known[ids]

    def make_index(self, name: str, items: Sequence[tuple[T, str]]) -> PhraseIndex[T]:
        """An index, by what was kept under its name, if that is of the same texts."""
        return PhraseIndex(items, self.vectorize_text, lambda made_of: self.weights.kept_block(name, made_of))

    def index_all(self) -> None:
        """Index every entry's duties now, instead of when they are first needed."""
        for entry in self.knowledge.entries.values():
            self.phrase_index(entry.duties)

    def blocks_to_keep(self) -> Iterator[tuple[str, str, bytes]]:
        """The postings of the entries that were indexed here, with their names and what they are of."""
        for entry in self.knowledge.entries.values():
            index = self.known.get(tuple(duty.id for duty in entry.duties))
            if index and not index.kept:
                yield entry.id, index.made_of, index.postings.to_bytes()

    def vectorize_text(self, text: str) -> Vector:
        """A phrase's vector."""
        return self.vectorize(((tokenize(text), 1.0),))

    def vectorize(self, parts: Parts) -> Vector:
        """A text's TF-IDF vector to compare it by, of length 1."""
        found = self.weights.weigh_features(comparison_features(parts))
        length = sqrt(sum([value * value for _, value, _ in found])) or 1.0
        return {key: value / length for key, value, _ in found}


def special_names(duty: Duty, service: Service) -> Iterator[str]:
    """The words of a task that name a special thing which is not its service: "oracle", "serverless"."""
    names = [tokenize(name) for name in PROPER.findall(duty.duty[1:])]
    if names:  # most tasks have none
        own = set(tokenize(f"{service.name} {service.full_name} {' '.join(service.aliases)} aws amazon"))
        yield from (words[0] for words in names if not own.issuperset(words))


def with_texts(duties: Iterable[Duty]) -> list[tuple[Duty, str]]:
    """Each duty with its other texts as one: all but what it is called."""
    return [(duty, " ".join((duty.why, *duty.facts, duty.next or ""))) for duty in duties]


def fingerprint(texts: Sequence[Texts]) -> str:
    """A name for some texts: postings that were kept of others are not used."""
    return digest(text.encode() for phrases, more in texts for text in (*phrases, more))


def cosine(first: Vector, second: Vector) -> float:
    """The cosine of two vectors of length 1."""
    return sum([first[key] * second[key] for key in first.keys() & second.keys()])

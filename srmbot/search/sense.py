"""Two phrases about one thing -> whether they say the same or the opposite; learned from the boundaries' phrases.

"Open to the internet" and "private" are about the same thing, and so are "must we" and "does AWS": what tells them
apart are the words that only one of the two has, each beside each of the other's, and who is said to act. A denial in
one of them turns most of that round: "kept for ever" and "does not expire" say the same, because "kept" and "expires"
say the opposite.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from srmbot.grammar import Party, is_denied, party_of
from srmbot.query import tokenize
from srmbot.search.features import LARGEST_KEY, hash_name
from srmbot.side_patterns import EFFORTLESS, OR_ELSE

PHRASE_STEM = 6  # letters that two words begin with, if they are the same one
BY_ITSELF = " automatically"  # what "without anybody touching it" says
LEAST_SAID = 3  # words that must be left of a phrase
WEIGHT_STEP = 0.02  # what one step of a packed weight counts
SENSE_HEAD = struct.Struct("<If")  # how many features, and the bias
NOTHING_LEARNED = SENSE_HEAD.pack(0, 0.0)  # what was learned of knowledge without phrases for the opposite
CACHED_PHRASES = 4096  # phrases of beliefs, whose grammar is read once


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it is compared in sense."""

    words: frozenset[int]  # the hashes of their stems
    denied: bool
    party: Party | None  # who is said to act


class SenseModel:
    """Tells whether two phrases say the same."""

    def __init__(self, content: bytes) -> None:
        """Read what `pack_sense` made."""
        count, bias = SENSE_HEAD.unpack_from(content)
        self.bias = float(bias)
        steps, self.plain, self.turned = array("I"), array("b"), array("b")
        at = SENSE_HEAD.size
        steps.frombytes(content[at : at + 4 * count])
        self.keys = array("I", accumulate(steps))
        self.plain.frombytes(content[at + 4 * count : at + 5 * count])
        self.turned.frombytes(content[at + 5 * count :])

    def agreement(self, first: Phrase, second: Phrase) -> float:
        """How surely two phrases say the same: above 0 they do, below they say the opposite."""
        parity = parity_of(first, second)
        if not self.keys:  # nothing to learn from: a denial alone tells
            return float(parity)
        return self.bias + WEIGHT_STEP * self.add_up(pair_features(first, second), parity)

    def add_up(self, features: Iterable[int], parity: int) -> int:
        """The steps that features count together; one that was not learned counts none.

        Args:
            features: their hashes.
            parity: of the two phrases, as `parity_of` gives it.
        """
        keys, end, total = self.keys, len(self.keys), 0
        for key in features:
            place = bisect_left(keys, key)
            if place < end and keys[place] == key:
                total += self.plain[place] + parity * self.turned[place]
        return total

    def puts_opposite(self, asked: str, phrases: Iterable[tuple[str, bool, float]]) -> bool:
        """Whether a question puts the opposite of a belief.

        Args:
            asked: the sentence that asks.
            phrases: those of the belief, each with whether it puts the opposite, and how near it is to the question.
        """
        question = read_phrase(asked)
        votes = (
            (near + LEAST_PHRASE_WEIGHT) * self.agreement(question, read_phrase(text)) * (-1 if contrary else 1)
            for text, contrary, near in phrases
        )
        return sum(votes) < 0


LEAST_PHRASE_WEIGHT = 0.05  # what a phrase counts that has no word of the question


@lru_cache(CACHED_PHRASES)
def read_phrase(text: str) -> Phrase:
    """A phrase with what its sense is told by."""
    said = EFFORTLESS.sub(BY_ITSELF, OR_ELSE.sub("", text))
    said = said if len(said.split()) >= LEAST_SAID else text
    words = frozenset(hash_name(word[:PHRASE_STEM]) for word in tokenize(said))
    return Phrase(words, is_denied(said), party_of(said))


def parity_of(first: Phrase, second: Phrase) -> int:
    """-1 where only one of two phrases denies something, else 1."""
    return 1 if first.denied is second.denied else -1


def pair_features(first: Phrase, second: Phrase) -> Iterator[int]:
    """The hashes of what tells the sense of two phrases; the order of the two makes no difference."""
    mine, yours = first.words - second.words, second.words - first.words
    yield EACH
    yield hash_name(f"acts {' '.join(sorted((str(first.party), str(second.party))))}")
    yield from mine
    yield from yours
    for one in mine:
        for other in yours:
            yield (one + other) * SPREAD & LARGEST_KEY


EACH = hash_name("each pair of phrases")
SPREAD = 0x9E3779B1  # an odd number that spreads sums over all keys


def pack_sense(weights: Iterable[tuple[int, int, int]], bias: float) -> bytes:
    """Features with what each counts, as bytes.

    Args:
        weights: features in their order, each with the steps that it counts always, and those that it counts where
            both phrases deny or neither does; a denial in one of them turns these round.
        bias: what is added to every sum.
    """
    kept = list(weights)
    keys, plain, turned = (zip(*kept, strict=True)) if kept else ((), (), ())
    steps = [key - before for before, key in pairwise((0, *keys))]  # small numbers take fewer bytes when compressed
    return SENSE_HEAD.pack(len(kept), bias) + array("I", steps).tobytes() + bytes_of(plain) + bytes_of(turned)


def bytes_of(steps: Iterable[int]) -> bytes:
    """Steps as one byte each; more than a byte holds is cut off."""
    return array("b", [max(-128, min(127, each)) for each in steps]).tobytes()

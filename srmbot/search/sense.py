"""Two phrases about one thing -> whether they say the same or the opposite; learned from the boundaries' phrases.

"Open to the internet" and "private" are about the same thing, and so are "must we" and "does AWS": what tells them
apart are the words that only one of the two has, each beside each of the other's, and who is said to act.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from zlib import crc32

from srmbot.grammar import Party, is_denied, party_of
from srmbot.grammar_patterns import EFFORTLESS
from srmbot.query import tokenize

PHRASE_STEM = 6  # letters that two words begin with, if they are the same one
BY_ITSELF = " automatically"  # what "without anybody touching it" says
LEAST_SAID = 3  # words that must be left of a phrase
SENSE_HEAD = struct.Struct("<If")  # how many features, and the bias
NOTHING_LEARNED = SENSE_HEAD.pack(0, 0.0)  # what was learned of knowledge without phrases for the opposite


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it is compared in sense."""

    words: frozenset[str]
    denied: bool
    party: Party | None  # who is said to act


class SenseModel:
    """Tells whether two phrases say the same."""

    def __init__(self, content: bytes) -> None:
        """Read what `pack_sense` made."""
        count, bias = SENSE_HEAD.unpack_from(content)
        self.bias = float(bias)
        self.keys, self.weights = array("I"), array("f")
        self.keys.frombytes(content[SENSE_HEAD.size : SENSE_HEAD.size + 4 * count])
        self.weights.frombytes(content[SENSE_HEAD.size + 4 * count :])

    def agreement(self, first: Phrase, second: Phrase) -> float:
        """How surely two phrases say the same: above 0 they do, below they say the opposite."""
        if not self.keys:  # nothing to learn from: a denial alone tells
            return 1.0 if first.denied is second.denied else -1.0
        return self.bias + sum(map(self.weigh, pair_features(first, second)))

    def weigh(self, key: int) -> float:
        """What a feature counts; 0 for one that was not learned."""
        place = bisect_left(self.keys, key)
        return self.weights[place] if place < len(self.keys) and self.keys[place] == key else 0.0

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


def read_phrase(text: str) -> Phrase:
    """A phrase with what its sense is told by."""
    said = EFFORTLESS.sub(BY_ITSELF, text)
    said = said if len(said.split()) >= LEAST_SAID else text
    return Phrase(frozenset(word[:PHRASE_STEM] for word in tokenize(said)), is_denied(said), party_of(said))


def pair_features(first: Phrase, second: Phrase) -> Iterator[int]:
    """The hashes of what tells the sense of two phrases; the order of the two makes no difference."""
    denial = f"denied {first.denied is not second.denied}"
    acting = " ".join(sorted((str(first.party), str(second.party))))
    mine, yours = first.words - second.words, second.words - first.words
    pairs = (" ".join(sorted(pair)) for pair in product(mine, yours))
    for name in (denial, f"acts {acting}", f"acts {acting} {denial}", *mine, *yours, *pairs):
        yield crc32(name.encode())


def pack_sense(weights: Sequence[tuple[int, float]], bias: float) -> bytes:
    """Features with what each counts, in order of the features, as bytes.

    Args:
        weights: by feature, in their order.
        bias: what is added to every sum.
    """
    keys = array("I", [key for key, _ in weights])
    return (
        SENSE_HEAD.pack(len(weights), bias) + keys.tobytes() + array("f", [weight for _, weight in weights]).tobytes()
    )

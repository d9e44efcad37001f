"""Words -> points in a space where those that mean much the same are near each other; learned from the knowledge.

Phrases are compared by the words that they share. Where they share none ("thrown away after a month", "the logs
expire"), this tells which of several phrases is about the same thing.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterable, Sequence
from math import sqrt
from operator import mul

from srmbot.search.features import Parts

if sys.version_info >= (3, 12):
    from math import sumprod
else:

    def sumprod(first: Sequence[float], second: Sequence[float]) -> float:
        """The sum of the products of two rows of numbers."""
        return float(sum(map(mul, first, second)))


Point = Sequence[float]  # of length 1, or all 0 where no word is known

VECTORS_HEAD = struct.Struct("<III")  # how many words, numbers of each, and bytes of all words together
NO_WORD_VECTORS = VECTORS_HEAD.pack(0, 0, 0)  # the space of knowledge that has too few words


class WordVectors:
    """A point for each word, rare words being farther out, so that they count more in a text."""

    def __init__(self, content: bytes) -> None:
        """Read which words there are; their numbers are read when first asked for.

        Args:
            content: what `pack_word_vectors` made.
        """
        count, self.size, length = VECTORS_HEAD.unpack_from(content)
        words = content[VECTORS_HEAD.size : VECTORS_HEAD.size + length].decode().split("\n") if count else []
        self.places = {word: place for place, word in enumerate(words)}
        self.point = struct.Struct(f"<{self.size}e")
        self.row = struct.Struct(f"<{self.size}b")
        self.start = VECTORS_HEAD.size + length
        self.content = content
        self.known: dict[str, Point] = {}

    def of_word(self, word: str) -> Point | None:
        """A word's numbers; None where it was not learned."""
        if word not in self.places:
            return None
        found = self.known.get(word)
        if found is None:
            at = self.start + self.places[word] * self.row.size
            found = self.known[word] = self.row.unpack_from(self.content, at)
        return found

    def of_text(self, parts: Parts) -> Point:
        """A text's point: its words' numbers added up, each by what its sentence counts."""
        rows = [
            row if weight == 1.0 else [weight * number for number in row]
            for words, weight in parts
            for row in map(self.of_word, words)
            if row is not None
        ]
        return self.middle(rows)

    def middle(self, rows: Sequence[Point]) -> Point:
        """The direction of several rows added up."""
        total = [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * self.size
        length = sqrt(sumprod(total, total)) or 1.0
        return [number / length for number in total]

    def pack(self, points: Iterable[Point]) -> bytes:
        """Points as bytes."""
        return b"".join(self.point.pack(*point) for point in points)

    def unpack(self, content: bytes) -> list[Point]:
        """Points from bytes."""
        return list(self.point.iter_unpack(content)) if self.size else []


def pack_word_vectors(words: Sequence[str], rows: Sequence[Sequence[int]]) -> bytes:
    """Words and their numbers, from -128 to 127, as bytes."""
    named = "\n".join(words).encode()
    size = len(rows[0]) if rows else 0
    row = struct.Struct(f"<{size}b")
    return VECTORS_HEAD.pack(len(words), size, len(named)) + named + b"".join(row.pack(*each) for each in rows)


def similarity(first: Point, second: Point) -> float:
    """The cosine of the angle between two points: 1 for the same direction, 0 and below for nothing in common."""
    return sumprod(first, second)

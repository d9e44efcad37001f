"""What was learned: for every feature one weight a class, in a flat file that is mapped, not loaded.

A row of weights is read as one large integer with 32 bits a class, so that adding up a question's rows is
one addition of integers a feature, for all classes at once: as fast as numpy for short texts, without
the 100 ms that importing numpy adds to the start of `srmbot ask`.
"""

from __future__ import annotations

import json
import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from pathlib import Path

from srmbot.search.features import KEPT, Counts, Parts, counts, damped, hashed, word_features

MAGIC = b"srmbot weights 3\n"
PLACE = struct.Struct("<II")  # of the index: a feature's hash, and the number of its row; 0 where there is none
LANE = 4  # bytes of a class in a row
OFFSET = 2048  # added to every weight, so that no lane is negative and none borrows from its neighbour
LAST_LANE = (1 << 8 * LANE) - 1  # the lowest bits of a row: how rare its feature is
FINE = 2047  # steps that the largest weight is cut into
PARTS = 1024  # steps that a feature's share of the text is cut into


@dataclass(frozen=True, slots=True)
class Head:
    """One question that the weights answer: its classes, in the order of their lanes."""

    name: str
    classes: tuple[str, ...]
    bias: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Rows added up; sums of different features may be added."""

    total: int
    steps: int  # how many steps of all features' shares are in it

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.total + other.total, self.steps + other.steps)


Scores = Mapping[str, Mapping[str, float]]


class Weights:
    """Weights as `pack.pack` wrote them.

    Raises:
        ValueError: when the bytes are of another kind, or cut off.
    """

    def __init__(self, content: bytes | mmap.mmap) -> None:
        """Read the head of the file; the rows stay where they are."""
        start = len(MAGIC) + LANE
        if content[: len(MAGIC)] != MAGIC:
            raise ValueError("these are no weights of this version")
        (length,) = struct.unpack("<I", content[len(MAGIC) : start])
        about = json.loads(content[start : start + length])
        self.heads = tuple(Head(row["name"], tuple(row["classes"]), tuple(row["bias"])) for row in about["heads"])
        self.scale: float = about["scale"]
        self.words: str = about["words"]  # those that slips are mended to, with spaces between them
        self.lanes = 1 + sum(len(head.classes) for head in self.heads)
        self.index = start + length
        self.slots: int = about["slots"]
        self.rows = self.index + self.slots * PLACE.size
        self.content = content
        self.row = lru_cache(KEPT)(self.read_row)
        if len(content) != self.rows + about["rows"] * self.lanes * LANE:
            raise ValueError("the file of weights is cut off")

    @classmethod
    def open(cls, path: Path) -> Weights:
        """Map a file of weights.

        Raises:
            OSError, ValueError: it cannot be read, or holds something else.
        """
        with path.open("rb") as file:
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def read_row(self, key: int) -> int:
        """The row of a feature as one integer; 0 for one never seen."""
        slot = key
        while True:  # a place that another feature has leads to the next one (linear probing)
            found, number = PLACE.unpack_from(self.content, self.index + slot % self.slots * PLACE.size)
            if not number:
                return 0
            if found == key:
                break
            slot += 1
        start = self.rows + (number - 1) * self.lanes * LANE
        return int.from_bytes(self.content[start : start + self.lanes * LANE], "little")

    def rarity(self, key: int) -> float:
        """How rare a feature is, from 0 for one never seen to 1."""
        row = self.row(key)
        return ((row & LAST_LANE) - OFFSET) / FINE if row else 0.0

    def knows(self, word: str) -> bool:
        """Whether a word has been learned from."""
        return self.row(hashed(word)) != 0

    def sum(self, *blocks: Counts) -> Sum:
        """The rows of some blocks of features added up, each by its share of its block."""
        total, steps = 0, 0
        for block in blocks:
            for row, share in self.shares(block):
                total += share * row
                steps += share
        return Sum(total, steps)

    def text(self, parts: Parts) -> Sum:
        """The sum for a text.

        Args:
            parts: words in lower case, names masked, with what they count.
        """
        return self.sum(*counts(parts))

    def decisive(self, parts: Parts, head: str, name: str | None, most: int = 6) -> list[tuple[str, float]]:
        """The words and pairs that speak most for a class of a head, and how much; those against it too."""
        found = []
        for words, _ in parts:
            for feature in dict.fromkeys(word_features(words)):
                row = self.row(hashed(feature))
                if row and name is not None:
                    score = self.scores(Sum(row, 1))[head].get(name, 0.0) - self.scores(Sum(0, 0))[head].get(name, 0.0)
                    found.append((feature, score * PARTS))
        return sorted(found, key=lambda pair: -abs(pair[1]))[:most]

    def shares(self, block: Counts) -> list[tuple[int, int]]:
        """Each known feature's row and its share of the text, in steps: TF-IDF of length 1."""
        known = [
            (row, damped(count) * ((row & LAST_LANE) - OFFSET) / FINE)
            for key, count in block.items()
            if (row := self.row(key))
        ]
        length = sqrt(sum(value * value for _, value in known)) or 1.0
        return [(row, round(PARTS * value / length)) for row, value in known]

    def scores(self, summed: Sum, *heads: str) -> Scores:
        """The scores of summed rows: by head, by class; above 0 speaks for the class.

        Args:
            summed: the rows.
            heads: the ones that are wanted; all, if none is named.
        """
        steps = summed.steps
        lanes = struct.unpack(f"<{self.lanes + 1}I", summed.total.to_bytes((self.lanes + 1) * LANE, "little"))
        found: dict[str, dict[str, float]] = {}
        at = 1
        zero, unit = OFFSET * steps, PARTS * self.scale
        for head in self.heads:
            end = at + len(head.classes)
            if not heads or head.name in heads:
                rows = zip(head.classes, lanes[at:end], head.bias, strict=True)
                found[head.name] = {name: (lane - zero) / unit + bias for name, lane, bias in rows}
            at = end
        return found

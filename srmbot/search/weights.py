"""What was learned: for every feature one weight a class, in a flat file that is mapped, not loaded.

A row of weights is read as one large integer with 32 bits a class, so that adding up a question's rows is
one addition of integers a feature, for all classes at once: as fast as numpy for short texts, without
the 100 ms that importing numpy adds to the start of `srmbot ask`.
"""

from __future__ import annotations

import json
import mmap
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import sqrt
from operator import mul
from pathlib import Path
from typing import Any

from srmbot.search import sense, word_vectors
from srmbot.search.features import (
    CACHED_WORDS,
    Counts,
    Parts,
    hash_feature,
    hash_spelling,
    hash_subwords,
    ngram_counts,
    ngrams,
    sublinear,
    word_counts,
)
from srmbot.search.sense import SenseModel
from srmbot.search.word_vectors import WordVectors

MAGIC = b"srmbot weights 4\n"
WORD_VECTORS, SENSE = "word vectors", "sense"  # names of blocks
HEAD_LENGTH = struct.Struct("<I")  # bytes of the head
INDEX_ENTRY = struct.Struct("<II")  # of the index: a feature's hash, and the number of its row; 0 where there is none
LANE = 4  # bytes of a class in a row
OFFSET = 2048  # added to every weight, so that no lane is negative and none borrows from its neighbour
LAST_LANE = (1 << 8 * LANE) - 1  # the lowest bits of a row: how rare its feature is
FINE_STEPS = 2047  # steps that the largest weight is cut into
LONGEST_VECTOR = 16  # the longest vector of a word's pieces; what is stored is its share of this
SHARE_STEPS = 1024  # steps that a feature's share of the text is cut into


@dataclass(frozen=True, slots=True)
class Head:
    """One question that the weights answer: its classes, in the order of their lanes."""

    name: str
    classes: tuple[str, ...]
    bias: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RowSum:
    """Rows added up; sums of different features may be added."""

    total: int
    steps: int  # how many steps of all features' shares are in it

    def __add__(self, other: RowSum) -> RowSum:
        return RowSum(self.total + other.total, self.steps + other.steps)


Weighed = Sequence[tuple[int, float, int]]  # known features: the hash, the term frequency x rarity, and the row
Scores = Mapping[str, Mapping[str, float]]


class Weights:
    """Weights as `pack.pack` wrote them.

    Raises:
        ValueError: when the bytes are of another kind, or cut off.
    """

    word_factor = 1.0  # what the own words of a duty count, times what they count where it was learned from

    def __init__(self, content: bytes | mmap.mmap) -> None:
        """Read the head of the file; the rows stay where they are."""
        about, self.index = read_head(content)
        self.heads = tuple(Head(row["name"], tuple(row["classes"]), tuple(row["bias"])) for row in about["heads"])
        self.scale: float = about["scale"]
        self.words: str = about["words"]  # those that typos are corrected to, with spaces between them
        self.lanes = 1 + sum(len(head.classes) for head in self.heads)
        self.slots: int = about["slots"]
        self.rows = self.index + self.slots * INDEX_ENTRY.size
        self.content = content
        self.row = lru_cache(CACHED_WORDS)(self.read_row)
        self.word = lru_cache(CACHED_WORDS)(self.read_word)
        self.kept: Mapping[str, Sequence[Any]] = about.get("kept", {})  # by name: of what, where it begins, how long
        self.behind = self.rows + about["rows"] * self.lanes * LANE
        if len(content) != self.behind + sum(length for _, _, length in self.kept.values()):
            raise ValueError("the file of weights is cut off")

    @classmethod
    def open(cls, path: Path) -> Weights:
        """Map a file of weights.

        Raises:
            OSError, ValueError: it cannot be read, or holds something else.
        """
        with path.open("rb") as file:
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    @cached_property
    def word_vectors(self) -> WordVectors:
        """The words' meanings; none where too little was learned from."""
        return WordVectors(self.kept_block(WORD_VECTORS, "") or word_vectors.NO_WORD_VECTORS)

    @cached_property
    def sense(self) -> SenseModel:
        """What tells whether two phrases say the same; nothing where no opposite was learned from."""
        return SenseModel(self.kept_block(SENSE, "") or sense.NOTHING_LEARNED)

    def kept_block(self, name: str, made_of: str) -> bytes | None:
        """The block that was kept under a name, if it is of just these texts."""
        known, start, length = self.kept.get(name, ("", 0, 0))
        return self.content[self.behind + start : self.behind + start + length] if known == made_of else None

    def read_row(self, key: int) -> tuple[float, int]:
        """A feature's rarity, and its row as one integer; 0 and 0 for one never seen."""
        slot = key
        while True:  # a place that another feature has leads to the next one (linear probing)
            found, number = INDEX_ENTRY.unpack_from(self.content, self.index + slot % self.slots * INDEX_ENTRY.size)
            if not number:
                return 0.0, 0
            if found == key:
                break
            slot += 1
        start = self.rows + (number - 1) * self.lanes * LANE
        row = int.from_bytes(self.content[start : start + self.lanes * LANE], "little")
        return ((row & LAST_LANE) - OFFSET) / FINE_STEPS, row

    def rarity(self, key: int) -> float:
        """How rare a feature is, from 0 for one never seen to 1."""
        return self.row(key)[0]

    def frequent_words(self) -> Sequence[str]:
        """The words that typos are corrected to, the most frequent first."""
        return self.words.split()

    def knows(self, word: str) -> bool:
        """Whether a word has been learned from."""
        return self.row(hash_feature(word))[1] != 0

    def weigh_features(self, block: Counts) -> Weighed:
        """The features of a block that are known, each with what it counts and its row."""
        found = []
        for key, count in block.items():
            rare, row = self.row(key)
            if row:
                found.append((key, (count if count <= 1 else sublinear(count)) * rare, row))
        return found

    def sum(self, *blocks: Counts) -> RowSum:
        """The rows of some blocks of features added up, each by its share of its block: TF-IDF of length 1."""
        return sum(
            (add_rows((value, row) for _, value, row in self.weigh_features(block)) for block in blocks), RowSum(0, 0)
        )

    def sum_text(self, parts: Parts) -> RowSum:
        """The sum for a text: its words and pairs, and its words' pieces.

        Args:
            parts: words in lower case, names masked, with what they count.
        """
        pieces = ((sublinear(count), self.word(word)) for word, count in word_counts(parts).items())
        return self.sum(ngram_counts(parts)) + add_rows((count * length, row) for count, (length, row) in pieces if row)

    def read_word(self, word: str) -> tuple[float, int]:
        """A word's pieces as one feature: the length of their vector, as it is stored, and their row.

        Words that were learned from have their pieces added up in the file; for another one it is done here.
        """
        length, row = self.row(hash_spelling(word))
        if row:
            return length, row
        known = [(rarity, row) for rarity, row in map(self.row, hash_subwords(word)) if row]
        if not known:
            return 0.0, 0
        whole = add_rows(known)
        lanes = struct.unpack(f"<{self.lanes}I", whole.total.to_bytes(self.lanes * LANE, "little"))
        steps = [(lane - OFFSET * whole.steps) // SHARE_STEPS for lane in lanes]
        steps = [OFFSET + max(-FINE_STEPS, min(FINE_STEPS, step)) for step in steps]
        row = int.from_bytes(struct.pack(f"<{self.lanes}I", *steps), "little")
        return sqrt(sum(rarity * rarity for rarity, _ in known)) / LONGEST_VECTOR, row

    def explain(self, parts: Parts, head: str, name: str | None, most: int = 6) -> list[tuple[str, float]]:
        """The words and pairs that speak most for a class of a head, and how much; those against it too."""
        found = []
        for words, _ in parts:
            for feature in dict.fromkeys(ngrams(words)):
                _, row = self.row(hash_feature(feature))
                if row and name is not None:
                    score = self.scores(RowSum(row, 1))[head].get(name, 0.0) - self.scores(RowSum(0, 0))[head].get(
                        name, 0.0
                    )
                    found.append((feature, score * SHARE_STEPS))
        return sorted(found, key=lambda pair: -abs(pair[1]))[:most]

    def scores(self, summed: RowSum, *heads: str) -> Scores:
        """The scores of summed rows: by head, by class; above 0 speaks for the class.

        Args:
            summed: the rows.
            heads: the ones that are wanted; all, if none is named.
        """
        content = summed.total.to_bytes((self.lanes + 1) * LANE, "little")
        zero, unit = OFFSET * summed.steps, SHARE_STEPS * self.scale
        found: dict[str, dict[str, float]] = {}
        at = LANE
        for head in self.heads:
            if not heads or head.name in heads:
                lanes = struct.unpack_from(f"<{len(head.classes)}I", content, at)
                rows = zip(head.classes, lanes, head.bias, strict=True)
                found[head.name] = {name: (lane - zero) / unit + bias for name, lane, bias in rows}
            at += len(head.classes) * LANE
        return found


def add_rows(features: Iterable[tuple[float, int]]) -> RowSum:
    """Rows added up, each by the share that its value has of a vector of length 1."""
    found = list(features)
    values, rows = [value for value, _ in found], [row for _, row in found]
    length = sqrt(sum([value * value for value in values])) or 1.0
    shares = [round(SHARE_STEPS * value / length) for value in values]
    return RowSum(sum(map(mul, shares, rows)), sum(shares))


def place_blocks(content: bytes, more: Iterable[tuple[str, str, bytes]]) -> bytes:
    """A file of weights with more blocks behind it, and in its head where each is; a block of a known name replaces it.

    Args:
        content: the file.
        more: blocks, each with its name and what it is of.
    """
    about, start = read_head(content)
    places: dict[str, Sequence[Any]] = about.get("kept", {})
    behind = len(content) - sum(size for _, _, size in places.values())
    blocks = {
        name: (made_of, content[behind + at : behind + at + size]) for name, (made_of, at, size) in places.items()
    }
    blocks |= {name: (made_of, block) for name, made_of, block in more}
    kept, at = {}, 0
    for name, (made_of, block) in blocks.items():
        kept[name] = (made_of, at, len(block))
        at += len(block)
    return join_head(about | {"kept": kept}, content[start:behind], *(block for _, block in blocks.values()))


def join_head(about: Mapping[str, Any], *rest: bytes) -> bytes:
    """A file of weights: its head, which says what it holds, and the rest."""
    head = json.dumps(about).encode()
    return b"".join((MAGIC, HEAD_LENGTH.pack(len(head)), head, *rest))


def read_head(content: bytes | mmap.mmap) -> tuple[dict[str, Any], int]:
    """What a file of weights says that it holds, and where its head ends.

    Raises:
        ValueError: it is of another kind, or cut off.
    """
    start = len(MAGIC) + HEAD_LENGTH.size
    if content[: len(MAGIC)] != MAGIC:
        raise ValueError("these are no weights of this version")
    end = start + HEAD_LENGTH.unpack(content[len(MAGIC) : start])[0]
    return json.loads(content[start:end]), end

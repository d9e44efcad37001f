"""Features of many texts -> sparse matrices: TF-IDF, one row a text. For learning alone: imports numpy and scipy."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags

from srmbot.search.features import Counts, hash_spelling, hash_subwords, sublinear
from srmbot.search.weights import LONGEST_VECTOR

RAREST = 2  # texts that a feature must stand in; a feature of one text only learns that text by heart


NO_KEYS = np.empty(0, dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of features of all texts, one text after another: dictionaries would take ten times the memory."""

    keys: np.ndarray  # hashes, as many as there are features in all texts
    counts: np.ndarray  # how often each is in its text, damped
    ends: np.ndarray  # where each text's features end; 0 before the first


class BlockBuilder:
    """A block while texts are added."""

    def __init__(self) -> None:
        """No text yet."""
        self.keys, self.counts, self.ends = array("I"), array("d"), array("q", [0])

    def add(self, features: Counts) -> None:
        """One more text."""
        self.keys.extend(features.keys())
        self.counts.extend(map(sublinear, features.values()))
        self.ends.append(len(self.keys))

    def block(self) -> Block:
        """All texts so far."""
        return Block(np.asarray(self.keys), np.asarray(self.counts), np.asarray(self.ends))


def build_blocks(texts: Iterable[Mapping[str, Sequence[Counts]]]) -> dict[str, list[Block]]:
    """The features of texts by name and kind: each text has the same names, with as many kinds. Read once."""
    growing: dict[str, list[BlockBuilder]] = {}
    for text in texts:
        for name, kinds in text.items():
            if name not in growing:
                growing[name] = [BlockBuilder() for _ in kinds]
            for kind, features in zip(growing[name], kinds, strict=True):
                kind.add(features)
    return {name: [kind.block() for kind in kinds] for name, kinds in growing.items()}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of all texts, and the pieces of each word."""

    names: Sequence[str]
    texts: Block  # its keys are places in `names`
    pieces: Block  # of word after word

    def count_texts(self) -> tuple[np.ndarray, np.ndarray]:
        """Every piece, and how many texts have it."""
        keys, at = np.unique(self.pieces.keys, return_inverse=True)
        having = csr_matrix((np.ones(len(at), dtype=bool), at, self.pieces.ends), shape=(len(self.names), len(keys)))
        shape = (len(self.texts.ends) - 1, len(self.names))
        texts = csr_matrix((np.ones(len(self.texts.keys), dtype=bool), self.texts.keys, self.texts.ends), shape=shape)
        return keys, np.bincount((texts @ having).indices, minlength=len(keys))


class SpellingRows(NamedTuple):
    """One row a word: its pieces as one feature."""

    keys: np.ndarray  # hashes
    lengths: np.ndarray  # of the pieces as a vector, as a share of LONGEST_VECTOR
    table: np.ndarray  # words x classes


def count_words(texts: Iterable[Mapping[str, float]]) -> Words:
    """The words of texts with what they count, and their pieces."""
    numbers: dict[str, int] = {}
    growing, pieces = BlockBuilder(), BlockBuilder()
    for text in texts:
        for word in text:
            if word not in numbers:
                numbers[word] = len(numbers)
                pieces.add(dict.fromkeys(hash_subwords(word), 1.0))
        growing.add({numbers[word]: count for word, count in text.items()})
    return Words(list(numbers), growing.block(), pieces.block())


def build_vocabulary(kinds: Iterable[Block], words: Words, texts: int) -> tuple[np.ndarray, np.ndarray]:
    """The features that stand in several texts, lowest hash first, and the rarity of each.

    Rarity is ln((1 + n) / (1 + texts with it)) + 1 (smoothed IDF).
    """
    keys, having = np.unique(np.concatenate([NO_KEYS, *(one.keys for one in kinds)]), return_counts=True)
    pieces, having_pieces = words.count_texts()
    keys, at = np.unique(np.concatenate([keys, pieces]), return_inverse=True)
    having = np.bincount(at, np.concatenate([having, having_pieces])).astype(int)  # two features may have one hash
    kept = having >= RAREST
    return keys[kept], np.log((1 + texts) / (1 + having[kept])) + 1


def weigh_block(one: Block, columns: np.ndarray, idf: np.ndarray) -> csr_matrix:
    """One row a text: how often it has each of the columns' features, times its rarity."""
    at = np.minimum(np.searchsorted(columns, one.keys), len(columns) - 1)
    known = columns[at] == one.keys
    ends = np.concatenate([[0], np.cumsum(known)])[one.ends]
    at = at[known]
    return csr_matrix((one.counts[known] * idf[at], at, ends), shape=(len(one.ends) - 1, len(columns)))


def tfidf(one: Block, columns: np.ndarray, idf: np.ndarray) -> csr_matrix:
    """One row a text, each of length 1 (0 where it has none of the columns' features)."""
    return normalize_rows(weigh_block(one, columns, idf))


def tfidf_of_pieces(words: Words, columns: np.ndarray, idf: np.ndarray) -> csr_matrix:
    """One row a text: its words' pieces. The length is that of the words' vectors put side by side."""
    pieces = weigh_block(words.pieces, columns, idf)
    shape = (len(words.texts.ends) - 1, len(words.names))
    texts = csr_matrix((words.texts.counts, words.texts.keys, words.texts.ends), shape=shape)
    found = np.sqrt(texts.multiply(texts) @ row_lengths(pieces) ** 2)
    return diags(1 / np.where(found == 0, 1.0, found)) @ texts @ pieces


def spelling_rows(words: Words, columns: np.ndarray, share: np.ndarray, table: np.ndarray) -> SpellingRows:
    """The pieces of each word that is in several texts as one feature: what `Weights.read_word` adds up else.

    Args:
        words: those of all texts.
        columns: the features.
        share: by column, its rarity from 0 to 1.
        table: columns x classes, one weight each.
    """
    known = np.bincount(words.texts.keys, minlength=len(words.names)) >= RAREST
    pieces = weigh_block(words.pieces, columns, share)
    keys = np.array([hash_spelling(word) for word in words.names], dtype=columns.dtype)
    long = row_lengths(pieces)
    _, first = np.unique(keys, return_index=True)
    kept = np.intersect1d(first, np.flatnonzero(known & (long > 0) & ~np.isin(keys, columns)))
    return SpellingRows(keys[kept], np.minimum(long[kept] / LONGEST_VECTOR, 1.0), normalize_rows(pieces[kept]) @ table)


def normalize_rows(matrix: csr_matrix) -> csr_matrix:
    """Each row brought to length 1; one without a value stays as it is."""
    long = row_lengths(matrix)
    return diags(1 / np.where(long == 0, 1.0, long)) @ matrix


def row_lengths(matrix: csr_matrix) -> np.ndarray:
    """The length of each row."""
    return np.asarray(np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()))

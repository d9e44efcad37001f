"""Words -> hashed features: single words, pairs, and pieces of words, which forgive typing errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log
from zlib import crc32

NAMED = "§"  # stands for a service's name, so that what is learned of one service holds for all
ELSEWHERE = "¤"  # the same for what is not AWS's: Azure, Snowflake, our own data centre
PIECES = (3, 4, 5)  # letters in a piece of a word
KEPT = 1 << 14  # words and pairs whose hashes are kept: people use few words, and use them often
Parts = Sequence[tuple[tuple[str, ...], float]]
Counts = dict[int, float]


def counts(parts: Parts) -> tuple[Counts, Counts]:
    """How often each feature stands in a text, by its hash: words and pairs, and pieces of words.

    Args:
        parts: words in lower case, with what they count.
    """
    of_words: Counts = {}
    of_pieces: Counts = {}
    for words, weight in parts:
        for name in word_features(words):
            key = hashed(name)
            of_words[key] = of_words.get(key, 0.0) + weight
        for word in words:
            for key in hashed_pieces(word):
                of_pieces[key] = of_pieces.get(key, 0.0) + weight
    return of_words, of_pieces


@lru_cache(KEPT)
def hashed(name: str) -> int:
    """The hash that stands for a feature."""
    return crc32(name.encode())


@lru_cache(KEPT)
def hashed_pieces(word: str) -> tuple[int, ...]:
    """The hashes of a word's pieces; a masked name has none."""
    return () if word in (NAMED, ELSEWHERE) else tuple(crc32(name.encode()) for name in pieces(word))


def marks(service: str | None = None, topic: str | None = None) -> Counts:
    """Features for what is known beside the words: the service, the topic, and both together.

    They let the same words mean another thing elsewhere: who patches Linux is another on EC2 than on RDS.
    """
    names = (service, topic, f"{service}/{topic}" if service and topic else None)
    return {crc32(f"={name}".encode()): 1.0 for name in names if name}


def edges(parts: Parts) -> Counts:
    """Features for how the sentences that ask begin and end: "what is …" asks for no owner, "… ours or theirs" does."""
    found: Counts = {}
    for words, weight in parts:
        if weight == 1.0 and words:
            ends = [("^", words[:size]) for size in (1, 2, 3)] + [("$", words[-size:]) for size in (1, 2)]
            found |= {hashed(f"{sign}{' '.join(few)}"): 1.0 for sign, few in ends}
    return found


def word_features(words: tuple[str, ...]) -> Iterator[str]:
    """The words of a text, and each two that follow one another."""
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


def pieces(word: str) -> Iterator[str]:
    """Every run of three to five letters of a word with its edges marked; the mark keeps them apart from words."""
    edged = f" {word} "
    for size in PIECES:
        if len(edged) <= size:
            yield f"~{edged}"
            return
        for start in range(len(edged) - size + 1):
            yield f"~{edged[start : start + size]}"


def damped(count: float) -> float:
    """What a repeated feature counts: the second time adds less (sublinear term frequency, 1 + ln n)."""
    return 1 + log(count) if count > 1 else count

"""Words -> hashed features: single words, pairs, and pieces of words, which forgive typing errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from math import log
from typing import TypeVar
from zlib import crc32

from srmbot.query import STOP_WORDS

SERVICE_MASK = "§"  # in place of a service's name, so that what is learned of one service holds for all
NOT_AWS_MASK = "¤"  # the same for what is not AWS's: Azure, Snowflake, our own data centre
SUBWORD_LETTERS = (3, 4, 5)  # letters in a piece of a word
MAX_WORD = 100  # letters of a word that are taken to pieces
ENDINGS = ("ed", "ing", "s")
PREFIX_LETTERS = (3, 4)  # letters of a word's beginning that it is compared by
KEY_BITS = 28  # of a hash: one in a thousand unknown features has that of a known one; fewer cost answers
LARGEST_KEY = (1 << KEY_BITS) - 1
CACHED_WORDS = 1 << 16  # words and pairs whose hashes are kept: people use few words, and use them often
Parts = Sequence[tuple[tuple[str, ...], float]]
Counts = dict[int, float]
Key = TypeVar("Key")  # a word, or its hash


def ngram_counts(parts: Parts) -> Counts:
    """How often each word, and each two that follow one another, stand in a text, by their hashes.

    Args:
        parts: words in lower case, with what they count.
    """
    found: Counts = {}
    for words, weight in parts:
        add_counts(found, map(hash_feature, ngrams(words)), weight)
    return found


def word_counts(parts: Parts) -> dict[str, float]:
    """How often each word is in a text: what its pieces count. They come together, so they are added up once."""
    found: dict[str, float] = {}
    for words, weight in parts:
        add_counts(found, words, weight)
    return found


def comparison_features(parts: Parts) -> Counts:
    """The features that two texts are compared by: words, pairs, and how words begin ("encrypt" in "encryption").

    They tell the nearest of a few phrases as well as all pieces do, in a quarter of the time.
    """
    found: Counts = {}
    for words, weight in parts:
        add_counts(found, map(hash_feature, ngrams(words)), weight)
        add_counts(found, chain.from_iterable(map(hash_prefixes, words)), weight)
    return found


def add_counts(found: dict[Key, float], keys: Iterable[Key], weight: float) -> None:
    """Count some features of a text, each by what the sentence counts that it is in."""
    for key in keys:
        found[key] = found.get(key, 0.0) + weight


@lru_cache(CACHED_WORDS)
def hash_prefixes(word: str) -> tuple[int, ...]:
    """The hashes of the pieces that a word begins with: three letters, and four."""
    return (
        ()
        if word in (SERVICE_MASK, NOT_AWS_MASK)
        else tuple(hash_feature(f"~ {word[:size]}") for size in PREFIX_LETTERS if word[size - 1 :])
    )


def hash_name(name: str) -> int:
    """The hash of a word, or of another feature."""
    return crc32(name.encode()) & LARGEST_KEY


hash_feature = lru_cache(CACHED_WORDS)(hash_name)  # of those that come again and again


def hash_spelling(word: str) -> int:
    """The hash of all pieces of a word together."""
    return hash_name(f"~~{word}")


def hash_subwords(word: str) -> tuple[int, ...]:
    """The hashes of a word's pieces, each once; a masked name has none."""
    if word in (SERVICE_MASK, NOT_AWS_MASK):
        return ()
    return tuple(dict.fromkeys(hash_name(name) for name in subwords(word[:MAX_WORD])))


@lru_cache(CACHED_WORDS)
def hash_cross(name: str, word: str) -> int:
    """The hash of a word where something is known beside it."""
    return hash_name(f"={name}|{word}")


def context_features(service: str | None = None, topic: str | None = None) -> Counts:
    """Features for what is known beside the words: the service, the topic, and both together.

    They let the same words mean another thing elsewhere: who patches Linux is another on EC2 than on RDS.
    """
    names = (service, topic, f"{service}/{topic}" if service and topic else None)
    return {hash_name(f"={name}"): 1.0 for name in names if name}


def cross_features(parts: Parts, name: str | None) -> Counts:
    """Features for each word that asks beside what is known, a service or a topic; none where that is not known.

    A word may speak for another side in one topic than in the next: AWS restores nothing, but it recovers hosts.
    """
    found: Counts = {}
    if name is not None:
        for words, weight in parts:
            if weight == 1.0:
                add_counts(found, (hash_cross(name, word) for word in words), weight)
    return found


def shape_features(parts: Parts) -> Counts:
    """Features for how the sentences that ask are built: what they begin and end with, and their words that only ask
    or join, with gaps for those that tell something. "Who restores …" asks whose work it is, "who restored …" does not.
    """
    found: Counts = {}
    for words, weight in parts:
        if weight == 1.0:
            shapes = ("^", *map(word_shape, words), "$")
            for few in chain(pairwise(shapes), zip(shapes, shapes[1:], shapes[2:], strict=False)):
                found[hash_feature(f"#{' '.join(few)}")] = 1.0
    return found


@lru_cache(CACHED_WORDS)
def word_shape(word: str) -> str:
    """A word that only asks or joins as it is; of another one what it may tell of time and number by its end."""
    if word in STOP_WORDS or word in (SERVICE_MASK, NOT_AWS_MASK):
        return word
    return f"*{next((end for end in ENDINGS if word.endswith(end)), '')}"


def ngrams(words: tuple[str, ...]) -> Iterator[str]:
    """The words of a text, and each two that follow one another."""
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


def subwords(word: str) -> Iterator[str]:
    """Every run of three to five letters of a word with its edges marked; the mark keeps them apart from words."""
    edged = f" {word} "
    for size in SUBWORD_LETTERS:
        if len(edged) <= size:
            yield f"~{edged}"
            return
        for start in range(len(edged) - size + 1):
            yield f"~{edged[start : start + size]}"


def sublinear(count: float) -> float:
    """What a repeated feature counts: the second time adds less (sublinear term frequency, 1 + ln n)."""
    return 1 + log(count) if count > 1 else count

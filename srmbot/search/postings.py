"""Features -> the phrases that have them: made from texts, or read from what was kept with the weights.

For one service's beliefs that is made from a thousand texts, which takes longer than all else that `srmbot ask` does.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping, Sequence

Vector = Mapping[int, float]
Posting = tuple[Sequence[tuple[int, float]], Sequence[int]]  # of a feature: phrases with its share in each; items
Texts = tuple[tuple[str, ...], str]  # of one item: its phrases, and its other texts as one

COUNTS = struct.Struct("<III")  # how many features, phrases and items are listed
NO_POSTING: Posting = ((), ())


class Postings:
    """By feature the phrases that have it, and the items that have it in any of their texts."""

    def __init__(self, known: dict[int, Posting]) -> None:
        """Keep what is known of every feature."""
        self.known = known

    def of(self, key: int) -> Posting:
        """What has a feature."""
        return self.known.get(key, NO_POSTING)

    def to_bytes(self) -> bytes:
        """What `KeptPostings` reads: the features in order, where the lists of each end, and the lists."""
        keys = sorted(self.known)
        phrases = [each for key in keys for each in self.known[key][0]]
        items = [number for key in keys for number in self.known[key][1]]
        ends, phrase_end, item_end = [0, 0], 0, 0
        for key in keys:
            phrase_end, item_end = phrase_end + len(self.known[key][0]), item_end + len(self.known[key][1])
            ends += [phrase_end, item_end]
        return b"".join(
            (
                COUNTS.pack(len(keys), len(phrases), len(items)),
                struct.pack(f"<{len(keys)}I{len(ends)}I", *keys, *ends),
                struct.pack(f"<{len(phrases)}I", *[at for at, _ in phrases]),
                struct.pack(f"<{len(items)}I", *items),
                struct.pack(f"<{len(phrases)}d", *[share for _, share in phrases]),
            )
        )


class KeptPostings(Postings):
    """The same, read from bytes: of each feature when it is first asked for."""

    def __init__(self, content: bytes) -> None:
        """Read which features there are, and where their lists end."""
        super().__init__({})
        count, phrases, items = COUNTS.unpack_from(content)
        keys = struct.unpack_from(f"<{count}I", content, COUNTS.size)
        self.places = {key: place for place, key in enumerate(keys)}
        at = COUNTS.size + 4 * count
        self.ends = struct.unpack_from(f"<{2 * count + 2}I", content, at)
        self.phrases = at + 4 * len(self.ends)
        self.items = self.phrases + 4 * phrases
        self.shares = self.items + 4 * items
        self.content = content

    def of(self, key: int) -> Posting:
        """What has a feature."""
        if key not in self.places:
            return NO_POSTING
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self.read(self.places[key])
        return found

    def read(self, place: int) -> Posting:
        """What the bytes say of the feature at a place of the list."""
        phrase, item, phrase_end, item_end = self.ends[2 * place : 2 * place + 4]
        numbers = struct.unpack_from(f"<{phrase_end - phrase}I", self.content, self.phrases + 4 * phrase)
        shares = struct.unpack_from(f"<{phrase_end - phrase}d", self.content, self.shares + 8 * phrase)
        items = struct.unpack_from(f"<{item_end - item}I", self.content, self.items + 4 * item)
        return list(zip(numbers, shares, strict=True)), items


def make_postings(texts: Iterable[Texts], vectorize: Callable[[str], Vector]) -> Postings:
    """The postings of some items' texts; the phrases of all are numbered through."""
    phrases: dict[int, list[tuple[int, float]]] = {}
    items: dict[int, list[int]] = {}
    at = 0
    for number, (named, more) in enumerate(texts):
        words = set(vectorize(more))
        for text in named:
            for key, share in vectorize(text).items():
                phrases.setdefault(key, []).append((at, share))
                words.add(key)
            at += 1
        for key in words:
            items.setdefault(key, []).append(number)
    return Postings({key: (phrases.get(key, ()), numbers) for key, numbers in items.items()})

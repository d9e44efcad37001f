"""Features -> the phrases that have them: made from texts, or read from what was kept with the weights.

For one service's beliefs that is made from a thousand texts, which takes longer than all else that `srmbot ask` does.
"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from srmbot.search.weights import LANE

Vector = Mapping[int, float]
Posting = tuple[Sequence[tuple[int, int]], Sequence[int]]  # of a feature: phrases with its share in each; items
Texts = tuple[tuple[str, ...], str]  # of one item: its phrases, and its other texts as one

COUNTS = struct.Struct("<IIIII")  # how many phrases, items and features, and how many phrases and items are listed
NO_POSTING: Posting = ((), ())
SHARE_STEPS = 1 << 15  # steps that a feature's share of a phrase is cut into
VALUE_STEPS = 1 << 12  # steps that its share of a question is cut into
NEAR_STEPS = SHARE_STEPS * VALUE_STEPS  # of how near a phrase is; in less than four bytes, so that it fits into a lane
MANY = 150  # phrases that have a feature; of more, all phrases are added up in one step
LANE_KIND = "I"


class Postings:
    """By feature the phrases that have it, and the items that have it in any of their texts."""

    def __init__(self, phrases: int, items: int, known: dict[int, Posting]) -> None:
        """Keep what is known of every feature.

        Args:
            phrases: how many there are.
            items: how many there are.
            known: of every feature what has it.
        """
        self.phrases, self.items, self.known = phrases, items, known
        self.rows: dict[int, int] = {}

    def of(self, key: int) -> Posting:
        """What has a feature."""
        return self.known.get(key, NO_POSTING)

    def compare(self, asked: Vector) -> tuple[Sequence[int], Sequence[float]]:
        """How near each phrase is to a question, in NEAR_STEPS, and what each item has of the question's words.

        Most of the time would go into a few frequent features: their shares in all phrases are one large integer with
        a lane a phrase, as `Weights` has them.
        """
        covered, total = [0.0] * self.items, 0
        rare = []
        for key, value in asked.items():
            listed, items = self.of(key)
            steps = round(value * VALUE_STEPS)
            if len(listed) > MANY:
                total += steps * self.row(key, listed)
            else:
                rare.append((steps, listed))
            square = value * value
            for number in items:
                covered[number] += square
        near = array(LANE_KIND, total.to_bytes(LANE * self.phrases, "little"))
        for steps, listed in rare:
            for at, share in listed:
                near[at] += steps * share
        return near, covered

    def row(self, key: int, listed: Sequence[tuple[int, int]]) -> int:
        """The shares of a feature in all phrases as one integer."""
        found = self.rows.get(key)
        if found is None:
            lanes = array(LANE_KIND, bytes(LANE * self.phrases))
            for at, share in listed:
                lanes[at] = share
            found = self.rows[key] = int.from_bytes(lanes.tobytes(), "little")
        return found

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
                COUNTS.pack(self.phrases, self.items, len(keys), len(phrases), len(items)),
                struct.pack(f"<{len(keys)}I{len(ends)}I", *keys, *ends),
                struct.pack(f"<{len(phrases)}I", *[at for at, _ in phrases]),
                struct.pack(f"<{len(items)}I", *items),
                struct.pack(f"<{len(phrases)}H", *[share for _, share in phrases]),
            )
        )


class KeptPostings(Postings):
    """The same, read from bytes: of each feature when it is first asked for."""

    def __init__(self, content: bytes) -> None:
        """Read which features there are, and where their lists end."""
        of_phrases, of_items, count, phrases, items = COUNTS.unpack_from(content)
        super().__init__(of_phrases, of_items, {})
        keys = struct.unpack_from(f"<{count}I", content, COUNTS.size)
        self.places = {key: place for place, key in enumerate(keys)}
        at = COUNTS.size + 4 * count
        self.ends = struct.unpack_from(f"<{2 * count + 2}I", content, at)
        self.phrases_at = at + 4 * len(self.ends)
        self.items_at = self.phrases_at + 4 * phrases
        self.shares_at = self.items_at + 4 * items
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
        numbers = struct.unpack_from(f"<{phrase_end - phrase}I", self.content, self.phrases_at + 4 * phrase)
        shares = struct.unpack_from(f"<{phrase_end - phrase}H", self.content, self.shares_at + 2 * phrase)
        items = struct.unpack_from(f"<{item_end - item}I", self.content, self.items_at + 4 * item)
        return list(zip(numbers, shares, strict=True)), items


def make_postings(texts: Iterable[Texts], vectorize: Callable[[str], Vector]) -> Postings:
    """The postings of some items' texts; the phrases of all are numbered through."""
    phrases: dict[int, list[tuple[int, int]]] = defaultdict(list)
    items: dict[int, list[int]] = defaultdict(list)
    at = count = 0
    for number, (named, more) in enumerate(texts):
        words = set(vectorize(more))
        for text in named:
            vector = vectorize(text)
            words.update(vector)
            for key, share in vector.items():
                phrases[key].append((at, round(share * SHARE_STEPS)))
            at += 1
        for key in words:
            items[key].append(number)
        count = number + 1
    return Postings(at, count, {key: (phrases.get(key, ()), numbers) for key, numbers in items.items()})

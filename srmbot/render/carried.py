"""What a control of an answer carries, so that a click is understood without any memory: readings, and the question."""

from __future__ import annotations

import re
from dataclasses import dataclass

BETWEEN_KEYS = "|"  # between two keys; no key has it
INTERNAL = "internal"
LIMIT = 2000  # characters of a button's value
NEAREST_PART = re.compile(r"[+~][^+~=,]+")  # the part of a key that can be done without


@dataclass(frozen=True, slots=True)
class Carried:
    """What is in the value of a button."""

    keys: tuple[str, ...]  # of readings: the one that is meant, then the others of its row
    question: str = ""  # as it was asked; cut where it is long
    internal: bool = False  # the message stands where people of this workspace alone read it

    @property
    def key(self) -> str:
        """The reading that is meant."""
        return self.keys[0]

    def as_value(self) -> str:
        """The value: the keys in its first line, then who reads it, then the question."""
        keys = BETWEEN_KEYS.join(self.keys)
        if len(keys) > LIMIT // 2:
            keys = BETWEEN_KEYS.join(NEAREST_PART.sub("", key) for key in self.keys)
        if len(keys) > LIMIT // 2:
            keys = NEAREST_PART.sub("", self.key)
        return f"{keys}\n{INTERNAL if self.internal else ''}\n{self.question}"[:LIMIT].rstrip("\n")


def read_carried(value: str) -> Carried:
    """Read a value; one that is none of ours names a reading that there is not."""
    keys, _, rest = value.partition("\n")
    audience, _, question = rest.partition("\n")
    return Carried(tuple(keys.split(BETWEEN_KEYS)), question, audience == INTERNAL)

"""A sample -> a changed one: bytes lost, doubled, swapped, replaced by what breaks programs, joined with another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

# What has broken programs of every kind; and what means something to Slack, YAML, JSON or a form.
WORDS = (
    "<!channel> <@U1> <https://a|b> &lt; * ` ~ _ > | %00 %ff &amp; = & ; + payload=",
    '{ } [ ] " \\ null true 1e999 -1 9999999999999999999 {"a": [[[[ \\ud800 \\u0000',
    ": - # | > ! !!python/object &a *a << ? --- ... % @ ' ''",
    "\u202e \u2028 \ufeff \u0660 ß İ \U0001f600 \x00 \x7f",
)
TOKENS = [word.encode() for line in WORDS for word in line.split(" ")]
TOKENS += [b"\r\n", b"\t", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"A" * 5000, b"[" * 400]
Mutation = Callable[[bytes, Random, Sequence[bytes]], bytes]


def span(sample: bytes, random: Random) -> tuple[int, int]:
    """Choose a part of a sample, mostly a short one."""
    begin = random.randrange(len(sample) + 1)
    return begin, min(len(sample), begin + int(random.expovariate(1 / 8)) + 1)


def cut(sample: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Lose a part."""
    begin, end = span(sample, random)
    return sample[:begin] + sample[end:]


def double(sample: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Have a part several times."""
    begin, end = span(sample, random)
    return sample[:begin] + sample[begin:end] * random.randrange(2, 20) + sample[end:]


def insert(sample: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Put a token somewhere."""
    begin, _ = span(sample, random)
    return sample[:begin] + random.choice(TOKENS) + sample[begin:]


def replace(sample: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Put a token in the place of a part."""
    begin, end = span(sample, random)
    return sample[:begin] + random.choice(TOKENS) + sample[end:]


def flip(sample: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Change one byte."""
    if not sample:
        return bytes([random.randrange(256)])
    at = random.randrange(len(sample))
    return sample[:at] + bytes([random.randrange(256)]) + sample[at + 1 :]


def splice(sample: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Go on with the end of another sample."""
    other = random.choice(others)
    return sample[: span(sample, random)[0]] + other[span(other, random)[0] :]


MUTATIONS: tuple[Mutation, ...] = (cut, double, insert, replace, flip, splice)


def mutate(random: Random, samples: Sequence[bytes]) -> bytes:
    """Choose a sample, and change it once or some times."""
    changed = random.choice(samples)
    for _ in range(1 + int(random.expovariate(1))):
        changed = random.choice(MUTATIONS)(changed, random, samples)
    return changed

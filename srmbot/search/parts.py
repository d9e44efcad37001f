"""A question about several things -> what they are: services in a row, in a list or beside one another, or topics.

Only what is named as a row counts ("RDS, Aurora and S3"), or what is compared; a second service in passing does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from srmbot.grammar import opens_with_wh
from srmbot.grammar_patterns import VERB
from srmbot.model import GENERAL
from srmbot.query import tokenize
from srmbot.search.service_names import NamedService
from srmbot.search.spelling import Words

JOINING_WORDS = frozenset("and or nor vs versus plus".split())
LITTLE_WORDS = JOINING_WORDS | frozenset("on in of for with to a an the our my your".split())  # "on RDS and on Aurora"
EACH = frozenset("each every all both them these those per either".split())  # what asks it of all that were named
FAR = 4  # words between two members of a row that has two beside one another: "RDS, EKS control plane and S3"
BREAKS = re.compile(r"[,;:/+&.?!\n]|\s[–—-]\s")  # between two members of a row
LONGEST_NAME = 4  # words of a topic's name
ITEM_END = re.compile(r"[,;:/|+&=?!\n]|\.(?!\w)|\s[–—-]\s|\b(?:and|or|vs)\b", re.IGNORECASE)  # after an item of a list
LEAST_ITEMS = 3  # of a list
LONGEST_ITEM = 6  # words


@dataclass(frozen=True, slots=True)
class TopicName:
    """A topic named in a text."""

    topic: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One of the things that a text lists."""

    said: str  # the item, with all of the text that belongs to none
    service: str  # that it is about


def split_list(text: str) -> list[str]:
    """What stands between the commas, colons, bars, marks and joining words of a text."""
    return [each.strip() for each in ITEM_END.split(text) if tokenize(each)]


def is_item(segment: str) -> bool:
    """Whether a segment is as short as an item of a list, and asks, counts, denies and says nothing."""
    words = tokenize(segment)
    counts = any(word.isdigit() for word in words)
    says = counts or "no" in words[:1] or VERB.search(segment) or opens_with_wh(segment)
    return len(words) <= LONGEST_ITEM and not says


def listed_services(text: str, find: Callable[[Words], Sequence[NamedService]]) -> list[Item]:
    """The services that a text lists, each with what is said of it: "OS patches: oracle on ec2, oracle on RDS, aurora".

    Fewer than three are no list. What is said of one is not said of the others ("ec2, the lambda runtime and S3"), but
    for what only the first has before its name, and only the last after it: "failover of rds, aurora and s3".
    """
    said: dict[str, tuple[Words, Words, Words]] = {}  # what stands before the name, the name, and what stands after it
    frame: Words = ()
    for words in map(tokenize, split_list(text)):
        named = [each for each in find(words) if each.strong and each.service != GENERAL]
        if len({each.service for each in named}) == 1 and len(words) <= LONGEST_ITEM:
            start, end = named[0].start, named[-1].end
            said.setdefault(named[0].service, (words[:start], words[start:end], words[end:]))
        elif named:
            return []
        else:
            frame += words
    if len(said) < LEAST_ITEMS:
        return []
    before, after = [each[0] for each in said.values()], [each[2] for each in said.values()]
    of_all = (() if any(before[1:]) else before[0]) + (() if any(after[:-1]) else after[-1])
    items = {service: [word for word in chain(*each) if word not in of_all] for service, each in said.items()}
    return [Item(" ".join((*words, *of_all, *frame)), service) for service, words in items.items()]


def asked_together(sentence: str, text: str) -> str:
    """Where the things stand that a question asks about together: in the sentence that asks, else in all of the text.

    "RDS, S3 and KMS are in scope. Who patches each of them?"
    """
    return text if not EACH.isdisjoint(tokenize(sentence)) else sentence


def find_by_segment(text: str, find: Callable[[Words], Sequence[NamedService]]) -> tuple[list[NamedService], Words]:
    """The services that a text names and its words; no name reaches over a comma: "RDS, Aurora" are two."""
    found: list[NamedService] = []
    words: tuple[str, ...] = ()
    for segment in BREAKS.split(text):
        own = tokenize(segment)
        found += [replace(each, start=each.start + len(words), end=each.end + len(words)) for each in find(own)]
        words += own
    return found, words


def services_in_row(named: Sequence[NamedService], words: Words, *, compared: bool) -> list[str]:
    """The services that a question asks about together, in their order; fewer than two where it does not.

    Args:
        named: those of the sentence that asks, from the left.
        words: its words.
        compared: whether the question compares; then two services need not stand side by side.
    """
    strong = [each for each in named if each.strong and each.service != GENERAL]
    slugs = list(dict.fromkeys(each.service for each in strong))
    if len(slugs) < 2 or compared:
        return slugs
    pairs = [pair for pair in pairwise(strong) if pair[0].service != pair[1].service]
    if not any(are_joined(words, first.end, second.start) for first, second in pairs):
        return []
    rows = [pair for pair in pairs if are_near(words, pair[0].end, pair[1].start)]
    return list(dict.fromkeys(each.service for pair in rows for each in pair))


def topics_in_row(words: Words, names: Mapping[Words, str]) -> list[str]:
    """The topics that are named side by side, in their order; fewer than two where there is no such row.

    Args:
        words: the words of the sentence that asks.
        names: topics by everything that they are called.
    """
    found: list[TopicName] = []
    at = 0
    while at < len(words):
        sizes = range(min(LONGEST_NAME, len(words) - at), 0, -1)
        size = next((size for size in sizes if words[at : at + size] in names), 0)
        if size:
            found.append(TopicName(names[words[at : at + size]], at, at + size))
        at += size or 1
    rows = [
        pair
        for pair in pairwise(found)
        if pair[0].topic != pair[1].topic and are_joined(words, pair[0].end, pair[1].start)
    ]
    if not any(
        first.end < second.start for first, second in rows
    ):  # "OS patches" is one thing, "OS and patches" are two
        return []
    return list(dict.fromkeys(each.topic for pair in rows for each in pair))


def are_near(words: Words, end: int, start: int) -> bool:
    """Whether two names may be members of one row: joined, or with a few words between, of which one joins."""
    between = words[end:start]
    return are_joined(words, end, start) or (len(between) <= FAR and not JOINING_WORDS.isdisjoint(between))


def are_joined(words: Words, end: int, start: int) -> bool:
    """Whether only words that join are between two places of a text."""
    between = words[end:start]
    return not between or (LITTLE_WORDS.issuperset(between) and sum(word in JOINING_WORDS for word in between) == 1)

"""Kept misses -> groups of those that ask nearly the same, the largest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from srmbot.misses.miss import KeptMiss
from srmbot.query import tokenize
from srmbot.small_talk import ENGLISH

ALIKE_FROM = 70  # of 100: how alike the words of two questions are, whatever their order
ASKING_WORDS = ENGLISH | {
    "job",
    "task",
    "responsible",
    "responsibility",
    "owns",
    "own",
    "should",
    "please",
    "does",
    "done",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Misses that ask nearly the same, the newest first."""

    misses: tuple[KeptMiss, ...]

    @property
    def text(self) -> str:
        """The question that was asked most often, of several the shortest."""
        counted = Counter(each.miss.question for each in self.misses)
        return min(counted, key=lambda text: (-counted[text], len(text), text))

    @property
    def questions(self) -> list[str]:
        """The different questions, the one that stands for them first."""
        return list(dict.fromkeys((self.text, *(each.miss.question for each in self.misses))))

    @property
    def ids(self) -> list[str]:
        """The IDs of its misses."""
        return [each.id for each in self.misses]

    @property
    def service(self) -> str:
        """The service that was mostly understood; blank where none was."""
        return most_common(each.miss.service for each in self.misses)

    @property
    def topic(self) -> str:
        """The topic that was mostly understood; blank where none was."""
        return most_common(each.miss.topic for each in self.misses)

    @property
    def owner(self) -> str:
        """The owner whom people mostly named; blank where nobody did."""
        return most_common(each.miss.owner for each in self.misses)

    @property
    def page(self) -> str:
        """A page that somebody named; blank where nobody did."""
        return most_common(each.miss.page for each in self.misses)

    @property
    def notes(self) -> list[str]:
        """What people said of the answers."""
        return list(dict.fromkeys(each.miss.note for each in self.misses if each.miss.note))

    @property
    def reasons(self) -> list[str]:
        """Why they are misses, the most frequent reason first."""
        return [reason for reason, _ in Counter(each.miss.reason for each in self.misses).most_common()]

    @property
    def times(self) -> int:
        """How many people's questions they are: what one says of one answer counts once."""
        return len(
            {(each.miss.user, each.miss.channel, each.miss.thread_ts, each.miss.question) for each in self.misses}
        )


def most_common(values: Iterable[str]) -> str:
    """The value that comes most often, blank ones aside."""
    return next((value for value, _ in Counter(filter(None, values)).most_common(1)), "")


def make_clusters(misses: Sequence[KeptMiss]) -> list[Cluster]:
    """Group misses by how alike their questions are.

    Each miss joins the group whose first question is most like its own, if any is near; else it begins one.

    Args:
        misses: the newest first.

    Returns:
        The groups, the largest first, of the same size the newest.
    """
    from rapidfuzz import fuzz, process  # only maintainers need it

    leaders: list[str] = []
    groups: list[list[KeptMiss]] = []
    for each in misses:
        words = key_words(each.miss.question)
        found = process.extractOne(words, leaders, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE_FROM)
        if found:
            groups[found[2]].append(each)
        else:
            leaders.append(words)
            groups.append([each])
    clusters = [Cluster(tuple(group)) for group in groups]
    return sorted(clusters, key=lambda each: -each.times)


def key_words(question: str) -> str:
    """The words of a question that tell it from others; all where it has no such word."""
    words = tokenize(question)
    return " ".join([word for word in words if word not in ASKING_WORDS] or words)

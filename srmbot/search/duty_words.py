"""A service and a question's words -> that service's duties which have the same words, and what share of them.

What is learned holds for all services; this is for the words that one service's duties alone have, such as the
names of an organisation's own things. Words are looked for in the phrases one after another: for the duties of one
service that is as fast as an index, and there is no wait for an index to be made.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from srmbot.model import Duty, Knowledge
from srmbot.query import fold_case
from srmbot.search.features import CACHED_WORDS

LEAST_SHARE = 0.35  # share of the words below which a duty is not recalled
UNSEEN_WORD = 0.5  # what a word counts that none of the service's duties have, beside one that a single phrase has
COMMON = 300  # phrases; a word of more of them tells little and takes long


@dataclass(frozen=True, slots=True)
class DutyPhrases:
    """The phrases of a service's duties, a line each."""

    text: str  # in lower case, with a line's end before the first and after the last
    starts: Sequence[int]  # where each line begins
    duties: Sequence[Duty]  # by the number of a line

    def lines_with(self, word: str) -> Iterator[int]:
        """The lines that have a word."""
        text, at = self.text, self.text.find(word)
        while at >= 0:
            end = at + len(word)
            if not text[at - 1].isalnum() and not text[end].isalnum():
                yield bisect(self.starts, at) - 1
                end = text.find("\n", end)
            at = text.find(word, end)


class WordIndex:
    """Finds the duties of one service by their words."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Nothing is read yet."""
        self.knowledge = knowledge
        self.known: dict[str, DutyPhrases] = {}
        self.lines_with = lru_cache(CACHED_WORDS)(self.find_lines)

    def find(self, service: str, words: Iterable[str]) -> Mapping[str, float]:
        """The duties of a service that have most of some words: by id the share of them, rare words counting more.

        A word that n of the N phrases have counts ln(1 + N / n) (inverse document frequency).
        """
        known = self.phrases_of(service)
        shared: dict[int, float] = {}
        whole = 0.0
        for word in dict.fromkeys(words):
            lines = self.lines_with(service, word)
            rarity = log(1 + len(known.duties) / len(lines)) if lines else UNSEEN_WORD * log(1 + len(known.duties))
            whole += rarity
            for line in lines if len(lines) <= COMMON else ():
                shared[line] = shared.get(line, 0.0) + rarity
        found: dict[str, float] = {}
        for line, share in shared.items():
            if share >= LEAST_SHARE * whole:
                duty = known.duties[line].id
                found[duty] = max(found.get(duty, 0.0), share / whole)
        return found

    def find_lines(self, service: str, word: str) -> Sequence[int]:
        """The lines of a service that have a word."""
        return tuple(self.phrases_of(service).lines_with(word))

    def phrases_of(self, service: str) -> DutyPhrases:
        """The phrases of a service's duties, put together when first needed."""
        if service not in self.known:
            self.known[service] = index_phrases(self.knowledge.of_service(service))
        return self.known[service]


def index_phrases(duties: Iterable[Duty]) -> DutyPhrases:
    """The phrases of some duties."""
    lines = [(fold_case(text), duty) for duty in duties for text in duty.phrases]
    starts, at = [], 1
    for line, _ in lines:
        starts.append(at)
        at += len(line) + 1
    return DutyPhrases("\n".join(("", *(line for line, _ in lines), "")), starts, [duty for _, duty in lines])

"""A question -> the example questions that have most in common with it, found by how their words begin."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from heapq import nlargest
from math import log

from srmbot.bot import State
from srmbot.model import ExampleQuestion
from srmbot.query import tokenize
from srmbot.search.matcher import nearest_examples
from srmbot.search.matches import Matches

LETTERS = 4  # of a word's beginning that it is found by: "encrypt" in "encryption"
COMPARED = 150  # examples that are compared in full, which takes 0.05 ms each


class ExampleIndex:
    """The example questions by how their words begin."""

    def __init__(self, examples: Sequence[ExampleQuestion]) -> None:
        """Index some examples: a third of a second of processor time for 20,000."""
        self.examples = examples
        self.found: dict[str, list[int]] = {}
        self.sizes: list[int] = []  # how many beginnings each has
        for number, example in enumerate(examples):
            its = beginnings(tokenize(example.text))
            self.sizes.append(len(its))
            for beginning in its:
                self.found.setdefault(beginning, []).append(number)

    def shortlist(self, words: tuple[str, ...], topics: Collection[str | None]) -> list[ExampleQuestion]:
        """The examples of some topics that have most in common with a question; a rare word tells more.

        Args:
            words: of the question.
            topics: those that count; None is for what is not ours.
        """
        shared: dict[int, float] = {}
        for beginning in beginnings(words):
            numbers = self.found.get(beginning, ())
            tells = log(1 + len(self.examples) / max(1, len(numbers)))
            for number in numbers:
                shared[number] = shared.get(number, 0.0) + tells
        scored = [(score * score / self.sizes[number], number) for number, score in shared.items()]
        ours = ((score, number) for score, number in scored if self.examples[number].topic in topics)
        return [self.examples[number] for number in sorted(number for _, number in nlargest(COMPARED, ours))]


def beginnings(words: tuple[str, ...]) -> set[str]:
    """How the words of a text begin."""
    return {word[:LETTERS] for word in words}


@lru_cache(1)
def index_examples(examples: Callable[[], Sequence[ExampleQuestion]]) -> ExampleIndex:
    """The index of what is read when it is first needed; kept until the knowledge changes."""
    return ExampleIndex(examples())


def nearest(known: State, matches: Matches) -> list[tuple[float, ExampleQuestion]]:
    """The few example questions nearest to a question, with how near each is."""
    topics = {match.topic for match in matches.readings} | {None}
    words = tuple(word for words, _ in matches.evidence.parts for word in words)
    return nearest_examples(known.matcher, matches, index_examples(known.examples).shortlist(words, topics))

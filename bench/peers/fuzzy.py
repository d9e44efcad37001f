"""rapidfuzz over every phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz, process

from bench.peers.peer import HITS, Hit, Phrase


class Fuzzy:
    """The phrases with the highest ratio; those of each set of services are listed once."""

    keeps_names = False

    def __init__(self, scorer: Callable[..., float]) -> None:
        self.scorer = scorer
        self.listed: dict[frozenset[str] | None, dict[int, str]] = {}

    def build(self, phrases: Sequence[Phrase]) -> None:
        """Keep the phrases in lower case, by service."""
        self.listed[None] = {number: phrase.text.casefold() for number, phrase in enumerate(phrases)}
        self.of_service: dict[str, list[int]] = {}
        for number, phrase in enumerate(phrases):
            self.of_service.setdefault(phrase.service, []).append(number)

    def nearest(self, text: str, services: frozenset[str] | None) -> Iterable[Hit]:
        """The nearest phrases, scores from 0 to 100."""
        if services not in self.listed:
            everything, wanted = self.listed[None], sorted(services or ())
            numbers = [number for service in wanted for number in self.of_service.get(service, ())]
            self.listed[services] = {number: everything[number] for number in numbers}
        found = process.extract(text, self.listed[services], scorer=self.scorer, limit=HITS)
        return [(number, score) for _, score, number in found]


def weighted() -> Fuzzy:
    """A mixture of rapidfuzz's ratios."""
    return Fuzzy(fuzz.WRatio)


def tokens() -> Fuzzy:
    """The better of its sorted and set ratios of words."""
    return Fuzzy(fuzz.token_ratio)

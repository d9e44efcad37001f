"""Words -> the services that they name, however they are written; names are masked for what is learned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from srmbot.model import GENERAL, Knowledge
from srmbot.query import tokenize
from srmbot.search.features import CACHED_WORDS, NOT_AWS_MASK, SERVICE_MASK

SHORTEST_MISSPELT = 6  # letters of a name; shorter ones are too near to other words
LONG_NAME = 9  # letters from which on a second slip is forgiven
MISSPELT_ONCE, MISSPELT_TWICE = 1, 2  # edits allowed
VENDORS = frozenset(["amazon", "aws"])  # before a name they say nothing: "amazon rds custom" is "rds custom"

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedService:
    """A name found in a text."""

    service: str
    said: str  # as it was typed
    alias: str  # as the knowledge has it
    strong: bool  # means this service and nothing else
    start: int  # the first word, and the one after the last
    end: int
    resource: str | None = None  # the team's own thing of that service that is named, as teams.yaml has it


class UncoveredName(NamedTuple):
    """A name of an AWS service without duties, found in a text."""

    name: str
    end: int  # the word after its last


class ServiceNames:
    """Finds the services' names in a text."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Index the aliases and hints of all services, and the resources of teams, by their words."""
        self.helpers = {slug for slug, service in knowledge.services.items() if service.helper}
        self.strong = dict(index_names(knowledge, "aliases"))
        self.weak = {key: slug for key, slug in index_names(knowledge, "hints").items() if key not in self.strong}
        self.resources = {key: name for key, name in index_resources(knowledge) if key not in self.strong}
        own = {key: knowledge.resources[name][0].service or GENERAL for key, name in self.resources.items()}
        vague = common_words(knowledge) if any(len(key) == 1 for key in own) else frozenset()
        self.weak |= {key: slug for key, slug in own.items() if len(key) == 1 and key[0] in vague}
        self.strong |= {key: slug for key, slug in own.items() if key not in self.weak}
        self.not_aws = {tokenize(name) for name in knowledge.not_aws}
        self.farthest = max(map(len, self.not_aws), default=0)
        self.first_not_aws = {key[0] for key in self.not_aws if key}
        self.uncovered = {tokenize(alias): name for alias, name in knowledge.uncovered.items()}
        self.uncovered |= {
            (vendor, *key): name for key, name in self.uncovered.items() for vendor in VENDORS if key[0] not in VENDORS
        }
        self.longest_uncovered = max(map(len, self.uncovered), default=0)
        self.first_uncovered = {key[0] for key in self.uncovered if key}
        self.longest = max(map(len, (*self.strong, *self.weak)), default=0)
        self.first = {word for key in (*self.strong, *self.weak) for word in (key[0], f"{key[0]}s")}
        self.corrected = lru_cache(CACHED_WORDS)(self.correct)
        self.single = [key[0] for key in self.strong if len(key) == 1 and len(key[0]) >= SHORTEST_MISSPELT]

    def find(self, words: tuple[str, ...]) -> list[NamedService]:
        """Every name in a text, from the left, the longest at each place: "rds custom" is not "rds".

        A longer name of a service without duties is that service: "vpc lattice" is not "vpc".
        """
        found = []
        at = 0
        while at < len(words):
            named, other = self.name_at(words, at), self.uncovered_at(words, at)
            if other and (named is None or other.end > named.end or not is_exact(named)):
                at = other.end
            elif named:
                found.append(named)
                at = named.end
            else:
                at += 1
        return found

    def mask_not_aws(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words with each name of what is not AWS's replaced by a sign, the longest at each place."""
        if self.first_not_aws.isdisjoint(words):
            return words
        kept: list[str] = []
        at = 0
        while at < len(words):
            sizes = range(min(self.farthest, len(words) - at), 0, -1)
            size = next((size for size in sizes if words[at : at + size] in self.not_aws), 0)
            kept.append(NOT_AWS_MASK if size else words[at])
            at += size or 1
        return tuple(kept)

    def find_uncovered(self, words: tuple[str, ...]) -> str | None:
        """The first AWS service without duties that a text names; None where it names none."""
        found = (self.uncovered_at(words, start) for start in range(len(words)))
        return next((each.name for each in found if each), None)

    def uncovered_at(self, words: tuple[str, ...], start: int) -> UncoveredName | None:
        """The longest name of a service without duties that begins with one word of a text, or None."""
        if words[start] not in self.first_uncovered:
            return None
        for end in range(min(start + self.longest_uncovered, len(words)), start, -1):
            if name := self.uncovered.get(words[start:end]):
                return UncoveredName(name, end)
        return None

    def drop_helpers(self, found: Sequence[NamedService]) -> Sequence[NamedService]:
        """The names that are services asked about: beside another one, a helper is what is asked ("iam for rds")."""
        others = [named for named in found if named.service not in self.helpers]
        return others or found

    def name_at(self, words: tuple[str, ...], start: int) -> NamedService | None:
        """The name that begins with one word of a text, or None."""
        if words[start] in VENDORS and start + 1 < len(words):
            return self.name_at(words, start + 1) or self.known_name_at(words, start)
        return self.known_name_at(words, start) or self.misspelt_name_at(words, start)

    def known_name_at(self, words: tuple[str, ...], start: int) -> NamedService | None:
        """The longest alias or hint that begins with one word of a text, or None."""
        if words[start] not in self.first:
            return None
        for size in range(min(self.longest, len(words) - start), 0, -1):
            said = words[start : start + size]
            for key in (said, singularize(said)):
                for strong, names in ((True, self.strong), (False, self.weak)):
                    if key in names:
                        resource = self.resources.get(key)
                        return NamedService(
                            names[key], " ".join(said), " ".join(key), strong, start, start + size, resource
                        )
        return None

    def misspelt_name_at(self, words: tuple[str, ...], start: int) -> NamedService | None:
        """The name that a word was probably meant to be, or None."""
        corrected = self.corrected(words[start])
        if corrected is None:
            return None
        return NamedService(self.strong[corrected,], words[start], corrected, strong=True, start=start, end=start + 1)

    def correct(self, word: str) -> str | None:
        """The name that a misspelt word was probably meant to be: one edit away, two if it is long."""
        most = MISSPELT_TWICE if len(word) >= LONG_NAME - 1 else MISSPELT_ONCE
        near = [name for name in self.single if is_near(name, word, most)]
        if not near:
            return None
        from rapidfuzz import process  # most questions have no such word, and start 10 ms sooner without
        from rapidfuzz.distance import OSA

        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=most)
        return found[0] if found else None


def has_strong_name(found: Iterable[NamedService]) -> bool:
    """Whether one of some names means a service, and does not only hint at it."""
    return any(named.strong for named in found)


def is_exact(named: NamedService) -> bool:
    """Whether a name is written as the knowledge has it, and not a slip of it."""
    return named.alias in (named.said, " ".join(singularize(tokenize(named.said))))


def index_names(knowledge: Knowledge, name: str) -> Mapping[Key, str]:
    """The services by the words of each of their aliases or hints."""
    return {tokenize(text): slug for slug, service in knowledge.services.items() for text in getattr(service, name)}


def index_resources(knowledge: Knowledge) -> Iterator[tuple[Key, str]]:
    """The resources of teams by the words of their names."""
    return ((key, name) for name in knowledge.resources if (key := tokenize(name)))


def common_words(knowledge: Knowledge) -> frozenset[str]:
    """The words that duties are written in: a resource of such a name is not always meant by it."""
    return frozenset(word for duty in knowledge.duties for text in duty.phrases for word in tokenize(text))


def singularize(words: Key) -> Key:
    """The words with the last one in the singular."""
    return (*words[:-1], words[-1].removesuffix("s"))


def mask_names(words: tuple[str, ...], found: Iterable[NamedService]) -> tuple[str, ...]:
    """The words with each strong name replaced by a sign that says only that one stood there."""
    kept: list[str] = []
    at = 0
    for named in found:
        if named.strong:
            kept += [*words[at : named.start], SERVICE_MASK]
            at = named.end
    return (*kept, *words[at:])


def words_outside(words: tuple[str, ...], found: Iterable[NamedService]) -> tuple[str, ...]:
    """The words that are no part of a name."""
    inside = {at for named in found for at in range(named.start, named.end)}
    return tuple(word for at, word in enumerate(words) if at not in inside)


def is_near(name: str, word: str, most: int) -> bool:
    """Whether a word may be so few edits away from a name: it begins and ends alike, and has about the same letters.

    "documents" is no slip of "documentdb", though two edits are enough.
    """
    return (
        name[0] == word[0]
        and not set(name[-2:]).isdisjoint(word[-2:])
        and abs(len(name) - len(word)) <= most
        and len(set(name).symmetric_difference(word)) <= 2 * most
    )

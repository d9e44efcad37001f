"""Query -> Subject: typos corrected, services' names found and masked; the form that is learned from and asked in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from srmbot.model import Knowledge
from srmbot.query import Query, content_words, parse
from srmbot.search.features import Parts
from srmbot.search.service_names import NamedService, ServiceNames, has_strong_name, mask_names, words_outside
from srmbot.search.spelling import Spelling, Words

POINTING_BACK = frozenset(["about", "also", "and", "but", "same", "then", "too"])  # to what was said before
ASKING_WORDS = frozenset(["who", "whos", "whose"])
ASKS_WHOSE = re.compile(  # the ways to ask whose work something is, as words in lower case
    r"\b(?:whos?(?: (?:is|are|s|will be|would be|should be|is actually|is usually))?(?: the one)?"
    r" (?:responsible|accountable|liable|answerable|in charge|on the hook)(?: (?:for|of))?"
    r"|whos?(?: (?:is|are))? (?:owns|handles|handling|manages|managing|looks? after|looking after|takes? care of"
    r"|taking care of|deals? with|dealing with|does the|doing the|has to do|the owner of)"
    r"|whose (?:\w+ )?(?:responsibility|job|task|duty|work|problem|concern) (?:is|are)(?: it)?(?: to)?)\b"
)


@dataclass(frozen=True, slots=True)
class AnalyzedQuery:
    """A question with its names found: what the models are asked about."""

    query: Query
    parts: Parts  # names masked
    named: tuple[NamedService, ...]  # those meant most first: in a sentence that asks, then in what was said before it
    content: Words  # telling words beside the names
    corrections: tuple[tuple[str, str], ...] = ()  # slips, each with what it was read as
    from_parent: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it is about nothing without what was said before it: "who owns this?", "and on aurora?".

        A service's name alone is about that service.
        """
        return not self.content and (not self.named or not POINTING_BACK.isdisjoint(self.query.words))

    @property
    def needs_thread(self) -> bool:
        """Whether it leaves the service or the rest of its question to what was said before it."""
        return not self.content or not has_strong_name(self.named)


class Analyzer:
    """Reads texts in one way, whether to learn from them or to answer."""

    def __init__(self, knowledge: Knowledge, spelling: Spelling) -> None:
        """Index what the knowledge calls services."""
        self.names = ServiceNames(knowledge)
        self.spelling = spelling

    def read(self, text: str) -> AnalyzedQuery:
        """A text with its names found."""
        return self.analyze(parse(text))

    def analyze(self, query: Query) -> AnalyzedQuery:
        """Find the names in a query."""
        parts: list[tuple[Words, float]] = []
        named: list[NamedService] = []
        left: list[str] = []
        slips: list[tuple[str, str]] = []
        for said, weight, back in order_sentences(query.parts):
            words = ask_plainly(said)
            found = self.names.find(words)
            corrected = self.correct(words, found)
            slips += [(said, meant) for said, meant in zip(words, corrected, strict=True) if said != meant]
            meant = self.names.mask_not_aws(corrected)
            if meant != words:
                found = self.names.find(meant)
            asked_about = self.names.drop_helpers(found)
            parts.append((mask_names(meant, asked_about), weight))
            named += reversed(found) if back else found
            left += content_words(words_outside(meant, asked_about))
        return AnalyzedQuery(query, tuple(parts), tuple(named), tuple(left), tuple(slips))

    def correct(self, words: Words, found: Iterable[NamedService]) -> Words:
        """The words with typos corrected, but for names: these are better corrected among themselves."""
        meant = self.spelling.correct(words)
        if meant == words:
            return words
        inside = {at for named in found for at in range(named.start, named.end)}
        return tuple(said if at in inside else word for at, (said, word) in enumerate(zip(words, meant, strict=True)))


def ask_plainly(words: Words) -> Words:
    """Words in which every way to ask whose work it is is the same: "who is responsible for backups" -> "who backups".

    Whatever verb asks it, the answer is the same; what is learned from one holds for all.
    """
    return tuple(ASKS_WHOSE.sub("who", " ".join(words)).split()) if not ASKING_WORDS.isdisjoint(words) else words


def order_sentences(parts: Parts) -> Iterator[tuple[Words, float, bool]]:
    """The sentences that ask; then the others before the first of them, the nearest first; then the rest.

    "It" in a question means what was spoken of just before. The sign says that a sentence is to be read backwards.
    """
    highest = max((weight for _, weight in parts), default=1.0)
    asking = [at for at, (_, weight) in enumerate(parts) if weight == highest]
    first = asking[0] if asking else 0
    before = [at for at in range(first) if at not in asking]
    after = [at for at in range(first, len(parts)) if at not in asking]
    yield from ((*parts[at], False) for at in asking)
    yield from ((*parts[at], True) for at in reversed(before))
    yield from ((*parts[at], False) for at in after)

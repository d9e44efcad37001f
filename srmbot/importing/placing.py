"""Statement, Knowledge -> which service and topic it is about, as likely as the matcher finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from srmbot.bot import State
from srmbot.importing.columns import Role
from srmbot.importing.statements import Statement
from srmbot.importing.wording import ADDED, CARE, as_order
from srmbot.model import GENERAL
from srmbot.query import STOP_WORDS, tokenize
from srmbot.render.statement import listed
from srmbot.search.service_names import words_outside

NAMED_LIKELIHOOD = 0.95  # how likely a topic is that the row names itself
SURE_GUESS_FROM = 0.6  # likelihood from which a guess needs no reading
BESIDE = 0.03  # what a topic counts that the row's category does not name
LEAST_LIKELIHOOD = 0.01  # how likely a topic is at least that the category names
HEAD_SHARE = 0.6  # what the noun counts that a statement ends with, if it is a topic's
MENTIONED = 0.4  # what a topic counts that alone is mentioned by its name
LIKELY_PART = 0.45  # how likely the topic of each thing in a list must be for the list to be taken apart
CATEGORY_SHARE = 0.25  # what a category's own words count beside the statement's
RIVALS = 2  # other topics that are named
PARENTHESES = re.compile(r"\(([^)]*)\)")
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement with its place in the knowledge."""

    statement: Statement
    order: str
    service: str
    topic: str
    likelihood: float  # of the topic, 0 to 1
    named: bool = False  # the row itself names the topic
    rivals: tuple[tuple[str, float], ...] = ()  # other topics that it may be, the likeliest first
    unplaced: bool = False  # nothing named a service

    @property
    def guessed(self) -> bool:
        """Whether a person must read it: the topic is not likely enough."""
        return self.likelihood < SURE_GUESS_FROM


class Placer:
    """Places statements by the names that their rows, headings and titles have, and by the matcher."""

    def __init__(self, state: State, service: str | None = None, title: str = "") -> None:
        """Know what things are called.

        Args:
            state: what the matcher has learned.
            service: the slug of the service where nothing names one, if the user gave it.
            title: of the document, which may name one.
        """
        self.state = state
        self.names = state.matcher.service_names
        self.topics = state.matcher.evidence.topic_names
        self.default = service
        self.title = title

    def place(self, statement: Statement) -> list[Placed]:
        """A statement's place; several where it lists things of different topics."""
        if own := self.own_place(statement):
            return [own]
        service, named = self.service(statement)
        parts = self.split(statement, service)
        return [self.place_one(part, service, named) for part in parts]

    def own_place(self, statement: Statement) -> Placed | None:
        """The place of a duty that was exported: its id, and the topic in its row or above it, say all of it."""
        service, dot, _ = statement.details.get(Role.ID, "").partition(".")
        topics = (statement.details.get(Role.TOPIC, ""), *map(self.titled, reversed(statement.headings)))
        topic = next((slug for slug in topics if slug in self.state.knowledge.topics), None)
        if not dot or service not in self.state.knowledge.services or topic is None:
            return None
        return Placed(statement, statement.text, service, topic, 1.0, named=True)

    def titled(self, heading: str) -> str:
        """The topic that a heading is the title of; empty where it is none's."""
        return self.topics.get(tokenize(heading)) or ""

    def place_one(self, statement: Statement, service: str, named: bool) -> Placed:
        """The place of a statement that is about one topic."""
        order = as_order(statement.text)
        likely = self.topic(statement, service)
        (best, likelihood), *rest = sorted(likely.items(), key=lambda pair: (-pair[1], pair[0]))
        rivals = tuple((topic, round(share, 2)) for topic, share in rest[:RIVALS] if share >= 0.1)
        return Placed(
            statement, order, service, best, round(likelihood, 2), best in self.said(statement), rivals, not named
        )

    def service(self, statement: Statement) -> tuple[str, bool]:
        """The service that a statement is about, and whether anything names it."""
        only = statement.category if self.is_name(statement.category) else ""
        above = (statement.lead, statement.service, only, *reversed(statement.headings), self.title)
        found = next(filter(None, map(self.first_named, above)), None)
        if found is None and self.default is None:
            found = next(filter(None, map(self.only_named, (statement.category, statement.text))), None)
        return (found, True) if found else (self.default or GENERAL, self.default is not None)

    def only_named(self, text: str) -> str | None:
        """The one service that a text names, beside those that others are built with; None of several."""
        found = set(self.named(text)) - self.names.helpers
        return found.pop() if len(found) == 1 else None

    def first_named(self, text: str) -> str | None:
        """The first service that a text names plainly."""
        return next(iter(self.named(text)), None)

    def named(self, text: str) -> Sequence[str]:
        """The services that a text names plainly, from the left."""
        return [each.service for each in self.names.find(tokenize(text)) if each.strong and each.service != GENERAL]

    def is_name(self, text: str) -> bool:
        """Whether a text is a service's name and nothing more."""
        words = tokenize(PARENTHESES.sub(" ", text))
        found = [each for each in self.names.find(words) if each.strong]
        return bool(found) and not words_outside(words, found)

    def topic(self, statement: Statement, service: str) -> Mapping[str, float]:
        """How likely each topic is: by the row's own word for it, by the statement, by its category."""
        slug = statement.details.get(Role.TOPIC, "")
        if slug in self.state.knowledge.topics:
            return {slug: 1.0}
        text = statement.text if len(tokenize(statement.text)) > 1 else f"{statement.text} {statement.category}"
        own = self.exact(statement.text) or self.with_head(text, self.likelihoods(text, service))
        category = statement.category if not self.is_name(statement.category) else ""
        category = category or next((each for each in reversed(statement.headings) if self.titled(each)), "")
        named = self.named_topics(category)
        if not category:
            return own
        prior = dict.fromkeys(named, 1.0) if named else self.soften(self.likelihoods(category, service))
        beside = BESIDE if named else CATEGORY_SHARE
        joined = {topic: share * (beside + prior.get(topic, 0.0)) for topic, share in own.items()}
        for topic in named:
            joined[topic] = joined.get(topic, 0.0) + LEAST_LIKELIHOOD
        total = sum(joined.values())
        return {topic: share / total for topic, share in joined.items()}

    def said(self, statement: Statement) -> Sequence[str]:
        """The topics that a row names itself."""
        own = (*self.exact(statement.text), statement.details.get(Role.TOPIC, ""))
        return (*own, *map(self.titled, statement.headings), *self.named_topics(statement.category))

    def exact(self, text: str) -> Mapping[str, float]:
        """The topic that a text names and nothing more."""
        plain = PARENTHESES.sub(" ", text)
        initials = "".join(word[0] for word in tokenize(plain) if word != "and")
        short = (part for part in PARENTHESES.findall(text) if part.lower() == initials)
        slug = next(filter(None, (self.named_by(telling(part)) for part in (text, plain, *short))), None)
        return {slug: NAMED_LIKELIHOOD} if slug else {}

    def named_by(self, words: Words) -> str | None:
        """The topic that some words are a name of."""
        return self.topics.get(words) or self.topics.get(singular(words))

    def likelihoods(self, text: str, service: str) -> Mapping[str, float]:
        """How likely each topic is by a text on a service, as the matcher reads it."""
        asked = self.state.matcher.read(text)
        return self.state.matcher.evidence.gather(asked, service).topics

    def with_head(self, text: str, likely: Mapping[str, float]) -> Mapping[str, float]:
        """The likelihoods, higher for the topic of the noun that a text ends with: "OS & DB patching" is patching.

        Without such a noun, higher for the one topic whose name it has in it.
        """
        words = tokenize(ADDED.split(text)[0])
        slug, share = self.topics.get(words[-1:]) if words and words[-1] in HEAD_NOUNS else None, HEAD_SHARE
        if slug is None:
            slug, share = self.mentioned(tokenize(text)), MENTIONED
        if slug is None:
            return likely
        return {topic: each * (1 - share) + (share if topic == slug else 0.0) for topic, each in likely.items()}

    def mentioned(self, words: Words) -> str | None:
        """The topic whose name a text has in it; None where it has none, or those of several."""
        runs = (words[start:end] for end in range(len(words) + 1) for start in range(end))
        found = {slug for run in runs if (slug := self.named_by(run))}
        return found.pop() if len(found) == 1 else None

    def soften(self, likely: Mapping[str, float]) -> Mapping[str, float]:
        """Likelihoods of a category that names no topic, which says less than the statement."""
        return {topic: share**0.5 for topic, share in likely.items()}

    def named_topics(self, text: str) -> tuple[str, ...]:
        """The topics that a category names: "Backups & Restore" names two."""
        plain = PARENTHESES.sub(" ", text)
        parts = (plain, *re.split(r"[&/,]|\band\b", plain))
        return tuple(dict.fromkeys(slug for part in parts if (slug := self.named_by(telling(part)))))

    def split(self, statement: Statement, service: str) -> Sequence[Statement]:
        """The parts of a statement that lists things, where these are of different topics.

        Two things under a category that names a topic are of that topic.
        """
        parts = list(list_parts(as_order(statement.text)))
        least = 3 if self.named_topics(statement.category) else 2
        if len(parts) < least or statement.details:
            return [statement]
        by_topic: dict[str | None, list[str]] = {}
        for _, thing in parts:
            by_topic.setdefault(self.part_topic(replace(statement, text=thing), service), []).append(thing)
        if None in by_topic or len(by_topic) < 2:
            return [statement]
        return [replace(statement, text=f"{parts[0][0]} {listed(things)}") for things in by_topic.values()]

    def part_topic(self, part: Statement, service: str) -> str | None:
        """The topic of one thing in a list, where its words name it or make it likely."""
        likely = self.topic(part, service)
        best = max(likely, key=lambda topic: likely[topic])
        return best if likely[best] >= LIKELY_PART else None


def singular(words: Words) -> Words:
    """The words with the last one in the singular."""
    return (*words[:-1], words[-1].removesuffix("s")) if words else words


def telling(text: str) -> Words:
    """The words of a text that tell what it is about."""
    return tuple(word for word in tokenize(text) if word not in STOP_WORDS)


VERB_AND_THINGS = re.compile(r"^(?P<verb>Take care of|[A-Z][a-z]+)\s+(?P<things>.+)$")
OUTSIDE_PARENTHESES = r"(?![^()]*\))"  # not inside parentheses
JOIN = re.compile(rf",\s*(?:and|or|&)?\s+{OUTSIDE_PARENTHESES}|\s+(?:and|&)\s+{OUTSIDE_PARENTHESES}")
HEAD_NOUNS = frozenset(  # nouns that decide a phrase's topic
    "patching patches updates backup backups replication scaling failover monitoring logging upgrades".split()
)


def list_parts(order: str) -> Iterator[tuple[str, str]]:
    """The things of an order that lists some, each with the verb: "Manage the backups, patching and failover"."""
    found = VERB_AND_THINGS.match(order)
    if not found:
        return
    things = [thing.strip() for thing in JOIN.split(found["things"]) if thing.strip()]
    sizes = [min(len(thing.split()), 2) for thing in things]
    if found["verb"] == CARE and len(set(sizes)) > 1:
        return  # in "OS & DB patching" and "edge location infrastructure and maintenance" one lacks its noun
    if all(len(thing.split()) <= 4 for thing in things) and not any(begins_clause(thing) for thing in things[1:]):
        yield from ((found["verb"], thing) for thing in things)


def begins_clause(thing: str) -> bool:
    """Whether a thing is no thing but another act, or belongs to the one before: "create snapshots", "in transit"."""
    return not as_order(thing).startswith(f"{CARE} ") or ADDED.match(thing) is not None

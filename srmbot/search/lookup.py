"""Names as people say them -> the services and the topic that are meant, and no others: nothing was learned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from srmbot.errors import UsageError
from srmbot.knowledge.problem import did_you_mean, find_nearest, join_names, shorten
from srmbot.model import GENERAL, Knowledge, Runs
from srmbot.query import tokenize
from srmbot.search.service_names import NamedService, ServiceNames, words_outside
from srmbot.search.spelling import Words

JOINERS = frozenset("a also an and between for from or our the to versus vs with".split())  # of names, naming nothing
ON = frozenset(["on", "in"])  # "postgres on ec2" is about EC2


@dataclass(frozen=True, slots=True)
class NamedServices:
    """The services that words name, in their order, and the words that name none."""

    services: tuple[str, ...]
    rest: tuple[str, ...] = ()


def find_services(known: Knowledge, words: Sequence[str], least: int = 1) -> tuple[str, ...]:
    """The slugs of the services that words name: "postgres on ec2", "dynamo".

    Args:
        known: the services, and what they are called.
        words: as they were typed. Each is a name, or all together are names of one word or more.
        least: how many services are wanted.

    Raises:
        UsageError: a word that names none, or too few services.
    """
    names, exact = ServiceNames(known), service_names(known)

    def read(text: str) -> NamedServices:
        slug = exact.get(" ".join(text.lower().split()).strip(",;"))
        return NamedServices((slug,)) if slug else read_names(known, names, tokenize(text))

    whole, alone = read(" ".join(words)), [read(word) for word in words]
    each = NamedServices(
        tuple(dict.fromkeys(slug for found in alone for slug in found.services)),
        tuple(word for found in alone for word in found.rest),
    )
    for found in (each, whole):  # "rds aurora" may also be said of Aurora alone
        if not found.rest and len(found.services) >= least:
            return found.services
    if unknown := min(whole.rest, each.rest, key=len):
        raise unknown_service(known, " ".join(unknown))
    only = " and ".join(known.services[slug].name for slug in whole.services)
    raise UsageError(f"only {only} is named" if only else "no service is named", f"name at least {least}")


def read_names(known: Knowledge, names: ServiceNames, words: Words) -> NamedServices:
    """The services that the words of a text name, each once."""
    found = names.find(words)
    slugs = tuple(dict.fromkeys(each.service for each in drop_engines(known, words, found)))
    rest = tuple(word for word in words_outside(words, found) if word not in JOINERS | (ON if found else set()))
    return NamedServices(slugs, rest)


def drop_engines(known: Knowledge, words: Sequence[str], found: Sequence[NamedService]) -> Iterator[NamedService]:
    """The names without those that say what runs on another: "postgres" of "postgres on ec2", of "aurora postgres"."""
    for number, named in enumerate(found):
        before = found[number - 1] if number else None
        after = found[number + 1] if number + 1 < len(found) else None
        on_next = after and ON & set(words[named.end : after.start])
        of_last = before and before.end == named.start and runs_engine(known, before, named)
        if named.strong or not (on_next or of_last):
            yield named


def runs_engine(known: Knowledge, host: NamedService, engine: NamedService) -> bool:
    """Whether a hint after another name only says which engine is meant: "self-managed postgres", "aurora mysql"."""
    service = known.services[host.service]
    if not host.strong:
        return service.runs is Runs.YOU
    return engine.service in (service.slug, service.falls_back)


def service_names(knowledge: Knowledge) -> dict[str, str]:
    """Index the services' slugs by everything that they are called."""
    named: dict[str, str] = {}
    for service in knowledge.listed_services:
        for name in (service.slug, service.name.lower(), service.full_name.lower(), *service.aliases):
            named.setdefault(name, service.slug)
    return named | {GENERAL: GENERAL}


def unknown_service(known: Knowledge, said: str) -> UsageError:
    """Make the error for what names no service."""
    if name := ServiceNames(known).find_uncovered(tokenize(said)):
        return UsageError(f"there is nothing on {name} here yet", "`srmbot check --coverage` lists what there is")
    listed = [each.slug for each in known.listed_services]
    fix = did_you_mean(said.lower(), service_names(known), f"one of {join_names(listed)}")
    return UsageError(f"unknown service '{shorten(said)}'", fix)


def find_topic(known: Knowledge, said: str) -> str:
    """The slug of the topic that a text names.

    Raises:
        UsageError: it names none.
    """
    named = topic_names(known)
    if slug := named.get(tokenize(said)):
        return slug
    raise UsageError(f"unknown topic '{shorten(said)}'", nearest_topic(said, [" ".join(each) for each in named], known))


def topic_names(knowledge: Knowledge) -> dict[Words, str]:
    """Index the topics' slugs by the words of everything that they are called."""
    return {
        tokenize(name): topic.slug
        for topic in knowledge.topics.values()
        for name in (topic.title, topic.slug, *topic.aliases)
    }


def nearest_topic(said: str, names: Collection[str], known: Knowledge) -> str:
    """What to do about an unknown topic."""
    if meant := find_nearest(said.lower(), names):
        return f"did you mean `{shorten(meant)}`?"
    return f"one of {join_names(known.topics, len(known.topics))}"

"""Placed statements -> duties as they will be written: ids, phrases, and what a person must read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from srmbot.importing.columns import Role
from srmbot.importing.placing import Placed
from srmbot.importing.wording import CARE, as_id, as_part, as_phrase, cut
from srmbot.knowledge.records import normalize
from srmbot.knowledge.schema import CONTROL, HTTPS, PHRASE, SENTENCE, SLUG, TIP, UNSEEN
from srmbot.model import GENERAL, Knowledge, Owner
from srmbot.query import tokenize

PAGE_ADDRESS = re.compile(r"https://[^\s<>|)\]]+")
DATE_VINTAGE = re.compile(r"\b20\d\d(?:-(?:0[1-9]|1[0-2]))?(?=-\d\d\b|\b)")
UNFINISHED_TEXT = "TODO"
SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """A duty as it will be written, with where it is from."""

    placed: Placed
    id: str
    owner: Owner
    duty: str
    say: tuple[str, ...]
    source: tuple[str, ...]
    why: str = UNFINISHED_TEXT
    todo: tuple[str, ...] = ()  # what a person must read, beside the reason
    more: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)  # other fields, in their order

    @property
    def service(self) -> str:
        """The slug of its service."""
        return self.placed.service


@dataclass(slots=True)
class Taken:
    """What a service's duties are called already: in the folder, and by what was imported before."""

    ids: set[str] = field(default_factory=set)
    tasks: dict[str, str] = field(default_factory=dict)  # the owner, by the task's words
    said: set[str] = field(default_factory=set)

    def free_id(self, wanted: str) -> str:
        """An id that no other duty has."""
        number, name = 2, wanted
        while name in self.ids:
            name, number = f"{wanted}-{number}", number + 1
        self.ids.add(name)
        return name

    def free_phrases(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Of some phrases those that no other duty has."""
        found = {phrase: normalize(phrase) for phrase in wanted if any(map(str.isalnum, phrase))}
        free = tuple(phrase for phrase, name in found.items() if name not in self.said)
        self.said |= {found[phrase] for phrase in free}
        return free


class Drafter:
    """Makes duties of placed statements, so that all of a folder have their own ids, tasks and phrases."""

    def __init__(self, knowledge: Knowledge, taken: Mapping[str, Taken]) -> None:
        """Know the services' names, and what is called already.

        Args:
            knowledge: what services are called.
            taken: by service, what its duties in the folder are called; it grows.
        """
        self.taken = dict(taken)
        self.names = [
            (tokenize(name), service.slug)
            for service in knowledge.services.values()
            if service.slug != GENERAL and not service.helper
            for name in (service.slug, service.name, service.full_name, *service.aliases)
        ]

    def draft(self, placed: Placed) -> Iterator[DutyDraft]:
        """The duties of a statement: one, two where both sides share it, none where the folder has it already."""
        taken = self.taken.setdefault(placed.service, Taken())
        owner = placed.statement.owner
        other = taken.tasks.get(normalize(placed.order))
        if other == owner.value:
            return
        if owner is Owner.SHARED:
            for side in (Owner.AWS, Owner.CUSTOMER):
                yield from self.part(placed, side, taken, "say which part of it is whose")
        elif other is not None:
            yield from self.part(
                placed, owner, taken, "the other side has the same task; say which part of it is whose"
            )
        else:
            yield self.whole(placed, owner, placed.order, taken)

    def part(self, placed: Placed, owner: Owner, taken: Taken, todo: str) -> Iterator[DutyDraft]:
        """One side's part of a task that both have."""
        order = as_part(placed.order, owner.value)
        if normalize(order) not in taken.tasks:
            made = self.whole(placed, owner, order, taken)
            yield replace(made, todo=(*made.todo, todo))

    def whole(self, placed: Placed, owner: Owner, order: str, taken: Taken) -> DutyDraft:
        """A duty of a task."""
        details = placed.statement.details
        taken.tasks[normalize(order)] = owner.value
        wanted = details.get(Role.ID, "").rpartition(".")[2].strip()
        return DutyDraft(
            placed=placed,
            id=taken.free_id(wanted if re.match(SLUG, wanted) else as_id(order)),
            owner=owner,
            duty=seen(order),
            say=self.phrases(placed, order, taken),
            source=sources(placed),
            why=reason(details.get(Role.WHY, "")),
            todo=tuple(unsure(placed)),
            more=further(details),
        )

    def phrases(self, placed: Placed, order: str, taken: Taken) -> tuple[str, ...]:
        """How people may name the task: what its row says of that, else its own words, which must be its own."""
        said = [cut(line, PHRASE) for line in listed(placed.statement.details.get(Role.SAY, ""))]
        others = frozenset(name for name, slug in self.names if slug != placed.service)
        plain = order.removeprefix(f"{CARE} ")
        topic = placed.topic.replace("-", " ")
        spare = (
            as_phrase(plain, others),
            as_phrase(f"{plain} {topic}", others),
            cut(f"{topic} {plain}".lower(), PHRASE),
        )
        own = taken.free_phrases(map(seen, said))
        return own or first_free(taken, map(seen, spare)) or (seen(cut(f"{placed.service} {plain}", PHRASE)),)


def first_free(taken: Taken, wanted: Iterable[str]) -> tuple[str, ...]:
    """The first of some phrases that no other duty has."""
    return next(filter(None, (taken.free_phrases([phrase]) for phrase in wanted)), ())


def unsure(placed: Placed) -> Iterator[str]:
    """What a person must read of a duty's place."""
    if placed.guessed:
        rivals = "".join(f"; or {topic} {share}" for topic, share in placed.rivals)
        yield f"the topic is guessed, likelihood {placed.likelihood}{rivals}"


def sources(placed: Placed) -> tuple[str, ...]:
    """The pages that a row names, else the place where it stands."""
    lines = listed(placed.statement.details.get(Role.PAGE, ""))
    pages = (page for line in lines for page in ([line] if CITED.match(line) else PAGE_ADDRESS.findall(line)))
    return tuple(dict.fromkeys(pages)) or (as_source(str(placed.statement.place)),)


CITED = re.compile(rf"{HTTPS}|^(?!https?:)[^\s<>|:#]+\.\w+[:#][^\s<>|]+$")  # a line that is nothing but a source


def as_source(place: str) -> str:
    """A place in a document as it may be cited: without spaces, and what Slack would read as markup."""
    return SPACE.sub("%20", re.sub(r"[<>|]", "_", place))


def reason(text: str) -> str:
    """A reason as whole sentences, or that it is still to be written."""
    plain = seen(" ".join(text.split()))
    if not plain:
        return UNFINISHED_TEXT
    ended = plain if plain.endswith((".", "!", "?")) else f"{plain}."
    return cut(ended, SENTENCE)


def further(details: Mapping[Role, str]) -> dict[str, str | tuple[str, ...]]:
    """The other fields that a row says, by their names."""
    found: dict[str, str | tuple[str, ...]] = {
        "facts": tuple(cut(seen(line), SENTENCE) for line in listed(details.get(Role.FACTS, ""))),
        "tip": ended(details.get(Role.TIP, ""), TIP),
        "as_of": next(iter(DATE_VINTAGE.findall(details.get(Role.DATE, ""))), ""),
        "checked": "" if re.match(r"(?i)^(?:true|yes)$", details.get(Role.CHECKED, "").strip()) else "false",
        "does": ended(details.get(Role.DOES, ""), SENTENCE),
        "next": ended(details.get(Role.NEXT, ""), SENTENCE),
        "checked_by": tuple(each for each in words_of(details.get(Role.CONTROLS, "")) if re.match(CONTROL, each)),
        "proof": tuple(cut(seen(line), SENTENCE) for line in listed(details.get(Role.EVIDENCE, ""))),
        "holds_for": tuple(each for each in words_of(details.get(Role.HOLDS_FOR, "")) if re.match(SLUG, each)),
    }
    return {name: value for name, value in found.items() if value}


def ended(text: str, most: int) -> str:
    """A text as whole sentences; empty where there is none."""
    return cut(reason(text), most) if text.strip() else ""


def listed(text: str) -> Sequence[str]:
    """The things that a cell lists, one a line; each once."""
    lines = (line.strip().removeprefix("•").strip() for line in text.splitlines())
    return list({line.casefold(): line for line in lines if line}.values())


def words_of(text: str) -> Sequence[str]:
    """The names in a cell, each once."""
    return list(dict.fromkeys(re.split(r"[\s,;]+", text.strip())))


def seen(text: str) -> str:
    """A text without what nobody can see, and without what Slack would read as markup."""
    plain = re.sub(UNSEEN, "", " ".join(text.split()))
    return re.sub(r"<+(?=[@!#]|https?:)", "", plain)

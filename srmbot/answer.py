"""Query, Matches -> Answer: what is said, how plainly, and what else is offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from srmbot.model import GENERAL, Duty, Entry, Knowledge, Owner, Team
from srmbot.search.matches import Match, Matches

IN_SCOPE_FROM = 0.8  # likelihood from which a message is taken for a question to us: leaves .95 of the others alone
SURE_FROM = 0.8  # likelihood from which the best reading is said plainly: its owner is then wrong in less than .06
OFFERED = 2  # other readings beside the best one; with it, three buttons
WORTH_OFFERING = 0.1  # likelihood below which another reading, beside a plain answer, only confuses
SIDE = 4  # tasks of each side that an answer lists
FACTS = 3  # numbers and defaults that an answer about both sides lists
PAGES = 3  # AWS pages that it links
SIDE_OF_SERVICE = 6  # the same where a whole service is asked about


class Outcome(StrEnum):
    """How an answer is given."""

    SURE = "sure"  # said plainly
    CHOICE = "choice"  # the best guess, with others to choose from
    UNKNOWN = "unknown"  # left alone


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the question, that can be asked for by its key."""

    key: str  # "rds/backups", "rds.retention" or "rds"
    service: str
    topic: str | None
    owner: Owner
    confidence: float
    label: str  # "RDS · Backups"
    task: str | None = None  # the one task that it is, where it is one


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gets. With outcome `unknown` only `alternatives` may be filled."""

    outcome: Outcome
    question: str
    confidence: float
    owner: Owner | None = None
    service: str | None = None
    topic: str | None = None
    duty: Duty | None = None
    entry: Entry | None = None
    key: str = ""  # what it can be asked for by again: "rds/backups", "rds.retention" or "rds"
    label: str = ""  # what the answer is about: "RDS · Backups"
    task: str | None = None  # the one task asked about, where there is one
    summary: str | None = None  # complete on its own
    opening: str = ""  # the summary, or what is left of it where the lists of both sides have the reasons
    reasons: Mapping[str, str] = field(default_factory=dict)  # by task: why it is theirs, told in the lists
    facts: tuple[str, ...] = ()
    aws: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    team: Team | None = None
    sources: tuple[str, ...] = ()
    borrowed: str | None = None  # the name of the service whose duties answer, where it is another
    unchecked: bool = False  # rests on a duty that nobody has read in an AWS page yet
    alternatives: tuple[Alternative, ...] = ()
    knowledge: str = ""

    @property
    def answered(self) -> bool:
        """Whether anything is claimed."""
        return self.outcome is not Outcome.UNKNOWN


def decide(matches: Matches, knowledge: Knowledge) -> Answer:
    """The answer to what was found: plain, with a choice, or none."""
    if not matches.readings or matches.in_scope < IN_SCOPE_FROM:
        return leave_unanswered(matches, knowledge)
    best, *others = matches.readings
    outcome = Outcome.SURE if matches.confidence >= SURE_FROM or not others else Outcome.CHOICE
    offered = [match for match in others if outcome is Outcome.CHOICE or match.likelihood >= WORTH_OFFERING]
    return replace(
        compose(best, knowledge, outcome, matches.confidence, offered[:OFFERED]), question=matches.query.text
    )


def leave_unanswered(matches: Matches, knowledge: Knowledge) -> Answer:
    """No answer; what comes nearest may be suggested, nothing is claimed."""
    near = [match for match in matches.readings if match.topic] if matches.evidence.topic_score > 0 else []
    return Answer(
        Outcome.UNKNOWN,
        matches.query.original,
        round(matches.confidence, 3),
        alternatives=tuple(make_alternative(match, knowledge) for match in near[:OFFERED]),
        knowledge=knowledge.version[:7],
    )


def answer_for_key(key: str, knowledge: Knowledge) -> Answer | None:
    """The answer to a reading that somebody chose, by its key; None where nothing has that key any more."""
    duty = knowledge.by_id.get(key)
    service, slash, topic = key.partition("/")
    if duty:
        entry = knowledge.entries[duty.service, duty.topic]
        match = Match(duty.service, duty.topic, duty.owner, entry, duty, 1.0)
    elif service in knowledge.services and not slash:
        match = Match(service, None, Owner.SHARED, None, None, 1.0)
    elif service in knowledge.services and (entry_ := knowledge.covering(service, topic)):
        match = Match(service, topic, entry_.owner, entry_, None, 1.0)
    else:
        return None
    return compose(match, knowledge, Outcome.SURE, 1.0)


def compose(
    match: Match, knowledge: Knowledge, outcome: Outcome, confidence: float, others: Iterable[Match] = ()
) -> Answer:
    """A reading as an answer, with everything that can be told about it, and other readings to choose from."""
    duties = match.entry.duties if match.entry else knowledge.of_service(match.service)
    shown = ((match.duty,) if match.duty else ()) + tuple(duty for duty in duties if duty != match.duty)
    most = SIDE if match.entry else SIDE_OF_SERVICE
    broad = match.owner is Owner.SHARED and match.entry is not None
    told = match.duty or next((duty for duty in duties if duty.owner is match.owner), None)
    return Answer(
        outcome=outcome,
        question=make_label(match, knowledge),
        confidence=round(confidence, 3),
        owner=match.owner,
        service=match.service,
        topic=match.topic,
        duty=match.duty,
        entry=match.entry,
        key=match.duty.id if match.duty else key_of(match),
        label=make_label(match, knowledge),
        task=match.duty.duty if match.duty else None,
        summary=summarize(match, knowledge, told),
        opening=f"{VERDICT[match.owner]}." if broad else summarize(match, knowledge, told),
        reasons={duty.duty: duty.why for duty in lead_duties(match)} if broad else {},
        facts=pick_facts(match, told),
        aws=tuple(duty.duty for duty in shown if duty.owner is Owner.AWS)[:most],
        customer=tuple(duty.duty for duty in shown if duty.owner is Owner.CUSTOMER)[:most],
        team=knowledge.team_for(match.service, match.topic) if match.owner is not Owner.AWS else None,
        sources=pick_sources(shown if match.entry else (), told),
        borrowed=borrowed_from(match, knowledge),
        unchecked=told is not None and not told.checked,
        alternatives=tuple(make_alternative(other, knowledge) for other in others),
        knowledge=knowledge.version[:7],
    )


def make_label(match: Match, knowledge: Knowledge) -> str:
    """What a reading is about, as a heading: "RDS · Backups", and "Backups" where no service is named."""
    name = knowledge.services[match.service].name
    if match.topic is None:
        return name
    title = knowledge.topics[match.topic].title
    return title if match.service == GENERAL else f"{name} · {title}"


def make_alternative(match: Match, knowledge: Knowledge) -> Alternative:
    """A reading as something to choose."""
    return Alternative(
        key=match.duty.id if match.duty else key_of(match),
        service=match.service,
        topic=match.topic,
        owner=match.owner,
        confidence=round(match.likelihood, 3),
        label=make_label(match, knowledge),
        task=match.duty.duty if match.duty else None,
    )


def key_of(match: Match) -> str:
    """What a reading's entry, or whole service, can be asked for by."""
    return f"{match.service}/{match.topic}" if match.topic else match.service


VERDICT = {
    Owner.AWS: "AWS does this",
    Owner.CUSTOMER: "This is yours",
    Owner.SHARED: "Both have a part in this",
}


def summarize(match: Match, knowledge: Knowledge, told: Duty | None) -> str:
    """The answer in two or three sentences, as a person would say it."""
    verdict = VERDICT[match.owner]
    if match.entry is None:
        duties = knowledge.of_service(match.service)
        aws = sum(duty.owner is Owner.AWS for duty in duties)
        line = knowledge.services[match.service].line
        return f"{verdict}. {line} Of the {len(duties)} tasks known here {aws} are AWS's and {len(duties) - aws} yours."
    if match.owner is Owner.SHARED:
        parts = zip(WHOSE, lead_duties(match), strict=False)
        return " ".join((f"{verdict}.", *(f"{whose}: {lower_first(duty.duty)}. {duty.why}" for whose, duty in parts)))
    return f"{verdict}: {lower_first(told.duty)}. {told.why}" if told else f"{verdict}."


WHOSE = ("AWS's part", "Yours")


def lead_duties(match: Match) -> list[Duty]:
    """The first duty of each side: what a broad answer gives the reason for."""
    sides = (match.entry.side(owner) for owner in (Owner.AWS, Owner.CUSTOMER)) if match.entry else ()
    return [duties[0] for duties in sides if duties]


def lower_first(text: str) -> str:
    """A sentence that begins inside another: "Set …" -> "set …"; "TLS …" stays."""
    return text[0].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def pick_facts(match: Match, told: Duty | None) -> tuple[str, ...]:
    """The numbers and defaults that matter: the duty's, or for both sides the first ones of each."""
    if match.owner is not Owner.SHARED:
        return told.facts if told else ()
    sides = (match.entry.side(owner)[:2] for owner in (Owner.CUSTOMER, Owner.AWS)) if match.entry else ()
    return tuple(fact for duties in sides for duty in duties for fact in duty.facts)[:FACTS]


def pick_sources(shown: tuple[Duty, ...], told: Duty | None) -> tuple[str, ...]:
    """The AWS pages behind what is told: the told duty's, else the first of each shown one."""
    if told and shown and shown[0] is told:
        return told.source
    pages = [duty.source[0] for duty in shown if duty.source]
    return tuple(dict.fromkeys(pages))[:PAGES]


def borrowed_from(match: Match, knowledge: Knowledge) -> str | None:
    """The name of the service whose duties answer, where it is not the one asked about."""
    if match.entry is None or match.entry.service == match.service:
        return None
    return knowledge.services[match.entry.service].name

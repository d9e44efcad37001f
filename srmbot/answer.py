"""Matches, Knowledge -> Answer: what is claimed, how plainly, what else is offered. The words for it are render's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from srmbot.form import Ask, Form, Party, is_yes_no, read_form
from srmbot.model import AbsentTopic, Boundary, Duty, Entry, Knowledge, Owner, Reply, Team
from srmbot.search.duty_ranking import RankedBoundary
from srmbot.search.matches import Match, Matches
from srmbot.small_talk import HOWTO, Reason, foreign_language, small_talk

IN_SCOPE_FROM = 0.7  # likelihood from which a message is taken for a question to us
SURE_FROM = 0.8  # likelihood from which the best reading is said plainly
ALTERNATIVES = 2  # other readings beside the best one; with it, three buttons
WORTH_OFFERING = 0.15  # likelihood below which another reading only confuses
BELIEVED = 0.6  # how near a belief must be for its truth to be the answer (bench/useful.py)
SURELY_BELIEVED = 0.8  # how near it must be to answer a message that is else not surely for us
NEAR = 0.05  # how near a duty must be for an answer to open with it; else the topic opens
SIDE = 4  # tasks of each side that an answer lists
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


@dataclass(frozen=True)
class Answer:
    """What a question gets: what was found, and what of it is said. With outcome `unknown` nothing is claimed."""

    outcome: Outcome
    question: str
    confidence: float
    knowledge: Knowledge = field(repr=False)
    form: Form = field(default_factory=lambda: read_form(""), repr=False)
    match: Match | None = None  # what it is about
    boundary: Boundary | None = None  # the belief that it judges
    stated: str = ""  # how the belief is put that came nearest to the question
    reply: Reply | None = None
    parts: tuple[Answer, ...] = ()  # of a question about several services or topics
    reason: Reason | None = None  # why nothing is claimed
    subject: str = ""  # what the reason is about: a language, a service without duties
    alternatives: tuple[Alternative, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether anything is claimed."""
        return self.outcome is not Outcome.UNKNOWN

    @cached_property
    def owner(self) -> Owner | None:
        """Whose work it is; of several parts their common owner, else shared."""
        if self.parts:
            owners = {part.owner for part in self.parts}
            return owners.pop() if len(owners) == 1 else Owner.SHARED
        if self.boundary:
            return self.boundary.owner
        return self.match.owner if self.match else None

    @property
    def service(self) -> str | None:
        """The slug of the service that it is about; of several parts the common one. A variant counts as its parent."""
        if self.parts:
            return common(part.service for part in self.parts)
        if self.match is None:
            return None
        return self.knowledge.services[self.match.service].variant_of or self.match.service

    @property
    def variant(self) -> str | None:
        """The name of the part or mode of the service that it holds for."""
        if self.match is None:
            return None
        service = self.knowledge.services[self.match.service]
        return service.name if service.variant_of else None

    @property
    def topic(self) -> str | None:
        """The slug of the topic; of several parts the common one."""
        if self.parts:
            return common(part.topic for part in self.parts)
        return self.match.topic if self.match else None

    @property
    def entry(self) -> Entry | None:
        """The duties of both sides."""
        return self.match.entry if self.match and not self.parts else None

    @property
    def duty(self) -> Duty | None:
        """The one duty that was asked about."""
        return self.match.duty if self.match and not self.parts else None

    @property
    def absent(self) -> AbsentTopic | None:
        """Why there is no such task on this service."""
        return self.match.absent if self.match and not self.parts else None

    @cached_property
    def told(self) -> Duty | None:
        """The nearest duty of the answer's owner, which it opens with; None where none is near."""
        if self.match is None or self.match.entry is None:
            return None
        if self.match.duty and not self.boundary:
            return self.match.duty
        near = [each for each in self.match.ranked if each.score >= NEAR or each.item == self.match.duty]
        mine = [each.item for each in near if self.owner in (each.item.owner, Owner.SHARED)]
        return mine[0] if mine else None

    @cached_property
    def leads(self) -> tuple[Duty, ...]:
        """The nearest duty of each side, AWS's first: what an answer about both sides opens with."""
        if self.match is None or self.match.entry is None:
            return ()
        ranked = [each.item for each in self.match.ranked] or list(self.match.entry.duties)
        sides = ([duty for duty in ranked if duty.owner is owner] for owner in (Owner.AWS, Owner.CUSTOMER))
        return tuple(duties[0] for duties in sides if duties)

    @property
    def key(self) -> str:
        """What it can be asked for by again: "rds/backups", "rds.retention" or "rds"."""
        if self.match is None:
            return ""
        return self.match.duty.id if self.match.duty else key_of(self.match)

    @property
    def label(self) -> str:
        """What it is about: "RDS · Backups"."""
        return make_label(self.match, self.knowledge) if self.match else ""

    @property
    def task(self) -> str | None:
        """The one task asked about, where there is one."""
        return self.duty.duty if self.duty else None

    @property
    def aws(self) -> tuple[str, ...]:
        """AWS's tasks, the nearest first."""
        return self.side(Owner.AWS)

    @property
    def customer(self) -> tuple[str, ...]:
        """The customer's tasks, the nearest first."""
        return self.side(Owner.CUSTOMER)

    def side(self, owner: Owner) -> tuple[str, ...]:
        """The tasks of one side, the nearest first; of several parts those of each."""
        if self.parts:
            return tuple(dict.fromkeys(task for part in self.parts for task in part.side(owner)))
        if self.match is None:
            return ()
        if self.match.entry is None:
            duties = self.knowledge.of_service(self.match.service) if self.match.topic is None else ()
            return tuple(duty.duty for duty in duties if duty.owner is owner)[:SIDE_OF_SERVICE]
        ranked = [each.item for each in self.match.ranked] or list(self.match.entry.duties)
        first = [self.told] if self.told else []
        return tuple(dict.fromkeys(duty.duty for duty in (*first, *ranked) if duty.owner is owner))[:SIDE]

    @property
    def team(self) -> Team | None:
        """Who does the customer's part in the asker's own organisation."""
        if self.match is None or self.owner is Owner.AWS:
            return None
        return self.knowledge.team_for(self.match.service, self.match.topic)

    @property
    def borrowed(self) -> str | None:
        """The name of the service whose duties answer, where it is not the one asked about."""
        if self.entry is None or self.match is None or self.entry.service == self.match.service:
            return None
        return self.knowledge.services[self.entry.service].name

    @property
    def unchecked(self) -> bool:
        """Whether it rests on a duty that has not been checked in an AWS page yet."""
        if self.parts:
            return any(part.unchecked for part in self.parts)
        if self.told and (self.owner is not Owner.SHARED or self.duty):
            return self.boundary is None and not self.told.checked
        said = () if self.match and self.match.topic is None else self.leads
        return self.boundary is None and self.absent is None and not all(duty.checked for duty in said)


def common(values: Iterable[str | None]) -> str | None:
    """The one value of several parts; None where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def decide(matches: Matches, knowledge: Knowledge) -> Answer:
    """The answer to what was found: plain, with a choice, or none."""
    if reason := no_question(matches, knowledge):
        return leave_unanswered(matches, knowledge, *reason)
    boundary = believed(matches)
    if not matches.readings or not is_asked(matches, boundary):
        return leave_unanswered(matches, knowledge, *unanswered_reason(matches, knowledge))
    if len(matches.parts) > 1 and sum(not part.uncovered for part in matches.parts) > 1:
        parts = tuple(part_answer(part, matches, knowledge) for part in matches.parts if not part.uncovered)
        return with_reply(
            Answer(
                Outcome.SURE, matches.query.original, round(matches.confidence, 3), knowledge, matches.form, parts=parts
            )
        )
    best, *others = matches.readings
    if Ask.PROOF in matches.form.asks:
        best = proving(best, matches)
    if boundary is None and best.uncovered:
        return leave_unanswered(matches, knowledge, Reason.UNCOVERED, make_label(best, knowledge))
    if boundary is not None:
        best, others = reading_of(boundary.item, matches, knowledge), []
    sure = boundary is not None or matches.confidence >= SURE_FROM or not others
    offered = [
        match
        for match in others
        if match.likelihood >= WORTH_OFFERING and not match.uncovered and is_other(match, best)
    ]
    outcome = Outcome.SURE if sure or not offered else Outcome.CHOICE
    answer = Answer(
        outcome=outcome,
        question=matches.query.original,
        confidence=round(max(matches.confidence, 0.0 if boundary is None else min(boundary.score, 0.99)), 3),
        knowledge=knowledge,
        form=matches.form,
        match=best,
        boundary=boundary.item if boundary else None,
        stated=boundary.phrase if boundary else "",
        alternatives=tuple(make_alternative(match, knowledge) for match in offered[:ALTERNATIVES])
        if outcome is Outcome.CHOICE
        else (),
    )
    return with_reply(answer)


def no_question(matches: Matches, knowledge: Knowledge) -> tuple[Reason, str] | None:
    """Why a message is no question about owners, by its words alone; None where it may be one."""
    if reason := small_talk(matches.query.text, names_service=matches.names_service):
        return reason, ""
    if language := foreign_language(matches.form.sentence):
        return Reason.LANGUAGE, language
    if matches.evidence.uncovered and not any(each.strong for each in matches.evidence.named):
        return Reason.UNCOVERED, matches.evidence.uncovered
    if HOWTO.search(matches.query.text):
        return Reason.HOWTO, ""
    return None


def unanswered_reason(matches: Matches, knowledge: Knowledge) -> tuple[Reason, str]:
    """Why a message gets no answer that may have been a question."""
    if matches.evidence.names_not_aws:
        return Reason.ELSEWHERE, ""
    if matches.evidence.asks_how and matches.evidence.topic_score > 0:
        return Reason.HOWTO, ""
    return Reason.UNCLEAR if matches.query.blank or matches.evidence.topic_score > 0 else Reason.ELSEWHERE, ""


def is_asked(matches: Matches, boundary: RankedBoundary | None) -> bool:
    """Whether a message is a question for us."""
    judged = boundary is not None and boundary.score >= SURELY_BELIEVED and matches.form.wants_reply
    if judged and not matches.evidence.names_not_aws:
        return True
    return matches.in_scope >= IN_SCOPE_FROM


def believed(matches: Matches) -> RankedBoundary | None:
    """The belief that a question asks about; None where none is near, or where another thing is asked."""
    found, form = matches.boundary, matches.form
    if found is None or found.score < BELIEVED or matches.evidence.bare:
        return None
    judged = form.wants_reply or form.asks & {Ask.WHAT_IF, Ask.WHAT_NOW, Ask.HOW, Ask.WHY}
    return found if judged and not form.asks & {Ask.PROOF, Ask.TEAM} else None


def reading_of(boundary: Boundary, matches: Matches, knowledge: Knowledge) -> Match:
    """A belief as a reading: the entry of its topic, with the duties that it rests on first."""
    same = next(
        (each for each in matches.readings if (each.service, each.topic) == (boundary.service, boundary.topic)), None
    )
    entry = knowledge.covering(boundary.service, boundary.topic)
    absent = knowledge.absent_topics.get((boundary.service, boundary.topic))
    return replace(
        same or Match(boundary.service, boundary.topic, boundary.owner, entry, None, 1.0, absent=absent),
        owner=boundary.owner,
        duty=None,
    )


def proving(match: Match, matches: Matches) -> Match:
    """The side whose proof is asked for: AWS's where the question speaks of AWS's act, else the customer's own."""
    if match.entry is None or match.entry.owner is not Owner.SHARED:
        return match
    owner = Owner.AWS if matches.form.party is Party.AWS or speaks_of_aws(matches.form.sentence) else Owner.CUSTOMER
    if matches.form.party is None and match.owner is Owner.AWS and not OWN.search(matches.form.sentence):
        owner = Owner.AWS
    ranked = [
        each.item for each in match.ranked if each.item.owner is owner and (each.item.proof or each.item.checked_by)
    ]
    return replace(match, owner=owner, duty=ranked[0] if ranked else None)


OWN = re.compile(r"\b(?:our|ours|we|my|us)\b", re.IGNORECASE)


def speaks_of_aws(sentence: str) -> bool:
    """Whether a sentence names AWS itself."""
    return bool(re.search(r"\b(?:aws|amazon)(?:['’]s)?\b", sentence, re.IGNORECASE))


def is_other(match: Match, best: Match) -> bool:
    """Whether a reading says anything else than the best one: another service, or another owner."""
    return match.service != best.service or match.owner is not best.owner or match.topic != best.topic


def part_answer(part: Match, matches: Matches, knowledge: Knowledge) -> Answer:
    """The answer to one of several services or topics."""
    return Answer(Outcome.SURE, matches.query.original, round(part.likelihood, 3), knowledge, matches.form, match=part)


def with_reply(answer: Answer) -> Answer:
    """An answer with yes, no or partly, where the question wants one; of two questions it is the one that wants it."""
    if not answer.form.wants_reply:
        return answer
    judged = answer
    if len(answer.parts) == len(answer.form.clauses):
        wanting = [
            replace(part, form=read_form(clause))
            for clause, part in zip(answer.form.clauses, answer.parts, strict=True)
            if is_yes_no(clause)
        ]
        judged = wanting[0] if len(wanting) == 1 else answer
    return replace(answer, reply=judge(judged))


OPPOSITE = {Reply.YES: Reply.NO, Reply.NO: Reply.YES, Reply.PARTLY: Reply.PARTLY}


def judge(answer: Answer) -> Reply | None:
    """Whether what was asked or believed is so: by the belief that it is, else by whose work it is.

    "Do we have to …" is so where the task is the customer's, "does AWS …" where it is AWS's, and a task that both have
    a part in makes either partly so. What names no one ("is it on by default?") is so where AWS does it.
    """
    form = answer.form
    if answer.boundary is not None:
        stated = read_form(f"{answer.stated}.")
        return OPPOSITE[answer.boundary.reply] if form.negated is not stated.negated else answer.boundary.reply
    if answer.owner is None or (answer.match is None and not answer.parts):
        return None
    if answer.owner is Owner.SHARED:
        return Reply.PARTLY
    if form.fine:
        return Reply.NO if answer.owner is Owner.CUSTOMER else Reply.PARTLY if answer.customer else Reply.YES
    if form.may and not form.negated and form.party is not Party.AWS:
        return Reply.YES if answer.owner is Owner.CUSTOMER else Reply.NO
    theirs = Owner.CUSTOMER if form.party is Party.CUSTOMER else Owner.AWS
    reply = Reply.YES if answer.owner is theirs else Reply.NO
    return OPPOSITE[reply] if form.negated else reply


def leave_unanswered(matches: Matches, knowledge: Knowledge, reason: Reason, subject: str = "") -> Answer:
    """No answer; what comes nearest may be suggested, nothing is claimed."""
    near = matches.readings if reason in (Reason.UNCLEAR, Reason.HOWTO) and matches.evidence.topic_score > 0 else ()
    offered = [match for match in near if match.topic and not match.uncovered][:ALTERNATIVES]
    return Answer(
        Outcome.UNKNOWN,
        matches.query.original,
        round(matches.confidence, 3),
        knowledge,
        matches.form,
        reason=reason,
        subject=subject,
        alternatives=tuple(make_alternative(match, knowledge) for match in offered),
    )


def answer_for_key(key: str, knowledge: Knowledge) -> Answer | None:
    """The answer to a reading that a user chose, by its key; None where nothing has that key any more."""
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
    return Answer(Outcome.SURE, make_label(match, knowledge), 1.0, knowledge, match=match)


def make_label(match: Match, knowledge: Knowledge) -> str:
    """What a reading is about, as a heading: "RDS · Backups", and "Backups" where no service is named."""
    return knowledge.label(match.service, match.topic)


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

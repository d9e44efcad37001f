"""The key of a reading -> the answer that it stands for, owner included, however long ago it was offered."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from srmbot.answer import BETWEEN_ANSWERS, BETWEEN_PARTS, Answer, Outcome, make_label
from srmbot.decide import with_reply
from srmbot.form import read_form
from srmbot.model import Boundary, Duty, Entry, Knowledge, Owner, Reply
from srmbot.query import clean
from srmbot.search.duty_ranking import Ranked, RankedDuty
from srmbot.search.matches import Match

READING = re.compile(
    r"(?P<service>[^/*@!+~=^]+)(?:/(?P<topic>[^*@!+~=^]+))?(?:\*(?P<resource>[^@!+~=^]+))?"
    r"(?:@(?P<owner>aws|customer|shared))?"
    r"(?:!(?P<duty>[^+~=^]+))?(?P<near>(?:[+~][^+~=^]+)*)(?:=(?P<opposed>-?)(?P<belief>[^^]+))?"
    r"(?:\^(?P<reply>yes|no|partly))?"
)
NEAREST_MARKS = re.compile(r"([+~])([^+~]+)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a key names, as far as the knowledge still has it."""

    match: Match
    boundary: Boundary | None = None
    opposed: bool = False
    reply: Reply | None = None  # where the question alone does not ask for one


def answer_for(key: str, knowledge: Knowledge, question: str = "") -> Answer | None:
    """The answer to a reading that a user chose, by its key.

    Args:
        key: "rds/backups", "rds.retention" or "rds"; or more exactly, as `Answer.reading` has it.
        knowledge: answers now.
        question: what was asked, if that is known: how it was asked decides what is said first.

    Returns:
        None where nothing has that key any more.
    """
    if BETWEEN_ANSWERS in key:
        return answers_in_turn(key, knowledge, question)
    found = [read_key(part, knowledge) for part in key.split(BETWEEN_PARTS)]
    answers = [as_answer(each, knowledge, question) for each in found if each]
    if len(answers) < len(found):
        return None
    if len(answers) == 1:
        return replied(with_reply(answers[0]), found[0])
    form = read_form(clean(question))
    return with_reply(Answer(Outcome.SURE, question, 1.0, knowledge, form, parts=tuple(answers)))


def answers_in_turn(key: str, knowledge: Knowledge, question: str) -> Answer | None:
    """The answers to the questions of a message, each by its own key; None where one is gone."""
    keys, form = key.split(BETWEEN_ANSWERS), read_form(clean(question))
    clauses = form.clauses if len(form.clauses) == len(keys) else [question] * len(keys)
    parts = [answer_for(each, knowledge, clause) for each, clause in zip(keys, clauses, strict=True)]
    found = tuple(part for part in parts if part)
    if len(found) < len(parts):
        return None
    return with_reply(Answer(Outcome.SURE, question, 1.0, knowledge, form, parts=found, in_turn=True))


def replied(answer: Answer, found: Reading | None) -> Answer:
    """An answer with the reply of its key, which the question alone does not get."""
    if found is None or found.reply is None:
        return answer
    return replace(answer, reply=found.reply, form=replace(answer.form, leans=True))


def as_answer(found: Reading, knowledge: Knowledge, question: str) -> Answer:
    """A reading as an answer."""
    said = question or make_label(found.match, knowledge)
    form = read_form(clean(question))
    return Answer(Outcome.SURE, said, 1.0, knowledge, form, found.match, boundary=found.boundary, opposed=found.opposed)


def read_key(key: str, knowledge: Knowledge) -> Reading | None:
    """What one key names; None where that is gone."""
    if duty := knowledge.by_id.get(key):
        entry = knowledge.entries[duty.service, duty.topic]
        return Reading(Match(duty.service, duty.topic, duty.owner, entry, duty, 1.0))
    named = READING.fullmatch(key)
    if named is None or named["service"] not in knowledge.services:
        return None
    match = read_match(named, knowledge)
    if match and named["resource"]:
        match = replace(match, resource=unquote(named["resource"]))
    boundary = next((each for each in knowledge.boundaries if each.id == named["belief"]), None)
    if match is None or (named["belief"] and boundary is None):
        return None
    return Reading(match, boundary, bool(named["opposed"]), Reply(named["reply"]) if named["reply"] else None)


def read_match(named: re.Match[str], knowledge: Knowledge) -> Match | None:
    """The reading that the parts of a key name."""
    service, topic = named["service"], named["topic"]
    wanted = Owner(named["owner"]) if named["owner"] else None
    if topic is None:
        return Match(service, None, wanted or Owner.SHARED, None, None, 1.0)
    if absent := knowledge.absent_topics.get((service, topic)):
        return Match(service, topic, wanted or absent.owner, None, None, 1.0, absent=absent)
    entry = knowledge.covering(service, topic)
    if entry is None:
        return Match(service, topic, wanted, None, None, 1.0) if wanted and named["belief"] else None
    duty = next((each for each in entry.duties if each.id == named["duty"]), None)
    owner = duty.owner if duty else owner_of(entry, wanted, believed=bool(named["belief"]))
    return Match(service, topic, owner, entry, duty, 1.0, ranked=ranked(entry, named["near"]))


def owner_of(entry: Entry, wanted: Owner | None, *, believed: bool) -> Owner:
    """The owner that a key names, unless nothing of the entry is theirs any more; a belief has an owner of its own."""
    if wanted and (believed or wanted is entry.owner or entry.side(wanted)):
        return wanted
    return entry.owner


def ranked(entry: Entry, near: str) -> tuple[RankedDuty, ...]:
    """The duties in the order of a key, then the others; none where it names none."""
    by_id = {duty.id: duty for duty in entry.duties}
    first = {name: sign == "+" for sign, name in NEAREST_MARKS.findall(near) if name in by_id}
    if not first:
        return ()
    in_order = {**first, **{name: False for name in by_id if name not in first}}
    return tuple(as_ranked(by_id[name], is_near=is_near) for name, is_near in in_order.items())


def as_ranked(duty: Duty, *, is_near: bool) -> RankedDuty:
    """A duty that is near, or is not; how near was not kept."""
    return Ranked(duty, 1.0 if is_near else 0.0, 0.0, "")

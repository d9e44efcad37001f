"""Matches, Knowledge -> Answer: what is claimed, how plainly, and what else is offered."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from srmbot.answer import Answer, Outcome, make_alternative, make_label
from srmbot.form import Ask, Form
from srmbot.grammar import Party
from srmbot.model import GENERAL, OPPOSITE, Boundary, Knowledge, Owner, Reply
from srmbot.query import content_words
from srmbot.search.confidence import BELIEVED
from srmbot.search.matches import Match, Matches, NearBoundary, make_match
from srmbot.small_talk import (
    HOWTO,
    WANTS_SOMETHING,
    Reason,
    asks_anything,
    foreign_language,
    small_talk,
    speaks_of_bot,
)

IN_SCOPE_FROM = 0.72  # likelihood from which a message is taken for a question to us
SURE_FROM = 0.8  # likelihood from which the best reading is said plainly
ALTERNATIVES = 2  # other readings beside the best one; with it, three buttons
WORTH_OFFERING = 0.15  # likelihood below which another reading only confuses
BELIEVED_ASIDE = 0.7  # the same where another thing is asked than whether it is so: how, why, what then
BELIEVED_ELSEWHERE = 0.9  # the same where the question is hardly about the belief's topic
HARDLY = 0.1  # how likely a topic is that a question is hardly about
SURELY_BELIEVED = 0.95  # how likely it must be about a belief to be answered though it may not be for us,
PERHAPS = 0.3  # and how likely it must then be for us
OWN_ANSWER = 0.5  # how likely the answer to one of several questions must be to be given by itself
COMPLIANCE = "compliance"  # the slug of the topic that audits are
PERHAPS_PROVED = 0.2  # how likely a reading must be to be what proof is asked of
SURELY_OWNED = 0.8  # how likely an owner must be to be the one whose proof is asked for
TELLS_SIDE = 0.93  # how likely it must be about a belief for that to tell which side is asked about


def decide(matches: Matches, knowledge: Knowledge) -> Answer:
    """The answer to what was found: plain, with a choice, or none."""
    if reason := no_question(matches, knowledge):
        return leave_unanswered(matches, knowledge, *reason)
    if not matches.readings or not is_asked(matches):
        return leave_unanswered(matches, knowledge, *unanswered_reason(matches, knowledge))
    covered = [part for part in matches.parts if not part.uncovered]
    if len(covered) > 1:
        parts = tuple(part_answer(part, matches, knowledge) for part in covered)
        return with_reply(new_answer(Outcome.SURE, matches, knowledge, parts=parts))
    answers = tuple(decide(each, knowledge) for each in matches.questions)
    if are_several(answers):
        return with_reply(new_answer(Outcome.SURE, matches, knowledge, parts=answers, in_turn=True))
    if matches.before:
        return answer_as_before(matches.before, matches, knowledge)
    near = believed(matches)
    return judge_belief(near, matches, knowledge) if near else answer_best(matches, knowledge)


def are_several(answers: Sequence[Answer]) -> bool:
    """Whether the answers to a message's questions say different things; else one answer serves them all."""
    said = {(each.topic, each.owner, each.boundary, each.main_duty) for each in answers}
    own = all(each.answered and each.topic and each.confidence >= OWN_ANSWER for each in answers)
    return own and len(said) > 1


def answer_best(matches: Matches, knowledge: Knowledge) -> Answer:
    """The answer of the likeliest reading."""
    best, *others = matches.readings
    best = side_of_belief(best, others, matches)
    if Ask.PROOF in matches.form.asks:
        best = proving(next(filter(is_proved, matches.readings), best), matches)
    elif matches.evidence.bare and matches.form.wants_reply and best.entry:
        # "are backups amazon's job?": the side is only asked about, whatever its name says to the model of owners.
        best = replace(best, owner=best.entry.owner)
    if best.uncovered:
        return leave_unanswered(matches, knowledge, Reason.UNCOVERED, make_label(best, knowledge))
    return with_reply(answer_reading(best, others, matches, knowledge))


def answer_as_before(before: Matches, matches: Matches, knowledge: Knowledge) -> Answer:
    """The answer to whether that is the same here: whose it is here, beside whose it was."""
    answer, earlier = answer_best(matches, knowledge), decide(before, knowledge)
    reply = judge_same({answer.owner, earlier.owner}, asked=bool(matches.form.same))
    return replace(answer, reply=reply, form=replace(answer.form, leans=True))


def judge_same(owners: Collection[Owner | None], *, asked: bool) -> Reply | None:
    """Whether some owners are the same, or differ where that is asked; None where one is not known."""
    if None in owners:
        return None
    return Reply.YES if (len(owners) == 1) is asked else Reply.NO


def judge_belief(near: NearBoundary, matches: Matches, knowledge: Knowledge) -> Answer:
    """The answer of a belief: whether it is so, and whose move it is."""
    answer = new_answer(
        Outcome.SURE,
        matches,
        knowledge,
        likelihood=max(matches.confidence, min(near.likelihood, 0.99)),
        match=reading_of(near.boundary, matches, knowledge),
        boundary=near.boundary,
        opposed=near.opposed,
    )
    return with_reply(answer)


def side_of_belief(best: Match, others: Sequence[Match], matches: Matches) -> Match:
    """The side that the nearest belief is about, where the words alone leave it open which side is asked about."""
    near = matches.near
    if best.owner is not Owner.SHARED or matches.evidence.bare or near is None or near.likelihood < TELLS_SIDE:
        return best
    about = (near.boundary.service, near.boundary.topic, near.boundary.owner)
    return next((each for each in others if (each.service, each.topic, each.owner) == about), best)


def answer_reading(best: Match, others: Sequence[Match], matches: Matches, knowledge: Knowledge) -> Answer:
    """The answer of the best reading; with others to choose from, where it is not surely the right one."""
    offered = [
        make_alternative(match, knowledge)
        for match in others
        if match.likelihood >= WORTH_OFFERING and not match.uncovered and is_other(match, best)
    ]
    if matches.confidence >= SURE_FROM or not offered:
        return new_answer(Outcome.SURE, matches, knowledge, match=best)
    return new_answer(Outcome.CHOICE, matches, knowledge, match=best, alternatives=tuple(offered[:ALTERNATIVES]))


def new_answer(
    outcome: Outcome, matches: Matches, knowledge: Knowledge, likelihood: float | None = None, **found: Any
) -> Answer:
    """An answer to what was asked, with what was found for it; as likely as the first reading, unless that is said."""
    confidence = round(matches.confidence if likelihood is None else likelihood, 3)
    return Answer(outcome, matches.query.original, confidence, knowledge, matches.form, **found)


def no_question(matches: Matches, knowledge: Knowledge) -> tuple[Reason, str] | None:
    """Why a message is no question about owners, by its words alone; None where it may be one."""
    judges = matches.names_service and wants_owner(matches.form) and is_asked(matches)
    if reason := small_talk(matches.query.text, names_service=matches.names_service, asks=judges):
        return reason, ""
    if language := foreign_language(matches.form.sentence):
        return Reason.LANGUAGE, language
    if matches.evidence.uncovered and not matches.evidence.names_service:
        return Reason.UNCOVERED, matches.evidence.uncovered
    if HOWTO.search(matches.query.text) and (not judges or WANTS_SOMETHING.search(matches.form.sentence)):
        return Reason.HOWTO, ""
    return None


def wants_owner(form: Form) -> bool:
    """Whether a message asks what only an owner or a verdict answers, however harsh: "…, nonsense, right?"."""
    return bool(form.asks & {Ask.YES_NO, Ask.WHAT_NOW} or WHO.search(form.sentence))


WHO = re.compile(r"\bwho(?:se|m|s|'s)?\b", re.IGNORECASE)  # `asks_who` takes the mere name of AWS for asking, too


def unanswered_reason(matches: Matches, knowledge: Knowledge) -> tuple[Reason, str]:
    """Why a message gets no answer that may have been a question."""
    if matches.evidence.names_not_aws:
        return Reason.ELSEWHERE, ""
    if matches.evidence.asks_how and matches.evidence.topic_score > 0:
        return Reason.HOWTO, ""
    named = {each.service for each in matches.evidence.named if each.strong}
    known = bool(named) or matches.evidence.topic_score > 0
    if not known and (reason := speaks_of_bot(matches.query.text)):
        return reason, ""
    compares = len(named) > 1 and Ask.COMPARE in matches.form.asks  # "aurora vs rds"
    vague = not content_words(matches.query.words) or not asks_anything(matches.query.text)
    unclear = matches.query.blank or compares or vague or matches.evidence.topic_score > 0
    return Reason.UNCLEAR if unclear else Reason.ELSEWHERE, ""


def is_asked(matches: Matches) -> bool:
    """Whether a message is a question for us."""
    near = matches.near
    if matches.evidence.asks_who and any(each.resource for each in matches.evidence.named):
        return True
    if near and near.likelihood >= SURELY_BELIEVED and matches.form.wants_reply and matches.in_scope >= PERHAPS:
        return not matches.evidence.names_not_aws
    return matches.in_scope >= IN_SCOPE_FROM


def is_for_topic(matches: Matches) -> bool:
    """Whether a question is about a topic as a whole, or its proof or team, and not about whether something is so."""
    return matches.evidence.bare or not matches.form.asks.isdisjoint({Ask.PROOF, Ask.TEAM})


def believed(matches: Matches) -> NearBoundary | None:
    """The belief that a question asks about; None where none is near, or where another thing is asked."""
    near, form = matches.near, matches.form
    if near is None or is_for_topic(matches) or not (form.wants_reply or asks_aside(near, matches)):
        return None
    least = BELIEVED if form.wants_reply else BELIEVED_ASIDE
    if matches.evidence.topics.get(near.boundary.topic, 0.0) < HARDLY:
        least = max(least, BELIEVED_ELSEWHERE)
    return near if near.likelihood >= least else None


def asks_aside(near: NearBoundary, matches: Matches) -> bool:
    """Whether a belief may answer what wants no yes or no: how, why, what then; of who does it, if it says the same."""
    asks = matches.form.asks
    if Ask.WHO in asks and matches.readings and near.boundary.owner is not matches.readings[0].owner:
        return False
    return bool(asks & {Ask.WHAT_IF, Ask.WHAT_NOW, Ask.HOW, Ask.WHY})


def reading_of(boundary: Boundary, matches: Matches, knowledge: Knowledge) -> Match:
    """A belief as a reading: of its service and topic, one that was found or a new one, with the belief's owner."""
    service, topic = boundary.service, boundary.topic
    same = next((each for each in matches.readings if (each.service, each.topic) == (service, topic)), None)
    return replace(same or make_match(knowledge, service, topic), owner=boundary.owner, duty=None)


def is_proved(match: Match) -> bool:
    """Whether a reading may be what proof is asked of: audits are only why it is asked."""
    return match.topic != COMPLIANCE and match.entry is not None and match.likelihood >= PERHAPS_PROVED


def proving(match: Match, matches: Matches) -> Match:
    """The side whose proof is asked for: the one whose act it surely is, else the one that the question speaks of."""
    if match.entry is None or match.entry.owner is not Owner.SHARED:
        return match
    said = HANDED_OVER.sub("", matches.query.text)
    owner = match.owner if match.owner is not Owner.SHARED else Owner.CUSTOMER
    if match.owner_likelihood < SURELY_OWNED:
        owner = Owner.AWS if speaks_of_aws(said) else Owner.CUSTOMER if OWN_SIDE.search(said) else owner
    ranked = [
        each.item for each in match.ranked if each.item.owner is owner and (each.item.proof or each.item.checked_by)
    ]
    return replace(match, owner=owner, duty=ranked[0] if ranked else None)


HANDED_OVER = re.compile(  # "what can we show": who hands it over does not do what is proved
    r"\b(?:(?:which|what) (?:\w+ ){0,3}?)?(?:can|could|do|should|must|would|to) (?:i|we) (?:\w+ )?(?:show|give|hand"
    r"|send|attach|present|submit|prove|demonstrate|file|export|pull)\b",
    re.IGNORECASE,
)
OWN_SIDE = re.compile(r"\b(?:our|ours|we|my|us)\b", re.IGNORECASE)


def speaks_of_aws(sentence: str) -> bool:
    """Whether a sentence names AWS itself."""
    return bool(re.search(r"\b(?:aws|amazon)(?:['’]s)?\b", sentence, re.IGNORECASE))


def is_other(match: Match, best: Match) -> bool:
    """Whether a reading says anything else than the best one: another service, or another owner."""
    return match.service != best.service or match.owner is not best.owner or match.topic != best.topic


def part_answer(part: Match, matches: Matches, knowledge: Knowledge) -> Answer:
    """The answer to one of several services or topics."""
    return new_answer(Outcome.SURE, matches, knowledge, part.likelihood, match=part)


def with_reply(answer: Answer) -> Answer:
    """An answer with yes, no or partly, where the question wants one; of several questions what they get that do."""
    if not answer.form.wants_reply:
        return answer
    if answer.parts and answer.form.same is not None and not answer.in_turn:
        return replace(answer, reply=judge_same({part.owner for part in answer.parts}, asked=answer.form.same))
    replies = {part.reply for part in answer.parts if answer.in_turn and part.form.wants_reply} or {judge(answer)}
    return replace(answer, reply=replies.pop() if len(replies) == 1 else Reply.PARTLY)


def judge(answer: Answer) -> Reply | None:
    """Whether what was asked or believed is so: by the belief that it is, else by whose work it is.

    "Do we have to …" is so where the task is the customer's, "does AWS …" where it is AWS's, and a task that both have
    a part in makes either partly so. What names no one ("is it on by default?") is so where AWS does it.
    """
    form = answer.form
    names_side = form.whose or (form.duty and form.party is not None)
    asks_side = names_side and not form.fine and answer.owner is not Owner.SHARED
    if answer.boundary is not None and not asks_side:
        return reply_of(answer.boundary, opposed=answer.opposed, fine=form.fine)
    if answer.owner is None or (answer.match is None and not answer.parts):
        return None
    if answer.owner is Owner.SHARED:
        return Reply.PARTLY
    if form.fine:
        return Reply.NO if answer.owner is Owner.CUSTOMER else Reply.PARTLY if leaves_work(answer) else Reply.YES
    if form.may and not form.negated and form.party is not Party.AWS:
        return Reply.YES if answer.owner is Owner.CUSTOMER else Reply.NO
    theirs = Owner.CUSTOMER if form.party is Party.CUSTOMER else Owner.AWS
    reply = Reply.YES if answer.owner is theirs else Reply.NO
    return OPPOSITE[reply] if form.negated else reply


def leaves_work(answer: Answer) -> bool:
    """Whether what is AWS's leaves something to the customer: here, or as a rule, where no single duty is spoken of."""
    if answer.customer or answer.topic is None or answer.form.duty:
        return bool(answer.customer)
    usual = answer.knowledge.entries.get((GENERAL, answer.topic))
    return usual is not None and usual.owner is not Owner.AWS


def reply_of(boundary: Boundary, *, opposed: bool, fine: bool) -> Reply:
    """Whether a belief is so, as it is put.

    Args:
        boundary: the belief.
        opposed: the question puts its opposite.
        fine: it says that nothing is left to do; nobody may rest on a wrong belief that is the customer's to act on.
    """
    if fine and boundary.reply is Reply.NO and boundary.owner is Owner.CUSTOMER:
        return Reply.NO
    return OPPOSITE[boundary.reply] if opposed else boundary.reply


def leave_unanswered(matches: Matches, knowledge: Knowledge, reason: Reason, subject: str = "") -> Answer:
    """No answer; what comes nearest may be suggested, nothing is claimed."""
    near = matches.readings if reason in (Reason.UNCLEAR, Reason.HOWTO) and matches.evidence.topic_score > 0 else ()
    offered = [match for match in near if match.topic and not match.uncovered][:ALTERNATIVES]
    alternatives = tuple(make_alternative(match, knowledge) for match in offered)
    return new_answer(Outcome.UNKNOWN, matches, knowledge, reason=reason, subject=subject, alternatives=alternatives)

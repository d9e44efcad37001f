"""Answer -> its point: what a person reads first, composed by how it was asked.

Reply, verdict, reason or condition, the number that decides, the next step; each a whole sentence, and no more of them
than fit into what is read at a glance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from srmbot.answer import Answer
from srmbot.form import Ask
from srmbot.model import GENERAL, Duty, Owner, Reply
from srmbot.overview.comparison import compare
from srmbot.render.facts import near_facts, stems, wants_number
from srmbot.render.moves import move_sentences, staying_sentences
from srmbot.render.once import once
from srmbot.render.statement import listed, lower_first, sentence, statement
from srmbot.render.words import WHOSE

SHORT, LONG = 40, 55  # words of a point: what is hoped for, and what is never passed for a further sentence
IN_TURN = (18, 26)  # the same of each of two questions
GLANCE = (28, 36)  # the same of what is read in passing
REPLIES = {Reply.YES: "Yes.", Reply.NO: "No.", Reply.PARTLY: "Partly."}
EVIDENCED, MOST_EVIDENCE = 3, 6  # duties whose proof is given, and pieces of it
NEW_WORDS = 2  # that a further sentence must bring


@once
def point(answer: Answer) -> str:
    """The answer in two to four sentences, complete on its own."""
    return " ".join(sentences(answer))


@once
def glance(answer: Answer) -> str:
    """The point as short as a channel takes it: the first of its sentences."""
    return " ".join(sentences(answer, *GLANCE))


def sentences(answer: Answer, short: int = SHORT, long: int = LONG) -> list[str]:
    """The sentences of the point, in the order in which they are read.

    Args:
        answer: one that claims something.
        short: the words that are hoped for.
        long: those that are never passed for a further sentence.
    """
    if answer.parts:
        return parts_sentences(answer)
    first = list(opening(answer))
    if answer.reply:
        first.insert(0, REPLIES[answer.reply])
    return fill(first, further(answer), short, long)


def opening(answer: Answer) -> Iterator[str]:
    """Whose it is, of which task; or why what was believed is so or not."""
    assert answer.owner is not None
    if answer.boundary:
        yield answer.boundary.because
    elif answer.absent:
        yield answer.absent.because
    elif answer.entry is None:
        yield from whole_resource(answer)
    elif Ask.TEAM in answer.form.asks:
        yield team_sentence(answer)
        yield from map(statement, [answer.main_duty] if answer.main_duty else [])
    elif answer.main_duty and (answer.owner is not Owner.SHARED or is_specific(answer)):
        yield statement(answer.main_duty)
    elif answer.owner is Owner.SHARED:
        yield from map(statement, answer.leads)
    else:
        yield verdict_on_topic(answer)


def is_specific(answer: Answer) -> bool:
    """Whether an answer about both sides is about one task more than about the others."""
    return answer.duty is not None


def whole_resource(answer: Answer) -> Iterator[str]:
    """Whose a resource is that was asked about, then what there is to say of its service."""
    assert answer.match is not None
    resource, service = answer.match.resource, answer.match.service
    if resource is None:
        yield whole_service(answer)
        return
    team = answer.team
    whose = f"belongs to {team.team}{f' ({team.channel})' if team.channel else ''}" if team else "is yours"
    if service == GENERAL:
        yield f"{resource} {whose}."
    else:
        yield f"{resource} is on {answer.knowledge.services[service].name}, and {whose}."
        yield whole_service(answer)


def whole_service(answer: Answer) -> str:
    """What a whole service is, and how its work is split."""
    assert answer.match is not None
    duties = answer.knowledge.of_service(answer.match.service)
    aws = sum(duty.owner is Owner.AWS for duty in duties)
    line = answer.knowledge.services[answer.match.service].line
    split = f"of the {len(duties)} tasks known here {aws} are AWS's and {len(duties) - aws} yours"
    return f"{line} AWS and you share the work: {split}."


def verdict_on_topic(answer: Answer) -> str:
    """Whose a topic is, where no single task is near."""
    who = {Owner.AWS: "AWS takes care of", Owner.CUSTOMER: "You take care of", Owner.SHARED: "AWS and you share"}
    assert answer.owner is not None
    return f"{who[answer.owner]} {lower_first(answer.label.rpartition(' · ')[2])}{on_service(answer)}."


def on_service(answer: Answer) -> str:
    """The service as the end of a sentence: " on RDS"; nothing where none is named."""
    service, dot, _ = answer.label.partition(" · ")
    return f" on {service}" if dot else ""


def team_sentence(answer: Answer) -> str:
    """Who does it in the asker's organisation, or that no team is set."""
    if answer.owner is Owner.AWS:
        return "No team of yours: this is AWS's."
    if answer.discreet:
        return "I name no teams where people of other organisations may read along."
    if answer.team is None:
        return "No team is set for this here; add it to teams.yaml."
    return f"On your side the team is {answer.team.team}{f' ({answer.team.channel})' if answer.team.channel else ''}."


def further(answer: Answer) -> list[str]:
    """What else may be said, the most wanted first: numbers, the reason, the next step."""
    asks = answer.form.asks
    duty = answer.main_duty or (answer.leads[-1] if answer.leads else None)
    reason = [duty.why] if duty and not answer.boundary else []
    facts = near_facts(answer) if wants_number(answer) or not answer.boundary else []  # a belief says its own number
    step = [next_step(answer) or ""]
    if wants_number(answer):
        ordered = [*facts[:2], *reason, *step]
    elif asks & {Ask.WHAT_NOW, Ask.HOW, Ask.TRY}:
        ordered = [*step, *reason, *facts[:1]]
    elif Ask.WHY in asks:
        ordered = [*reason, *facts[:1]]
    else:
        ordered = [*reason, *facts[:1], *(step if answer.owner is not Owner.AWS else [])]
    if Ask.PROOF in asks:
        ordered = [*(f"To show it: {each}." for each in evidence(answer)[:2]), *reason]
    if Ask.NUMBER in asks and re.search(r"\bsince when\b", answer.form.sentence, re.IGNORECASE) and duty and duty.as_of:
        ordered.insert(0, f"The page that says so was read in {duty.as_of}.")
    return [sentence(each) for each in ordered if each]


def next_step(answer: Answer) -> str | None:
    """What the asker does now: the belief's, else the main duty's, else that of the nearest task of the customer's."""
    if answer.boundary and answer.boundary.next:
        return answer.boundary.next
    if answer.parts:
        return next((step for part in answer.parts if (step := next_step(part))), None)
    if answer.match is None or answer.match.entry is None:
        return None
    if answer.main_duty and answer.main_duty.next:
        return answer.main_duty.next
    if answer.owner is Owner.AWS and answer.main_duty:
        return None
    ranked = [each.item for each in answer.match.ranked] or list(answer.match.entry.duties)
    return next((duty.next for duty in ranked if duty.next and duty.owner is Owner.CUSTOMER), None)


def evidence(answer: Answer) -> list[str]:
    """Where it is checked or can be shown: controls and rules, then reports and records, of the nearest duty."""
    if answer.parts:
        return list(dict.fromkeys(each for part in answer.parts for each in evidence(part)))
    return list(dict.fromkeys(each for duty in evidenced(answer)[:EVIDENCED] for each in proofs(duty)))[:MOST_EVIDENCE]


def evidenced(answer: Answer) -> list[Duty]:
    """The duties whose proof answers: the main one, else those that a belief rests on, else the nearest."""
    if answer.match is None:
        return []
    ranked = [each.item for each in answer.match.ranked if answer.owner in (each.item.owner, Owner.SHARED)]
    rests_on = (
        [answer.knowledge.by_id[each] for each in answer.boundary.duties if each in answer.knowledge.by_id]
        if answer.boundary
        else []
    )
    found = [*([answer.main_duty] if answer.main_duty else []), *rests_on, *ranked]
    return [duty for duty in dict.fromkeys(found) if duty.checked_by or duty.proof]


def proofs(duty: Duty) -> Iterator[str]:
    """What checks or proves one duty, each as it is called."""
    for each in duty.checked_by:
        yield f"Security Hub control {each}" if "." in each else f"AWS Config rule {each}"
    yield from duty.proof


def parts_sentences(answer: Answer) -> list[str]:
    """One sentence that names each part's owner, after the reply."""
    if answer.in_turn:
        return answers_in_turn(answer.parts)
    first = [REPLIES[answer.reply]] if answer.reply else []
    if not any(part.topic for part in answer.parts):
        one, other = (part.match.service for part in (answer.parts[0], answer.parts[-1]) if part.match)
        known, found = answer.knowledge, compare(answer.knowledge, (one, other))
        return [*first, *move_sentences(known, found), *staying_sentences(known, found)]
    names = [part_name(part, answer) for part in answer.parts]
    if len({part.owner for part in answer.parts}) == 1:
        whose = {Owner.AWS: "AWS's", Owner.CUSTOMER: "yours", Owner.SHARED: "shared between AWS and you"}
        return [*first, f"{listed(names)}: {whose[answer.owner or Owner.SHARED]}."]
    owned = zip(names, answer.parts, strict=True)
    return [*first, f"{'; '.join(f'{name}: {WHOSE[part.owner or Owner.SHARED]}' for name, part in owned)}."]


def answers_in_turn(parts: Sequence[Answer]) -> list[str]:
    """What answers each of several questions, one after the other: "You set it. And no: AWS deletes nothing."."""
    said: list[str] = []
    for number, part in enumerate(parts):
        first, *more = sentences(part, *IN_TURN)
        if part.reply and number and more:
            first, more = f"And {first.rstrip('.').lower()}: {lower_first(more[0])}", more[1:]
        said += [each for each in (first, *more) if each not in said]
    return said


def part_name(part: Answer, whole: Answer) -> str:
    """What tells a part from the others: its service, its topic, or both."""
    service, dot, topic = part.label.partition(" · ")
    if whole.service is None and whole.topic is not None:
        return service
    return topic if dot and whole.service is not None else part.label


def fill(first: list[str], more: Sequence[str], short: int = SHORT, long: int = LONG) -> list[str]:
    """The first sentences, and of the others that say something new as many as are still read at a glance."""
    said = list(first)
    for each in more:
        total = sum(len(one.split()) for one in (*said, each))
        if is_new(each, said) and (total <= short or (total <= long and len(said) < len(first) + 1)):
            said.append(each)
    return said


def is_new(each: str, said: Sequence[str]) -> bool:
    """Whether a sentence says a number, or more than one word, that the sentences before it do not."""
    own = stems(each)
    new = own - stems(" ".join(said))
    return each not in said and (len(new) >= min(NEW_WORDS, len(own)) or any(word.isdigit() for word in new))

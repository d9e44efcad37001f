"""Query -> Form: how a message asks, whatever it asks about. Grammar alone; knows no service and no topic.

A question of the same content may want another answer: whose it is, yes or no, a number, the next step, proof. The
form is read off the sentence that asks; what is pasted around it tells the topic, and not how it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from srmbot.form_patterns import (
    ASKING,
    ASKS_ANYWHERE,
    BELIEF,
    CLAUSE,
    COMPARE,
    CONDITION,
    CONFIRM,
    COST,
    DENIAL,
    EITHER,
    ELLIPSIS,
    FINE,
    FIRST_WORD,
    HOW,
    INVERTED,
    INVERTED_LATER,
    MAY,
    NEGATION,
    NOTHING_LEFT,
    NOTICE,
    NUMBER,
    OPENS,
    OURS,
    PAGE,
    PROOF,
    QUESTION_TAG,
    RELATIVE,
    SIDE_LAST,
    STATED,
    SUBJECT,
    TAG,
    TEAM,
    THEIRS,
    THEREFORE,
    TRY,
    VERB,
    WH_QUESTION,
    WHAT_IF,
    WHAT_NOW,
    WHY,
)
from srmbot.query import SENTENCE, asks_who


class Ask(StrEnum):
    """What an answer must give."""

    WHO = "who"  # whose work it is
    YES_NO = "yes-no"
    NUMBER = "number"  # how long, how many, which default, since when
    COST = "cost"
    WHAT_NOW = "what now"  # what the asker does next
    WHAT_IF = "what if"
    HOW = "how"
    WHY = "why"
    PROOF = "proof"
    COMPARE = "compare"
    TEAM = "team"  # who in the asker's own organisation
    PAGE = "page"  # where it is written
    TRY = "try"  # how it is tested


class Party(StrEnum):
    """Whose act a question speaks of."""

    AWS = "aws"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Form:
    """How a message asks."""

    sentence: str  # the one that asks
    asks: frozenset[Ask]
    clauses: tuple[str, ...] = ()  # the sentence, cut where another question begins in it
    party: Party | None = None  # of a yes-no question: whose act it speaks of
    may: bool = False  # it asks what is allowed or possible, and not what must be done
    negated: bool = False  # "AWS does not …", "we don't have to …"
    fine: bool = False  # it says that nothing is left to do: "so we are fine"
    belief: bool = False  # a statement to be confirmed
    either: bool = False  # "us or AWS?": no yes-no question, however it begins
    judged: str = ""  # the clause that wants a yes or a no
    whose: bool = False  # it ends in a side: "…, ours?", "is that still us?"

    @property
    def wants_reply(self) -> bool:
        """Whether it wants a yes or a no."""
        return Ask.YES_NO in self.asks


LEAST_MAIN = 3  # words of a main clause; with fewer the whole sentence is looked at
LEAST_STATEMENT = 5  # words of a statement that may be a belief; fewer are what is typed in a search box


def read_form(cleaned: str) -> Form:
    """How a message asks.

    Args:
        cleaned: its text without markup, as `query.clean` gives it, with its line ends.
    """
    sentence = asking_sentence(cleaned)
    parts = clauses(sentence)
    asks = frozenset(ask for text in {sentence, *parts} for ask in wants(text))
    either = bool(EITHER.search(sentence))
    judged = None if either else next((part for part in parts if is_yes_no(part)), None)
    if judged is not None and not (asks & {Ask.WHY} and len(parts) == 1):
        asks |= {Ask.YES_NO}
    if either or any(asks_who(part) and part is not judged for part in parts):
        asks |= {Ask.WHO}
    about = judged or sentence
    belief = judged is not None and is_belief(judged)
    return Form(
        sentence,
        asks,
        parts,
        party_of(about),
        bool(MAY.search(about)),
        is_negated(about),
        is_fine(about),
        belief,
        either,
        about,
        bool(SIDE_LAST.search(about)),
    )


def clauses(sentence: str) -> tuple[str, ...]:
    """A sentence cut where another question begins in it: "who patches it | and can I postpone it?".

    What comes before the first question in it belongs to that.
    """
    found: list[str] = []
    before = ""  # what has not come to its question yet
    for part in (each.strip(" ,;") for each in CLAUSE.split(sentence)):
        if part and OPENS.search(part):
            found.append(f"{before}, {part}" if before else part)
            before = ""
        elif part and found:
            found[-1] = f"{found[-1]}, {part}"
        elif part:
            before = f"{before}, {part}" if before else part
    if before:
        found.append(before)
    return tuple(found) or (sentence,)


def is_yes_no(clause: str) -> bool:
    """Whether a clause wants a yes or a no."""
    if INVERTED.search(clause) or ELLIPSIS.search(clause) or QUESTION_TAG.search(clause):
        return True
    if opens_with_wh(clause):
        return False
    return ("?" in clause and bool(INVERTED_LATER.search(clause))) or is_belief(clause) or is_fragment(clause)


def asking_sentence(cleaned: str) -> str:
    """The sentence that asks: the last one with a question mark, else the last with a word that asks, else all.

    One that only asks for a confirmation of the sentence before it is taken together with that.
    """
    sentences = [" ".join(each.split()) for each in SENTENCE.split(cleaned) if re.search(r"\w", each)]
    for test in (lambda each: "?" in each, is_inverted, ASKING.search, opens_with_wh, asks_who, BELIEF.search):
        found = [at for at, each in enumerate(sentences) if test(each)]
        if found:
            at = found[-1]
            if at and CONFIRM.search(sentences[at]):
                return f"{sentences[at - 1].rstrip('.')}, right?"
            return sentences[at]
    return " ".join(sentences)


def wants(sentence: str) -> Iterator[Ask]:
    """What a sentence asks for by its words."""
    tests = {
        Ask.NUMBER: NUMBER,
        Ask.COST: COST,
        Ask.WHAT_NOW: WHAT_NOW,
        Ask.WHAT_IF: WHAT_IF,
        Ask.HOW: HOW,
        Ask.WHY: WHY,
        Ask.PROOF: PROOF,
        Ask.COMPARE: COMPARE,
        Ask.TEAM: TEAM,
        Ask.PAGE: PAGE,
        Ask.TRY: TRY,
    }
    yield from (ask for ask, test in tests.items() if test.search(sentence))


def opens_with_wh(sentence: str) -> bool:
    """Whether a sentence asks with who, what, when, how: no yes or no answers that."""
    return bool(WH_QUESTION.search(sentence))


def is_inverted(sentence: str) -> bool:
    """Whether a sentence is built as a yes-or-no question: "Is …", "…, do we …?"."""
    return bool(INVERTED.search(sentence)) or ("?" in sentence and bool(INVERTED_LATER.search(sentence)))


def is_belief(sentence: str) -> bool:
    """Whether a sentence states something that it wants confirmed: "…, right?", "I guess …", "so we are fine?"."""
    if INVERTED.search(sentence):
        return False
    if QUESTION_TAG.search(sentence):
        return True
    if opens_with_wh(sentence):
        return False
    if TAG.search(sentence) or (BELIEF.search(sentence) and not PROOF.search(sentence)):
        return True
    if ASKS_ANYWHERE.search(RELATIVE.sub("", sentence)) or PROOF.search(sentence) or COMPARE.search(sentence):
        return False
    stated = STATED.search(sentence) or VERB.search(sentence)
    return len(sentence.split()) >= LEAST_STATEMENT and bool(stated) and not NOTICE.search(sentence)


def is_fragment(sentence: str) -> bool:
    """Whether a few words ask for yes or no: "s3 bucket policies, ours?", "nodes as well?", "Layer 7 too?"."""
    if SIDE_LAST.search(sentence):
        return True
    short = "?" in sentence and len(sentence.split()) <= 8
    return short and bool(
        OURS.search(sentence)
        or THEIRS.search(sentence)
        or re.search(r"\b(?:too|as well|also|either)\s*\?", sentence, re.IGNORECASE)
    )


def party_of(sentence: str) -> Party | None:
    """Whose act a question speaks of."""
    if OURS.search(sentence):
        return Party.CUSTOMER
    if THEIRS.search(sentence):
        return Party.AWS
    for pattern in (SUBJECT, STATED):
        if found := pattern.search(sentence):
            return Party.CUSTOMER if found["customer"] else Party.AWS
    return Party.CUSTOMER if is_fine(sentence) else None


def is_negated(sentence: str) -> bool:
    """Whether a sentence says that something is not so, whatever follows from that: "it does not, so …"."""
    return bool(NEGATION.search(strip_asides(THEREFORE.split(sentence)[0])))


def is_denied(sentence: str) -> bool:
    """Whether a phrase has a word that turns it round, wherever: "it needs no restart", "so we don't have to …"."""
    return bool(DENIAL.search(strip_asides(sentence)))


def strip_asides(sentence: str) -> str:
    """A sentence without what denies nothing in it: its tag, a first word such as "isn't", and when it holds."""
    asked = TAG.sub("", sentence)
    main = CONDITION.sub(" ", asked)
    return FIRST_WORD.sub("", (main if len(main.split()) >= LEAST_MAIN else asked).strip())


def is_fine(sentence: str) -> bool:
    """Whether a sentence says that nothing is left to do: "so we are fine", "nothing to patch"."""
    return bool(FINE.search(sentence) or NOTHING_LEFT.search(sentence))

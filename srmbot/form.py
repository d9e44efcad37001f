"""Query -> Form: how a message asks, whatever it asks about. Grammar alone; knows no service and no topic.

A question of the same content may want another answer: whose it is, yes or no, a number, the next step, proof. The
form is read off the sentence that asks; what is pasted around it tells the topic, and not how it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from srmbot.form_patterns import (
    ASKS_COMPARE,
    ASKS_COST,
    ASKS_FIND_OUT,
    ASKS_HOW,
    ASKS_NUMBER,
    ASKS_PAGE,
    ASKS_PROOF,
    ASKS_TEAM,
    ASKS_TRY,
    ASKS_WHAT_IF,
    ASKS_WHAT_NOW,
    ASKS_WHY,
)
from srmbot.framing import asks_whether_so, find_claim
from srmbot.grammar import (
    Party,
    asks_duty,
    asks_same,
    ends_in_side,
    is_fine,
    is_inverted,
    is_negated,
    is_yes_no,
    main_question,
    names_side,
    opens_with_wh,
    party_of,
    puts_claim,
)
from srmbot.grammar_patterns import (
    ALTERNATIVE,
    ASKING,
    BELIEF_PHRASE,
    CLAUSE,
    CONFIRM,
    EITHER,
    MAY,
    OPENS,
    PASTED_NOTICE,
    SUBORDINATE,
)
from srmbot.query import SENTENCE_END, asks_who
from srmbot.side_patterns import BARE_SIDE


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
    FIND_OUT = "find out"  # how it is noticed


LEAST_QUESTION = 4  # words of a question that is answered beside the one after it
QUOTED_MARKS = re.compile(r"([\"'])\?+\1")  # "my manager sent it with '???'" asks nothing
QUOTING = "\"'>“”*_ "  # what what somebody else has said begins with


@dataclass(frozen=True, slots=True)
class Form:
    """How a message asks."""

    sentence: str  # the one that asks, without who believes or doubts it
    asks: frozenset[Ask]
    clauses: tuple[str, ...] = ()  # the sentence, cut where another question begins in it
    party: Party | None = None  # of a yes-no question: whose act it speaks of
    may: bool = False  # it asks what is allowed or possible, and not what must be done
    negated: bool = False  # "AWS does not …", "we don't have to …"
    fine: bool = False  # it says that nothing is left to do: "so we are fine"
    either: bool = False  # "us or AWS?": no yes-no question, however it begins
    judged: str = ""  # the clause that wants a yes or a no
    whose: bool = False  # it ends in a side: "…, ours?", "is that still us?"
    duty: bool = False  # it asks whether somebody must do it: "do we have to …", "is it up to us to …"
    same: bool | None = None  # it asks whether that is the same here; false: whether it differs
    leans: bool = False  # it asks as the message before it did: "and on Aurora?"

    @property
    def wants_reply(self) -> bool:
        """Whether it wants a yes or a no."""
        return Ask.YES_NO in self.asks


def read_form(cleaned: str) -> Form:
    """How a message asks.

    Args:
        cleaned: its text without markup, as `query.clean` gives it, with its line ends.
    """
    asking = asking_sentence(cleaned)
    sentence, parts = find_claim(asking).text, (*question_before(cleaned, asking), *clauses(asking))
    asks = frozenset(ask for text in {sentence, *(find_claim(part).text for part in parts)} for ask in wants(text))
    either = bool(EITHER.search(sentence))
    pasted = bool(PASTED_NOTICE.search(cleaned))
    judged = next((part for part in parts if not EITHER.search(part) and is_yes_no(part, pasted=pasted)), None)
    if judged is not None and not (asks & {Ask.WHY} and len(parts) == 1):
        asks |= {Ask.YES_NO}
    if either or any(asks_who(part) and part is not judged for part in parts):
        asks |= {Ask.WHO}
    about = find_claim(judged).text if judged else sentence
    main = main_question(about)
    return Form(
        sentence,
        asks,
        parts,
        party_of(main) or (party_of(about) if main != about else None),
        bool(MAY.search(about)),
        is_negated(main),
        is_fine(about),
        either,
        about,
        ends_in_side(about),
        asks_duty(about),
        asks_same(about),
    )


def clauses(sentence: str) -> tuple[str, ...]:
    """A sentence cut where another question begins in it: "who patches it | and can I postpone it?".

    What comes before the first question in it belongs to that.
    """
    found: list[str] = []
    before = ""  # what has not come to its question yet
    for part in (each.strip(" ,;") for each in CLAUSE.split(sentence)):
        if part and OPENS.search(part) and not SUBORDINATE.search(part):
            found.append(f"{before}, {part}" if before else part)
            before = ""
        elif part and found:
            found[-1] = f"{found[-1]}, {part}"
        elif part:
            before = f"{before}, {part}" if before else part
    if before:
        found.append(before)
    return tuple(found) or (sentence,)


def question_before(cleaned: str, asking: str) -> tuple[str, ...]:
    """The question right before the one that is taken for the one that asks, where a message puts two in a row."""
    sentences = split_sentences(cleaned)
    at = len(sentences) - 1 - sentences[::-1].index(asking) if asking in sentences else 0
    before = sentences[at - 1] if at else ""
    asks = before.endswith("?") and (is_inverted(before) or opens_with_wh(before))
    if not asks or len(before.split()) < LEAST_QUESTION or ALTERNATIVE.search(asking):
        return ()
    return (before,)


def split_sentences(cleaned: str) -> list[str]:
    """The sentences of a text that have a word."""
    return [" ".join(each.split()) for each in SENTENCE_END.split(cleaned) if re.search(r"\w", each)]


def asking_sentence(cleaned: str) -> str:
    """The sentence that asks: the last one with a question mark, else the last with a word that asks, else all.

    One that only asks for a confirmation of the sentence before it is taken together with that.
    """
    sentences = split_sentences(cleaned)
    for test in (
        lambda each: "?" in QUOTED_MARKS.sub("", each),
        is_inverted,
        puts_claim,
        ASKING.search,
        opens_with_wh,
        asks_who,
        BELIEF_PHRASE.search,
    ):
        found = [at for at, each in enumerate(sentences) if test(each)]
        if found:
            return what_is_asked(sentences, found[-1])
    return " ".join(sentences)


def what_is_asked(sentences: Sequence[str], at: int) -> str:
    """The sentence that asks, or the one beside it where it only asks whether that is so: "Is he right?"."""
    if at and (side := BARE_SIDE.search(sentences[at])):
        return f"{sentences[at - 1].rstrip('.!?… ')}, {side['side']}?"
    if not asks_about_another(sentences[at]) or len(sentences) < 2:
        return sentences[at]
    quoted = at + 1 < len(sentences) and sentences[at + 1][:1] in QUOTING
    other = sentences[at + 1 if at == 0 or quoted else at - 1].strip(QUOTING)
    return other if other.endswith("?") else f"{other.rstrip('.!…')}, right?"


def asks_about_another(sentence: str) -> bool:
    """Whether a sentence only asks whether another one is so; "that's on us, right?" asks whose it is."""
    if names_side(sentence) or opens_with_wh(sentence):
        return False
    return bool(CONFIRM.search(sentence)) or asks_whether_so(sentence)


def wants(sentence: str) -> Iterator[Ask]:
    """What a sentence asks for by its words."""
    tests = {
        Ask.NUMBER: ASKS_NUMBER,
        Ask.COST: ASKS_COST,
        Ask.WHAT_NOW: ASKS_WHAT_NOW,
        Ask.WHAT_IF: ASKS_WHAT_IF,
        Ask.HOW: ASKS_HOW,
        Ask.WHY: ASKS_WHY,
        Ask.PROOF: ASKS_PROOF,
        Ask.COMPARE: ASKS_COMPARE,
        Ask.TEAM: ASKS_TEAM,
        Ask.PAGE: ASKS_PAGE,
        Ask.TRY: ASKS_TRY,
        Ask.FIND_OUT: ASKS_FIND_OUT,
    }
    yield from (ask for ask, test in tests.items() if test.search(sentence))

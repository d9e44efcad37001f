"""A sentence -> how it is built: a yes-or-no question, a belief, whose act it speaks of, what it denies.

Grammar alone; it knows no service and no topic.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from srmbot.form_patterns import ASKS_COMPARE, ASKS_NUMBER, ASKS_PROOF
from srmbot.framing import CACHED_SENTENCES, find_claim
from srmbot.grammar_patterns import (
    ACTS,
    AFTER_CONDITION,
    ASKS_ANYWHERE,
    BELIEF_PHRASE,
    CONDITION,
    CONSEQUENCE,
    CONTRAST,
    DENIAL,
    DENIED_RELATIVE,
    DIFFERENT,
    ELLIPSIS,
    EQUALS,
    FIRST_WORD,
    FULL_SENTENCE,
    INVERTED,
    INVERTED_LATER,
    MAIN_LATER,
    MEASURE,
    NAMED_ONLY,
    NEGATION,
    NOTHING_LEFT,
    OFF_THE_HOOK,
    PASTED_NOTICE,
    PREDICATE,
    QUESTION_TAG,
    RELATIVE,
    SAME,
    STATES,
    SUBJECT_FIRST,
    TAG,
    THEREFORE,
    VERB,
    WH_QUESTION,
)
from srmbot.side_patterns import (
    ACTOR,
    DISOWNED,
    EFFORTLESS,
    OBLIGATION,
    OBLIGED,
    ONLY_IF,
    OURS,
    SIDE_GUESSED,
    SIDE_LAST,
    STATED,
    SUBJECT,
    THEIRS,
)

LEAST_MAIN = 3  # words of a main clause; with fewer the whole sentence is looked at
MOST_FRAGMENT = 20  # words of a question without a verb
MOST_SAME = 12  # words of a question whether something is the same; more say what they compare
LEAST_STATEMENT = 5  # words of a statement that may be a belief; fewer are what is typed in a search box
ASKS_OTHER = (ASKS_ANYWHERE, ASKS_NUMBER, ASKS_COMPARE, ASKS_PROOF, NAMED_ONLY)  # than whether it is so
NO_STATEMENT = (ASKS_PROOF, ASKS_COMPARE, MEASURE)  # what states nothing, though it may have a verb


class Party(StrEnum):
    """Whose act a question speaks of."""

    AWS = "aws"
    CUSTOMER = "customer"


def is_yes_no(clause: str, *, pasted: bool = False) -> bool:
    """Whether a clause wants a yes or a no.

    Args:
        clause: of the sentence that asks.
        pasted: it stands in a notice, which states much and asks nothing.
    """
    if puts_claim(clause) or SIDE_GUESSED.search(clause):
        return True
    if any(each.search(clause) for each in (INVERTED, SUBJECT_FIRST, ELLIPSIS, QUESTION_TAG)):
        return True
    wh = find_wh(clause)
    later = INVERTED_LATER.search(clause) or AFTER_CONDITION.search(clause)
    if wh and not (later and later.start() < wh.start()):
        return False
    if pasted and "?" not in clause and not is_held_so(clause):
        return is_fragment(clause)
    return ("?" in clause and bool(later)) or is_belief(clause) or is_fragment(clause)


def opens_with_wh(sentence: str) -> bool:
    """Whether a sentence asks with who, what, when, how: no yes or no answers that."""
    return find_wh(sentence) is not None


@lru_cache(CACHED_SENTENCES)
def find_wh(sentence: str) -> re.Match[str] | None:
    """Where a sentence asks with who, what, when, how, apart from what is only spoken of: "AWS decides who …"."""
    return WH_QUESTION.search(RELATIVE.sub(lambda found: " " * len(found[0]), sentence))


def is_inverted(sentence: str) -> bool:
    """Whether a sentence is built as a yes-or-no question: "Is …", "…, do we …?"."""
    return bool(INVERTED.search(sentence)) or ("?" in sentence and bool(INVERTED_LATER.search(sentence)))


def puts_claim(sentence: str) -> bool:
    """Whether a sentence says of what it states that somebody believes or doubts it: "not sure whether …"."""
    claim = find_claim(sentence)
    return claim.framed and not opens_with_wh(claim.text)


def is_belief(sentence: str) -> bool:
    """Whether a sentence states something that it wants confirmed: "…, right?", "I guess …", "so we are fine?"."""
    if puts_claim(sentence) and not INVERTED.search(find_claim(sentence).text):
        return True
    if INVERTED.search(sentence):
        return False
    if QUESTION_TAG.search(sentence):
        return True
    return not opens_with_wh(sentence) and (is_held_so(sentence) or is_stated(sentence))


def is_held_so(sentence: str) -> bool:
    """Whether a sentence says that somebody believes it, or asks for a yes at its end."""
    return bool(TAG.search(sentence) or (BELIEF_PHRASE.search(sentence) and not ASKS_PROOF.search(sentence)))


def is_stated(sentence: str) -> bool:
    """Whether a sentence states something: "so AWS patches it?", "not our problem if the disk dies"."""
    if not EQUALS.search(sentence) and any(each.search(sentence) for each in NO_STATEMENT):
        return False
    if ASKS_ANYWHERE.search(RELATIVE.sub("", sentence)):
        return False
    if ACTS.search(sentence) or DISOWNED.search(sentence) or is_fine(sentence):
        return True
    if len(sentence.split()) < LEAST_STATEMENT or PASTED_NOTICE.search(sentence):
        return False
    who = STATED.search(sentence)
    if who and (who["customer"] or who["itself"]):  # a service's name may begin a mere list of words
        return True
    return any(each.search(sentence) for each in (VERB, STATES, EQUALS, CONSEQUENCE, FULL_SENTENCE))


def is_fragment(sentence: str) -> bool:
    """Whether a few words ask for yes or no: "s3 bucket policies, ours?", "Layer 7 too?", "encrypted by default?"."""
    if ends_in_side(sentence):
        return True
    words = len(sentence.split())
    if "?" not in sentence or words > MOST_FRAGMENT:
        return False
    if words >= LEAST_STATEMENT and not any(each.search(sentence) for each in ASKS_OTHER):
        return True
    return bool(
        PREDICATE.search(sentence)
        or OURS.search(sentence)
        or THEIRS.search(sentence)
        or re.search(r"\b(?:too|as well|also|either)\s*\?", sentence, re.IGNORECASE)
    )


def ends_in_side(sentence: str) -> bool:
    """Whether a sentence ends in a side: "…, ours?", "is it us who …", "…, that's on us, yeah?"."""
    ends = (SIDE_LAST.search(sentence), SIDE_GUESSED.search(sentence))
    return any(ends) or ("?" in sentence and bool(SIDE_LAST.search(TAG.sub("?", sentence))))


def asks_same(sentence: str) -> bool | None:
    """Whether a question asks if what was said before holds here too: true; if it differs: false; None for neither."""
    if len(sentence.split()) > MOST_SAME or opens_with_wh(sentence):
        return None
    return False if DIFFERENT.search(sentence) else True if SAME.search(sentence) else None


def main_question(sentence: str) -> str:
    """What is asked of a sentence in which a statement comes first: "not urgent at all: does AWS patch it?"."""
    later = MAIN_LATER.search(TAG.sub("", sentence))
    return later["main"] if later and len(later["main"].split()) > LEAST_MAIN else sentence


def party_of(sentence: str) -> Party | None:
    """Whose act a question speaks of."""
    if guessed := SIDE_GUESSED.search(sentence):
        return Party.CUSTOMER if guessed["customer"] else Party.AWS
    sentence = EFFORTLESS.sub("", CONTRAST.sub("", TAG.sub("", sentence))).strip(" ,;") or sentence
    if ONLY_IF.search(sentence):
        return Party.CUSTOMER
    if OURS.search(sentence):
        return Party.CUSTOMER
    if THEIRS.search(sentence):
        return Party.AWS
    for pattern in (SUBJECT, STATED, OBLIGED):
        if found := pattern.search(sentence):
            return Party.CUSTOMER if found["customer"] else Party.AWS
    return Party.CUSTOMER if is_fine(sentence) else None


def asks_duty(sentence: str) -> bool:
    """Whether a sentence asks if somebody must do it, and says who: "is it up to us …", "does AWS have to …"."""
    return bool(OBLIGATION.search(sentence) and ACTOR.search(sentence))


def names_side(text: str) -> bool:
    """Whether a text says of something that it is one side's: "my call", "on AWS's side"."""
    return bool(OURS.search(text) or THEIRS.search(text))


def is_negated(sentence: str) -> bool:
    """Whether a sentence says that something is not so, whatever follows from that: "it does not, so …"."""
    if ONLY_IF.search(sentence):
        return False
    return bool(NEGATION.search(strip_asides(THEREFORE.split(EFFORTLESS.sub("", sentence))[0])))


def is_denied(sentence: str) -> bool:
    """Whether a phrase has a word that turns it round, wherever: "it needs no restart", "so we don't have to …"."""
    return bool(ONLY_IF.search(sentence) or DENIAL.search(strip_asides(sentence)))


def strip_asides(sentence: str) -> str:
    """A sentence without what denies nothing in it: its tag, a first word such as "isn't", and when it holds."""
    asked = DENIED_RELATIVE.sub("", CONTRAST.sub("", TAG.sub("", sentence)))
    main = CONDITION.sub(" ", asked)
    return FIRST_WORD.sub("", (main if len(main.split()) >= LEAST_MAIN else asked).strip())


def is_fine(sentence: str) -> bool:
    """Whether a sentence says that nothing is left to do: "so we are fine", "nothing to patch"."""
    return bool(OFF_THE_HOOK.search(sentence) or NOTHING_LEFT.search(sentence))

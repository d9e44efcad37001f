"""Answer -> the facts that are told: the numbers and conditions nearest to the question."""

from __future__ import annotations

import re
from collections import Counter
from math import log

from srmbot.answer import Answer
from srmbot.form import Ask
from srmbot.query import content_words, tokenize
from srmbot.render.once import once
from srmbot.search.duty_ranking import special_names

NUMERIC = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|ten|daily|hourly|never|always|free|nothing|until|for ever)\b",
    re.IGNORECASE,
)
KINDS_OF_NUMBER = tuple(  # what is asked for, and what a fact has that tells it
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(rf"\b(?:{told})\b", re.IGNORECASE))
    for asked, told in (
        (
            r"how (?:long|far back|soon|quick\w*|fast|often|late|old)|seconds?|minutes?|hours?|days?|weeks?|months?"
            r"|years?|longest|shortest|retention|window|timeout|expires?|until when|since when|when",
            r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|until|expires?|for ?ever|20[12]\d",
        ),
        (
            r"max(?:imum)?|at (?:the )?most|longest|largest|biggest|highest|limits?|ceiling|upper|quota",
            r"at most|up to|max(?:imum)?|limits?|no more than|quota|[\d,]+(?: \w+)? to [\d,]+",
        ),
        (r"min(?:imum)?|at (?:the )?least|shortest|smallest|lowest", r"at least|min(?:imum)?|from|[\d,]+ to [\d,]+"),
        (r"default|out of the box|untouched|if (?:we|i|nobody|nothing)\b.*", r"defaults?|unless"),
    )
)
HOW_MUCH = re.compile(r"\bhow (?:long|often|many|much|far|soon|big|large|quick\w*|fast|old|late)\b", re.IGNORECASE)
MAIN = 1.2  # what it counts that a fact is the main duty's
NUMBER_BONUS = 1.5  # and that it has a number, where one is asked for
KIND_BONUS = 1.0  # and that this is of a kind that is asked for
LEAST_NEARNESS = 1.0  # how near a fact must be to be said where none is asked for
FACT_STEM = 5  # letters that two words begin with, if they are about the same


@once
def near_facts(answer: Answer) -> list[str]:
    """The numbers and conditions nearest to the question, of the main duty first, then of the others of its topic.

    A word that few of them have counts more than one that most have. A task about a special thing, such as one engine
    of several, has its say only where that is asked about.
    """
    if answer.match is None or answer.match.entry is None:
        return []
    text = f"{answer.form.sentence} {answer.question}"
    asked, words = stems(HOW_MUCH.sub(" ", text)), set(tokenize(text))
    main = answer.main_duty
    ranked = [each.item for each in answer.match.ranked] or list(answer.match.entry.duties)
    services = answer.knowledge.services
    duties = [each for each in ranked if each == main or words.issuperset(special_names(each, services[each.service]))]
    found = [(duty, fact, stems(f"{duty.duty} {fact}")) for duty in duties for fact in duty.facts]
    having = Counter(stem for _, _, own in found for stem in own)
    numeric = wants_number(answer)
    scored = []
    for place, (duty, fact, own) in enumerate(found):
        shared = sum(log(1 + len(found) / having[stem]) for stem in own & asked)
        fit = fit_of_number(answer.form.sentence, fact) if numeric else 0.0
        score = shared + (MAIN if duty == main else 0.0) + fit
        if duty == main or shared:
            scored.append((score, -place, fact))
    least = 0.0 if numeric else LEAST_NEARNESS
    return [fact for score, _, fact in sorted(scored, reverse=True) if score >= least]


def fit_of_number(asked: str, fact: str) -> float:
    """What a fact counts where a number is asked for: that it has one, and of the kind that the sentence asks for."""
    if not NUMERIC.search(fact):
        return 0.0
    return NUMBER_BONUS + sum(KIND_BONUS for kind, told in KINDS_OF_NUMBER if kind.search(asked) and told.search(fact))


def wants_number(answer: Answer) -> bool:
    """Whether a number is asked for, or a price."""
    return not answer.form.asks.isdisjoint({Ask.NUMBER, Ask.COST})


def stems(text: str) -> set[str]:
    """The beginnings of a text's telling words."""
    return {word[:FACT_STEM] for word in content_words(tokenize(text))}

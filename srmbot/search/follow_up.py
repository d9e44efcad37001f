"""A reply and its thread's first message -> what the reply asks about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from srmbot.form import Form, read_form
from srmbot.grammar import is_inverted, opens_with_wh
from srmbot.grammar_patterns import VERB
from srmbot.query import ASIDE_WEIGHT, HALF_WEIGHT, asks_who
from srmbot.search.analyzer import POINTING_BACK, AnalyzedQuery
from srmbot.search.service_names import has_strong_name

WHO_OWNS_THIS = ("who", "owns", "this")  # what a mention without a word asks
REFERRING = frozenset(["it", "its", "that", "this", "they", "them", "these", "those"])
BARE_QUESTION = 2  # words of a question that has none that asks: "max?", "on-demand?"
MOST_ELLIPSIS = 6  # words of a question that leaves its verb to the one before it
# Telling words of a reply beside a service's name that may ask nothing of their own: "now do redshift".
FEW_TELLING_WORDS = 2


def resolve_follow_up(reply: AnalyzedQuery, first: AnalyzedQuery, *, knows: bool) -> AnalyzedQuery:
    """What a reply in a thread asks about.

    A reply without a question of its own asks about the first message; one that only names a service asks
    the first message's question about that service; one that names none asks about the first one's.

    Args:
        reply: what was asked.
        first: the thread's first message.
        knows: whether the reply's own words tell what it is about.
    """
    asking = (tuple(word for words, _ in reply.parts for word in words) or WHO_OWNS_THIS, 1.0)
    before = {named.service for named in first.named if named.strong}
    new = tuple(named for named in reply.named if named.service not in before) or reply.named  # "redshift, not rds"
    if not reply.content:
        meant = tuple(replace(named, strong=True) for named in new) or first.named
        return replace(first, parts=(asking, *first.parts), named=meant, from_parent=True)
    strong = has_strong_name(new)
    points_back = not POINTING_BACK.isdisjoint(reply.query.words)
    if strong and knows and not points_back:
        return reply
    little = len(reply.content) <= FEW_TELLING_WORDS if strong else asks_who(reply.query.text) or asks_of_before(reply)
    back = not knows and (points_back or little)
    share = 1.0 if back else HALF_WEIGHT if strong and not knows else ASIDE_WEIGHT
    said_before = [(words, share * weight) for words, weight in first.parts]
    named = new if strong else reply.named + first.named
    return replace(reply, parts=(*reply.parts, *said_before), named=named, from_parent=back)


def form_in_thread(message: str, thread: Sequence[str]) -> Form:
    """How a message asks after the earlier ones of its thread: "and on DynamoDB?" asks as the one before it did.

    Args:
        message: cleaned.
        thread: the earlier messages, cleaned, oldest first.
    """
    own = read_form(message)
    if not thread or not (is_ellipsis(own) or own.same):
        return own
    before = form_in_thread(thread[-1], thread[:-1])
    return replace(before, sentence=own.sentence, clauses=own.clauses, leans=True) if before.wants_reply else own


def is_ellipsis(form: Form) -> bool:
    """Whether a message has no form of its own, being a few words without a verb: "and the readers?"."""
    text = form.sentence
    return not form.asks and "?" in text and len(text.split()) <= MOST_ELLIPSIS and not VERB.search(text)


def asks_of_before(reply: AnalyzedQuery) -> bool:
    """Whether a reply is a question that leaves its subject to what was said before: "how long does it take?"."""
    text, left = reply.query.text, len(reply.content)
    refers = left <= 1 or (left <= FEW_TELLING_WORDS and not REFERRING.isdisjoint(reply.query.words))
    bare = "?" in text and len(reply.query.words) <= BARE_QUESTION
    return refers and (opens_with_wh(text) or is_inverted(text) or bare)

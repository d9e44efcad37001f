"""A question that was not answered, or not rightly: what is counted of it, and what may be kept."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

from srmbot.query import tokenize
from srmbot.small_talk import Reason

HASH = 32  # hex digits of a hash
LONGEST_KEPT_TEXT = 1000  # characters of a question, note or page that are kept


class Verdict(StrEnum):
    """What people say of an answer."""

    HELPED = "helped"
    WRONG = "wrong"  # thumbs down, without more
    CHOICE = "choice"  # another reading was chosen; service and topic are those of the chosen one
    WRONG_OWNER = "wrong-owner"
    WRONG_SUBJECT = "wrong-subject"  # another service or task was meant
    OUTDATED = "outdated"
    INCOMPLETE = "incomplete"
    OTHER = "other"


REPORTS = (Verdict.WRONG_OWNER, Verdict.WRONG_SUBJECT, Verdict.OUTDATED, Verdict.INCOMPLETE, Verdict.OTHER)
UNANSWERED = (Reason.UNCLEAR, Reason.UNCOVERED, Reason.HOWTO, Reason.ELSEWHERE)  # the kinds that may be misses
MISSES = (*(str(each) for each in UNANSWERED), str(Verdict.WRONG))  # what counts as one miss each
TO_KEEP = frozenset((*MISSES, *(str(each) for each in REPORTS)))  # of which the text may be kept


@dataclass(frozen=True, slots=True)
class Miss:
    """What is known of one miss, before anything of it is stored."""

    team: str
    reason: str  # of small_talk.Reason, or a Verdict
    service: str = ""  # slugs; blank where none was understood
    topic: str = ""
    question: str = ""  # hashed; kept only where the workspace has switched that on
    key: str = ""  # of the answer that it got: "rds/backups"
    user: str = ""  # from here on: kept with the text, or not at all
    channel: str = ""
    thread_ts: str = ""  # blank where nobody else saw the question
    note: str = ""  # what is wrong, in the words of who reported it
    owner: str = ""  # who should have been named
    page: str = ""  # that says so


@dataclass(frozen=True, slots=True)
class KeptMiss:
    """A miss whose text a workspace keeps."""

    id: str
    at: float  # seconds since 1970
    miss: Miss


@dataclass(frozen=True, slots=True)
class MissCount:
    """How often questions of one kind were missed."""

    reason: str
    service: str
    topic: str
    times: int
    questions: int  # different ones, as far as hashes tell


def hash_question(secret: bytes, team: str, question: str) -> str:
    """Hash a question so that it can be counted, but neither read nor guessed without the secret.

    The same words in the same order have one hash in a workspace, and another in any other workspace.

    Args:
        secret: the key.
        team: the workspace.
        question: as it was typed.

    Returns:
        Hex digits; none for a blank question.
    """
    words = " ".join(tokenize(question))
    if not words:
        return ""
    return hmac.new(secret, f"{team}\n{words}".encode(), hashlib.sha256).hexdigest()[:HASH]

"""Sentences and headings -> whose the things in them are, by what they begin with or are called."""

from __future__ import annotations

import re

from srmbot.importing.columns import owner_named
from srmbot.importing.wording import KNOWN_VERBS, THIRD
from srmbot.model import Owner
from srmbot.query import tokenize
from srmbot.render.statement import ADVERBS

LEADING_SUBJECT = re.compile(  # whose a sentence is, at its beginning
    r"^(?P<who>(?:the )?(?:aws|amazon(?: web services)?|cloud provider|provider)"
    r"|(?:the |your )?(?:customers?|clients?|users?|tenants?)|you|we|our (?:team|company)|your (?:team|company))"
    r"(?:\s*\([^)]*\))?(?:\s+(?:responsibilit(?:y|ies)|side|duties|tasks)(?=\s*[:–—-]\s))?(?P<joined>\s*[:–—-]\s+|\s+(?=(?:(?:is|are|must|should|will|can|may|has|have|need|needs|does|do"
    r"|also|only|always|automatically|never)\b|[a-z]+s?\b)))",
    re.IGNORECASE,
)
MODAL_WORDS = frozenset("is are must should will can may has have need needs does do".split())


def split_subject(text: str) -> tuple[Owner | None, str]:
    """Whose a sentence is by its beginning, and the rest of it: "AWS manages backups" -> AWS, "manages backups"."""
    found = LEADING_SUBJECT.match(text)
    if not found or not (found["joined"].strip() or goes_on(found["who"], text[found.end() :])):
        return None, text
    return owner_named(found["who"]), text[found.end() :]


def goes_on(who: str, rest: str) -> bool:
    """Whether what follows a name is its act: "AWS manages", "customers manage", and not "AWS global network"."""
    words = [word for word in tokenize(rest) if word not in ADVERBS]
    if not words:
        return False
    several = re.search(r"(?:s|you|we|team|company)(?:\s*\(|$)", who, re.IGNORECASE) and not who.lower().endswith("aws")
    return words[0] in MODAL_WORDS or words[0] in (KNOWN_VERBS if several else THIRD)


LEADING_LABEL = re.compile(r"^(?P<label>[^:.]{2,40}?)\s*(?::|\s[–—-])\s+(?P<text>\S.*)$", re.DOTALL)


def split_label(text: str) -> tuple[str, str]:
    """What an item is about, where it begins with that: "Backups: set the retention period"."""
    found = LEADING_LABEL.match(text)
    return (found["label"], found["text"]) if found and len(found["label"].split()) <= 5 else ("", text)


def heading_owner(heading: str) -> Owner | None:
    """Whose the things below a heading are; None where it does not say, or names both sides."""
    if not SAYS_OWNER.search(heading):
        return None
    owner = owner_named(OF_PRODUCTS.sub(" ", heading))
    return owner if owner is not Owner.SHARED or SAYS_SHARED.match(heading) else None


SAYS_OWNER = re.compile(
    r"responsib|manage[sd]?\b|handle|\bdo(?:es)?\b|\bowns?\b|\bside\b|duties|(?:of|in) the cloud"
    r"|^\W*(?:\d+[.)]\s*)?(?:the )?(?:aws|amazon|(?:cloud )?provider|customers?|you|we|us|shared|both)(?: only)?"
    r"(?:\s*\([^)]*\))?\W*$",
    re.IGNORECASE,
)
SAYS_SHARED = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:shared|both|joint)\b(?!.*\b(?:model|matrix|overview|summary)\b)", re.IGNORECASE
)
OF_PRODUCTS = re.compile(
    r"\baws (?=(?:cloud|services?|databases?|managed|account|rds|aurora|shared|lambda|ec2|s3|kms|iam|config)\b)"
    r"|\b(?:shared )?responsibility (?:model|matrix)\b",
    re.IGNORECASE,
)

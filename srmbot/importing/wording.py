"""Statements as people write them -> tasks as orders, phrases that name them, and ids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from srmbot.importing.document import strip_bullet
from srmbot.knowledge.schema import PHRASE, SENTENCE
from srmbot.query import content_words, tokenize
from srmbot.render.statement import ADVERBS, VERBS, conjugate, lower_first

MORE_VERBS = frozenset(  # verbs that tasks begin with, beside those that tasks are joined by
    """
    accept acknowledge act adapt address adhere adjust administer analyse analyze assess audit automate aggregate
    backup balance bring calculate categorise categorize certify classify coordinate customise customize debug
    decommission defend delegate deprovision
    determine distribute educate elect eliminate email employ engage engineer escalate establish evaluate examine
    execute facilitate filter finance forecast generate govern harden identify implement improve include inspect
    instrument integrate introduce inventory invest lead leverage limit listen mitigate mask mount negotiate notify
    obtain onboard offboard operate optimise optimize orchestrate oversee package partition perform plan process procure
    purchase query raise rate receive recommend reconcile record recycle redact refactor refresh regulate remediate
    request research respond retain retire rightsize rotate sanitise sanitize select setup simulate specify staff
    standardise standardize submit subscribe supervise survey tag target terminate throttle tokenise tokenize trace
    triage understand undertake uninstall upload vet yield approve encrypt decrypt activate deactivate allow deny
    restrict permit assume avoid block cover deal define design ensure grant guarantee honour honor host keep know let
    look make meet move need note offload own preserve provide put reduce report run satisfy script seek
    """.split()
)
KNOWN_VERBS = VERBS | MORE_VERBS
AMBIGUOUS = frozenset(  # verbs that a noun phrase may begin with, as in "patch management"
    """
    access audit backup balance budget change charge clean control cost cover data design document engineer filter
    force forecast grant group host image import incident index inventory issue key launch load log mask mount name
    network package partition patch plan power process project query rate record release report request research reserve
    restore return route sample scale scan schedule screen script secret service source stage state store supply
    support switch system table tag target test time token trace traffic train transfer trust upgrade update user
    version volume watch
    """.split()
)
NOMINAL = frozenset(  # what the noun phrase goes on with
    """
    access administration aggregation alerts analysis and architecture assessment assessments availability backup
    backups capacity checks code collection compliance configuration configurations control controls creation delivery
    deployment design discovery distribution durability enablement enforcement environment environments execution
    exceptions failover files forwarding generation governance groups handling hardening hygiene infrastructure
    integration integrity isolation keys layer lifecycle lists logs logging maintenance management mechanisms methods
    metrics mitigation monitoring of operations optimization optimisation patching performance permissions plan plans
    planning platform policies policy posture preparation procedures process processes protection provisioning
    readiness recovery redundancy release replacement reporting requirements resilience resolution response
    responsibility restoration retention reviews roles rotation rules scaling schedule schedules scheduling security
    segmentation selection service services settings setup standards storage strategy subsystem support systems tables
    teams testing tests threshold thresholds tooling tools traffic training tuning updates upgrades usage validation
    versioning window windows workflow workflows
    """.split()
)
DETERMINERS = frozenset("a all an any each every its the their this those whether which who your".split())
NOUNS = frozenset(  # verbs that are nouns more often, where one of the next is what the phrase ends with
    """
    access control cost data host image incident key log network power release route secret service source storage
    system table tag target time user volume
    """.split()
)
ENDING_NOUNS = frozenset(
    """
    administration configuration configurations creation definitions delivery enablement hardening implementation
    infrastructure
    maintenance management monitoring os patching policies requirements rotation rules security selection settings setup
    tables validation
    """.split()
)
GERUNDS = {f"{verb}ing": verb for verb in KNOWN_VERBS}
GERUNDS |= {f"{verb[:-1]}ing": verb for verb in KNOWN_VERBS if verb.endswith("e") and not verb.endswith("ee")}
GERUNDS |= {f"{verb}{verb[-1]}ing": verb for verb in KNOWN_VERBS if re.search(r"[^aeiou][aeiou][bdgklmnprt]$", verb)}
THIRD = {conjugate(verb): verb for verb in KNOWN_VERBS}
NOUN_GERUNDS = frozenset(
    """
    alerting auditing billing caching clustering hosting indexing logging monitoring networking operating patching
    peering provisioning routing scaling scheduling sharding tagging testing training versioning
    """.split()
)
MODAL_OPENING = re.compile(
    r"^(?:(?:also|solely|fully|always|only)\s+)?(?:must|should|shall|will|can|may|ha(?:s|ve) to|need(?:s)? to"
    r"|(?:is|are) (?:also |solely |fully )?(?:required|expected|supposed|able) to)\s+",
    re.IGNORECASE,
)
RESPONSIBLE = re.compile(
    r"^(?:(?:is|are) )?(?:also |solely |fully |ultimately )?(?:responsible|accountable)\s+for\s+(?:the\s+)?",
    re.IGNORECASE,
)
CARE = "Take care of"
DO_PART = {"aws": "Do its part to", "customer": "Do your part to"}
PART_OF = {"aws": "Take care of its part of", "customer": "Take care of your part of"}


def as_order(text: str) -> str:
    """A statement without its subject as an order: "manages the backups" -> "Manage the backups".

    What names no act is taken care of: "OS & DB patching" -> "Take care of OS & DB patching".
    """
    text = MODAL_OPENING.sub("", clean(text))
    text, responsible = RESPONSIBLE.subn("", text)
    words = text.split(" ")
    at = next((n for n, word in enumerate(words) if word.lower() not in ADVERBS), 0)
    verb = as_verb(words, at, gerund=bool(responsible))
    if verb is None:
        return cut(f"{CARE} {lower_common(text)}")
    words[at] = verb if at else verb[0].upper() + verb[1:]
    words[0] = words[0][0].upper() + words[0][1:]
    return cut(" ".join(even_out(words, at)))


def clean(text: str) -> str:
    """A statement in one line, without a bullet before it or a full stop behind it."""
    return " ".join(strip_bullet(text).split()).rstrip(" .;,") or text.strip()


def as_verb(words: list[str], at: int, *, gerund: bool) -> str | None:
    """The verb that a text begins with, as in an order; None where it begins with something else."""
    word = re.sub(r"[^\w-]", "", words[at]).lower()
    comma = words[at][len(word) :] if words[at].lower().startswith(word) else ""
    following = re.sub(r"\W", "", words[at + 1].replace("&", "and")).lower() if at + 1 < len(words) else ""
    if word in KNOWN_VERBS:
        return word + comma if gerund or not is_noun(word, following, last_noun(words)) else None
    if following in DETERMINERS and word.isalpha() and content_words((word,)) and word not in THIRD:
        return GERUNDS.get(word, word) + comma  # whatever stands before "the" is an act
    if word in THIRD and (THIRD[word] not in AMBIGUOUS or following not in (*NOMINAL, "", "and", "or")):
        return THIRD[word] + comma
    if word in GERUNDS and word not in NOUN_GERUNDS and following not in ("", "of"):
        return GERUNDS[word] + comma
    return None


def is_noun(word: str, following: str, last: str) -> bool:
    """Whether a verb begins a noun phrase: "patch management", "control plane management"."""
    return (word in AMBIGUOUS and (following in NOMINAL or not following)) or (word in NOUNS and last in ENDING_NOUNS)


def last_noun(words: list[str]) -> str:
    """The word that a phrase ends with, before what is added by "for", "of" or in parentheses."""
    head = re.split(ADDED, " ".join(words), maxsplit=1)[0].split()
    return head[-1].lower() if head else ""


ADDED = re.compile(r"\s*(?:\(|\b(?:of|for|in|on|by|via|with|at|to|from|using)\b)")


def lower_common(text: str) -> str:
    """A text that goes on in a sentence; what seems to be a name keeps its capital: "NAT Gateway", "DynamoDB"."""
    first, _, rest = text.partition(" ")
    is_name = first[1:] != first[1:].lower() or (rest[:1].isupper() and rest[1:2].islower())
    return text if is_name else lower_first(text)


def even_out(words: list[str], at: int) -> Iterator[str]:
    """The words of an order with the verbs that go on with it in the same form: "Manage and monitors …"."""
    yield from words[: at + 1]
    for before, word in zip(words[at:], words[at + 1 :], strict=False):
        core = word.rstrip(",")
        joined = before.lower() in ("and", "or", "&")
        near = words.index(word) <= at + 2
        changed = THIRD.get(core) or GERUNDS.get(core) if joined and near and core not in NOUN_GERUNDS else None
        yield changed + word[len(core) :] if changed and core not in NOMINAL else word


def as_part(order: str, owner: str) -> str:
    """One side's part in a task that both share."""
    if order.startswith(f"{CARE} "):
        return cut(f"{PART_OF[owner]}{order.removeprefix(CARE)}")
    return cut(f"{DO_PART[owner]} {lower_first(order)}")


def cut(text: str, most: int = SENTENCE) -> str:
    """A text of at most so many characters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;(") + "…"


def as_phrase(text: str, without: frozenset[tuple[str, ...]]) -> str:
    """How people may name a task: its words in lower case, short, and without the names of other services.

    Args:
        text: the statement.
        without: names as words, each of which would say that the task is another service's.
    """
    plain = clean(re.sub(r"\([^)]*\)?", " ", text))
    words = plain.split(" ")
    kept = list(without_names(words, without))
    while kept and kept[-1].lower() in (
        "via",
        "by",
        "with",
        "through",
        "using",
        "in",
        "on",
        "for",
        "from",
        "and",
        "of",
    ):
        kept.pop()
    phrase = cut(" ".join(kept), PHRASE).rstrip("…")
    return phrase.lower() if not any(len(word) > 1 and word.isupper() for word in kept) else lower_first(phrase)


def without_names(words: list[str], names: frozenset[tuple[str, ...]]) -> Iterator[str]:
    """The words that are no part of some names."""
    longest = max(map(len, names), default=0)
    at = 0
    while at < len(words):
        if any(word in names for word in zip(tokenize(words[at]), strict=True)):  # alone, or inside of an identifier
            at += 1
            continue
        sizes = range(min(longest, len(words) - at), 0, -1)
        size = next((n for n in sizes if tokenize(" ".join(words[at : at + n])) in names), 0)
        if not size:
            yield words[at]
        at += size or 1


def as_id(order: str) -> str:
    """A duty's own name, of the first telling words of its task."""
    words = content_words(tokenize(order)) or tokenize(order)
    ascii_words = [word for word in (re.sub(r"[^a-z0-9]", "", word) for word in words) if word]
    return "-".join(ascii_words[:5])[:60].strip("-") or "duty"

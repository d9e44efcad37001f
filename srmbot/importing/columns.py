"""The headings and cells of a table -> what each of its columns says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from srmbot.importing.document import Table, is_nothing
from srmbot.model import Owner


class Role(StrEnum):
    """What a column says."""

    AWS = "aws"  # what AWS does, or a mark that it does
    CUSTOMER = "customer"
    BOTH = "both"
    PARTY = "party"  # a mark of what somebody does, by name
    OWNER = "owner"  # who does the row's task
    TASK = "task"
    CATEGORY = "category"  # what the row is about
    SERVICE = "service"
    TOPIC = "topic"
    ID = "id"
    WHY = "why"
    FACTS = "facts"
    SAY = "say"
    NEXT = "next"
    EVIDENCE = "evidence"
    CONTROLS = "controls"
    PAGE = "page"
    DATE = "date"
    CHECKED = "checked"
    TIP = "tip"
    DOES = "does"
    HOLDS_FOR = "holds for"
    TEAM = "team"
    CHANNEL = "channel"
    RUNBOOK = "runbook"
    RESOURCE = "resource"
    OTHER = "other"


ROLE_SIDES = {Role.AWS: Owner.AWS, Role.CUSTOMER: Owner.CUSTOMER, Role.BOTH: Owner.SHARED}
OWNING_ROLES = (*ROLE_SIDES, Role.PARTY, Role.OWNER)  # columns that say whose a row is


def words(pattern: str) -> re.Pattern[str]:
    """A pattern that a heading has as whole words."""
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


# In the order in which they are tried.
ROLE_HEADINGS: Sequence[tuple[Role, re.Pattern[str]]] = (
    (Role.BOTH, words(r"shared|both|joint(?:ly)?")),
    (Role.CATEGORY, words(r"responsibility area|areas? of responsibility|control (?:area|family|domain)")),
    (Role.CONTROLS, words(r"control[ _]ids?|checked[ _]by|config rules?|security hub")),
    (Role.PAGE, words(r"page|source|sources|references?|links?|urls?|documentation|docs")),
    (Role.DATE, words(r"date|as[ _]of|reviewed|vintage|last updated")),
    (Role.RUNBOOK, words(r"run ?books?|play ?books?")),
    (Role.CHANNEL, words(r"slack|channel|contact|e?mail")),
    (Role.EVIDENCE, words(r"evidence|proof|artifacts?|artefacts?")),
    (Role.NEXT, words(r"next(?: step)?s?|to do|action required")),
    (Role.HOLDS_FOR, words(r"holds[ _]for")),
    (Role.ID, re.compile(r"^(?:id|#|no\.?|nr\.?|number|ref)$", re.IGNORECASE)),
    (Role.TOPIC, re.compile(r"^topic$", re.IGNORECASE)),
    (Role.FACTS, words(r"facts?|limits?|numbers")),
    (Role.SAY, re.compile(r"^(?:say|also called|aliases)$", re.IGNORECASE)),
    (Role.TIP, re.compile(r"^tip$", re.IGNORECASE)),
    (Role.DOES, re.compile(r"^does$", re.IGNORECASE)),
    (Role.CHECKED, re.compile(r"^checked$", re.IGNORECASE)),
    (Role.WHY, words(r"why|reasons?|rationale|notes?|comments?|remarks?|details?|explanation|description|examples?")),
    (Role.RESOURCE, words(r"resources?|systems?|database name|cluster|host")),
    (Role.TEAM, words(r"teams?|squads?|groups?|departments?")),
    (Role.AWS, words(r"aws|amazon|(?:cloud )?(?:service )?provider|csp|vendor|of the cloud")),
    (Role.CUSTOMER, words(r"customers?|clients?|you|your|yours|us|we|our|ours|users?|tenants?|in the cloud|company")),
    (Role.OWNER, words(r"owners?|owned by|responsible(?: party)?|responsibility|who|managed by|party|accountable")),
    (Role.TASK, words(r"tasks?|dut(?:y|ies)|activit(?:y|ies)|actions?|functions?|items?|deliverables?|what|process")),
    (Role.CATEGORY, words(r"categor(?:y|ies)|areas?|domains?|layers?|aspects?|topics?|components?|sections?|types?")),
    (Role.SERVICE, words(r"services?|products?")),
)
OF_SERVICE = words(r"aws services?|amazon services?|services?")  # a heading that names AWS, and is no side
SIDE_WORD = words(r"responsib\w+|manage[sd]?|side|does|duties|tasks?|role|handles?|owns?")
YES_MARK = re.compile(r"^(?:[✅✔✓☑●•xX]|yes|y|full(?:y)?|primary|owner|100 ?%)\ufe0f?$", re.IGNORECASE)
PARTIAL = re.compile(r"^(?:◐|partial(?:ly)?|shared|both|joint|some|varies|depends)$", re.IGNORECASE)
NO_MARK = re.compile(r"^(?:[❌✗✘✖○]|no|n|not)\ufe0f?$", re.IGNORECASE)
RACI = re.compile(r"^(?:[RACIS](?: ?[/,&+]? ?[RACIS])*)\*?$")
LETTER = re.compile(r"[RACIS]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    number: int
    heading: str
    role: Role


def read_columns(table: Table) -> tuple[Column, ...]:
    """What each column of a table says, by its heading; where that says nothing, by its cells and its place."""
    found = [Column(number, heading, role_of(heading)) for number, heading in enumerate(table.columns)]
    parties = set(party_columns(table))
    if len(parties) >= 2:
        found = [as_party(each) if each.number in parties else each for each in found]
    if found and found[0].role is Role.OWNER and any(each.role in (Role.AWS, Role.CUSTOMER) for each in found):
        found[0] = Column(0, found[0].heading, Role.CATEGORY)  # "Responsibility | AWS | Customer"
    return tuple(name_first(name_task(found)))


def role_of(heading: str) -> Role:
    """What a column says, by its heading alone."""
    if OF_SERVICE.search(heading) and not SIDE_WORD.search(heading):
        return Role.SERVICE
    return next((role for role, pattern in ROLE_HEADINGS if pattern.search(heading)), Role.OTHER)


def as_party(column: Column) -> Column:
    """A column of marks as what somebody does."""
    return column if column.role in ROLE_SIDES else Column(column.number, column.heading, Role.PARTY)


def party_columns(table: Table) -> Iterator[int]:
    """The columns of which every cell is the mark of a RACI table, or a tick."""
    for number in range(1, len(table.columns)):
        filled = table.filled(number)
        if filled and all(map(is_mark, filled)):
            yield number


def is_matrix(table: Table) -> bool:
    """Whether several columns say whose a row is, by names of sides: one a service, or a kind of service."""
    naming = [number for number in range(1, len(table.columns)) if all(map(names_only_owner, table.filled(number)))]
    return len(naming) >= max(2, len(table.columns) - 2) and bool(table.rows)


def is_mark(cell: str) -> bool:
    """Whether a cell is a sign, not a text."""
    return any(pattern.match(cell.strip()) for pattern in (YES_MARK, PARTIAL, NO_MARK, RACI))


def name_task(columns: Sequence[Column]) -> Sequence[Column]:
    """The columns, one of them the task: where nothing else is, a category or what has no known heading."""
    owning = [each for each in columns if each.role in OWNING_ROLES]
    if not owning or any(each.role is Role.TASK for each in columns):
        return columns
    marked = any(each.role in (Role.PARTY, Role.OWNER) for each in columns)
    for role in (Role.CATEGORY, Role.OTHER, Role.WHY) if marked else ():
        if at := next(
            (each for each in reversed(columns) if each.role is role and each.number < owning[0].number), None
        ):
            return [Column(each.number, each.heading, Role.TASK) if each is at else each for each in columns]
    return columns


def name_first(columns: Sequence[Column]) -> Iterator[Column]:
    """The columns; the first one is the category, where its heading says nothing."""
    for each in columns:
        first = each.number == 0 and each.role is Role.OTHER
        yield Column(0, each.heading, Role.CATEGORY) if first else each


def owners_of_mark(cell: str, owner: Owner) -> Owner | None:
    """Whose a row is by one side's mark: that side's, or partly; None where the mark says no."""
    cell = cell.strip()
    if is_nothing(cell) or NO_MARK.match(cell):
        return None
    if PARTIAL.match(cell):
        return Owner.SHARED
    if RACI.match(cell) and not YES_MARK.match(cell):
        return owner if "R" in LETTER.findall(cell) else None
    return owner


NAMED_AWS = words(r"aws|amazon|(?:cloud )?(?:service )?provider|csp|vendor")
NAMED_CUSTOMER = words(r"customers?|clients?|you|us|we|users?|tenants?|company|internal")
NAMED_BOTH = words(r"shared|both|joint(?:ly)?")


def names_only_owner(text: str) -> bool:
    """Whether a text names a side, and says nothing else: "AWS", "AWS and customer"."""
    left = FILLER_WORDS.sub(" ", NAMED_BOTH.sub(" ", NAMED_CUSTOMER.sub(" ", NAMED_AWS.sub(" ", text))))
    return owner_named(text) is not None and not any(map(str.isalnum, left))


FILLER_WORDS = words(r"and|or|the|only|team")


def owner_named(text: str) -> Owner | None:
    """Whose something is, by a text that says only that; None where it names neither side."""
    aws, customer = bool(NAMED_AWS.search(text)), bool(NAMED_CUSTOMER.search(text))
    if NAMED_BOTH.search(text) or (aws and customer):
        return Owner.SHARED
    return Owner.AWS if aws else Owner.CUSTOMER if customer else None

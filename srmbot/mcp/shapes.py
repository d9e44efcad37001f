"""The shapes of what the tools give: JSON Schemas are made from them, and every result is checked against its own."""

from __future__ import annotations

from typing_extensions import TypedDict  # that of the standard library is too little for pydantic on Python 3.11


class TeamShape(TypedDict):
    """Who does the customer's part."""

    team: str
    channel: str | None
    runbook: str | None


class PartShape(TypedDict):
    """One of several services or topics that a question is about."""

    service: str | None
    topic: str | None
    owner: str | None
    summary: str


class AlternativeShape(TypedDict):
    """Another reading of the question."""

    entry: str | None
    duty: str | None
    owner: str
    service: str
    topic: str | None
    confidence: float


class AnswerShape(TypedDict):
    """The JSON object of `srmbot ask --json`; docs/commands.md says what each key holds."""

    id: str | None
    text: str
    outcome: str
    answered: bool
    reply: str | None
    owner: str | None
    service: str | None
    variant: str | None
    topic: str | None
    entry: str | None
    duty: str | None
    confidence: float
    summary: str | None
    next: str | None
    evidence: list[str]
    parts: list[PartShape]
    aws: list[str]
    customer: list[str]
    facts: list[str]
    team: TeamShape | None
    sources: list[str]
    source_titles: list[str]
    alternatives: list[AlternativeShape]
    reason: str | None
    say: str | None
    knowledge: str


class ProvedShape(TypedDict):
    """A task that can be checked or shown, and by what."""

    id: str
    duty: str
    owner: str
    next: str | None
    checked_by: list[str]
    proof: list[str]
    sources: list[str]
    as_of: str | None


class EvidenceShape(AnswerShape):
    """An answer, and every task of its topic that can be checked or shown."""

    duties: list[ProvedShape]


class DutyShape(TypedDict):
    """One task."""

    id: str
    duty: str


CellShape = TypedDict(
    "CellShape", {"owner": str | None, "status": str, "from": str | None, "because": str | None}
)  # `from` is no name that a class could have


class SidesShape(CellShape):
    """How a topic stands on a service, with the tasks of each side."""

    service: str
    name: str
    aws: list[DutyShape]
    customer: list[DutyShape]


class TopicShape(CellShape):
    """How a topic stands on the one service that was asked about."""

    topic: str
    title: str
    aws: list[DutyShape]
    customer: list[DutyShape]
    team: TeamShape | None


class ResponsibilitiesShape(TypedDict):
    """Who does what on one service."""

    service: str
    name: str
    full_name: str
    line: str
    topics: list[TopicShape]
    knowledge: str


class NamedShape(TypedDict):
    """A service that is compared."""

    service: str
    name: str


class RowShape(TypedDict):
    """One topic on each of the services, by their slugs."""

    topic: str
    title: str
    cells: dict[str, CellShape]


class ComparisonShape(TypedDict):
    """Where the line between AWS and you moves."""

    summary: str | None
    services: list[NamedShape]
    moving: list[RowShape]
    staying: list[RowShape]
    unknown: list[RowShape]
    sides: list[SidesShape]
    knowledge: str

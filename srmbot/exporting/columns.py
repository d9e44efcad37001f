"""A duty -> the cells of a row: what a table of duties says of each, under headings that an import reads again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from srmbot.model import Duty, Knowledge, Owner

OWNER_NAMES = {Owner.AWS: "AWS", Owner.CUSTOMER: "Customer"}
Cell = str | Sequence[str]  # a text, or several, each on a line of its own


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of duties."""

    heading: str
    field: str  # of the duty, that it holds
    read: Callable[[Duty], Cell]


DUTY_COLUMN = Column("Task", "duty", lambda duty: duty.duty)
OWNER_COLUMN = Column("Owner", "owner", lambda duty: OWNER_NAMES[duty.owner])
WHY_COLUMN = Column("Why", "why", lambda duty: duty.why)
FACTS_COLUMN = Column("Facts", "facts", lambda duty: duty.facts)
NEXT_COLUMN = Column("Next step", "next", lambda duty: duty.next or "")
EVIDENCE_COLUMN = Column("Evidence", "proof", lambda duty: duty.proof)
CONTROLS_COLUMN = Column("Control IDs", "checked_by", lambda duty: duty.checked_by)
PAGE_COLUMN = Column("Page", "source", lambda duty: duty.source)
DATE_COLUMN = Column("As of", "as_of", lambda duty: duty.as_of or "")
CHECKED_COLUMN = Column("Checked", "checked", lambda duty: "yes" if duty.checked else "no")
SAY_COLUMN = Column("Also called", "say", lambda duty: duty.say)
TIP_COLUMN = Column("Tip", "tip", lambda duty: duty.tip or "")
DOES_COLUMN = Column("Does", "does", lambda duty: duty.does or "")
HOLDS_FOR_COLUMN = Column("Holds for", "holds_for", lambda duty: duty.holds_for)
ID_COLUMN = Column("ID", "id", lambda duty: duty.id)
SERVICE_COLUMN = Column("Service", "service", lambda duty: duty.service)
TOPIC_COLUMN = Column("Topic", "topic", lambda duty: duty.topic)

# Below a topic's heading.
PAGE_COLUMNS = (
    DUTY_COLUMN,
    OWNER_COLUMN,
    WHY_COLUMN,
    FACTS_COLUMN,
    NEXT_COLUMN,
    EVIDENCE_COLUMN,
    CONTROLS_COLUMN,
    PAGE_COLUMN,
    DATE_COLUMN,
    CHECKED_COLUMN,
    ID_COLUMN,
)
SHEET_COLUMNS = (
    *(
        SERVICE_COLUMN,
        TOPIC_COLUMN,
        DUTY_COLUMN,
        OWNER_COLUMN,
        NEXT_COLUMN,
        EVIDENCE_COLUMN,
        CONTROLS_COLUMN,
        PAGE_COLUMN,
        DATE_COLUMN,
    ),
    *(WHY_COLUMN, FACTS_COLUMN, CHECKED_COLUMN, SAY_COLUMN, TIP_COLUMN, DOES_COLUMN, HOLDS_FOR_COLUMN, ID_COLUMN),
)


def filled(columns: Sequence[Column], duties: Sequence[Duty]) -> Sequence[Column]:
    """The columns in which any of some duties has something."""
    return [each for each in columns if any(each.read(duty) for duty in duties)]


def by_topic(known: Knowledge, service: str) -> dict[str, list[Duty]]:
    """A service's duties by their topics, in the order of the topics."""
    found: dict[str, list[Duty]] = {topic: [] for topic in known.topics}
    for duty in known.of_service(service):
        found[duty.topic].append(duty)
    return {topic: duties for topic, duties in found.items() if duties}

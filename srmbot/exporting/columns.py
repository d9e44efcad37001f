"""A duty -> the cells of a row: what a table of duties says of each, under headings that an import reads again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from srmbot.model import Duty, Knowledge, Owner

OWNER = {Owner.AWS: "AWS", Owner.CUSTOMER: "Customer"}
Cell = str | Sequence[str]  # a text, or several, each on a line of its own


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of duties."""

    heading: str
    field: str  # of the duty, that it holds
    read: Callable[[Duty], Cell]


DUTY = Column("Task", "duty", lambda duty: duty.duty)
OWNED = Column("Owner", "owner", lambda duty: OWNER[duty.owner])
WHY = Column("Why", "why", lambda duty: duty.why)
FACTS = Column("Facts", "facts", lambda duty: duty.facts)
NEXT = Column("Next step", "next", lambda duty: duty.next or "")
EVIDENCE = Column("Evidence", "proof", lambda duty: duty.proof)
CONTROLS = Column("Control IDs", "checked_by", lambda duty: duty.checked_by)
PAGE = Column("Page", "source", lambda duty: duty.source)
DATE = Column("As of", "as_of", lambda duty: duty.as_of or "")
CHECKED = Column("Checked", "checked", lambda duty: "yes" if duty.checked else "no")
SAY = Column("Also called", "say", lambda duty: duty.say)
TIP = Column("Tip", "tip", lambda duty: duty.tip or "")
DOES = Column("Does", "does", lambda duty: duty.does or "")
HOLDS_FOR = Column("Holds for", "holds_for", lambda duty: duty.holds_for)
ID = Column("ID", "id", lambda duty: duty.id)
SERVICE = Column("Service", "service", lambda duty: duty.service)
TOPIC = Column("Topic", "topic", lambda duty: duty.topic)

PAGES = (DUTY, OWNED, WHY, FACTS, NEXT, EVIDENCE, CONTROLS, PAGE, DATE, CHECKED, ID)  # below a topic's heading
SHEET = (
    *(SERVICE, TOPIC, DUTY, OWNED, NEXT, EVIDENCE, CONTROLS, PAGE, DATE),
    *(WHY, FACTS, CHECKED, SAY, TIP, DOES, HOLDS_FOR, ID),
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

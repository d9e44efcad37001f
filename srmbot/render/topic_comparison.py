"""One topic of several services -> whose it is on each and what each side does, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from srmbot.answer import SIDE
from srmbot.model import Knowledge, Owner
from srmbot.overview.standing import Standing, Status, standing
from srmbot.render import table, words
from srmbot.render.matrix import cell, cell_json


def as_text(known: Knowledge, services: Sequence[str], topic: str, width: int) -> str:
    """The entries side by side, or below each other where that would be too narrow."""
    rows = topic_rows(known, services, topic)
    wide = table.as_wrapped_columns(rows, width)
    return wide if wide else "\n\n".join(topic_blocks(rows, width))


def as_markdown(known: Knowledge, services: Sequence[str], topic: str) -> str:
    """The entries as a table in Markdown."""
    rows = topic_rows(known, services, topic)
    cells = [["<br>".join(each.removeprefix("- ") for each in texts) for texts in row] for row in rows]
    return table.as_markdown(cells)


def topic_rows(known: Knowledge, services: Sequence[str], topic: str) -> list[list[list[str]]]:
    """The header, whose it is, and what each side does; each cell as its lines."""
    found = [standing(known, service, topic) for service in services]
    rows = [
        [[known.topics[topic].title], *([known.services[slug].name] for slug in services)],
        [["Whose"], *([whose(known, each)] for each in found)],
    ]
    for title, owner in ((words.AWS_SIDE, Owner.AWS), (words.YOUR_SIDE, Owner.CUSTOMER)):
        sides = [side_lines(each, owner) for each in found]
        if any(sides):
            rows.append([[title], *sides])
    return rows


def whose(known: Knowledge, found: Standing) -> str:
    """Whose a topic is on a service, and where that is from; why it does not exist."""
    if found.because:
        return f"does not exist: {found.because}"
    if found.status is Status.EMPTY:
        return "nothing is known"
    lender = found.inherited_from
    return f"{cell(found)} (as for {known.services[lender].name})" if lender else cell(found)


def side_lines(found: Standing, owner: Owner) -> list[str]:
    """The first duties of one side, in the order of the file."""
    return [f"- {duty.duty}" for duty in found.entry.side(owner)[:SIDE]] if found.entry else []


def topic_blocks(rows: Sequence[Sequence[Sequence[str]]], width: int) -> Iterator[str]:
    """One service a block."""
    header, whose_row, *sides = rows
    for at in range(1, len(header)):
        lines = [table.indent(f"{header[at][0]} · {header[0][0]}: {whose_row[at][0]}", width)]
        for row in sides:
            if row[at]:
                lines += [f"{row[0][0]}:", *(table.indent(f"  {each}", width, by="    ") for each in row[at])]
        yield "\n".join(lines)


def as_json(known: Knowledge, services: Sequence[str], topic: str) -> dict[str, Any]:
    """The entries as plain data, with all duties of each side."""
    return {
        "topic": topic,
        "title": known.topics[topic].title,
        "services": [entry_json(known, standing(known, slug, topic)) for slug in services],
        "knowledge": known.version[:7],
    }


def entry_json(known: Knowledge, found: Standing) -> dict[str, Any]:
    """A topic on one service as plain data."""
    sides = {side.value: found.entry.side(side) if found.entry else () for side in (Owner.AWS, Owner.CUSTOMER)}
    return {
        "service": found.service,
        "name": known.services[found.service].name,
        **cell_json(found),
        **{side: [{"id": duty.id, "duty": duty.duty} for duty in duties] for side, duties in sides.items()},
    }

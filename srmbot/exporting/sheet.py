"""Knowledge -> a CSV sheet as auditors want it: one duty a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from srmbot.exporting.columns import SHEET_COLUMNS, Cell
from srmbot.model import Knowledge

FORMULA = re.compile(r"^[=+\-@\t\r]")  # what a spreadsheet would calculate


def export_csv(known: Knowledge, services: Sequence[str]) -> Mapping[str, str]:
    """The one sheet."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(column.heading for column in SHEET_COLUMNS)
    for slug in services:
        for duty in known.of_service(slug):
            writer.writerow(cell_text(column.read(duty)) for column in SHEET_COLUMNS)
    return {"responsibilities.csv": held.getvalue()}


def cell_text(cell: Cell) -> str:
    """A cell: several texts are lines; what a spreadsheet would calculate is text."""
    text = cell if isinstance(cell, str) else "\n".join(cell)
    return f"'{text}" if FORMULA.match(text) else text

"""CSV and Excel files -> Document: each sheet is a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from srmbot.errors import SrmbotError
from srmbot.importing.document import Document, Row, Table
from srmbot.importing.markdown import plain

LONGEST_CELL = 100_000  # characters


def read_csv(text: str, path: str) -> Document:
    """The one table of a CSV file, whatever its cells are parted by.

    Raises:
        SrmbotError: it is no CSV.
    """
    csv.field_size_limit(LONGEST_CELL)
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = "excel"
    if isinstance(dialect, type) and dialect.delimiter == ",":
        dialect = "excel"  # the guess is often wrong about quotes
    reader = csv.reader(io.StringIO(text), dialect)
    try:
        rows = [(reader.line_num, cells) for cells in reader]
    except csv.Error as fault:
        raise SrmbotError(
            f"{path}: line {reader.line_num} is no CSV: {fault}", "save the sheet as CSV again"
        ) from fault
    return Document(path, Path(path).stem, tuple(tables(number_rows(rows), ())))


def number_rows(rows: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    """Rows with the lines that they begin in."""
    last = 0
    for line, cells in rows:
        yield Row(tuple(plain(cell) for cell in cells), last + 1)
        last = line


def read_xlsx(path: Path, shown: str) -> Document:
    """The tables of an Excel file, one a sheet.

    Raises:
        SrmbotError: what reads it is not installed, or it is no Excel file.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as fault:
        raise SrmbotError(f"{shown}: Excel files need openpyxl", "pip install 'srmbot[xlsx]'") from fault
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheets = [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    except Exception as fault:  # openpyxl passes on whatever zip and XML readers raise
        raise SrmbotError(f"{shown}: no Excel file: {fault}", "save it as .xlsx again") from fault
    found: list[Table] = []
    for title, rows in sheets:
        cells = (Row(tuple(cell_text(cell) for cell in row), number) for number, row in enumerate(rows, 1))
        found += tables(cells, (title,))
    return Document(shown, Path(shown).stem, tuple(found))


def cell_text(value: object) -> str:
    """The text of a cell."""
    return "" if value is None else plain(str(value))


def tables(rows: Iterable[Row], headings: Sequence[str]) -> Iterator[Table]:
    """The table of a sheet: its columns are the first row with at least two cells, what stands above is a heading."""
    above = list(headings)
    found: Row | None = None
    held: list[Row] = []
    for row in rows:
        filled = [cell for cell in row.cells if cell]
        if found is None and len(filled) >= 2:
            found = row
        elif found is None:
            above += filled
        elif filled:
            held.append(row)
    if found is not None:
        columns = tuple(" ".join(cell.split()) for cell in found.cells)
        yield Table(tuple(above), columns, tuple(held), found.line)

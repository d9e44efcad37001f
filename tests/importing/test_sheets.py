"""CSV and Excel sheets -> tables."""

import io

import pytest

from srmbot.errors import SrmbotError
from srmbot.importing.sheets import read_csv, read_xlsx

ROWS = [("Task", "AWS", "Customer"), ("Patch the OS", "x", ""), ("Set\nretention", "", "x")]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_cells_parted_by(sign):
    quoted = "\n".join(sign.join(f'"{cell}"' for cell in row) for row in ROWS)
    (table,) = read_csv(quoted, "srm.csv").tables
    assert table.columns == ROWS[0]
    assert [(row.cells, row.line) for row in table.rows] == [(ROWS[1], 2), (ROWS[2], 3)]


def test_what_stands_above_the_table_is_a_heading():
    (table,) = read_csv("Responsibilities of RDS,,\n,,\nTask,Owner,\nPatch,AWS,\n", "srm.csv").tables
    assert (table.headings, table.columns) == (("Responsibilities of RDS",), ("Task", "Owner", ""))


def test_no_table_in_an_empty_file():
    assert read_csv("", "srm.csv").tables == ()


def test_a_cell_that_never_ends():
    with pytest.raises(SrmbotError, match=r"^srm.csv: line \d+ is no CSV"):
        read_csv('a,b\n"' + "x" * 200_000 + '",y\n', "srm.csv")


def test_every_sheet_of_excel_is_a_table(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "RDS"
    for row in ROWS:
        book.active.append(row)
    book.create_sheet("Empty")
    held = io.BytesIO()
    book.save(held)
    (tmp_path / "srm.xlsx").write_bytes(held.getvalue())
    (table,) = read_xlsx(tmp_path / "srm.xlsx", "srm.xlsx").tables
    assert (table.headings, table.columns) == (("RDS",), ROWS[0])
    assert [(row.cells, row.line) for row in table.rows] == [(ROWS[1], 2), (ROWS[2], 3)]


def test_a_file_that_is_no_excel(tmp_path):
    pytest.importorskip("openpyxl")
    (tmp_path / "srm.xlsx").write_bytes(b"not a zip")
    with pytest.raises(SrmbotError, match=r"^srm.xlsx: no Excel file"):
        read_xlsx(tmp_path / "srm.xlsx", "srm.xlsx")

"""How old a page is."""

from datetime import date

import pytest

from srmbot.overview.age import is_old

ROWS = [
    # vintage, whether it is old on 30 November 2026
    (None, False),
    ("2026-11", False),
    ("2024-11", False),
    ("2024-10", True),
    ("2024", False),  # it may be of December
    ("2023", True),
    ("2022-12", True),
    ("2027-01", False),
]


@pytest.mark.parametrize(("as_of", "old"), ROWS)
def test_a_page_is_old_after_two_years(as_of, old):
    assert is_old(as_of, date(2026, 11, 30)) is old

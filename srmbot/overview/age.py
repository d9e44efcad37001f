"""The vintage of a page -> whether it is old."""

from __future__ import annotations

from datetime import date

OLD_AFTER = 2  # years after which a page may say something else by now


def is_old(as_of: str | None, now: date) -> bool:
    """Whether a page is older than two years.

    Args:
        as_of: "2023-06", or "2023", which is taken as its last month; a page without a vintage is not old.
        now: to the month.
    """
    if as_of is None:
        return False
    return f"{as_of}-12"[: len("2023-06")] < f"{now.year - OLD_AFTER}-{now.month:02}"


def today() -> date:
    """The day that ages are counted from."""
    return date.today()

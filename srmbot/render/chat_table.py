"""Matrices and comparisons -> grids for a message, as wide as a table of Slack's may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from srmbot.model import Knowledge
from srmbot.overview.comparison import Comparison, Row, compare
from srmbot.overview.standing import Standing
from srmbot.render.comparison import MOVES, STAYS, UNKNOWN, comparison_rows, summary
from srmbot.render.grid import Grid
from srmbot.render.matrix import matrix_rows, say_standing
from srmbot.render.statement import listed, lower_first
from srmbot.render.tables import MOST_COLUMNS, MOST_ROWS, fits_table

FEW_TOPICS = 4  # topics that sentences name
TOPIC, WHOSE = "Topic", "Whose each topic is"
ABSENT, EMPTY = "not there", "unknown"  # in words: signs say nothing when they are read out


def matrix_grid(known: Knowledge, services: Sequence[str]) -> Grid:
    """Whose each topic is on as many of some services as a table has room for."""

    def make(fewer: Sequence[str], left_out: Sequence[str]) -> Grid:
        return Grid(WHOSE, with_heading(matrix_rows(known, fewer, say_cell)), below=left_out)

    return fit(known, services, make)


def comparison_grid(known: Knowledge, found: Comparison) -> Grid | str:
    """What moves as a table, what stays as a sentence; a text where nothing moves."""

    def make(fewer: Sequence[str], left_out: Sequence[str]) -> Grid:
        shown = compare(known, fewer)
        rows = with_heading(comparison_rows(known, shown, shown.moving, say_cell))
        return Grid(MOVES, rows, opening(known, shown), [*rest(known, shown), *left_out])

    if not found.moving:
        return "\n".join([*summary(known, found), *rest(known, found)])
    return fit(known, found.services, make)


def opening(known: Knowledge, found: Comparison) -> list[str]:
    """What moves, in sentences where they are few; else how much, because the table says what."""
    said = summary(known, found) if len(found.moving) <= FEW_TOPICS else []
    names = listed([known.services[slug].name for slug in found.services])
    return said or [f"{names} differ on {len(found.moving)} of {len(found.rows)} topics."]


def fit(known: Knowledge, services: Sequence[str], make: Callable[[Sequence[str], Sequence[str]], Grid]) -> Grid:
    """Make a grid of the first services, of as many as fit a table, and say which are left out.

    One with too many topics is a table for no number of services, and is made of all.
    """
    made = make(services, ())
    if len(made.rows) > MOST_ROWS:
        return made
    for count in range(min(len(services), MOST_COLUMNS) - 1, 0, -1):
        if fits_table(made.rows):
            break
        left_out = listed([known.services[slug].name for slug in services[count:]])
        made = make(services[:count], [f"No room for {left_out}; name fewer services."])
    return made


def with_heading(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows whose first column has a heading, too: a table has no blank cell."""
    (_, *names), *others = rows
    return [[TOPIC, *names], *map(list, others)]


def say_cell(found: Standing) -> str:
    """Whose a topic is on a service, in a word or two."""
    return say_standing(found, ABSENT, EMPTY)


def rest(known: Knowledge, found: Comparison) -> list[str]:
    """What stays, and what is not known, a sentence each."""
    kinds = ((STAYS, found.staying), (UNKNOWN, found.unknown))
    return [f"{title}: {listed(titles_of(known, rows))}." for title, rows in kinds if rows]


def titles_of(known: Knowledge, rows: Sequence[Row]) -> list[str]:
    """The topics of some rows, as they stand in a sentence."""
    return [lower_first(known.topics[row.topic].title) for row in rows]

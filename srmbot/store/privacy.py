"""What is stored of a workspace or a person -> all of it as data, or nothing any more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from srmbot.store.database import Database
from srmbot.store.schema import departures, leases, metadata

DAY = 86_400
DAYS_AFTER_DEPARTURE = 30  # days that what a workspace had is kept after the app was uninstalled there
# Tables with a person's ID, and the column that has it; it is blanked where the row is about something else.
PERSONS = {"installations": "installer", "kept_misses": "who", "subscriptions": "who", "text_settings": "who"}
OWN_WORDS_TABLES = frozenset({"kept_misses"})  # tables whose rows are the person's own words; they are deleted
SECRET_COLUMNS = ("sealed", "claimed_until")  # columns that are not given out


class Privacy:
    """All tables at once: whatever has a workspace's ID belongs to that workspace."""

    def __init__(self, database: Database) -> None:
        """Speak to a database; nothing is read yet."""
        self.database = database

    def export(self, team: str, user: str | None = None) -> dict[str, list[dict[str, Any]]]:
        """Read all that is stored of a workspace, or of one person in it.

        Returns:
            Rows by table, without tokens; tables without any are left out.
        """
        found: dict[str, list[dict[str, Any]]] = {}
        with self.database.reading() as connection:
            for table, chosen in of_person(team, user) if user else of_team(team):
                shown = [column for column in table.columns if column.name not in SECRET_COLUMNS]
                rows = connection.execute(select(*shown).where(chosen).order_by(*table.primary_key.columns))
                if held := [dict(row._mapping) for row in rows]:
                    found[table.name] = held
        return found

    def forget(self, team: str, user: str | None = None) -> int:
        """Delete all that is stored of a workspace, its tokens too, or of one person in it.

        Returns:
            How many rows were deleted, or no longer name the person.
        """
        with self.database.writing() as connection:
            return forget_person(connection, team, user) if user else forget_team(connection, team)

    def forget_departed(self, now: float) -> list[str]:
        """Delete all that is stored of workspaces that uninstalled the app some time ago. Returns their IDs."""
        with self.database.writing() as connection:
            old = select(departures.c.team).where(departures.c.at < now - DAYS_AFTER_DEPARTURE * DAY)
            gone = sorted(connection.scalars(old))
            for team in gone:
                forget_team(connection, team)
        return gone


def of_team(team: str) -> Iterator[tuple[Table, Any]]:
    """Every table with rows of a workspace, and which they are."""
    for table in metadata.sorted_tables:
        if "team" in table.columns:
            yield table, table.c.team == team


def of_person(team: str, user: str) -> Iterator[tuple[Table, Any]]:
    """Every table with rows that name a person, and which they are."""
    for name, column in sorted(PERSONS.items()):
        table = metadata.tables[name]
        yield table, (table.c.team == team) & (table.c[column] == user)


def forget_team(connection: Connection, team: str) -> int:
    """Delete the rows of a workspace."""
    connection.execute(delete(leases).where(leases.c.name == f"tips/{team}"))
    return sum(connection.execute(delete(table).where(chosen)).rowcount for table, chosen in of_team(team))


def forget_person(connection: Connection, team: str, user: str) -> int:
    """Delete what a person wrote, and take them out of the other rows that name them."""
    return sum(
        connection.execute(
            delete(table).where(chosen)
            if table.name in OWN_WORDS_TABLES
            else update(table).where(chosen).values({PERSONS[table.name]: ""})
        ).rowcount
        for table, chosen in of_person(team, user)
    )


def note_departure(connection: Connection, team: str, now: Any) -> None:
    """Store when the app was uninstalled from a workspace."""
    connection.execute(delete(departures).where(departures.c.team == team))
    connection.execute(insert(departures).values(team=team, at=now))


def note_return(connection: Connection, team: str) -> None:
    """Store that the app is in a workspace again."""
    connection.execute(delete(departures).where(departures.c.team == team))

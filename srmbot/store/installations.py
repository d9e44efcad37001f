"""Where the app is installed, with its tokens: one row for a workspace, or for an organisation with all of its own.

A token that expires is replaced by one process at a time: it claims the row, asks Slack, and writes the new token
down. No transaction is open while Slack is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from srmbot.store.database import Database
from srmbot.store.privacy import note_departure, note_return
from srmbot.store.rows import Installed, InstallPlace, Tokens
from srmbot.store.schema import installations, org_teams, planned, subscriptions
from srmbot.store.sealing import Sealer
from srmbot.store.subscriptions import UNPLANNED, cancel

CLAIM = 60.0  # seconds after which a process that claimed a row counts as dead; its call takes at most 10
# Columns that `Installed` has too.
INSTALLED_COLUMNS = ("name", "app", "bot", "bot_user", "scopes", "installer", "installed_at")
UNINSTALLED = "app_uninstalled"  # why tips are paused


class Installations:
    """The installations. Tokens are encrypted in the table, and plain only in what is returned."""

    def __init__(self, database: Database) -> None:
        """Speak to a database; nothing is read yet."""
        self.database = database

    def save(self, new: Installed, sealer: Sealer) -> None:
        """Store an installation in place of an earlier one, and resume the tips that ended with that."""
        values = {**about(new), "sealed": seal(new.place, new.tokens, sealer), "claimed_until": 0.0}
        with self.database.writing() as connection:
            connection.execute(delete(installations).where(is_at(new.place)))
            connection.execute(insert(installations).values(values))
            resume(connection, of_place(subscriptions, new.place))
            note_return(connection, new.place.team)

    def find(self, enterprise: str, team: str, sealer: Sealer) -> Installed | None:
        """Read the installation that covers a workspace: its own, or that of its organisation.

        Args:
            enterprise: the organisation's ID; blank where it has none, or it is not known.
            team: the workspace's ID; blank for the organisation itself.
            sealer: decrypts the tokens.

        Raises:
            SealError: there is one, and no key fits.
        """
        orgs = select(org_teams.c.enterprise).where(org_teams.c.team == team)
        whole = (installations.c.team == "") & (
            installations.c.enterprise == enterprise if enterprise else installations.c.enterprise.in_(orgs)
        )
        own = (installations.c.team == team) & (installations.c.team != "")
        chosen = select(installations).where(or_(own, whole))
        with self.database.reading() as connection:
            row = connection.execute(chosen.order_by(installations.c.team.desc()).limit(1)).first()
        return as_installed(row, sealer) if row else None

    def note_team(self, enterprise: str, team: str) -> None:
        """Store that an organisation's installation is used in a workspace, for what is done there without a request.

        Its tips resume, if they ended with an earlier installation.
        """
        with self.database.writing() as connection:
            new = self.database.insert(org_teams).values(team=team, enterprise=enterprise)
            connection.execute(new.on_conflict_do_update(index_elements=["team"], set_={"enterprise": enterprise}))
            resume(connection, subscriptions.c.team == team)
            note_return(connection, team)

    def teams(self) -> list[str]:
        """List the workspaces that tokens are there for."""
        own = select(installations.c.team).where(installations.c.team != "")
        whole = select(installations.c.enterprise).where(installations.c.team == "")
        through = select(org_teams.c.team).where(org_teams.c.enterprise.in_(whole))
        with self.database.reading() as connection:
            return sorted(connection.scalars(own.union(through)))

    def places(self) -> list[tuple[InstallPlace, str, float | None]]:
        """List all installations: where, its name, and when its token expires (seconds since 1970)."""
        wanted = select(installations).order_by(installations.c.enterprise, installations.c.team)
        with self.database.reading() as connection:
            return [
                (InstallPlace(row.enterprise, row.team), row.name, row.expires_at) for row in connection.execute(wanted)
            ]

    def expiring(self, before: float, most: int) -> list[InstallPlace]:
        """List installations whose token expires before some second, the earliest first."""
        late = select(installations).where(installations.c.expires_at < before)
        late = late.where(installations.c.claimed_until <= self.database.clock())
        with self.database.reading() as connection:
            rows = connection.execute(late.order_by(installations.c.expires_at).limit(most))
            return [InstallPlace(row.enterprise, row.team) for row in rows]

    def claim(self, place: InstallPlace, before: float, sealer: Sealer) -> Installed | None:
        """Claim the replacing of a token, against all other processes.

        Args:
            place: whose token.
            before: a token that expires later is not to be replaced.
            sealer: decrypts it.

        Returns:
            The installation as it is now; None if another process has claimed or replaced it.
        """
        free = (installations.c.claimed_until <= self.database.clock()) & (installations.c.expires_at < before)
        taken = update(installations).where(is_at(place), free).values(claimed_until=self.database.clock() + CLAIM)
        with self.database.writing() as connection:
            row = connection.execute(taken.returning(installations)).first()
        return as_installed(row, sealer) if row else None

    def replace(self, claimed: Installed, tokens: Tokens, sealer: Sealer) -> bool:
        """Store new tokens, and give the claim back.

        Returns:
            Whether they were: not if the app was uninstalled or installed anew meanwhile.
        """
        values = {"sealed": seal(claimed.place, tokens, sealer), "expires_at": tokens.expires_at}
        here = is_at(claimed.place) & (installations.c.installed_at == claimed.installed_at)
        with self.database.writing() as connection:
            changed = update(installations).where(here).values(**values, claimed_until=0.0)
            return bool(connection.execute(changed).rowcount)

    def release(self, place: InstallPlace, seconds: float) -> None:
        """Give a claim back in some seconds, after Slack did not give a new token."""
        with self.database.writing() as connection:
            until = self.database.clock() + seconds
            connection.execute(update(installations).where(is_at(place)).values(claimed_until=until))

    def remove(self, place: InstallPlace) -> bool:
        """Delete an installation with its tokens, and pause the tips that need them. Returns whether there was one."""
        with self.database.writing() as connection:
            gone = connection.execute(delete(installations).where(is_at(place))).rowcount
            pause(connection, place, self.database.clock())
            if not place.team:
                connection.execute(delete(org_teams).where(org_teams.c.enterprise == place.enterprise))
        return bool(gone)

    def withdraw(self, enterprise: str, teams: Sequence[str]) -> None:
        """Pause the tips of workspaces that an organisation has taken the app away from."""
        with self.database.writing() as connection:
            for team in teams:
                pause(connection, InstallPlace(enterprise, team), self.database.clock())
            here = (org_teams.c.enterprise == enterprise) & org_teams.c.team.in_(teams)
            connection.execute(delete(org_teams).where(here))

    def reseal(self, sealer: Sealer) -> int:
        """Encrypt every token with the newest key. Returns how many there are.

        Raises:
            SealError: one cannot be decrypted; then none is changed.
        """
        with self.database.writing() as connection:
            rows = list(connection.execute(select(installations).with_for_update()))
            for row in rows:
                here = is_at(InstallPlace(row.enterprise, row.team))
                connection.execute(update(installations).where(here).values(sealed=sealer.reseal(row.sealed)))
        return len(rows)


def pause(connection: Connection, place: InstallPlace, now: Any) -> None:
    """Pause the tips of a place; they resume when the app is installed there again."""
    here = of_place(subscriptions, place) & subscriptions.c.paused.is_(None)
    connection.execute(update(subscriptions).where(here).values(paused=UNINSTALLED, notified=True))
    its = select(org_teams.c.team).where(of_place(org_teams, place))
    for team in [place.team] if place.team else list(connection.scalars(its)):
        note_departure(connection, team, now)
    cancel(connection, of_place(planned, place) & (planned.c.post_at > now))


def resume(connection: Connection, chosen: Any) -> None:
    """Resume tips that ended with an installation."""
    here = chosen & (subscriptions.c.paused == UNINSTALLED)
    connection.execute(update(subscriptions).where(here).values(UNPLANNED))


def of_place(table: Any, place: InstallPlace) -> Any:
    """The rows of a workspace, or of the workspaces that an organisation's installation is used in."""
    if place.team:
        return table.c.team == place.team
    own = select(installations.c.team)  # a workspace with an installation of its own does not depend on it
    its = select(org_teams.c.team).where(org_teams.c.enterprise == place.enterprise, org_teams.c.team.not_in(own))
    return table.c.team.in_(its)


def is_at(place: InstallPlace) -> Any:
    """The row of one installation; a workspace is known by its own ID, whatever organisation it is in by now."""
    if place.team:
        return installations.c.team == place.team
    return (installations.c.enterprise == place.enterprise) & (installations.c.team == "")


def about(installed: Installed) -> dict[str, Any]:
    """The columns that are no secret."""
    known = {name: getattr(installed, name) for name in INSTALLED_COLUMNS} | asdict(installed.place)
    return known | {"expires_at": installed.tokens.expires_at}


def seal(place: InstallPlace, tokens: Tokens, sealer: Sealer) -> str:
    """Encrypt the tokens of one place."""
    return sealer.seal(str(place), {"access": tokens.access, "refresh": tokens.refresh})


def as_installed(row: Row[Any], sealer: Sealer) -> Installed:
    """A row as an installation, decrypted."""
    place = InstallPlace(row.enterprise, row.team)
    secret = sealer.unseal(str(place), row.sealed)
    tokens = Tokens(secret["access"], secret["refresh"], row.expires_at)
    return Installed(place, tokens, **{name: getattr(row, name) for name in INSTALLED_COLUMNS})

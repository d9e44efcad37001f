"""`misses`: what was asked in vain, or answered wrongly; and whether its text is kept."""

from __future__ import annotations

from collections.abc import Sequence

from srmbot.bot import State
from srmbot.commands.command import Private
from srmbot.commands.maintainers import require_maintainer
from srmbot.errors import SrmbotError, UsageError
from srmbot.misses.cluster import make_clusters
from srmbot.render.misses import LOOKED_BACK_DAYS, MissReport, report_lines
from srmbot.request import Requester, Resources
from srmbot.store.misses import DAY, MOST_DAYS, TEXT_KEPT_DAYS

HELP = "`misses` shows maintainers what I did not answer, or not rightly (`misses text on` keeps the questions)"
ON, OFF = "on", "off"


def accepts(known: State, rest: Sequence[str]) -> bool:
    """Whether nothing follows, or what switches the keeping of text."""
    words = [word.lower() for word in rest]
    return not words or (words[0] == "text" and words[1:2] in ([ON], [OFF]) and len(words) <= 3)


def run(known: State, rest: Sequence[str], requester: Requester) -> Private:
    """Show what was missed, or switch the keeping of text. It may tell what was asked in private.

    Raises:
        UsageError: somebody who does not look after the knowledge; a number of days that cannot be meant.
        SrmbotError: there is no store.
    """
    require_maintainer(known.knowledge, requester)
    resources = require_store(requester)
    if not rest:
        report = read_report(resources, requester.team, LOOKED_BACK_DAYS)
        return Private("\n".join(report_lines(report, known.knowledge)))
    return Private(switch_text([word.lower() for word in rest[1:]], requester, resources))


def require_store(requester: Requester) -> Resources:
    """Return the resources.

    Raises:
        SrmbotError: there is no store.
    """
    if requester.resources is None:
        raise SrmbotError("this needs a database, and none is configured", "set DATABASE_URL", "no_database")
    requester.resources.store.prepare()
    return requester.resources


def read_report(resources: Resources, team: str, days: int) -> MissReport:
    """Read what was missed in a workspace.

    Args:
        resources: the store and its clock.
        team: the workspace.
        days: that are counted.
    """
    misses = resources.store.misses
    counts = misses.counts(team, resources.now() - days * DAY)
    return MissReport(days, counts, make_clusters(misses.open_misses(team)), misses.kept_days(team))


def switch_text(words: Sequence[str], requester: Requester, resources: Resources) -> str:
    """Switch the keeping of text on, for some days, or off.

    Raises:
        UsageError: a number of days that cannot be meant.
    """
    misses = resources.store.misses
    if words[0] == OFF:
        return f"No text is kept from now on. Deleted: {misses.keep_no_text(requester.team)}."
    given = words[1] if len(words) > 1 else str(TEXT_KEPT_DAYS)
    if not (given.isascii() and given.isdigit()) or not 1 <= int(given) <= MOST_DAYS:
        raise UsageError("I can't keep text for that long", f"give a number of days from 1 to {MOST_DAYS}", "days")
    misses.keep_text(requester.team, requester.user, int(given), resources.now())
    return (
        f"From now on I keep the questions that I do not answer, or not rightly, for {given} days, with who asked and"
        " where. Asked about myself I say so. `/srm misses text off` deletes them."
    )

"""`misses`: what was asked in vain, or answered wrongly, in one workspace."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from srmbot.cli import setup
from srmbot.cli.overview import show
from srmbot.errors import UsageError

if TYPE_CHECKING:
    from srmbot.store.store import Store

NONE_MISSED = "Nothing was missed yet."


def misses(args: argparse.Namespace) -> int:
    """list what was asked in Slack and not answered, or not rightly"""
    from srmbot.commands.misses import read_report
    from srmbot.render.misses import as_json, report_lines
    from srmbot.request import Resources

    settings = setup.read_environment()
    known = setup.load_knowledge(args)
    with setup.open_store(settings) as store:
        team = find_team(store, args.team)
        report = read_report(Resources(store), team, args.days)
    return show(
        args.format,
        text=lambda: "\n".join(report_lines(report, known)) if team else NONE_MISSED,
        json=lambda: as_json(report),
    )


def find_team(store: Store, given: str | None) -> str:
    """Find the workspace that is meant, if only one can be; blank where nothing was missed anywhere.

    Raises:
        UsageError: it could be any of several.
    """
    if not store.exists:
        store.prepare()
    teams = [given] if given else store.misses.teams()
    if len(teams) > 1:
        raise UsageError("cannot tell which workspace you mean", f"add --team with one of {', '.join(teams)}")
    return teams[0] if teams else ""

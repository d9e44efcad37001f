"""`completion`: the commands -> a script with which a shell completes them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from srmbot.cli import setup

if TYPE_CHECKING:
    from srmbot.model import Knowledge

SHELLS = ("bash", "zsh", "fish")


def completion(args: argparse.Namespace) -> int:
    """print the script with which a shell completes commands, options, services and topics"""
    import shtab

    from srmbot.cli.parser import find_commands, parser

    top = parser()
    completed = by_metavar(setup.load_knowledge(args))
    for command in find_commands(top).values():
        for action in command._actions:
            if isinstance(action.metavar, str) and action.metavar in completed:
                action.complete = completed[action.metavar]  # type: ignore[attr-defined]  # where shtab looks
    print(shtab.complete(top, args.shell))
    return 0


def by_metavar(known: Knowledge) -> Mapping[str, Any]:
    """What completes an argument, by how the help calls it."""
    import shtab

    services = names([each.slug for each in known.listed_services])
    return {
        "DIR": shtab.DIRECTORY,
        "FILE": shtab.FILE,
        "OUT.html": shtab.FILE,
        "SERVICE": services,
        "SLUG": services,
        "TOPIC": names(list(known.topics)),
    }


def names(slugs: list[str]) -> Any:
    """What completes to one of some names, which have no sign that a shell would interpret."""
    import shtab

    return shtab.cmd(f"echo {' '.join(sorted(slugs))}")

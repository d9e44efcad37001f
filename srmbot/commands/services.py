"""`services`: what can be asked about, by its kind."""

from __future__ import annotations

from collections.abc import Sequence

from srmbot.bot import State
from srmbot.overview.groups import GROUPS, services_by_group
from srmbot.request import Requester

HELP = "`services` lists the services that I know"
OTHER_SERVICES = "Others"


def accepts(known: State, rest: Sequence[str]) -> bool:
    """Whether nothing follows: "services without backups" is a question."""
    return not rest


def run(known: State, rest: Sequence[str], requester: Requester) -> str:
    """List the names, one line a group."""
    groups = services_by_group(known.knowledge).items()
    return "\n".join(
        f"{GROUPS.get(group, OTHER_SERVICES)}: {', '.join(each.name for each in services)}"
        for group, services in groups
    )

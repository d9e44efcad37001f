"""`matrix`: whose each topic is on some services, or on the databases."""

from __future__ import annotations

from collections.abc import Sequence

from srmbot.bot import State
from srmbot.errors import UsageError
from srmbot.overview.groups import shown_services
from srmbot.render.chat_table import matrix_grid
from srmbot.request import Requester
from srmbot.search.lookup import find_services

HELP = "`matrix SERVICE …` shows whose each topic is there; alone, on the databases"


def accepts(known: State, rest: Sequence[str]) -> bool:
    """Whether nothing but names of services follows."""
    return names_services(known, rest, 0)


def names_services(known: State, rest: Sequence[str], least: int) -> bool:
    """Whether words name so many services or more, and nothing else."""
    try:
        return not rest or len(find_services(known.knowledge, rest)) >= least
    except UsageError:
        return False


def run(known: State, rest: Sequence[str], requester: Requester) -> str:
    """Show the matrix, as far as it fits a message."""
    services = find_services(known.knowledge, rest) if rest else shown_services(known.knowledge)
    return matrix_grid(known.knowledge, services)

"""`compare`: where the line between AWS and you moves from one service to another."""

from __future__ import annotations

from collections.abc import Sequence

from srmbot.bot import State
from srmbot.commands.matrix import names_services
from srmbot.overview.comparison import compare
from srmbot.render.chat_table import comparison_grid
from srmbot.request import Requester
from srmbot.search.lookup import find_services

HELP = "`compare SERVICE SERVICE …` shows where the line between AWS and you moves"
NAME_TWO_SERVICES = (
    "Name two services or more: `compare rds aurora`, `compare postgres on ec2 with rds`. For one topic, ask."
)
LEAST_SERVICES = 2


def accepts(known: State, rest: Sequence[str]) -> bool:
    """Whether services follow and nothing else: "compare rds and aurora backups" is a question."""
    return names_services(known, rest, LEAST_SERVICES)


def run(known: State, rest: Sequence[str], requester: Requester) -> str:
    """Compare the services, as far as they fit a message."""
    if not rest:
        return NAME_TWO_SERVICES
    services = find_services(known.knowledge, rest, LEAST_SERVICES)
    return comparison_grid(known.knowledge, compare(known.knowledge, services))

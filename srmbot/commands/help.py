"""`help`: what can be asked, and how."""

from __future__ import annotations

from collections.abc import Sequence

from srmbot.bot import State
from srmbot.request import Requester

HELP = "`help` shows this"


def accepts(known: State, rest: Sequence[str]) -> bool:
    """Whether nothing follows: "help me with backups" is a question."""
    return not rest


def run(known: State, rest: Sequence[str], requester: Requester) -> str:
    """Explain how to ask, with examples, and which services are known."""
    from srmbot.commands import COMMANDS  # the table has this module in it

    names = ", ".join(service.name for service in known.knowledge.listed_services)
    return "\n".join(
        (
            "I say who owns what on AWS: AWS, you, or both. With the reason, and the AWS page that says so.",
            "Ask in your own words: `backups` · `who patches the OS under RDS?` · `rds`",
            "In Slack: `/srm QUESTION`, or mention me. Mentioned alone in a thread, I answer its last question.",
            *(f"• {command.help}" for command in COMMANDS),
            f"I know {names}.",
        )
    )

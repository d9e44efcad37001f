"""A bot -> a server of the Model Context Protocol, with its tools; how it is reached is serve's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mcp.server import MCPServer
from mcp.types import ToolAnnotations

import srmbot
from srmbot.bot import Bot
from srmbot.mcp.tools import Tools

SERVER_TITLE = "Who owns what on AWS"
HOMEPAGE = "https://github.com/srmbot/srmbot"
INSTRUCTIONS = (
    "srmbot knows who does what on AWS under the Shared Responsibility Model, from a reviewed folder of facts with"
    " the AWS page behind each. Ask who_owns for a single question, responsibilities for all of a service, compare for"
    " two services or more, evidence for what an auditor wants to see. Give people the summary and the sources; where"
    " the outcome is unknown, do not guess an owner."
)
READ_ONLY = {"read_only_hint": True, "destructive_hint": False, "idempotent_hint": True, "open_world_hint": False}


def make_server(bot: Callable[[], Bot]) -> MCPServer[Any]:
    """Make a server.

    Args:
        bot: gives the bot; it may take its time the first time, and is called only when a tool is.
    """
    server: MCPServer[Any] = MCPServer(
        "srmbot", title=SERVER_TITLE, instructions=INSTRUCTIONS, website_url=HOMEPAGE, version=srmbot.__version__
    )
    for tool in Tools(bot).all():
        title = tool.__name__.replace("_", " ").capitalize()
        server.add_tool(
            tool,
            title=title,
            description=unwrap(tool.__doc__ or ""),
            annotations=ToolAnnotations(title=title, **READ_ONLY),
            structured_output=True,
        )
    return server


def unwrap(text: str) -> str:
    """A docstring without the line breaks of its source; paragraphs stay."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))

"""`mcp`: agents and editors ask."""

from __future__ import annotations

import argparse
import re
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from srmbot.cli import setup
from srmbot.errors import ConfigError, SrmbotError, UsageError

if TYPE_CHECKING:
    from srmbot.config import Settings
    from srmbot.mcp.serve import Public

HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


def mcp(args: argparse.Namespace) -> int:
    """let agents and editors ask, by the Model Context Protocol: over standard input and output, or --http"""
    if not args.http and (args.port is not None or args.public):
        raise UsageError("--port and --public are for --http", "add --http")
    if not has_sdk():
        raise SrmbotError("the MCP SDK is not installed", "run: pip install 'srmbot[mcp]'")
    from srmbot.mcp.serve import serve_http, serve_stdio

    settings = setup.read_environment()
    port, public = setup.read_port(args, settings), read_public(args, settings)
    setup.load_knowledge(args)  # so that a problem in it is a line in the terminal, and not an answer to an agent
    make = partial(setup.make_bot, args, settings)
    return serve_http(make, port, partial(print, flush=True), public) if args.http else serve_stdio(make)


def has_sdk() -> bool:
    """Whether the MCP SDK is installed; a folder that is only called so, where srmbot is started, is not it."""
    try:
        return find_spec("mcp.server") is not None
    except ModuleNotFoundError:
        return False


def read_public(args: argparse.Namespace, settings: Settings) -> Public | None:
    """How Slack reaches the server; None where only this machine does.

    Raises:
        UsageError: what is given is no host name.
        ConfigError: nothing tells Slack's requests from others.
    """
    from srmbot.mcp.serve import Public

    if not args.public:
        return None
    if not HOST.fullmatch(args.public):
        raise UsageError(f"--public '{args.public}' is not a host name", "write it like srm.example.com")
    if settings.signing_secret is None:
        raise ConfigError("SLACK_SIGNING_SECRET is not set", "without it nobody can tell Slack's requests from others")
    return Public(args.public, settings.signing_secret)

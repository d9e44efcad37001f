"""How the server is reached: over standard input and output, or over HTTP."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

import uvicorn
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from srmbot.bot import Bot
from srmbot.errors import SrmbotError
from srmbot.knowledge.watch import watch
from srmbot.mcp.server import make_server
from srmbot.mcp.slack_identity import LARGEST_REQUEST, SlackIdentity

MCP_PATH = "/mcp"
LOOPBACK = "127.0.0.1"
ANY_ADDRESS = "0.0.0.0"  # noqa: S104  # only with a public name, where Slack signs every request
CLOSING_GRACE = 20  # seconds to finish what is under way


@dataclass(frozen=True)
class Public:
    """How a server is reached from outside of this machine: by Slack alone."""

    name: str  # the host name that Slack's requests are sent to: "srm.example.com"
    signing_secret: str = field(repr=False)


class LateBot:
    """A bot that is made in a thread: a client hears from the server at once, and waits only for its first answer."""

    def __init__(self, make: Callable[[], Bot]) -> None:
        """Begin to make it."""
        self.made: Future[Bot] = Future()
        self.stop = threading.Event()
        threading.Thread(target=self.run, args=(make,), name="bot", daemon=True).start()

    def run(self, make: Callable[[], Bot]) -> None:
        """Make it, then watch its knowledge for changes."""
        try:
            bot = make()
        except BaseException as fault:
            self.made.set_exception(fault)
            return
        self.made.set_result(bot)
        watch(bot.folders, bot.refresh, self.stop)

    def __call__(self) -> Bot:
        """The bot.

        Raises:
            SrmbotError: it could not be made.
        """
        return self.made.result()


def serve_stdio(make: Callable[[], Bot]) -> int:
    """Answer over standard input and output until the input ends."""
    quieten()
    make_server(LateBot(make)).run("stdio")
    return 0


def serve_http(make: Callable[[], Bot], port: int, say: Callable[[str], object], public: Public | None = None) -> int:
    """Answer over HTTP until stopped.

    Args:
        make: makes the bot.
        port: to listen on; 0 for one that is free.
        say: is called with a line that says where the server is.
        public: how Slack reaches it; without, only this machine does.

    Raises:
        SrmbotError: the port cannot be had.
    """
    quieten()
    with listen(ANY_ADDRESS if public else LOOPBACK, port) as listening:
        at = listening.getsockname()[1]
        app = make_app(LateBot(make), at, public)
        where = f"https://{public.name}{MCP_PATH}, port {at} here" if public else f"http://{LOOPBACK}:{at}{MCP_PATH}"
        say(f"The MCP server is at {where} (Ctrl-C stops it).")
        running = uvicorn.Config(
            app, log_config=None, access_log=False, timeout_graceful_shutdown=CLOSING_GRACE, lifespan="on"
        )
        uvicorn.Server(running).run(sockets=[listening])
    return 0


def listen(host: str, port: int) -> socket.socket:
    """Take a port.

    Raises:
        SrmbotError: it cannot be had.
    """
    try:
        return socket.create_server((host, port))
    except OSError as fault:
        what = os.strerror(fault.errno) if fault.errno else str(fault)
        raise SrmbotError(f"cannot listen on port {port}: {what}", "choose another one with --port") from fault


def make_app(bot: Callable[[], Bot], port: int, public: Public | None) -> Starlette:
    """Make the app that answers over HTTP.

    It keeps nothing between two requests, so any number of processes may answer one client.

    Args:
        bot: gives the bot.
        port: that it is reached on, without a public name.
        public: how Slack reaches it.
    """
    server = make_server(bot)
    server.custom_route("/healthz", methods=["GET"])(answer_health)
    app = server.streamable_http_app(
        streamable_http_path=MCP_PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=LARGEST_REQUEST,
        transport_security=allowed(port, public),
    )
    if public:
        app.add_middleware(SlackIdentity, signing_secret=public.signing_secret)
    return app


def allowed(port: int, public: Public | None) -> TransportSecuritySettings:
    """The names that a request may be sent to, and the pages that may send one.

    A name that some page has made resolve to this machine (DNS rebinding) is none of them.
    """
    names = [public.name, f"{public.name}:443"] if public else [f"{name}:{port}" for name in (LOOPBACK, "localhost")]
    scheme = "https" if public else "http"
    return TransportSecuritySettings(allowed_hosts=names, allowed_origins=[f"{scheme}://{name}" for name in names])


async def answer_health(_request: Request) -> Response:
    """Say that the process is alive."""
    return JSONResponse({"ok": True})


def quieten() -> None:
    """Keep the libraries' lines out of the log: they have a line for each request, and quote what was asked."""
    for name in ("mcp", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)

"""Serving Slack until told to stop: over HTTP with gunicorn, or over Socket Mode."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from slack_bolt import BoltContext, BoltRequest, BoltResponse
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest
from slack_bolt.error import BoltError
from slack_bolt.request.internals import build_context
from slack_sdk.errors import SlackApiError

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.errors import ConfigError, SrmbotError
from srmbot.knowledge.watch import watch
from srmbot.slack.app import TipApp, make_app
from srmbot.slack.connection import Handler, Patience, Watch
from srmbot.slack.health import Environ, StartResponse, health, serve_health
from srmbot.slack.later import Later
from srmbot.slack.log import set_up
from srmbot.slack.slow import Yielding

log = logging.getLogger("srmbot.slack")

SLOW_THREADS = 32  # for what calls Slack's API; they wait nearly all the time (bench/serving.py)
HTTP_THREADS = 8  # for requests; each is answered in a millisecond
GRACE = 25  # seconds to finish what is under way; Heroku and Kubernetes kill after 30
LATER = 20  # of them for answers that Slack asked to wait for
LARGEST = 1_000_000  # bytes of a request; Slack's are a hundredth of it


def serve_http(bot: Bot, settings: Settings, port: int | None = None) -> int:
    """Listen for Slack's requests until SIGTERM. One process: what was seen before is kept in its memory.

    Raises:
        ConfigError: token or signing secret missing.
        SrmbotError: Slack refuses the token, or cannot be reached.
    """
    require(settings, "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")
    set_up(settings.log_level)
    slow = Slow()
    app = connected(bot, settings, slow)
    listening = settings.port if port is None else port
    log.info("serving", extra={"port": listening, "knowledge": bot.knowledge.version[:7]})
    Gunicorn(app, slow, listening, bot).run()
    return 0


class Slow:
    """What runs beside the requests: threads that call Slack's API, what Slack asked to wait for, the knowledge."""

    def __init__(self) -> None:
        """Nothing runs yet, so that it may be made before a fork."""
        self.executor = Yielding(SLOW_THREADS)
        self.later = Later()
        self.stop = threading.Event()

    def follow(self, bot: Bot) -> None:
        """Have a bot notice when its knowledge changes, from now on; after a fork, for threads do not survive one."""
        given = (bot.folders, bot.refresh, self.stop)
        threading.Thread(target=watch, args=given, name="knowledge", daemon=True).start()

    def finish(self) -> None:
        """Let answers that are under way go out."""
        self.stop.set()
        self.executor.shutdown(wait=True)
        self.later.finish(LATER)


class ToRoot(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's log among ours, in the same form."""

    def setup(self, cfg: Any) -> None:
        """Set up as gunicorn does, then leave the writing to the root logger."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with our settings and no files of its own.

    The app is made before the fork, where a refused token can still be told in one line; its threads start after.
    """

    def __init__(self, app: TipApp, slow: Slow, port: int, bot: Bot) -> None:
        """Keep what the worker needs."""
        self.app, self.slow, self.port, self.bot = app, slow, port, bot
        self.working = False  # in the worker it is
        super().__init__()

    def load_config(self) -> None:
        """One worker, many threads; a second worker would not know which events the first one has seen."""
        given = {
            "bind": f"0.0.0.0:{self.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": HTTP_THREADS,
            "graceful_timeout": GRACE,
            "keepalive": 75,
            "backlog": 1024,
            "accesslog": None,
            "control_socket_disable": True,
            "logger_class": ToRoot,
            "worker_exit": lambda arbiter, worker: self.finish(),  # gunicorn counts the parameters
        }
        for name, value in given.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[[Environ, StartResponse], Iterable[bytes]]:
        """The WSGI app; called in the worker."""
        self.working = True
        self.slow.follow(self.bot)
        self.app.tipping.start()
        return wsgi(self.app, self.slow.executor.answered)

    def finish(self) -> None:
        """Let answers that are under way go out; gunicorn calls this in its master too."""
        if self.working:
            self.slow.finish()
            self.app.tipping.stop()


class Requests(SlackRequestHandler):
    """Bolt's own adapter, but for one thing.

    Bolt takes every form with "payload" anywhere in it for a click, and so loses the command `/srm payload limits`
    (`parse_body` in slack_bolt/request/internals.py).
    """

    def dispatch(self, request: WsgiHttpRequest) -> BoltResponse:
        """Answer one request."""
        body = request.get_body()
        read = BoltRequest(body=body, query=request.query_string, headers=request.get_headers())
        if body and not read.body:
            read.body = dict(parse_qsl(body, keep_blank_values=True))
            read.context = build_context(BoltContext(), read.body)
        return self.app.dispatch(read)


def wsgi(app: TipApp, done: Callable[[], object] = int) -> Callable[[Environ, StartResponse], Iterable[bytes]]:
    """Bolt's own adapter, with health checks before it and a limit on what it reads.

    Bolt reads a body before it looks at the signature, and raises for one that is none of Slack's.

    Args:
        app: with its listeners.
        done: is called after each request.
    """
    slack = Requests(app)

    def serve(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        checks = {"knowledge": lambda: True, "store": app.tipping.ready}
        answered = health(checks, environ, start_response)
        if answered is not None:
            return answered
        if int(environ.get("CONTENT_LENGTH") or 0) > LARGEST:
            start_response("413 Content Too Large", [("Content-Length", "0")])
            return []
        try:
            return slack(environ, start_response)
        except (ValueError, TypeError, AttributeError, RecursionError) as fault:
            log.warning("refused: a request that cannot be read", extra={"what": type(fault).__name__})
            start_response("400 Bad Request", [("Content-Length", "0")])
            return []
        finally:
            done()

    return serve


def serve_socket(bot: Bot, settings: Settings, patience: Patience | None = None) -> int:
    """Answer over Socket Mode until SIGTERM (0), or until the socket stays dead (1).

    Raises:
        ConfigError: a token missing.
        SrmbotError: Slack refuses a token, or the port for health checks cannot be had.
    """
    require(settings, "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    set_up(settings.log_level)
    slow, patience = Slow(), patience or Patience()
    app = connected(bot, settings, slow)
    handler = Handler(app, settings.app_token, patience.ping, slow.executor.answered)
    looking = Watch(handler, patience)
    checks = {"knowledge": lambda: True, "socket": looking.ready, "store": app.tipping.ready}
    server = serve_health(checks, settings.port)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: looking.stop.set())
    try:
        connect(handler)
        slow.follow(bot)
        app.tipping.start()
        known = {"port": settings.port, "knowledge": bot.knowledge.version[:7]}
        log.info("serving", extra={**known, "connected": handler.client.is_connected()})
        code = looking.until_stopped()
    finally:
        handler.finish()
        slow.finish()
        app.tipping.stop()
        server.shutdown()
        server.server_close()
    log.info("stopped", extra={"code": code})
    return code


def connect(handler: Handler) -> None:
    """Open the socket.

    Raises:
        SrmbotError: Slack refuses the app token, or cannot be reached.
    """
    client = handler.client
    try:
        # Asked for here, and not left to the handler: that one logs a refusal, and sleeps through a rate limit.
        client.wss_uri = client.web_client.apps_connections_open(app_token=client.app_token)["url"]
        handler.connect()  # type: ignore[no-untyped-call]
    except SlackApiError as fault:
        raise refused("SLACK_APP_TOKEN", fault) from fault
    except OSError as fault:
        raise SrmbotError(f"Slack cannot be reached: {fault}", "check the network, or SLACK_API_URL") from fault


def connected(bot: Bot, settings: Settings, slow: Slow) -> TipApp:
    """The app, its token checked with Slack.

    Raises:
        SrmbotError: Slack refuses the token, or cannot be reached; the store's tables are not those of this version.
    """
    try:
        app = make_app(bot, settings, slow.executor, later=slow.later)
        app.tipping.check()
        return app
    except BoltError as fault:
        cause: Any = fault.__cause__ or fault.__context__ or fault
        raise refused("SLACK_BOT_TOKEN", cause) from fault
    except OSError as fault:
        raise SrmbotError(f"Slack cannot be reached: {fault}", "check the network, or SLACK_API_URL") from fault


def refused(name: str, fault: Exception) -> SrmbotError:
    """The error for a token that Slack does not take, or for a Slack that cannot answer."""
    if isinstance(fault, SlackApiError) and fault.response.status_code != 200:
        return SrmbotError(f"Slack cannot answer: HTTP {fault.response.status_code}", "try again in a minute")
    said = fault.response.get("error") if isinstance(fault, SlackApiError) else type(fault).__name__
    return SrmbotError(f"Slack refuses {name}: {said}", "copy it again from api.slack.com/apps")


def require(settings: Settings, *names: str) -> None:
    """Make sure that what a way of serving needs is set.

    Raises:
        ConfigError: naming everything that is missing.
    """
    held = {
        "SLACK_BOT_TOKEN": settings.bot_token,
        "SLACK_APP_TOKEN": settings.app_token,
        "SLACK_SIGNING_SECRET": settings.signing_secret,
    }
    missing = [name for name in names if not held[name]]
    if missing:
        raise ConfigError(f"{' and '.join(missing)} not set", "see .env.example")

"""Bot -> an HTTP server for Slack's requests: gunicorn around Bolt's own WSGI adapter."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from slack_bolt import BoltContext, BoltRequest, BoltResponse
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest
from slack_bolt.request.internals import build_context
from slack_sdk.signature import SignatureVerifier

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.slack.app import SlackApp
from srmbot.slack.executor import do_nothing
from srmbot.slack.request_id import bind_request_id
from srmbot.slack.serve.common import Background, make_checked_app, make_health, require_settings
from srmbot.slack.serve.health import Environ, Responder, StartResponse, answer_health, first_of, taken_port
from srmbot.slack.serve.logging_setup import set_up_logging
from srmbot.slack.serve.metrics import Metrics, make_metrics, publish
from srmbot.slack.serve.traces import require_traces, start_traces
from srmbot.slack.serve.unreadable import MALFORMED, check_headers, check_payload, describe, slack_origins
from srmbot.slack.serve.worker import LARGEST_BODY, BufferingWorker

log = logging.getLogger("srmbot.slack")

HTTP_THREADS = 8  # for requests; each is answered in a millisecond
GRACE = 25  # seconds to finish what is under way; Heroku and Kubernetes kill after 30


def serve_http(bot: Bot, settings: Settings, port: int | None = None) -> int:
    """Listen for Slack's requests until SIGTERM, in one process, because events are deduplicated in its memory.

    Raises:
        ConfigError: token or signing secret missing.
        SrmbotError: Slack refuses the token, or cannot be reached; the port cannot be had.
    """
    require_settings(settings, "SLACK_SIGNING_SECRET")
    require_traces(settings)
    set_up_logging(settings.log_level)
    slow = Background()
    app = make_checked_app(bot, settings, slow)
    listening = settings.port if port is None else port
    require_port(listening)
    numbers = make_metrics(bot, settings, app.storage, make_health(app).ready)
    log.info("serving", extra={"port": listening, "knowledge": bot.knowledge.version[:7]})
    GunicornServer(app, slow, replace(settings, port=listening), bot, numbers).run()
    return 0


def require_port(port: int) -> None:
    """Make sure that a port is free: gunicorn would try it for five seconds, and say so in five tracebacks.

    Raises:
        SrmbotError: it cannot be had.
    """
    with socket.socket() as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind(("", port))
        except OSError as fault:
            raise taken_port(port, fault) from fault


class RootLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Writes gunicorn's log into that of srmbot, in the same form."""

    def setup(self, cfg: Any) -> None:
        """Set up as gunicorn does, then hand its records to the root logger."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class GunicornServer(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with our settings and no files of its own.

    The app is made before the fork, where a refused token can still be reported in one line; its threads start after.
    """

    def __init__(self, app: SlackApp, slow: Background, settings: Settings, bot: Bot, numbers: Metrics | None) -> None:
        """Keep what the worker needs."""
        self.app, self.slow, self.settings, self.bot, self.numbers = app, slow, settings, bot, numbers
        self.working = False  # in the worker it is
        self.stop_traces: Callable[[], object] = do_nothing
        super().__init__()

    def load_config(self) -> None:
        """Set one worker with many threads; a second worker would not know which events the first one has seen."""
        given = {
            "bind": f"0.0.0.0:{self.settings.port}",
            "workers": 1,
            "worker_class": BufferingWorker,
            "threads": HTTP_THREADS,
            "graceful_timeout": GRACE,
            "keepalive": 75,
            "backlog": 1024,
            "accesslog": None,
            "control_socket_disable": True,
            "logger_class": RootLogger,
            "worker_exit": lambda arbiter, worker: self.finish(),  # gunicorn counts the parameters
        }
        for name, value in given.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[[Environ, StartResponse], Iterable[bytes]]:
        """Make the WSGI app; gunicorn calls this in the worker."""
        self.working = True
        self.slow.watch_knowledge(self.bot)
        self.app.start_threads()
        self.stop_traces = start_traces(self.settings)
        return make_wsgi_app(self.app, self.slow.executor.note_request, publish(self.numbers, self.settings))

    def finish(self) -> None:
        """Wait for answers that are under way; gunicorn calls this in its master too."""
        if self.working:
            self.slow.finish()
            self.app.close()
            self.stop_traces()


class RequestHandler(SlackRequestHandler):
    """Bolt's own adapter, which refuses what Slack never sends, with one fault corrected.

    Bolt takes every form with "payload" anywhere in it for a click, and so loses the command `/srm payload limits`
    (`parse_body` in slack_bolt/request/internals.py).
    """

    def __init__(self, app: SlackApp) -> None:
        """Take the app's signing secret too: nothing is said about a request that it did not sign."""
        super().__init__(app)
        self.verifier = SignatureVerifier(app.signing_secret)
        self.origins = slack_origins(app.slack_api_url)

    def dispatch(self, request: WsgiHttpRequest) -> BoltResponse:
        """Answer one request."""
        body, headers = request.get_body(), request.get_headers()
        check_headers(headers)
        read = BoltRequest(body=body, query=request.query_string, headers=headers)
        if body and not read.body:
            read.body = dict(parse_qsl(body, keep_blank_values=True))
            read.context = build_context(BoltContext(), read.body)
        signed = {name: str(value) for name, value in headers.items()}
        if self.verifier.is_valid_request(body, signed):  # Bolt answers what is not signed
            check_payload(read.body, self.origins)
        return self.app.dispatch(read)


def make_wsgi_app(
    app: SlackApp, done: Callable[[], object] = do_nothing, show_metrics: Responder | None = None
) -> Callable[[Environ, StartResponse], Iterable[bytes]]:
    """Wrap Bolt's own adapter in health checks and a limit on the size of a request.

    Bolt reads a body before it looks at the signature, and raises for one that is none of Slack's.

    Args:
        app: with its listeners.
        done: is called after each request.
        show_metrics: answers `/metrics`; without it there is none.
    """
    beside = first_of(partial(answer_health, make_health(app)), show_metrics)
    slack = RequestHandler(app)

    def serve(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answered = beside(environ, start_response)
        if answered is not None:
            return answered
        try:
            if int(environ.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
                start_response("413 Content Too Large", [("Content-Length", "0")])
                return []
            with bind_request_id():
                return slack(environ, start_response)
        except MALFORMED as fault:
            log.warning("request_unreadable", extra={"what": describe(fault)})
            start_response("400 Bad Request", [("Content-Length", "0")])
            return []
        finally:
            done()

    return serve

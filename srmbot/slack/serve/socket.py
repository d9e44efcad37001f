"""Bot -> a Socket Mode connection, served until SIGTERM or until the socket stays dead."""

from __future__ import annotations

import logging
import signal

from slack_sdk.errors import SlackApiError

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.errors import SrmbotError
from srmbot.slack.serve.common import (
    Background,
    answer_install,
    make_checked_app,
    make_health,
    refused_token,
    require_settings,
)
from srmbot.slack.serve.health import first_of, serve_health
from srmbot.slack.serve.logging_setup import set_up_logging
from srmbot.slack.serve.metrics import make_metrics, publish
from srmbot.slack.serve.socket_mode import ConnectionMonitor, Handler, Timeouts
from srmbot.slack.serve.traces import require_traces, start_traces

log = logging.getLogger("srmbot.slack")


def serve_socket(bot: Bot, settings: Settings, patience: Timeouts | None = None) -> int:
    """Answer over Socket Mode until SIGTERM (0), or until the socket stays dead (1).

    Raises:
        ConfigError: a token missing.
        SrmbotError: Slack refuses a token, or the port for health checks cannot be had.
    """
    require_settings(settings, "SLACK_APP_TOKEN")
    require_traces(settings)
    set_up_logging(settings.log_level)
    slow, patience = Background(), patience or Timeouts()
    app = make_checked_app(bot, settings, slow)
    handler = Handler(app, settings.app_token, patience.ping, slow.executor.note_request)
    looking = ConnectionMonitor(handler, patience)
    health = make_health(app, socket=looking.ready)
    shown = publish(make_metrics(bot, settings, app.storage, health.ready), settings)
    server = serve_health(health, settings.port, first_of(shown, answer_install(app)))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: looking.stop.set())
    stop_traces = start_traces(settings)
    try:
        open_socket(handler)
        slow.watch_knowledge(bot)
        app.start_threads()
        known = {"port": settings.port, "knowledge": bot.knowledge.version[:7]}
        log.info("serving", extra={**known, "connected": handler.client.is_connected()})
        code = looking.until_stopped()
    finally:
        handler.finish()
        slow.finish()
        app.close()
        stop_traces()
        server.shutdown()
        server.server_close()
    log.info("stopped", extra={"code": code})
    return code


def open_socket(handler: Handler) -> None:
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
        raise refused_token("SLACK_APP_TOKEN", fault) from fault
    except OSError as fault:
        raise SrmbotError(f"cannot reach Slack: {fault}", "check the network and SLACK_API_URL") from fault

"""What was logged, and how the bot is -> numbers for Prometheus, at `/metrics`.

Every event that counts is logged already, under a name that stays the same; so the log is what is counted, and a new
event is counted by one line here. No number has a workspace, a channel or a text with it.
"""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.errors import ConfigError, SrmbotError
from srmbot.slack.serve.health import Checks, Environ, HealthServer, Responder, StartResponse, start_server
from srmbot.slack.storage import Storage
from srmbot.store.database import StoreError

if TYPE_CHECKING:
    from prometheus_client.core import Metric

METRICS_PATH = "/metrics"
LOOPBACK = "127.0.0.1"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0)  # Slack waits for three
# Event in the log -> the number that it adds to, and the fields that tell one such event from another.
COUNTED_EVENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "answer_unconfirmed": ("srmbot_unconfirmed", ("surface",)),
    "answered": ("srmbot_answers", ("surface", "outcome", "reason")),
    "answers_dropped": ("srmbot_dropped", ()),
    "app_installed": ("srmbot_installed", ()),
    "app_uninstalled": ("srmbot_uninstalled", ()),
    "expected_error": ("srmbot_expected_errors", ("surface", "key")),
    "rate_limited": ("srmbot_rate_limits", ("surface",)),
    "request_unreadable": ("srmbot_unreadable", ()),
    "signature_rejected": ("srmbot_rejected_signatures", ()),
    "tip_adopted": ("srmbot_tips", ("event",)),
    "tip_came_all_the_same": ("srmbot_tips", ("event",)),
    "tip_cancelled": ("srmbot_tips", ("event",)),
    "tip_doubled": ("srmbot_tips", ("event",)),
    "tip_late": ("srmbot_tips", ("event",)),
    "tip_not_listed": ("srmbot_tips", ("event",)),
    "tip_not_posted": ("srmbot_tips", ("event",)),
    "tip_rejected": ("srmbot_tips", ("event",)),
    "tip_scheduled": ("srmbot_tips", ("event",)),
    "tip_unconfirmed": ("srmbot_tips", ("event",)),
    "tip_unsure": ("srmbot_tips", ("event",)),
    "token_rotated": ("srmbot_rotations", ("event",)),
    "token_rotation_failed": ("srmbot_rotations", ("event",)),
    "unexpected_error": ("srmbot_bugs", ("surface",)),
    "workspace_unavailable": ("srmbot_workspaces_unavailable", ()),
}
ABOUT_COUNTERS = {
    "srmbot_answers": "questions and subcommands answered",
    "srmbot_bugs": "unexpected errors, each with a traceback in the log",
    "srmbot_dropped": "stops with answers still waiting",
    "srmbot_expected_errors": "failures that can be foreseen, by their key in the log",
    "srmbot_installed": "installations",
    "srmbot_rate_limits": "times that Slack asked to wait",
    "srmbot_rejected_signatures": "requests with a wrong or old signature",
    "srmbot_rotations": "tokens replaced, or not",
    "srmbot_tips": "what became of tips",
    "srmbot_unconfirmed": "answers that Slack did not confirm",
    "srmbot_uninstalled": "installations that ended",
    "srmbot_unreadable": "requests with a part that Slack never sends",
    "srmbot_workspaces_unavailable": "times that Slack accepted nothing in a workspace",
}


class Metrics(logging.Handler):
    """Counts log records, and asks the bot how it is when somebody wants to know."""

    def __init__(self, bot: Bot, storage: Storage, checks: Checks) -> None:
        """Begin with zeros.

        Args:
            bot: whose knowledge it is.
            storage: has the subscriptions.
            checks: as for `/readyz`.

        Raises:
            ConfigError: prometheus-client is not installed.
        """
        super().__init__(logging.INFO)
        try:
            from prometheus_client import CollectorRegistry, Counter, Histogram
        except ImportError as fault:
            raise ConfigError("metrics need prometheus-client", "install srmbot[metrics]") from fault
        self.bot, self.storage, self.checks = bot, storage, checks
        self.seen = (bot.knowledge.version, time.time())  # a version of the knowledge, and when it was first seen
        self.registry = CollectorRegistry()
        names = dict(COUNTED_EVENTS.values())
        self.counters = {
            name: Counter(name, ABOUT_COUNTERS[name], names[name], registry=self.registry) for name in ABOUT_COUNTERS
        }
        self.seconds = Histogram(
            "srmbot_answer_seconds", "until an answer was sent", ("surface",), buckets=SECONDS, registry=self.registry
        )
        self.registry.register(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Count one record."""
        counted = COUNTED_EVENTS.get(record.getMessage() if not record.args else "")
        if counted is None:
            return
        name, fields = counted
        given = {"event": record.msg, **vars(record)}
        counter = self.counters[name]
        (counter.labels(*(str(given.get(field) or "") for field in fields)) if fields else counter).inc()
        if record.msg == "answered":
            self.seconds.labels(given["surface"]).observe(given["ms"] / 1000)

    def collect(self) -> Iterator[Metric]:
        """Give what is asked for only when it is read."""
        from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily

        version = self.bot.knowledge.version
        if self.seen[0] != version:
            self.seen = (version, time.time())
        yield InfoMetricFamily("srmbot_knowledge", "the knowledge that answers", value={"version": version[:7]})
        age = "seconds since the knowledge that answers was loaded"
        yield GaugeMetricFamily("srmbot_knowledge_age_seconds", age, time.time() - self.seen[1])
        faults = "problems in changed knowledge that is not used"
        yield GaugeMetricFamily("srmbot_knowledge_problems", faults, len(self.bot.problems))
        learned = "whether the knowledge that answers was learned from"
        yield GaugeMetricFamily("srmbot_knowledge_learned", learned, float(self.bot.state.learned))
        ready = GaugeMetricFamily("srmbot_ready", "whether a check of /readyz holds", labels=("check",))
        for name, check in self.checks.items():
            if (good := check()) is not None:
                ready.add_metric([name], float(good))
        yield ready
        tips = GaugeMetricFamily("srmbot_subscriptions", "channels with daily tips", labels=("state",))
        for state, count in self.count_subscriptions().items():
            tips.add_metric([state], count)
        yield tips

    def count_subscriptions(self) -> dict[str, int]:
        """Count the channels with tips; nothing while the store is away, so that no look at the numbers waits."""
        store = self.storage.store
        if store is None or self.storage.is_away or not store.exists:
            return {}
        try:
            return store.subscriptions.count(self.storage.now())
        except StoreError:
            return {}


def answer_metrics(
    metrics: Metrics, token: str | None, environ: Environ, start_response: StartResponse
) -> Iterable[bytes] | None:
    """Answer `/metrics`; None for any other path.

    Args:
        metrics: the numbers.
        token: what the reader must have; None shows them to anybody who can reach the port.
        environ: the request.
        start_response: begins the answer.
    """
    if environ.get("PATH_INFO") != METRICS_PATH or environ.get("REQUEST_METHOD") != "GET":
        return None
    given = str(environ.get("HTTP_AUTHORIZATION", "")).encode("latin-1", "replace")
    if token is not None and not hmac.compare_digest(given, f"Bearer {token}".encode()):
        headers = [("WWW-Authenticate", "Bearer"), ("Content-Length", "0")]
        start_response("401 Unauthorized", headers)
        return []
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    body = generate_latest(metrics.registry)
    start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST), ("Content-Length", str(len(body)))])
    return [body]


def make_metrics(bot: Bot, settings: Settings, storage: Storage, checks: Checks) -> Metrics | None:
    """Make the numbers, if a setting asks for them.

    Raises:
        ConfigError: prometheus-client is not installed.
    """
    if settings.metrics_token is None and settings.metrics_port is None:
        return None
    return Metrics(bot, storage, checks)


def publish(metrics: Metrics | None, settings: Settings) -> Responder | None:
    """Begin to count what is logged, and show it on a port of its own if there is one; call it after a fork.

    Returns:
        What answers `/metrics` on the port of the health checks; None where it is not shown there.

    Raises:
        SrmbotError: the port cannot be had.
    """
    if metrics is None:
        return None
    logging.getLogger().addHandler(metrics)
    if settings.metrics_port is not None:
        serve_metrics(metrics, settings.metrics_port)
    return partial(answer_metrics, metrics, settings.metrics_token) if settings.metrics_token else None


def serve_metrics(metrics: Metrics, port: int) -> HealthServer:
    """Show the numbers on a port of this machine alone, in a thread of its own.

    Raises:
        SrmbotError: the port cannot be had.
    """
    try:
        return start_server(partial(answer_metrics, metrics, None), LOOPBACK, port, "metrics")
    except OSError as fault:
        what = f"cannot listen on port {port} of {LOOPBACK}: {fault.strerror}"
        raise SrmbotError(what, "set SRMBOT_METRICS_PORT to a free port") from fault

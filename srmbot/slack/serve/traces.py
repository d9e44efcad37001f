"""Spans -> OpenTelemetry: one trace a request, sent to a collector by OTLP over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import srmbot
from srmbot.config import Settings
from srmbot.errors import ConfigError
from srmbot.slack.executor import do_nothing
from srmbot.spans import WATCHER, Say, Watch, watch_nothing

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor

EXPORTER = "opentelemetry.exporter.otlp.proto.http"


def require_traces(settings: Settings) -> None:
    """Make sure that traces can be sent, if a setting asks for them.

    Raises:
        ConfigError: OpenTelemetry is not installed.
    """
    if settings.traces and not is_installed():
        raise ConfigError("traces need OpenTelemetry", "install srmbot[traces]")


def is_installed() -> bool:
    """Whether the extra is there."""
    try:
        return find_spec(EXPORTER) is not None
    except ModuleNotFoundError:  # not even the packages above it
        return False


def start_traces(settings: Settings) -> Callable[[], object]:
    """Begin to send traces, if a setting asks for them; call it after a fork, because it starts a thread.

    Returns:
        What sends the last ones.
    """
    if settings.traces is None:
        return do_nothing
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    processor = BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.traces))
    WATCHER.watch = watch_with(processor)

    def stop() -> None:
        WATCHER.watch = watch_nothing
        processor.shutdown()  # type: ignore[no-untyped-call]

    return stop


def watch_with(processor: SpanProcessor) -> Watch:
    """Make what hands spans to a processor; those within a request belong to its trace, in other threads too."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import SpanKind

    about = Resource({"service.name": "srmbot", "service.version": srmbot.__version__})
    provider = TracerProvider(resource=about)
    provider.add_span_processor(processor)
    tracer = provider.get_tracer("srmbot", srmbot.__version__)
    kinds = {"receive": SpanKind.SERVER, "post": SpanKind.CLIENT}

    @contextmanager
    def watch(name: str) -> Iterator[Say]:
        kind = kinds.get(name, SpanKind.INTERNAL)
        # an exception's text may quote a user, so that only its kind is said
        with tracer.start_as_current_span(
            name, kind=kind, record_exception=False, set_status_on_exception=False
        ) as made:
            try:
                yield lambda key, value: made.set_attribute(f"srmbot.{key}", value)
            except BaseException as fault:
                made.set_attribute("error.type", type(fault).__name__)
                raise

    return watch

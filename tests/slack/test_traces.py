"""Traces: what is timed of a request, and that nothing of what people wrote gets into them."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from srmbot.config import Settings
from srmbot.errors import ConfigError
from srmbot.slack.serve import traces
from srmbot.spans import SPAN_NAMES, WATCHER, span, watch_nothing
from tests.support.served_app import LONG, PATH, process, tokens, until
from tests.support.serving import serve_in_thread

QUESTION = "who sets the backup retention on rds for zanzibar?"


@pytest.fixture
def spans(monkeypatch):
    """What is exported; read it once it is complete."""
    exporter = InMemorySpanExporter()
    monkeypatch.setattr(WATCHER, "watch", traces.watch_with(SimpleSpanProcessor(exporter)))
    return exporter


def named(spans, *names):
    """The spans of the last request by name, once there are some of these names."""
    found = until(lambda: {each.name: each for each in spans.get_finished_spans()})
    until(lambda: found.update({each.name: each for each in spans.get_finished_spans()}) or {*names} <= found.keys())
    return found


def parents(found):
    """By name of a span the name of the one that it is in."""
    names = {each.context.span_id: name for name, each in found.items()}
    return {name: names.get(each.parent.span_id) if each.parent else None for name, each in found.items()}


def test_a_command_is_one_trace(slack, spans):
    assert slack.slash(f"/srm {QUESTION}").acknowledged
    found = named(spans, "receive")
    assert parents(found) == {"receive": None, "read": "receive", "answer": "receive", "match": "answer"}
    said = dict(found["answer"].attributes)
    assert said == {"srmbot.outcome": "sure", "srmbot.confidence": pytest.approx(0.9, abs=0.1)}


def test_a_mention_is_one_trace_although_another_thread_answers(slack, spans):
    slack.answers(slack.mention(QUESTION))
    found = named(spans, *SPAN_NAMES)
    assert len({each.context.trace_id for each in found.values()}) == 1
    assert parents(found)["post"] == "receive"
    assert found.keys() == {*SPAN_NAMES}


def test_no_text_gets_into_a_trace(slack, spans):
    slack.answers(slack.mention(QUESTION))
    named(spans, *SPAN_NAMES)
    said = " ".join(each.to_json() for each in spans.get_finished_spans())
    for secret in ("zanzibar", "retention", "backup", slack.user.id, slack.channel.id, slack.bot_token):
        assert secret not in said


def test_of_an_error_only_the_kind_is_said(spans):
    with pytest.raises(ValueError, match="zanzibar"), span("read"):
        raise ValueError("zanzibar")
    [only] = spans.get_finished_spans()
    assert dict(only.attributes) == {"error.type": "ValueError"}
    assert (only.events, only.status.description) == ((), None)


def test_nobody_watches_unless_a_setting_says_so():
    assert WATCHER.watch is watch_nothing
    traces.require_traces(Settings())
    traces.start_traces(Settings())()
    assert WATCHER.watch is watch_nothing


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(traces, "EXPORTER", "opentelemetry_is_not.here")
    with pytest.raises(ConfigError, match=r"^traces need OpenTelemetry \(install srmbot\[traces\]\)$"):
        traces.require_traces(Settings(traces="http://127.0.0.1:4318/v1/traces"))


RECEIVED: list[bytes] = []


class Collector(BaseHTTPRequestHandler):
    """Keeps what comes."""

    def do_POST(self):
        RECEIVED.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *given):
        pass


@pytest.mark.parametrize("way", ["http", "socket"])
def test_a_process_sends_its_last_traces_when_it_ends(bare, cache_folder, tmp_path, way):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    serve_in_thread(server)
    RECEIVED.clear()
    environment = {**tokens(bare, cache_folder), "SRMBOT_TRACES": f"http://127.0.0.1:{server.server_port}/v1/traces"}
    with process(tmp_path, "serve", f"--{way}", **environment) as running:
        running.until(lambda: running.get("/readyz")[0] == 200, LONG)
        if way == "http":
            bare.app_url = f"http://127.0.0.1:{running.port}{PATH}"
        assert bare.slash(f"/srm {QUESTION}").acknowledged
        running.stop()
        assert running.end(LONG) == 0, running.log
    server.shutdown()
    server.server_close()
    sent = b"".join(RECEIVED)
    assert [name for name in ("receive", "read", "match", "answer") if name.encode() not in sent] == []
    assert b"zanzibar" not in sent

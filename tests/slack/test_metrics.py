"""`/metrics`: what is counted, and who may see it."""

import ast
import builtins
import json
import logging
import re
import time
import urllib.error
import urllib.request
from dataclasses import replace

import pytest

from srmbot.config import Settings
from srmbot.errors import ConfigError
from srmbot.slack.serve import metrics as module
from srmbot.slack.serve.logging_setup import set_up_logging
from srmbot.slack.serve.metrics import ABOUT_COUNTERS, COUNTED_EVENTS, Metrics, make_metrics, publish
from srmbot.slack.storage import Storage
from srmbot.tips import Subscription, When
from tests.support.served_app import LONG, PATH, ROOT, free_port, process, tokens

TOKEN = "not-for-everybody"
log = logging.getLogger("srmbot.slack")


@pytest.fixture
def numbers(bot):
    made = Metrics(bot, Storage(None), {"database": lambda: False, "socket": lambda: True, "token": lambda: None})
    logging.getLogger().addHandler(made)
    log.setLevel(logging.INFO)
    yield made
    logging.getLogger().removeHandler(made)


def value(numbers, name, **labels):
    return numbers.registry.get_sample_value(name, labels)


def read(port, path, token=None):
    """A status and a body."""
    headers = {"Authorization": token} if token else {}
    try:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_answers_are_counted_by_surface_and_outcome_with_their_seconds(numbers):
    for ms in (2.0, 40.0):
        log.info("answered", extra={"surface": "slash", "ms": ms, "outcome": "sure"})
    log.info("answered", extra={"surface": "slash", "ms": 1.0})  # a subcommand has no outcome
    assert value(numbers, "srmbot_answers_total", surface="slash", outcome="sure", reason="") == 2
    assert value(numbers, "srmbot_answers_total", surface="slash", outcome="", reason="") == 1
    assert value(numbers, "srmbot_answer_seconds_count", surface="slash") == 3
    assert value(numbers, "srmbot_answer_seconds_bucket", surface="slash", le="0.0025") == 2


def test_errors_waits_and_tips_are_counted(numbers):
    log.warning("expected_error", extra={"surface": "mention", "key": "is_archived", "what": "text"})
    log.info("rate_limited", extra={"team": "T1", "seconds": 3})
    log.info("tip_scheduled", extra={"team": "T1", "channel": "C1"})
    log.error("unexpected_error", extra={"surface": "slash"})
    log.warning("answers_dropped", extra={"count": 3})
    assert value(numbers, "srmbot_expected_errors_total", surface="mention", key="is_archived") == 1
    assert value(numbers, "srmbot_rate_limits_total", surface="") == 1
    assert value(numbers, "srmbot_tips_total", event="tip_scheduled") == 1
    assert value(numbers, "srmbot_bugs_total", surface="slash") == 1
    assert value(numbers, "srmbot_dropped_total") == 1


def test_what_others_log_counts_for_nothing(numbers):
    before = [
        sample for each in numbers.registry.collect() for sample in each.samples if sample.name.endswith("_total")
    ]
    logging.getLogger("urllib3").warning("answered %s", "x")
    log.info("serving", extra={"port": 1})
    after = [sample for each in numbers.registry.collect() for sample in each.samples if sample.name.endswith("_total")]
    assert [each[:3] for each in before] == [each[:3] for each in after]


def test_how_the_bot_is_is_asked_when_it_is_read(numbers, bot):
    assert value(numbers, "srmbot_ready", check="database") == 0
    assert value(numbers, "srmbot_ready", check="socket") == 1
    assert value(numbers, "srmbot_ready", check="token") is None
    assert value(numbers, "srmbot_knowledge_info", version=bot.knowledge.version[:7]) == 1
    assert 0 <= value(numbers, "srmbot_knowledge_age_seconds") < 60
    assert value(numbers, "srmbot_knowledge_problems") == 0


def test_channels_with_tips_are_counted(numbers, store):
    numbers.storage = Storage(None)
    numbers.storage.store = store
    now = time.time()
    for name, since in (("C1", now), ("C2", now - 10_000)):
        store.subscriptions.subscribe(Subscription("T1", name, When(), (), "U1", int(since)))
    assert value(numbers, "srmbot_subscriptions", state="on") == 2
    assert value(numbers, "srmbot_subscriptions", state="paused") == 0
    assert value(numbers, "srmbot_subscriptions", state="late") == 1  # nobody has looked after it
    numbers.storage.away_until = time.monotonic() + 60
    assert value(numbers, "srmbot_subscriptions", state="on") is None


def test_nothing_is_counted_unless_a_setting_asks_for_it(bot):
    assert make_metrics(bot, Settings(), Storage(None), {}) is None
    assert publish(None, Settings()) is None


def test_what_is_not_installed_is_named(bot, monkeypatch):
    whole = builtins.__import__

    def without(name, *rest):
        if name.startswith("prometheus_client"):
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigError) as caught:
        make_metrics(bot, Settings(metrics_token=TOKEN), Storage(None), {})
    assert str(caught.value) == "metrics need prometheus-client (install srmbot[metrics])"


def test_every_event_that_is_counted_is_logged_somewhere():
    names = {
        node.args[0].value
        for path in (ROOT / "srmbot").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
    } | {"signature_rejected"}
    assert set(COUNTED_EVENTS) <= names
    assert {name for name, _ in COUNTED_EVENTS.values()} == set(ABOUT_COUNTERS)
    assert list(COUNTED_EVENTS) == sorted(COUNTED_EVENTS)


def test_what_is_counted_need_not_be_written(numbers, capsys):
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        set_up_logging("WARNING")
        root.addHandler(numbers)
        log.info("tip_adopted", extra={"team": "T1"})
        log.warning("tip_rejected", extra={"team": "T1"})
    finally:
        root.handlers[:], root.level = handlers, level
    assert value(numbers, "srmbot_tips_total", event="tip_adopted") == 1
    written = capsys.readouterr().err
    assert "tip_rejected" in written
    assert "tip_adopted" not in written


@pytest.mark.parametrize("way", ["--http", "--socket"])
def test_a_process_shows_its_numbers_to_who_has_the_token_and_on_a_port_of_its_own(bare, cache_folder, tmp_path, way):
    own = free_port()
    given = tokens(bare, cache_folder) | {"SRMBOT_METRICS_TOKEN": TOKEN, "SRMBOT_METRICS_PORT": str(own)}
    with process(tmp_path, "serve", way, **given) as running:
        running.until(lambda: running.get("/readyz")[0] == 200, LONG)
        if way == "--http":
            bare.app_url = f"http://127.0.0.1:{running.port}{PATH}"
        assert bare.slash("/srm backups").acknowledged
        running.until(lambda: "answered" in running.log)  # through its response_url, after the acknowledgement
        for wrong in (None, "Bearer wrong", f"Basic {TOKEN}", "Bearer", "Bearer ü"):
            assert read(running.port, "/metrics", wrong and wrong.encode().decode("latin-1")) == (401, "")
        status, shown = read(running.port, "/metrics", f"Bearer {TOKEN}")
        assert status == 200
        assert 'srmbot_answers_total{outcome="sure",reason="",surface="slash"} 1.0' in shown
        assert "srmbot_knowledge_learned 1.0" in shown
        assert read(own, "/metrics")[0] == 200
        assert read(own, "/readyz")[0] == 404
        assert not re.search(r"T0STAND|xox|U0000|C0000", shown)  # no workspace, channel, person or secret
        assert TOKEN not in running.log
    assert module.LOOPBACK == "127.0.0.1"


def test_without_the_settings_there_is_no_page(bare, cache_folder, tmp_path):
    with process(tmp_path, "serve", "--socket", **tokens(bare, cache_folder)) as running:
        running.until(lambda: running.get("/readyz")[0] == 200, LONG)
        assert running.get("/metrics")[0] == 404


def test_the_dashboard_and_the_alerts_ask_for_numbers_that_there_are(numbers):
    known = {sample.name for each in numbers.registry.collect() for sample in each.samples}
    known |= {f"{name}_total" for name in ABOUT_COUNTERS} | {
        f"srmbot_answer_seconds_{part}" for part in ("bucket", "count")
    }
    known |= {"srmbot_subscriptions"}
    folder = ROOT / "deploy" / "monitoring"
    for text in ((folder / "dashboard.json").read_text(), (folder / "alerts.yaml").read_text()):
        asked = set(re.findall(r"\bsrmbot_\w+", text))
        assert asked
        assert asked <= known
    assert json.loads((folder / "dashboard.json").read_text())["title"] == "srmbot"


def test_settings_hide_the_token():
    assert TOKEN not in repr(replace(Settings(), metrics_token=TOKEN))

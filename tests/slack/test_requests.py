"""What comes in over HTTP besides Slack's own requests: refused in a line, without a trace of the body."""

import http.client
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.slack.app import make_app
from srmbot.slack.serve.http import LARGEST
from srmbot.slack.serve.logging_setup import OneLine
from tests.support.served_app import PATH, settings_of

QUESTION = "/srm who patches zanzibar?"


def ask(slack, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    """One plain request."""
    parts = urlsplit(slack.app_url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("forgery", ["signature", "stale", "unsigned"])
def test_what_slack_has_not_signed_just_now_is_refused(slack, log, forgery):
    delivery = slack.slash(QUESTION, forgery=forgery)
    assert (delivery.status, delivery.json) == (401, {"error": "invalid request"})
    assert slack.ephemerals() == []
    [line] = log.lines("signature_rejected")
    assert "INFO signature_rejected logger=slack_bolt.RequestVerification request_id=" in line
    assert "zanzibar" not in log.text


def test_a_forged_event_is_refused_at_every_try(slack, log):
    said = slack.event({"type": "app_mention", "text": "zanzibar"}, forgery="signature")
    assert [each.status for each in (said, *said.tries)] == [401] * 4
    assert "zanzibar" not in log.text


def test_the_request_url_can_be_verified(slack):
    delivery = slack.verify_url()
    assert (delivery.status, delivery.json) == (200, {"challenge": "a-challenge"})


BODIES = {
    "no JSON": (b'{"type": zanzibar', "application/json"),
    "no object": (b'["zanzibar"]', "application/json"),
    "a number": (b"17", "application/json"),
    "null": (b"null", "application/json"),
    "no text": (b"\xff\xfe\x00zanzibar", "application/x-www-form-urlencoded"),
    "a payload that is no JSON": (b"payload=zanzibar", "application/x-www-form-urlencoded"),
    "a payload that is a list": (b"payload=[]", "application/x-www-form-urlencoded"),
    "nested too deep": (b"[" * 200_000, "application/json"),
    "nothing": (b"", "application/json"),
    "fields of other kinds": (b'{"event": 17, "team": [], "authorizations": {}}', "application/json"),
}


@pytest.mark.parametrize(("body", "kind"), BODIES.values(), ids=BODIES)
def test_what_cannot_be_read_is_refused_without_a_traceback(slack, log, body, kind):
    status, _ = ask(slack, "POST", PATH, body, Content_Type=kind)
    assert status in (400, 401)
    assert "Traceback" not in log.text
    assert "zanzibar" not in log.text
    assert slack.slash("/srm backups").acknowledged


def test_a_request_that_is_too_large_is_refused(slack):
    status, body = ask(slack, "POST", PATH, Content_Length=str(LARGEST + 1))
    assert (status, body) == (413, b"")
    status, _ = ask(slack, "POST", PATH, b"x" * LARGEST)
    assert status == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/healthz", 200),
        ("HEAD", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("POST", "/healthz", 404),
        ("GET", PATH, 404),
        ("POST", "/elsewhere", 404),
        ("GET", "/slack/install", 404),
    ],
)
def test_paths(slack, method, path, status):
    assert ask(slack, method, path)[0] == status


def test_health_tells_what_it_looked_at(slack):
    assert json.loads(ask(slack, "GET", "/healthz")[1]) == {"ok": True}
    assert json.loads(ask(slack, "GET", "/readyz")[1]) == {"ok": True, "knowledge": True}


def test_the_token_is_kept_whatever_else_the_environment_says(bare, bot, monkeypatch):
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "from elsewhere")
    with ThreadPoolExecutor(1) as executor:
        app = make_app(bot, settings_of(bare), executor)
    assert (app.client.token, app.oauth_flow) == (bare.bot_token, None)
    assert [call.ok for call in bare.calls("auth.test")] == [True]


def test_the_token_is_not_asked_about_where_nobody_wants_to(bare, bot):
    with ThreadPoolExecutor(1) as executor:
        make_app(bot, settings_of(bare), executor, verify=False)
    assert bare.calls() == []


@given(st.text(), st.text())
def test_a_record_is_one_line_whatever_is_in_it(message, extra):
    record = logging.makeLogRecord({"msg": "%s", "args": (message,), "name": "srmbot", "given": extra})
    line = OneLine().format(record)
    assert line.splitlines() == [line]
    line.encode()  # a stray half of a surrogate pair would stop the stream


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-1-2-abcDEF",
        "xoxe.xoxp-1-Mi0yLTEyMw",
        "xapp-1-A0-1-abc",
        "v0=" + "0a" * 32,
        "https://hooks.slack.com/commands/T0/1/abc",
        "wss://wss-primary.slack.com/link/?ticket=abc&app_id=1",
    ],
)
def test_no_secret_is_written(secret):
    try:
        raise ValueError(f"in here: {secret}!")
    except ValueError as error:
        given = {
            "msg": f"in {secret}",
            "exc_info": (type(error), error, error.__traceback__),
            "name": "x",
            "what": secret,
        }
    line = OneLine().format(logging.makeLogRecord(given))
    assert secret.rpartition(".")[2].strip("!") not in line
    assert line.count("[secret]") == 3

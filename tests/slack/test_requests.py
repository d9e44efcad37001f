"""What comes in over HTTP besides Slack's own requests: refused in a line, without a trace of the body."""

import http.client
import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.fake_slack import FakeSlack, Timing
from srmbot.fake_slack.events import Envelope, sign
from srmbot.slack.app import make_app
from srmbot.slack.serve.logging_setup import OneLine
from srmbot.slack.serve.worker import LARGEST_BODY
from tests.support.served_app import PATH, over_socket, settings_of

QUESTION = "/srm who patches zanzibar?"


@pytest.fixture
def socket_slack(log, bot):
    """A stand-in with the app over a socket; it waits for no acknowledgement."""
    with FakeSlack(timing=Timing(acknowledge=0.3, retries=())) as slack, over_socket(slack, bot):
        yield slack


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


HEADERS = {
    # what is sent instead of a timestamp or a signature
    "no number": {"X_Slack_Request_Timestamp": "abc"},
    "blank": {"X_Slack_Request_Timestamp": ""},
    "a float": {"X_Slack_Request_Timestamp": "1e9"},
    "no number at all": {"X_Slack_Request_Timestamp": "NaN"},
    "too many digits": {"X_Slack_Request_Timestamp": "9" * 400},
    "negative": {"X_Slack_Request_Timestamp": "-1"},
    "other digits": {"X_Slack_Request_Timestamp": "٣".encode().decode("latin-1")},
    "no ASCII": {"X_Slack_Signature": "v0=\xe9"},
    "a blank signature": {"X_Slack_Signature": ""},
}


@pytest.mark.parametrize("changed", HEADERS.values(), ids=HEADERS)
def test_a_signature_that_cannot_be_compared_is_refused_in_one_line(slack, log, changed):
    body = urlencode({"command": "/srm", "text": QUESTION}).encode()
    headers = {"X_Slack_Request_Timestamp": "1700000000", "X_Slack_Signature": "v0=" + "0" * 64, **changed}
    status, said = ask(slack, "POST", PATH, body, Content_Type="application/x-www-form-urlencoded", **headers)
    assert (status, said) == (400, b"")
    [line] = log.lines("request_unreadable what=x-slack-")
    assert " WARNING " in line
    assert "Traceback" not in log.text
    assert slack.slash("/srm backups").acknowledged


VIEW = {"type": "modal", "callback_id": "asking"}
MENTION = {"type": "app_mention", "channel": "C1", "ts": "1.2", "user": "U1", "text": "zanzibar"}
SHAPES = {
    # a payload that is signed, and the part of it that Slack never sends
    "nothing was clicked": ({"type": "block_actions", "actions": []}, "actions"),
    "no list of clicks": ({"type": "block_actions", "actions": {"zanzibar": 1}}, "actions"),
    "a click that is a word": ({"type": "block_actions", "actions": ["zanzibar"]}, "actions"),
    "a value of another kind": ({"type": "block_actions", "actions": [{"action_id": "ask", "value": 1}]}, "value"),
    "a view without a type": ({"type": "view_submission", "view": {"callback_id": "asking"}}, "view.type"),
    "a view without a name": ({"type": "view_submission", "view": {"type": "modal"}}, "view.callback_id"),
    "no view": ({"type": "view_submission"}, "view.type"),
    "a view that is a list": ({"type": "view_closed", "view": [VIEW]}, "view"),
    "an event that is a number": ({"type": "event_callback", "event": 17}, "event"),
    "a mention without a channel": ({"type": "event_callback", "event": MENTION | {"channel": None}}, "event.channel"),
    "a mention without a time": ({"type": "event_callback", "event": MENTION | {"ts": 1.2}}, "event.ts"),
    "a mention with another text": (
        {"type": "event_callback", "event": MENTION | {"text": ["zanzibar"]}},
        "event.text",
    ),
    "a command of another kind": ({"command": 17, "text": "zanzibar"}, "command"),
}


@pytest.mark.parametrize(("payload", "part"), SHAPES.values(), ids=SHAPES)
def test_what_slack_never_sends_is_refused_in_one_line_even_if_it_is_signed(slack, log, payload, part):
    body, at = json.dumps(payload).encode(), int(time.time())
    headers = {"X_Slack_Request_Timestamp": str(at), "X_Slack_Signature": sign(slack.signing_secret, at, body)}
    status, said = ask(slack, "POST", PATH, body, Content_Type="application/json", **headers)
    assert (status, said) == (400, b"")
    [line] = log.lines("WARNING request_unreadable what=")
    assert part in line
    assert "zanzibar" not in log.text
    assert "Traceback" not in log.text


@pytest.mark.parametrize(("payload", "part"), SHAPES.values(), ids=SHAPES)
def test_what_slack_never_sends_over_a_socket_is_left_alone(socket_slack, log, payload, part):
    socket_slack.sockets.send(Envelope("interactive", payload))
    [line] = log.lines("request_unreadable")
    assert part in line
    assert "Traceback" not in log.text
    assert socket_slack.slash("/srm backups").acknowledged


def test_a_form_without_its_fields_is_blank(slack):
    payload = {"type": "view_submission", "view": VIEW, "user": {"id": "U1"}, "team": "T1"}
    assert slack.send("interactive", payload).json["errors"] == {"question": "Type a question, for example: backups"}


def test_a_request_that_is_too_large_is_refused(slack):
    status, body = ask(slack, "POST", PATH, Content_Length=str(LARGEST_BODY + 1))
    assert (status, body) == (413, b"")
    status, _ = ask(slack, "POST", PATH, b"x" * LARGEST_BODY)
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
    assert json.loads(ask(slack, "GET", "/readyz")[1]) == {"ready": True, "reasons": [], "notes": []}


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
        "https://hooks.slack-gov.com/actions/T0/1/abc",
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

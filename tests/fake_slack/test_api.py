"""The Web API through a real WebClient, and by hand where the client would not send such a thing."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from slack_sdk import WebClient

from srmbot.fake_slack import FakeSlack, Timing

from .conftest import BLOCKS
from .raw import post, refusal


class TestTokens:
    def test_who_am_i(self, bare, client):
        assert client.auth_test()["user_id"] == bare.bot_user_id

    def test_token_in_the_form(self, bare):
        status, body = post(f"{bare.api_url}auth.test", urlencode({"token": bare.bot_token}).encode())
        assert (status, json.loads(body)["ok"]) == (200, True)
        assert "token" not in bare.calls("auth.test")[0].params

    def test_json_and_form_bodies(self, bare):
        params = {"channel": bare.channel.id, "text": "x", "blocks": BLOCKS}
        url, kind = f"{bare.api_url}chat.postMessage", "application/json; charset=utf-8"
        as_form = urlencode({**params, "blocks": json.dumps(BLOCKS)}).encode()
        assert json.loads(post(url, json.dumps(params).encode(), bare.bot_token, kind)[1])["ok"]
        assert json.loads(post(url, as_form, bare.bot_token)[1])["ok"]
        assert [each.blocks for each in bare.messages()] == [BLOCKS, BLOCKS]

    @pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth")])
    def test_refuses(self, bare, token, error):
        assert json.loads(post(f"{bare.api_url}auth.test", token=token)[1]) == {"ok": False, "error": error}

    def test_each_token_opens_its_own_door(self, bare, client):
        app = WebClient(bare.app_token, base_url=bare.api_url)
        assert refusal(app.auth_test)["error"] == "not_allowed_token_type"
        assert refusal(client.apps_connections_open, app_token=bare.bot_token)["error"] == "not_allowed_token_type"
        assert refusal(client.apps_connections_open, app_token="xapp-wrong")["error"] == "invalid_auth"
        assert client.apps_connections_open(app_token=bare.app_token)["url"].startswith("ws://127.0.0.1:")

    def test_unknown_method(self, client):
        assert refusal(client.api_call, "chat.shout")["error"] == "unknown_method"


SCOPED = [
    # method, params, scope
    ("chat.postMessage", {"channel": "C", "text": "x"}, "chat:write"),
    ("chat.scheduleMessage", {"channel": "C", "text": "x", "post_at": 1}, "chat:write"),
    ("conversations.history", {"channel": "C"}, "channels:history"),
    ("conversations.replies", {"channel": "C", "ts": "1.1"}, "channels:history"),
    ("conversations.info", {"channel": "C"}, "channels:read"),
    ("conversations.open", {"users": "U"}, "im:write"),
    ("users.info", {"user": "U"}, "users:read"),
    ("files.info", {"file": "F"}, "files:read"),
    ("assistant.threads.setSuggestedPrompts", {"channel_id": "C", "prompts": "[]"}, "assistant:write"),
    ("assistant.threads.setStatus", {"channel_id": "C", "status": "x"}, "chat:write"),
]


@pytest.mark.parametrize(("method", "params", "scope"), SCOPED, ids=[row[0] for row in SCOPED])
def test_wants_its_scope(method, params, scope):
    with FakeSlack(scopes=["commands"]) as slack:
        known = {"C": slack.channel.id, "U": slack.user.id}
        params = {name: known.get(value, value) for name, value in params.items()}
        answer = refusal(WebClient(slack.bot_token, base_url=slack.api_url).api_call, method, params=params)
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", scope, "commands")


class TestFaults:
    def test_error_then_all_is_well(self, bare, client):
        bare.fail_next("chat.postMessage", error="fatal_error")
        assert refusal(client.chat_postMessage, channel=bare.channel.id, text="x")["error"] == "fatal_error"
        assert client.chat_postMessage(channel=bare.channel.id, text="x")["ok"]
        assert [each.text for each in bare.messages()] == ["x"]

    def test_status(self, bare, client):
        bare.fail_next("auth.test", status=503)
        assert refusal(client.auth_test).status_code == 503

    def test_delay_and_latency(self, bare, client):
        bare.api.latency = 0.12
        bare.fail_next("auth.test", delay=0.2)
        started = time.monotonic()
        client.auth_test()
        assert time.monotonic() - started >= 0.32

    def test_accepted_but_never_answered(self, bare, client):
        """The SDK sends again when the connection breaks: such a post is doubled, as with Slack."""
        bare.fail_next("chat.postMessage", drop_after_accept=True)
        client.chat_postMessage(channel=bare.channel.id, text="x")
        assert [each.text for each in bare.messages()] == ["x", "x"]

    def test_rate_limit_by_channel(self, bare, client):
        bare.rate_limit("chat.postMessage", 1, seconds=30, by="channel")
        client.chat_postMessage(channel=bare.channel.id, text="x")
        answer = refusal(client.chat_postMessage, channel=bare.channel.id, text="x")
        assert (answer.status_code, answer["error"]) == (429, "ratelimited")
        assert 29 <= int(answer.headers["Retry-After"]) <= 30
        client.chat_postMessage(channel=bare.user.id, text="x")
        bare.advance(30)
        client.chat_postMessage(channel=bare.channel.id, text="x")
        assert len(bare.messages()) == 2

    def test_one_429(self, bare, client):
        bare.fail_next("auth.test", status=429, retry_after=7)
        assert refusal(client.auth_test).headers["Retry-After"] == "7"


def test_bears_200_calls_at_once():
    """All in flight together, each taking 0.3 s: they end in far less than one after the other would."""
    with FakeSlack(timing=Timing(latency=0.3)) as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url, timeout=20)
        gate = threading.Barrier(200)

        def call(number):
            gate.wait()
            return client.chat_postMessage(channel=slack.channel.id, text=str(number))["ts"]

        started = time.monotonic()
        with ThreadPoolExecutor(200) as pool:
            stamps = list(pool.map(call, range(200)))
        assert time.monotonic() - started < 40  # of 60
        assert len(set(stamps)) == len(slack.messages()) == 200
        ordered = [each.ts for each in slack.messages()]
        assert ordered == sorted(ordered)

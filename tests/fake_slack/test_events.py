"""Deliveries, retries, signatures and response URLs, against apps that are slow, wrong or gone."""

import json

import pytest

from srmbot.fake_slack import FakeSlack

from .conftest import BLOCKS, QUICK
from .raw import BROKEN, EVENT, OK, SLOW, raw_app


class TestRetries:
    def test_none_when_acknowledged(self):
        with raw_app(OK) as (slack, got):
            assert slack.event(EVENT).acknowledged
        assert len(got) == 1
        assert "X-Slack-Retry-Num" not in got[0][0]

    def test_until_acknowledged(self):
        with raw_app(SLOW, BROKEN, OK) as (slack, got):
            delivery = slack.event(EVENT)
        assert (delivery.timed_out, delivery.acknowledged, delivery.reached) == (True, False, True)
        retries = [(head.get("X-Slack-Retry-Num"), head.get("X-Slack-Retry-Reason")) for head, _ in got]
        assert retries == [(None, None), ("1", "http_timeout"), ("2", "http_error")]
        assert len({json.loads(body)["event_id"] for _, body in got}) == 1

    def test_three_and_no_more(self):
        with raw_app(BROKEN) as (slack, got):
            assert not slack.event(EVENT).reached
        assert len(got) == 4

    def test_none_if_the_app_forbids_it(self):
        with raw_app((500, {"X-Slack-No-Retry": "1"}, b"", 0)) as (slack, got):
            slack.event(EVENT)
        assert len(got) == 1

    def test_none_for_a_command(self):
        with raw_app(BROKEN) as (slack, got):
            delivery = slack.slash("/srm x")
        assert (delivery.status, delivery.failure, len(got)) == (500, "dispatch_failed", 1)

    def test_nobody_there(self):
        with FakeSlack(app_url="http://127.0.0.1:9/", timing=QUICK) as slack:
            delivery = slack.event(EVENT)
        assert (delivery.status, len(delivery.tries)) == (None, 3)
        assert "connection_failed" in delivery.error


class TestCommandResponses:
    def answer(self, headers, body):
        with raw_app((200, headers, body, 0)) as (slack, _):
            return slack, slack.slash("/srm x").message

    def test_plain_text(self):
        slack, message = self.answer({"Content-Type": "text/plain"}, b"hello")
        assert (message.text, message.viewer) == ("hello", slack.user.id)

    def test_json_for_all(self):
        body = json.dumps({"response_type": "in_channel", "text": "x", "blocks": BLOCKS}).encode()
        slack, message = self.answer({"Content-Type": "application/json"}, body)
        assert (message.viewer, slack.messages()) == (None, [message])

    def test_nothing(self):
        slack, message = self.answer({}, b"")
        assert (message, slack.complaints) == (None, [])

    def test_json_without_its_content_type_is_shown_as_it_is(self):
        _, message = self.answer({"Content-Type": "text/plain"}, b'{"text": "x"}')
        assert message.text == '{"text": "x"}'

    @pytest.mark.parametrize("sent", [{"blocks": [{"type": "x"}], "text": "x"}, {"response_type": "ephemeral"}])
    def test_what_slack_would_not_show_is_complained_of(self, sent):
        slack, message = self.answer({"Content-Type": "application/json"}, json.dumps(sent).encode())
        assert message is None
        assert slack.ephemerals() == []
        assert slack.complaints


def test_forged_requests_are_refused_by_bolt(slack):
    if slack.app_url:
        for forgery in ("signature", "stale", "unsigned"):
            assert slack.slash("/srm x", forgery=forgery).status == 401
    assert slack.slash("/srm x").acknowledged


def test_url_verification(slack):
    if slack.app_url:
        assert slack.verify_url().json == {"challenge": "a-challenge"}


def assert_second(edited: str, ts: str) -> None:
    """An edit's time is a whole second, not before that of the message."""
    assert edited.endswith(".000000")
    assert int(float(edited)) >= int(float(ts))


class TestSubscriptions:
    def test_only_what_is_subscribed_and_allowed(self, bare):
        bare.events = {"app_mention", "message.channels"}
        assert bare.say("hello").deliveries[0].payload["event"]["type"] == "message"
        assert bare.mention("hello").deliveries[0].payload["event"]["type"] == "message"  # no app_mentions:read
        bare.workspace.scopes.add("app_mentions:read")
        kinds = [each.payload["event"]["type"] for each in bare.mention("hello").deliveries]
        assert kinds == ["app_mention", "message"]
        assert bare.mention("hello", bare.elsewhere).deliveries == []
        assert bare.direct("hello").deliveries == []

    def test_what_an_event_holds(self, bare):
        said = bare.direct("hello")
        payload = said.delivery.payload
        event = payload["event"]
        assert (event["channel_type"], event["ts"], event["event_ts"]) == ("im", said.ts, said.ts)
        assert payload["authorizations"][0]["user_id"] == bare.bot_user_id
        reply = bare.direct("again", thread_ts=said.ts)
        assert (reply.delivery.payload["event"]["thread_ts"], reply.thread) == (said.ts, said.ts)

    def test_the_same_event_twice(self, bare):
        first, second = (bare.event(EVENT, event_id="Ev1").payload["event_id"] for _ in range(2))
        assert first == second == "Ev1"

    def test_an_edit(self, bare):
        message = bare.direct("hello").message
        event = bare.edit(message, "hallo").payload["event"]
        assert (event["subtype"], event["message"]["text"]) == ("message_changed", "hallo")
        assert event["message"]["ts"] == message.ts
        assert_second(event["message"]["edited"]["ts"], message.ts)

    def test_a_deletion(self, bare):
        message = bare.direct("hello").message
        event = bare.delete(message).payload["event"]
        assert (event["subtype"], event["deleted_ts"], event["previous_message"]["text"]) == (
            "message_deleted",
            message.ts,
            "hello",
        )
        assert bare.messages(message.channel) == []
        assert bare.delete(bare.post("in a channel that is not heard", bare.elsewhere)) is None

    def test_somebody_of_another_organisation(self, bare):
        bare.other.team = "T0OUTSIDER"
        payload = bare.direct("hello", bare.other).delivery.payload
        assert (payload["event"]["user_team"], payload["authorizations"][0]["team_id"]) == ("T0OUTSIDER", bare.team_id)

    def test_an_edited_mention_is_a_mention_again(self, bare):
        bare.events = {"app_mention"}
        bare.workspace.scopes.add("app_mentions:read")
        message = bare.post("hello")
        assert bare.edit(message, "hallo") is None
        event = bare.edit(message, f"<@{bare.bot_user_id}> hallo").payload["event"]
        assert (event["type"], event["ts"], event["text"]) == ("app_mention", message.ts, message.text)
        assert_second(event["edited"]["ts"], event["ts"])

    def test_home(self, bare):
        assert bare.open_home().payload["event"]["tab"] == "home"
        bare.events.clear()
        assert bare.open_home() is None


def test_a_manifest_gives_scopes_and_events():
    manifest = {
        "oauth_config": {"scopes": {"bot": ["chat:write"], "bot_optional": ["channels:history"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}},
    }
    slack = FakeSlack.from_manifest(manifest)
    assert (slack.workspace.scopes, slack.events) == ({"chat:write", "channels:history"}, {"app_mention"})
    assert FakeSlack.from_manifest(manifest, optional=False).workspace.scopes == {"chat:write"}


def test_a_wait_that_is_in_vain_says_so(bare):
    with pytest.raises(AssertionError, match=r"did not happen in 0.05 s"):
        bare.wait(bare.messages, timeout=0.05)

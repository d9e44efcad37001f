"""Socket Mode: several connections, disconnects, a lost network, silence, wrong tokens."""

import json
import time

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from srmbot.fake_slack import FakeSlack

from .conftest import QUICK, over_socket, tiny_app
from .raw import EVENT


def ticket(slack):
    return slack.sockets.url()


def test_hello_and_acknowledgement(bare):
    with connect(ticket(bare)) as app:
        hello = json.loads(app.recv())
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        bare.sockets.wait_connected()
        bare.timing = QUICK
        delivery = bare.slash("/srm x")  # not acknowledged
        assert (delivery.timed_out, delivery.failure) == (True, "operation_timeout")
        frame = json.loads(app.recv())
        assert (frame["type"], frame["payload"]["text"]) == ("slash_commands", "x")
        app.send(json.dumps({"envelope_id": frame["envelope_id"], "payload": {"text": "late"}}))
        bare.wait(lambda: bare.complaints)
        assert "acknowledged late" in bare.complaints[0]
        assert bare.ephemerals() == []


def test_retries_over_a_socket(bare):
    with connect(ticket(bare)) as app:
        bare.sockets.wait_connected()
        delivery = bare.event(EVENT)
        app.recv()
        frames = [json.loads(app.recv()) for _ in range(4)]
    assert not delivery.reached
    assert [(each["retry_attempt"], each["retry_reason"]) for each in frames] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert len({each["envelope_id"] for each in frames}) == 4
    assert len({each["payload"]["event_id"] for each in frames}) == 1


def test_an_event_without_a_socket_comes_with_a_retry():
    """What the deduplication of events must live with: the first try was lost."""
    with FakeSlack(timing=QUICK) as slack:
        assert slack.event(EVENT).error == "no_connection"
        with over_socket(slack, tiny_app(slack)):
            assert slack.mention("x").delivery.acknowledged


def test_an_event_right_after_the_handshake_waits_for_the_hello(bare, monkeypatch):
    """An app calls itself connected as soon as its handshake is done; the stand-in may be behind by then."""
    greet = bare.sockets.greet
    monkeypatch.setattr(bare.sockets, "greet", lambda connection: time.sleep(0.2) or greet(connection))
    bare.timing = QUICK
    with connect(ticket(bare)) as app:
        delivery = bare.event(EVENT)
        kinds = [json.loads(app.recv(timeout=5))["type"] for _ in range(2)]
    assert (delivery.error, kinds) == ("timeout", ["hello", "events_api"])


def test_one_of_several_gets_it(bare):
    with connect(ticket(bare)) as one:
        assert json.loads(one.recv())["num_connections"] == 1
        with connect(ticket(bare)) as two:
            assert json.loads(two.recv())["num_connections"] == 2
            bare.sockets.wait_connected(2)
            bare.slash("/srm x")
            bare.slash("/srm y")
            frames = [json.loads(each.recv(timeout=1))["payload"]["text"] for each in (one, two)]
            assert sorted(frames) == ["x", "y"]


def test_a_ticket_opens_one_connection(bare):
    url = ticket(bare)
    with connect(url):
        pass
    for wrong in (url, url.replace("ticket=", "ticket=x")):
        with pytest.raises(InvalidStatus):
            connect(wrong)


def test_wrong_app_token(bare):
    with pytest.raises(SlackApiError, match="invalid_auth"):
        WebClient(base_url=bare.api_url).apps_connections_open(app_token="xapp-wrong")


@pytest.mark.parametrize("how", ["disconnect", "kill"])
def test_the_app_comes_back(how):
    """The built-in client connects anew when asked to, and when the network breaks; events then reach it."""
    with FakeSlack(timing=QUICK) as slack, over_socket(slack, tiny_app(slack)):
        before = slack.sockets.connections()
        getattr(slack.sockets, how)()
        until = time.monotonic() + 15
        while slack.sockets.connections() in ([], before):
            assert time.monotonic() < until
            time.sleep(0.05)
        said = slack.mention("x")
        assert said.delivery.reached
        assert len(slack.answers(said)) == 1


def test_an_app_that_does_not_know_the_command():
    """Bolt answers such a thing with 404, which its socket client never acknowledges."""
    with FakeSlack(timing=QUICK) as slack:
        app = App(client=WebClient(slack.bot_token, base_url=slack.api_url), token_verification_enabled=False)
        with over_socket(slack, app):
            assert slack.slash("/srm x").failure == "operation_timeout"

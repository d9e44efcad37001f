"""A tiny real Bolt app, on either way to Slack, for the stand-in's own tests."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from slack_bolt import Ack, App, Respond, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

sys.path.insert(0, str(Path(__file__).parents[2]))  # whatever pytest's import mode and rootdir are

from srmbot.fake_slack import FakeSlack, Timing
from tests.support.serving import serve_in_thread

QUICK = Timing(acknowledge=1.0, retries=(0.0, 0.05, 0.1))
BUTTON = {
    "type": "button",
    "action_id": "helped",
    "value": "rds.retention",
    "text": {"type": "plain_text", "text": "Yes"},
}
BLOCKS = [
    {"type": "section", "block_id": "says", "text": {"type": "mrkdwn", "text": "*AWS* does"}},
    {"type": "actions", "block_id": "judge", "elements": [BUTTON]},
]


def tiny_app(slack: FakeSlack) -> App:
    """Answers a command, a mention, a direct message, a button and a shortcut."""
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    app = App(client=client, signing_secret=slack.signing_secret, token_verification_enabled=False)

    @app.command("/srm")
    def on_slash(ack: Ack, command: dict) -> None:
        time.sleep(1.5 if command["text"] == "slow" else 0)
        ack(text=f"You asked: {command['text']}", blocks=BLOCKS)

    @app.event("app_mention")
    def on_mention(event: dict, say: Say) -> None:
        say(text="AWS does", blocks=BLOCKS, thread_ts=event.get("thread_ts") or event["ts"])

    @app.event("message")
    def on_message(event: dict, say: Say) -> None:
        if "subtype" not in event:
            say(text="AWS does", thread_ts=event.get("thread_ts") or event["ts"])

    @app.action("helped")
    def on_helped(ack: Ack, respond: Respond, action: dict) -> None:
        ack()
        respond(text=f"Thank you for {action['value']}", replace_original=False)

    @app.shortcut("who_owns")
    def on_shortcut(ack: Ack, respond: Respond, payload: dict) -> None:
        ack()
        respond(text=f"You mean: {payload['message']['text']}")

    return app


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 256


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def over_http(slack: FakeSlack, app: App) -> Iterator[None]:
    """Serve the app with Bolt's own WSGI handler, and tell the stand-in where."""
    handler = SlackRequestHandler(app, path="/slack/events")
    server = make_server("127.0.0.1", 0, handler, Server, Quiet)
    serve_in_thread(server)
    slack.app_url = f"http://127.0.0.1:{server.server_port}/slack/events"
    yield
    server.shutdown()
    server.server_close()


@contextmanager
def over_socket(slack: FakeSlack, app: App) -> Iterator[SocketModeHandler]:
    """Connect the app with the built-in Socket Mode client."""
    handler = SocketModeHandler(app, slack.app_token, ping_interval=0.3)  # a dead connection is noticed after four
    reading = threading.Event()
    handler.client.on_message_listeners.append(lambda message: reading.set())
    handler.connect()
    slack.sockets.wait_connected()
    assert reading.wait(10)  # Slack's client never ends when it is closed before its reader has begun
    yield handler
    handler.close()


WAYS = {"http": over_http, "socket": over_socket}


@pytest.fixture(params=sorted(WAYS))
def slack(request: pytest.FixtureRequest) -> Iterator[FakeSlack]:
    """A stand-in with the tiny app behind it, once for each way."""
    with FakeSlack(timing=QUICK) as fake_slack, WAYS[request.param](fake_slack, tiny_app(fake_slack)):
        yield fake_slack


@pytest.fixture
def bare() -> Iterator[FakeSlack]:
    """A stand-in with no app, and scopes for everything."""
    scopes = (
        "assistant:write channels:history channels:read chat:write groups:history groups:read "
        "im:history im:read im:write mpim:write users:read"
    )
    with FakeSlack(scopes=scopes.split(), timing=QUICK) as fake_slack:
        yield fake_slack


@pytest.fixture
def client(bare: FakeSlack) -> WebClient:
    """A real client with the bot's token."""
    return WebClient(bare.bot_token, base_url=bare.api_url)

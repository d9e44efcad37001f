"""HTTP by hand: calls that a client would not send, and apps that are slow or wrong."""

import time
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError

import pytest
from slack_sdk.errors import SlackApiError

from srmbot.fake_slack import FakeSlack
from tests.support.serving import serve_in_thread

from .conftest import QUICK

EVENT = {"type": "app_mention", "text": "x", "user": "U1", "channel": "C1", "ts": "1.1"}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}
OK = (200, {}, b"", 0)
SLOW = (200, {}, b"", 1.2)
BROKEN = (500, {}, b"", 0)


def refusal(call, *args, **params):
    """The answer of a call that must be refused."""
    with pytest.raises(SlackApiError) as caught:
        call(*args, **params)
    return caught.value.response


def post(url, body=b"", token="", kind="application/x-www-form-urlencoded"):
    """Status and body of a POST by hand."""
    headers = {"Content-Type": kind, **({"Authorization": f"Bearer {token}"} if token else {})}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=5) as response:
            return response.status, response.read().decode()
    except HTTPError as failed:
        return failed.code, failed.read().decode()


@contextmanager
def raw_app(*answers):
    """An app that answers in turn (status, headers, body, seconds), the last one ever after; yields what it got."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((dict(self.headers), body))
            status, headers, content, seconds = answers[min(len(got), len(answers)) - 1]
            time.sleep(seconds)
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                pass

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    serve_in_thread(server)
    with FakeSlack(app_url=f"http://127.0.0.1:{server.server_port}/", timing=QUICK) as slack:
        yield slack, got
    server.shutdown()
    server.server_close()

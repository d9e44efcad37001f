"""Slack asks for a new connection every few hours: nothing that comes meanwhile waits, is lost or comes twice."""

import socket
import ssl
import subprocess
import threading
import time

import pytest

from srmbot.fake_slack import FakeSlack, Timing
from srmbot.slack.serve.socket_mode import ClosableSocket
from tests.support.served_app import over_socket

QUIET = Timing(acknowledge=10, retries=(), pings=30)  # nothing comes in that would wake a reader
INSISTENT = Timing(acknowledge=2, retries=(0, 0.5, 2), pings=30)  # what a closing socket took with it is sent again
ROUNDS = 4
SOON = 1.5  # seconds; the SDK's reader waits for three


def test_a_command_right_after_a_refresh_is_answered_at_once(log, bot):
    with FakeSlack(timing=QUIET) as slack, over_socket(slack, bot):
        for number in range(2, ROUNDS + 2):
            slack.sockets.disconnect()
            slack.wait(lambda number=number: len(slack.calls("apps.connections.open")) == number)
            slack.wait(slack.sockets.connections)
            delivery = slack.slash("/srm backups")
            assert delivery.acknowledged
            assert delivery.elapsed < SOON
    assert log.lines("closed by") == []


def test_mentions_during_refreshes_are_answered_once(bot):
    with FakeSlack(timing=INSISTENT) as slack, over_socket(slack, bot):
        said = []
        for number in range(2, ROUNDS + 2):
            slack.sockets.disconnect()
            slack.wait(lambda number=number: len(slack.calls("apps.connections.open")) == number)
            said += [slack.mention("backups") for _ in range(5)]
        slack.wait(lambda: all(slack.messages(thread_ts=each.ts) for each in said))
    assert [len(slack.messages(thread_ts=each.ts)) for each in said] == [1] * len(said)


def test_no_session_begins_once_it_is_closed(bot):
    """To begin, its reader takes back the mark by which it is told to end: it would never stop, nor would `close`."""
    with FakeSlack(timing=QUIET) as slack, over_socket(slack, bot) as served:
        client = served.handler.client
        session = client.current_session
        client.close()
        client.current_session_state.terminated = False
        assert client.current_session_state.terminated
        session.run_until_completion(client.current_session_state)


@pytest.fixture
def encrypted(tmp_path):
    """One end of a connection over TLS."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=here", "-keyout", str(key))
    subprocess.run([*made, "-out", str(certificate)], check=True, capture_output=True)
    ours, theirs = ssl.create_default_context(cafile=certificate), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(certificate, key)
    ours.check_hostname = False
    one, other = socket.socketpair()
    accepted: list[ssl.SSLSocket] = []
    thread = threading.Thread(target=lambda: accepted.append(theirs.wrap_socket(other, server_side=True)))
    thread.start()
    client = ours.wrap_socket(one)
    thread.join()
    with client, accepted[0]:
        yield client


def test_nothing_leaves_unencrypted_after_reading_has_ended(encrypted):
    left = ClosableSocket(encrypted)
    ended: list[OSError] = []

    def read() -> None:
        try:
            left.recv(100)
        except OSError as error:
            ended.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    time.sleep(0.1)
    left.stop_reading()
    reader.join(SOON)
    assert [str(each) for each in ended] == ["[Errno 9] closed by us"]
    with pytest.raises(ssl.SSLEOFError):
        left.send(b"acknowledged")

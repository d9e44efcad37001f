"""Clients that send a part of a request and no more, over HTTP: they hold nobody up, and are not waited for long."""

import socket
import time
from contextlib import ExitStack

import pytest

from srmbot.fake_slack import Timing
from srmbot.slack.serve.worker import LARGEST_BODY, MOST_HELD, READ, RefusedRequestError, measure
from tests.support.served_app import LONG, PATH, command, process, tokens

PATIENT = Timing(acknowledge=10, retries=())
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
BEGUN = {
    "nothing": "",
    "a part of the headers": HEAD,
    "a part of the body": f"{HEAD}Content-Length: 1000\r\n\r\n" + '{"a": ',
}
MANY = 40  # there are 8 threads
TRIES = 3  # on a busy machine it may take longer to send them all than the first are waited for


@pytest.fixture
def running(bare, bot, cache_folder, tmp_path):
    """srmbot as a process, over HTTP."""
    with process(tmp_path, "serve", "--http", **tokens(bare, cache_folder)) as running:
        running.until(lambda: running.get("/readyz")[0] == 200)
        bare.app_url = f"http://127.0.0.1:{running.port}{PATH}"
        yield running
        running.stop()
        assert running.end() == 0, running.log
    assert "Traceback" not in running.log


def connect(running, begun: str) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", running.port), timeout=LONG)
    client.sendall(begun.encode())
    return client


@pytest.mark.parametrize("bare", [PATIENT], indirect=True)
def test_they_hold_nobody_up_and_are_closed_in_time(bare, running):
    with ExitStack() as stack:
        slow = [stack.enter_context(connect(running, begun)) for begun in BEGUN.values() for _ in range(MANY)]
        time.sleep(0.2)
        started = time.monotonic()
        assert running.get("/healthz")[0] == 200
        assert command(bare, "/srm backups").text.startswith("Shared: RDS · Backups")
        assert time.monotonic() - started < READ
        assert [client.recv(100) for client in slow] == [b""] * len(slow)
        assert time.monotonic() - started < LONG


@pytest.mark.parametrize("bare", [PATIENT], indirect=True)
def test_a_request_may_come_in_parts_and_several_on_one_connection(running):
    request = "GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n"
    posted = f"{HEAD}Content-Length: 4\r\n\r\nnull"
    with connect(running, "") as client, client.makefile("rb") as answers:

        def status() -> bytes:
            lines = iter(answers.readline, b"\r\n")
            first, *headers = lines
            length = next(int(line.split(b":")[1]) for line in headers if line.lower().startswith(b"content-length"))
            answers.read(length)
            return first.strip()

        for sign in posted:
            client.sendall(sign.encode())
        assert status() == b"HTTP/1.1 400 Bad Request"
        client.sendall((request + request[:9]).encode())
        assert status() == b"HTTP/1.1 200 OK"
        time.sleep(0.1)
        client.sendall((request[9:] + request).encode())
        assert (status(), status()) == (b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("bare", [PATIENT], indirect=True)
def test_a_client_that_does_not_close_after_its_last_answer_holds_nobody_up(running):
    with ExitStack() as stack:
        request = "GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
        for client in [stack.enter_context(connect(running, request)) for _ in range(MANY)]:
            assert client.recv(100).startswith(b"HTTP/1.1 200 OK")
        started = time.monotonic()
        assert running.get("/healthz")[0] == 200
        assert time.monotonic() - started < READ


SIZES = [
    (HEAD, None),
    (f"{HEAD}\r\n", len(HEAD) + 2),
    (f"{HEAD}Content-Length: 7\r\n\r\nab", len(f"{HEAD}Content-Length: 7\r\n\r\n") + 7),
    (f"{HEAD}Content-Length: {LARGEST_BODY + 1}\r\n\r\n", "413 Content Too Large"),
    (f"{HEAD}content-length :  {'9' * 30}\r\n\r\n", "413 Content Too Large"),
    (f"{HEAD}Transfer-Encoding: chunked\r\n\r\n", "411 Length Required"),
    (f"{HEAD}X: {'x' * 40_000}", "431 Request Header Fields Too Large"),
    (f"{HEAD}X: {'x' * 40_000}\r\n\r\n", "431 Request Header Fields Too Large"),
]


@pytest.mark.parametrize(("begun", "size"), SIZES, ids=range(len(SIZES)))
def test_a_request_is_measured_by_its_headers(begun, size):
    if isinstance(size, str):
        with pytest.raises(RefusedRequestError, match=size):
            measure(bytearray(begun.encode()))
    else:
        assert measure(bytearray(begun.encode())) == size


@pytest.mark.parametrize("bare", [PATIENT], indirect=True)
def test_what_is_too_large_is_refused_at_once(running):
    for begun, size in SIZES:
        if isinstance(size, str):
            with connect(running, begun) as client:
                assert client.recv(100).startswith(f"HTTP/1.1 {size}\r\n".encode())


@pytest.mark.parametrize("bare", [PATIENT], indirect=True)
def test_many_large_requests_that_are_not_finished_do_not_fill_the_memory(running):
    begun = f"{HEAD}Content-Length: {LARGEST_BODY}\r\n\r\n" + " " * (LARGEST_BODY - 1)
    for _ in range(TRIES):
        with ExitStack() as stack:
            slow = [stack.enter_context(connect(running, begun)) for _ in range(MOST_HELD // LARGEST_BODY)]
            with connect(running, begun) as last:
                answer = last.recv(100)
            assert running.get("/healthz")[0] == 200
            assert len(slow) == MOST_HELD // LARGEST_BODY
        if answer:  # else the first of them were closed before the last had come
            break
    assert answer.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")

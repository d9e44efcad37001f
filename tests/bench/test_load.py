"""The client of bench/load and what it looks at: figures that would be wrong without a word."""

import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.client import Request
from bench.host import Host
from bench.load.aims import check
from bench.load.flight import fly
from bench.load.many import look
from tests.support.serving import serve_in_thread


class Answering(BaseHTTPRequestHandler):
    """Answers in the three ways in which an answer may end, by the path."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(500 if self.path == "/wrong" else 200)
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nhello\r\n0\r\n\r\n")
        elif self.path == "/closed":
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"hello")
            self.close_connection = True
        else:
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"hello")

    def log_message(self, *given):
        pass


@pytest.fixture
def port():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    serve_in_thread(server)
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_every_request_has_its_answer_in_the_same_order(port):
    paths = ["/", "/chunked", "/wrong", "/closed"] * 5
    answers, seconds = fly([Request(port, {}, "body", path) for path in paths], 3)
    assert [each.status for each in answers] == [500 if path == "/wrong" else 200 for path in paths]
    assert 0 < max(each.seconds for each in answers) <= seconds


def test_nobody_there_is_no_answer(port):
    answers, _ = fly([Request(1, {}, ""), Request(port, {}, "")], 1)
    assert [each.status for each in answers] == [0, 200]


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="the system does not tell")
def test_what_a_process_holds_is_seen(tmp_path):
    before = look(Host(0, os.getpid()))
    with (tmp_path / "file").open("w"):
        after = look(Host(0, os.getpid()))
    assert after.files == before.files + 1
    assert after.megabytes > 10
    assert after.threads >= 1


@pytest.mark.parametrize(
    ("value", "aim", "least", "met"),
    [(1, 2, False, True), (3, 2, False, False), (3, 2, True, True), (1, 2, True, False)],
)
def test_an_aim_is_met_or_missed(capsys, value, aim, least, met):
    assert check("figure", value, aim, least=least) is met
    assert capsys.readouterr().out.endswith("ok\n" if met else "missed\n")

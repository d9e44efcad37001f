"""The HTTP side: a port of 127.0.0.1 that serves /api/<method> and /hooks/<response url>."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from . import files
from .api import Api, HttpReply, encode
from .oauth import credentials

JSON_TYPE = "application/json"


class Server(ThreadingHTTPServer):
    """Bears hundreds of calls at once, and never keeps a process alive."""

    request_queue_size = 512
    daemon_threads = True
    block_on_close = False

    def __init__(self, api: Api) -> None:
        self.api = api
        super().__init__(("127.0.0.1", 0), ApiConnection)

    @property
    def url(self) -> str:
        """Where it listens, with a slash at the end."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def start(self) -> None:
        """Serve, in a thread of its own."""
        threading.Thread(target=self.serve_forever, args=(0.005,), name="stand-in-http", daemon=True).start()

    def stop(self) -> None:
        """Serve no more."""
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: a client that hangs up is part of many tests."""


class ApiConnection(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave together

    def do_POST(self) -> None:
        """A call, or an answer to a response_url."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        if path.startswith("/upload/"):
            status, said = files.receive(self.server.api.workspace, path.rpartition("/")[2], body)
            self.send(HttpReply(status, said))
        elif path.startswith("/hooks/"):
            self.send(self.server.api.respond(path.rpartition("/")[2], body))
        else:
            self.call(path, body)

    def do_GET(self) -> None:
        """A call whose params are in the query, as the SDK makes them for what only reads; or a person's consent."""
        path = urlsplit(self.path)
        if path.path == "/oauth/v2/authorize":
            self.send(self.server.api.authorize(dict(parse_qsl(path.query))))
        else:
            self.call(path.path, b"")

    def call(self, path: str, body: bytes) -> None:
        """A Web API method, by its path."""
        if not path.startswith("/api/"):
            self.send(HttpReply(404, "not_found"))
            return
        params = {**dict(parse_qsl(urlsplit(self.path).query)), **self.params(body)}
        scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
        params |= credentials(scheme, token)
        token = token if scheme.lower() == "bearer" else ""
        in_body = params.pop("token", "")
        self.send(self.server.api.serve(path.removeprefix("/api/"), params, token or in_body))

    def params(self, body: bytes) -> dict[str, Any]:
        """A body's parameters, from JSON or a form by its content type."""
        if JSON_TYPE not in (self.headers.get("Content-Type") or ""):
            return dict(parse_qsl(body.decode(), keep_blank_values=True))
        with contextlib.suppress(ValueError):
            read = json.loads(body or b"{}")
            return read if isinstance(read, dict) else {}
        return {}

    def send(self, reply: HttpReply) -> None:
        """Answer, or hang up if the reply is to be dropped; a client that has waited long enough is gone."""
        time.sleep(reply.late)
        if reply.drop:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        content = encode(reply.answer)
        kind = "text/plain" if isinstance(reply.answer, str) else JSON_TYPE
        self.send_response(reply.status)
        for name, value in {**reply.headers, "Content-Type": f"{kind}; charset=utf-8"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the calls are in `Api.calls`."""

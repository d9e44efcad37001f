"""Socket Mode: connections that the app opens -> envelopes sent over one of them, acknowledged in three seconds."""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
import threading
import time
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from .events import Delivery, Envelope, Timing
from .model import APP, PATIENCE, Json
from .workspace import Workspace

WITH_PAYLOAD = ("slash_commands", "interactive")


class SocketDoor:
    """The socket server, and the way to the app through whichever connections are open."""

    def __init__(self, workspace: Workspace, timing: Timing) -> None:
        self._workspace = workspace
        self._timeout, self._pings = timing.acknowledge, timing.pings
        self._tickets: set[str] = set()
        self._admitted = 0  # connections that are let in and have not got their hello yet
        self._open: list[ServerConnection] = []
        self._leaving: list[ServerConnection] = []  # asked to go: used only while there is no other
        self._answers: dict[str, Json | None] = {}  # by envelope: None until it is acknowledged
        self._changed = threading.Condition()
        self._turn = 0
        self._server: Server | None = None

    def start(self) -> None:
        """Listen, in a thread of its own."""
        self._server = serve(
            self.talk,
            "127.0.0.1",
            0,
            process_request=self.admit,
            ping_interval=self._pings,
            ping_timeout=None,
            close_timeout=0.5,
        )
        threading.Thread(target=self._server.serve_forever, name="stand-in-socket", daemon=True).start()

    def stop(self) -> None:
        """End every connection and listen no more."""
        for connection in self.connections():
            with contextlib.suppress(OSError, ConnectionClosed):
                connection.close()
        if self._server:
            self._server.shutdown()

    def url(self) -> str:
        """A URL for one new connection, as apps.connections.open gives it."""
        ticket = secrets.token_hex(8)
        with self._changed:
            self._tickets.add(ticket)
        if self._server is None:
            raise RuntimeError("the stand-in is not started")
        port = self._server.socket.getsockname()[1]
        return f"ws://127.0.0.1:{port}/link/?ticket={ticket}&app_id={APP}"

    def admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Refuse a connection without a fresh ticket."""
        ticket = parse_qs(urlsplit(request.path).query).get("ticket", [""])[0]
        with self._changed:
            if ticket in self._tickets:
                self._tickets.remove(ticket)
                self._admitted += 1
                return None
        return connection.respond(HTTPStatus.NOT_FOUND, "invalid ticket\n")

    def connections(self) -> list[ServerConnection]:
        """Those that are open now."""
        with self._changed:
            return list(self._open)

    def wait_connected(self, count: int = 1, timeout: float = PATIENCE) -> None:
        """Wait until so many connections are open. Raises AssertionError when time is up."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._open) >= count, timeout):
                raise AssertionError(f"{len(self._open)} of {count} sockets connected in {timeout} s")

    def talk(self, connection: ServerConnection) -> None:
        """One connection's life: hello, then acknowledgements until it ends."""
        with contextlib.suppress(ConnectionClosed, OSError):
            self.greet(connection)
            for text in connection:
                self.hear(text)
        with self._changed:
            self._open = [each for each in self._open if each is not connection]
            self._changed.notify_all()

    def greet(self, connection: ServerConnection) -> None:
        """Say hello and count the connection, in one step: whoever has read the hello may rely on the count."""
        with self._changed:
            self._admitted -= 1
            hello = {
                "type": "hello",
                "num_connections": len(self._open) + 1,
                "debug_info": {"host": "stand-in", "build_number": 1, "approximate_connection_time": 3600},
                "connection_info": {"app_id": APP},
            }
            try:
                connection.send(json.dumps(hello))
                self._open.append(connection)
            finally:
                self._changed.notify_all()

    def hear(self, text: str | bytes) -> None:
        """Take in what the app says: an acknowledgement, with or without a payload."""
        try:
            said = json.loads(text)
            envelope_id = said["envelope_id"]
        except (ValueError, KeyError, TypeError):
            self._workspace.complain(f"socket: no acknowledgement: {text[:200]!r}")
            return
        with self._changed:
            if envelope_id not in self._answers:
                self._workspace.complain(f"socket: acknowledged late or never sent: {envelope_id}")
                return
            self._answers[envelope_id] = said
            self._changed.notify_all()

    def send(self, envelope: Envelope) -> Delivery:
        """Send over one of the connections, each in turn, and wait for the acknowledgement."""
        envelope_id = secrets.token_hex(16)
        delivery, started = Delivery(payload=envelope.payload), time.monotonic()
        with self._changed:
            self._answers[envelope_id] = None
        try:
            self.pick().send(json.dumps(self.frame(envelope_id, envelope)))
        except (LookupError, ConnectionClosed, OSError):
            delivery.error = "no_connection"
        else:
            self.await_answer(envelope_id, delivery)
        with self._changed:
            del self._answers[envelope_id]
        delivery.elapsed = time.monotonic() - started
        return delivery

    def pick(self) -> ServerConnection:
        """The next connection in turn; one that is being greeted is waited for. Raises LookupError if there is none."""
        with self._changed:
            self._changed.wait_for(lambda: self._open or not self._admitted, self._timeout)
            if not self._open:
                raise LookupError
            self._turn += 1
            usable = [each for each in self._open if each not in self._leaving] or self._open
            return usable[self._turn % len(usable)]

    def frame(self, envelope_id: str, envelope: Envelope) -> Json:
        """An envelope as it goes over the wire."""
        framed: Json = {"envelope_id": envelope_id, "type": envelope.kind, "payload": envelope.payload}
        framed["accepts_response_payload"] = envelope.kind in WITH_PAYLOAD
        if envelope.kind == "events_api":
            framed |= {"retry_attempt": envelope.retry, "retry_reason": envelope.reason.removeprefix("http_")}
        return framed

    def await_answer(self, envelope_id: str, delivery: Delivery) -> None:
        """Wait for the acknowledgement; fills the delivery in."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._answers[envelope_id] is not None, self._timeout):
                delivery.timed_out, delivery.error = True, "timeout"
                return
            said: Any = self._answers[envelope_id]
        payload = said.get("payload")
        delivery.status = 200
        delivery.headers = {"content-type": "text/plain" if isinstance(payload, str) else "application/json"}
        delivery.body = payload if isinstance(payload, str) else json.dumps(payload) if payload else ""

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to go: `warning` (ten seconds ahead), `refresh_requested` or `link_disabled`."""
        said = {"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}}
        for connection in self.connections():
            self._leaving.append(connection)
            with contextlib.suppress(ConnectionClosed, OSError):
                connection.send(json.dumps(said))

    def kill(self) -> None:
        """End every connection's TCP without a closing frame, as a lost network does."""
        for connection in self.connections():
            with contextlib.suppress(OSError):
                connection.socket.shutdown(socket.SHUT_RDWR)

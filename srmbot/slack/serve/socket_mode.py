"""A Socket Mode connection: watched while it lives, closed without losing what it has taken on."""

from __future__ import annotations

import errno
import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from srmbot.slack.app import SlackApp
from srmbot.slack.executor import do_nothing
from srmbot.slack.request_id import bind_request_id
from srmbot.slack.serve.unreadable import MALFORMED, check_payload, describe, slack_origins

log = logging.getLogger("srmbot.slack")

RECEIVE = 65_536  # bytes read at once: the SDK keeps every step towards a whole message in memory, on Python's stack
ACKNOWLEDGE = 3  # seconds that Slack waits for an acknowledgement


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a socket may be lost, in seconds."""

    unready: float = 10  # then /readyz says so
    exit: float = 90  # then the process ends, so that a supervisor starts a new one
    look: float = 1  # between two looks
    ping: float = 3  # between two pings; the SDK gives a silent socket up after four


class ClosableSocket:
    """A socket that says when the other side has closed it.

    Slack's client takes the empty read for "nothing yet" and reads again at once: it keeps a processor busy and
    calls itself connected until five pings have failed, which takes 17 seconds instead of 2 (slack_sdk 3.47.0).
    """

    def __init__(self, inner: Any) -> None:
        """Stand in front of a real socket."""
        self.inner = inner
        self.left = False

    def __getattr__(self, name: str) -> Any:
        """Everything else is the socket's own."""
        return getattr(self.inner, name)

    def recv(self, size: int) -> bytes:
        """Read some bytes.

        Raises:
            ConnectionResetError: there will be none any more.
        """
        got: bytes = self.inner.recv(size)
        if got:
            return got
        if self.left:
            raise OSError(errno.EBADF, "closed by us")  # which the client expects
        raise ConnectionResetError("closed by the other side")

    def stop_reading(self) -> None:
        """End a read that waits, and every later one.

        What is written then fails, and the client writes it to its new session. The TLS socket's own method would let
        it out unencrypted.
        """
        self.left = True
        with suppress(OSError):
            socket.socket.shutdown(self.inner, socket.SHUT_RD)


class EndedState:
    """The state of a session that has ended, and cannot begin again."""

    terminated = property(lambda self: True, lambda self, ended: None)


class Client(SocketModeClient):
    """Slack's client, which notices that its socket has been closed, and leaves an old one at once.

    Slack's own closes the old session before it uses the new one, and waits for the old one's reader to do so: it
    hears nothing for up to three seconds after Slack has asked it to connect anew (slack_sdk 3.47.0).
    """

    def connect(self) -> None:
        """Open a session, the first or the next one."""
        super().connect()
        session: Any = self.current_session
        if session is not None and session.sock is not None:
            session.sock = ClosableSocket(session.sock)
            session.close = partial(close_session, session, session.sock)

    def close(self) -> None:
        """Close it for good.

        Slack's own waits for ever where its reader begins a session in that instant: to begin takes back the mark by
        which it is told to end (slack_sdk 3.47.0).
        """
        self.current_session_state.terminated = True
        self.current_session_state = EndedState()  # type: ignore[assignment]
        super().close()


def close_session(session: Any, sock: ClosableSocket) -> None:
    """Close a session without waiting for its reader."""
    sock.stop_reading()
    with suppress(AttributeError):  # its reader, or the other side, has closed it meanwhile
        session.disconnect()


class Handler(SocketModeHandler):
    """Bolt's handler, which can stop without losing anything that it has taken on."""

    def __init__(
        self, app: SlackApp, app_token: str | None, ping_interval: float, answered: Callable[[], object] = do_nothing
    ) -> None:
        """Connect nothing yet; `answered` is called after each request."""
        self.answered = answered
        self.app, self.app_token = app, app_token or ""
        self.origins = slack_origins(app.slack_api_url)
        self.changed = threading.Condition()
        self.inside = 0  # requests that are being answered
        self.open = True
        self.client = Client(
            self.app_token, app.logger, app.client, ping_interval=ping_interval, receive_buffer_size=RECEIVE
        )
        self.client.socket_mode_request_listeners.append(self.handle)

    def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Answer one request, unless this is stopping: Slack sends again what was not acknowledged."""
        with self.changed:
            if not self.open:
                return
            self.inside += 1
        try:
            with bind_request_id():
                check_payload(req.payload, self.origins)
                super().handle(client, req)
        except MALFORMED as fault:
            log.warning("request_unreadable", extra={"what": describe(fault)})
        finally:
            self.answered()
            with self.changed:
                self.inside -= 1
                self.changed.notify_all()

    def finish(self) -> None:
        """Take on nothing more, acknowledge what was taken on, and then close the socket."""
        self.client.auto_reconnect_enabled = False
        with self.changed:
            self.open = False
            self.changed.wait_for(lambda: not self.inside, ACKNOWLEDGE)
        self.close()  # type: ignore[no-untyped-call]


class ConnectionMonitor:
    """Watches a socket: ready while it is connected, given up when it stays dead."""

    def __init__(self, handler: Handler, patience: Timeouts) -> None:
        """Begin as if the socket had just been alive, but not ready before it has been."""
        self.handler, self.patience = handler, patience
        self.stop = threading.Event()
        self.alive_at = time.monotonic()
        self.connected = self.ever = False

    def check(self) -> float:
        """Note whether the socket is alive. Returns for how many seconds it has not been."""
        self.connected = bool(self.handler.client.is_connected())
        if self.connected:
            self.alive_at, self.ever = time.monotonic(), True
        return time.monotonic() - self.alive_at

    def ready(self) -> bool:
        """Whether questions arrive; a reconnection of a few seconds does not count as away."""
        away = self.check()
        return self.ever and away < self.patience.unready and not self.stop.is_set()

    def until_stopped(self) -> int:
        """Wait for the signal to stop (0), or for a socket that stays dead (1)."""
        while not self.stop.wait(self.patience.look):
            away = self.check()
            if away > self.patience.exit:
                log.error("socket_dead", extra={"seconds": round(away)})
                return 1
        return 0

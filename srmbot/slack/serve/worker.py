"""gunicorn's worker, whose threads do not wait for a client: what has come in part waits in the loop, for some seconds.

gunicorn's own threads read what they answer, without a time limit: as many clients as there are threads, who send the
beginning of a request and no more, stop everything for as long as they like.
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

AT_ONCE = 0.02  # seconds that a thread waits for the first bytes: they mostly follow the connection
READ = 5  # seconds in which a request must have come
LINGER = 2  # seconds that a client may take to read the last answer on a connection
LARGEST_BODY = 1_000_000  # bytes of a body; Slack's are a hundredth of it
LARGEST_HEAD = 32_768  # bytes of the request line and headers
MOST_HELD = 20_000_000  # bytes of all requests that have come in part, before large ones are refused
CHUNK = 65_536  # bytes read at once
LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:[ \t]*([0-9]{1,12})", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)  # Slack never does that
REFUSAL = "HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


UNFINISHED = object()  # instead of whether a connection stays open


class RefusedRequestError(Exception):
    """A request will not be read to its end; the text is the status line's."""


@dataclass(slots=True)
class Incoming:
    """What has come of a request."""

    held: bytearray
    deadline: float  # by the monotonic clock: when all of it must have come
    size: int | None = None  # bytes of the whole request; None until its headers have come

    @property
    def is_whole(self) -> bool:
        """Whether all of it has come, at least."""
        return self.size is not None and len(self.held) >= self.size

    def add(self, more: bytes) -> None:
        """Take more of it.

        Raises:
            RefusedError: it is too large, or does not say how large it is.
        """
        self.held += more
        if self.size is None:
            self.size = measure(self.held)


def measure(begun: bytearray) -> int | None:
    """Measure a request by its headers: the bytes of all of it; None while the headers are not complete.

    Raises:
        RefusedError: it is too large, or does not say how large it is.
    """
    end = begun.find(b"\r\n\r\n")
    if end > LARGEST_HEAD or (end < 0 and len(begun) > LARGEST_HEAD):
        raise RefusedRequestError("431 Request Header Fields Too Large")
    if end < 0:
        return None
    head = bytes(begun[:end])
    if CHUNKED.search(head):
        raise RefusedRequestError("411 Length Required")
    length = max(map(int, LENGTH.findall(head)), default=0)
    if length > LARGEST_BODY:
        raise RefusedRequestError("413 Content Too Large")
    return end + 4 + length


class BufferingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Takes what has come of a request, and answers when that is all of it; between these, its thread does other work.

    A connection is in one place at a time: in a thread (`handle`), or in the loop, which waits for it to be readable.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        """Begin without connections."""
        super().__init__(*given, **options)
        self.incoming: dict[Any, Incoming] = {}  # by connection
        self.ending: dict[Any, float] = {}  # connection -> when it is closed, whatever the client does

    def handle(self, conn: Any) -> Any:
        """Read what has come, in a thread, and answer a whole request; nothing here waits for the client.

        Returns:
            Whether the connection stays open for another request; `UNFINISHED` for the rest of this one.
        """
        try:
            if not self.read(conn):
                return UNFINISHED
        except RefusedRequestError as refused:
            with suppress(OSError):
                conn.sock.send(REFUSAL.format(refused).encode())
            return False
        except OSError:
            return False
        conn.sock.setblocking(True)
        conn.init()
        conn.parser.unreader.unread(bytes(self.incoming.pop(conn).held))
        return super().handle(conn)

    def read(self, conn: Any) -> bool:
        """Read what has come. Returns whether that is a whole request.

        Raises:
            RefusedError: it will not be read to its end.
            OSError: the client is gone.
        """
        is_new = conn not in self.incoming
        if is_new:
            self.incoming[conn] = Incoming(bytearray(), time.monotonic() + READ)
            if conn.parser is not None:  # what came together with the request before
                self.incoming[conn].add(conn.parser.unreader.take_buffered())
        request = self.incoming[conn]
        conn.sock.settimeout(AT_ONCE if is_new else 0)
        while not request.is_whole:
            try:
                more = conn.sock.recv(CHUNK)
            except (BlockingIOError, TimeoutError):
                return False
            if not more:
                raise ConnectionResetError
            request.add(more)
            if len(request.held) > CHUNK and sum(len(each.held) for each in list(self.incoming.values())) > MOST_HELD:
                raise RefusedRequestError("503 Service Unavailable")
        return True

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """Wait for the rest of a request in the loop, or close or keep the connection."""
        result = None if fs.cancelled() or fs.exception() else fs.result()
        if result is UNFINISHED:
            self.pending_conns.append(conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))
            return
        self.incoming.pop(conn, None)
        if result is False:
            self.linger(conn)
        else:
            super().finish_request(conn, fs)

    def linger(self, conn: Any) -> None:
        """End a connection, and close it when the client has; gunicorn would stop its loop to wait for that."""
        conn.sock.setblocking(False)
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self.close(conn)
            return
        self.ending[conn] = time.monotonic() + LINGER
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_ending, conn))

    def on_ending(self, conn: Any, sock: socket.socket) -> None:
        """Read away what comes on a connection that is ending, so that the client can read its answer."""
        try:
            more = sock.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        if not more:
            self.unwatch(conn)

    def murder_pending(self) -> None:
        """Close the connections whose time is up."""
        now = time.monotonic()
        late = [conn for conn in self.pending_conns if self.incoming[conn].deadline <= now]
        for conn in [*late, *(conn for conn, until in self.ending.items() if until <= now)]:
            self.unwatch(conn)

    def unwatch(self, conn: Any) -> None:
        """Close a connection that waits in the loop."""
        self.poller.unregister(conn.sock)
        self.ending.pop(conn, None)
        if self.incoming.pop(conn, None):
            self.pending_conns.remove(conn)
        self.close(conn)

    def close(self, conn: Any) -> None:
        """Close a connection."""
        self.nr_conns -= 1
        conn.close()

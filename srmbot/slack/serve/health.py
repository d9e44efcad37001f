"""`/healthz` and `/readyz`: is the process alive, and can it answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from srmbot.errors import SrmbotError

StartResponse = Callable[..., Any]
Environ = dict[str, Any]
SILENT = 5  # seconds
Answer = Callable[[Environ, StartResponse], "Iterable[bytes] | None"]  # None: another path
Checks = Mapping[str, Callable[[], bool | None]]  # what must be true to be ready, by name; None: not in use


def answer_health(checks: Checks, environ: Environ, start_response: StartResponse) -> Iterable[bytes] | None:
    """Answer the two paths; None for any other.

    `/healthz` is 200 while the process runs. `/readyz` is 200 while every check holds, else 503, and names them all.
    """
    path = environ.get("PATH_INFO")
    if path not in ("/healthz", "/readyz") or environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
        return None
    known = {name: check() for name, check in checks.items()} if path == "/readyz" else {}
    held = {name: good for name, good in known.items() if good is not None}
    good = all(held.values())
    body = json.dumps({"ok": good, **held}).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK" if good else "503 Service Unavailable", headers)
    return [body]


def taken_port(port: int, fault: OSError) -> SrmbotError:
    """Make the error for a port that cannot be had."""
    return SrmbotError(f"cannot listen on port {port}: {fault.strerror}", "set --port or PORT to a free port")


def first_of(*answers: Answer | None) -> Answer:
    """Join what answers different paths."""

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes] | None:
        found = (each(environ, start_response) for each in answers if each is not None)
        return next((got for got in found if got is not None), None)

    return answer


class HealthServer(ThreadingMixIn, WSGIServer):
    """A small server for health checks beside Socket Mode; a slow client blocks no other."""

    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    """A handler that does not write a line for every probe, and waits for a silent client for a limited time."""

    timeout = SILENT

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def serve_health(checks: Checks, port: int, also: Answer | None = None) -> HealthServer:
    """Answer health checks on a port, in a thread of its own.

    Args:
        checks: what must be true to be ready.
        port: on all addresses.
        also: answers other paths.

    Raises:
        SrmbotError: the port cannot be had.
    """
    try:
        return serve_paths(first_of(partial(answer_health, checks), also), "", port, "health")
    except OSError as fault:
        raise taken_port(port, fault) from fault


def serve_paths(answer: Answer, host: str, port: int, name: str) -> HealthServer:
    """Answer some paths on a port, and no others, in a thread of its own.

    Args:
        answer: to these paths.
        host: the address; blank for all.
        port: on that address.
        name: of the thread.

    Raises:
        OSError: the port cannot be had.
    """

    def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answered = answer(environ, start_response)
        if answered is not None:
            return answered
        start_response("404 Not Found", [("Content-Length", "0")])
        return []

    server = make_server(host, port, app, server_class=HealthServer, handler_class=QuietHandler)
    threading.Thread(target=server.serve_forever, name=name, daemon=True).start()
    return server

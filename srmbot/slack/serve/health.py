"""`/healthz` and `/readyz`: is the process alive, can it answer, and if not, why."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from srmbot.errors import SrmbotError

StartResponse = Callable[..., Any]
Environ = dict[str, Any]
SILENT = 5  # seconds
STOP_LOOK = 0.1  # seconds between two looks whether the server is to end
Responder = Callable[[Environ, StartResponse], "Iterable[bytes] | None"]  # None: another path
Checks = Mapping[str, Callable[[], bool | None]]  # what must be true, by name; None: not in use


@dataclass(frozen=True, slots=True)
class Health:
    """What is looked at to say how a process is. The names are public; nothing else of it is."""

    ready: Checks  # what must be true to be ready
    well: Checks = field(default_factory=dict)  # what should be: without it the bot answers, but not as it was meant to

    def describe(self) -> dict[str, Any]:
        """Look at everything: whether it is ready, what it lacks for that, and what else is not well."""
        reasons, notes = find_failed(self.ready), find_failed(self.well)
        return {"ready": not reasons, "reasons": reasons, "notes": notes}


def find_failed(checks: Checks) -> list[str]:
    """The names of what is not true."""
    return [name for name, check in checks.items() if check() is False]


def answer_health(health: Health, environ: Environ, start_response: StartResponse) -> Iterable[bytes] | None:
    """Answer the two paths; None for any other.

    `/healthz` is 200 while the process runs. `/readyz` is 200 while it is ready, else 503.
    """
    path = environ.get("PATH_INFO")
    if path not in ("/healthz", "/readyz") or environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
        return None
    said = health.describe() if path == "/readyz" else {"ok": True}
    good = said.get("ready", True)
    body = json.dumps(said).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK" if good else "503 Service Unavailable", headers)
    return [body]


def taken_port(port: int, fault: OSError) -> SrmbotError:
    """Make the error for a port that cannot be had."""
    return SrmbotError(f"cannot listen on port {port}: {fault.strerror}", "set --port or PORT to a free port")


def first_of(*answers: Responder | None) -> Responder:
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


def serve_health(health: Health, port: int, also: Responder | None = None) -> HealthServer:
    """Answer health checks on a port, in a thread of its own.

    Args:
        health: what is looked at.
        port: on all addresses.
        also: answers other paths.

    Raises:
        SrmbotError: the port cannot be had.
    """
    try:
        return start_server(first_of(partial(answer_health, health), also), "", port, "health")
    except OSError as fault:
        raise taken_port(port, fault) from fault


def start_server(answer: Responder, host: str, port: int, name: str) -> HealthServer:
    """Answer some paths on a port, in a thread of its own; every other is 404.

    Args:
        answer: what it answers.
        host: the address; blank for all.
        port: the port.
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
    threading.Thread(target=server.serve_forever, args=(STOP_LOOK,), name=name, daemon=True).start()
    return server

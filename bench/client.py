"""A light client in a process of its own: requests as JSON on standard input -> what became of each on standard output.

With `"at"` a request is sent at that second whatever the others do; without, after the one before it was answered.
Knows nothing of Slack: the requests come signed.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path

LONGEST = 30  # seconds for a request
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """One POST."""

    port: int
    headers: dict[str, str]
    body: str
    path: str = "/slack/events"
    keep: bool = False  # over a connection that stays; only without `at`
    at: float | None = None  # seconds after the first
    pause: float = 0.0  # seconds before it; only without `at`


@dataclass(frozen=True, slots=True)
class Response:
    """What became of a request."""

    sent: float  # seconds since 1970
    seconds: float  # until the last byte of the answer
    status: int  # 0: none


def replay(requests: Sequence[Request]) -> list[Response]:
    """Send requests from another process, so that this one's work does not slow them; the answers in their order."""
    command = [sys.executable, "-m", "bench.client"]
    given = json.dumps([asdict(request) for request in requests])
    root = Path(__file__).parents[1]
    done = subprocess.run(command, input=given, cwd=root, stdout=subprocess.PIPE, text=True, timeout=90, check=True)
    return [Response(**row) for row in json.loads(done.stdout)]


def in_turn(requests: Sequence[Request]) -> list[Response]:
    """One after the other."""
    kept = {port: HTTPConnection(HOST, port, timeout=LONGEST) for port in {request.port for request in requests}}
    found = []
    for request in requests:
        time.sleep(request.pause)
        sent, started = time.time(), time.perf_counter()
        connection = kept[request.port] if request.keep else HTTPConnection(HOST, request.port, timeout=LONGEST)
        connection.request("POST", request.path, request.body.encode(), request.headers)
        answer = connection.getresponse()
        answer.read()
        if not request.keep:
            connection.close()
        found.append(Response(sent, time.perf_counter() - started, answer.status))
    return found


async def at_their_time(requests: Sequence[Request]) -> list[Response]:
    """Each at its second, over a connection of its own."""
    began = time.perf_counter()
    return await asyncio.gather(*(one(request, began) for request in requests))


async def one(request: Request, began: float) -> Response:
    """Wait for the request's second, send it, read to the end."""
    await asyncio.sleep((request.at or 0.0) - (time.perf_counter() - began))
    sent, started = time.time(), time.perf_counter()
    status = 0
    try:
        async with asyncio.timeout(LONGEST):
            reader, writer = await asyncio.open_connection(HOST, request.port)
            writer.write(raw(request))
            answer = await reader.read()
            writer.close()
            status = int(answer.split(maxsplit=2)[1])
    except (OSError, TimeoutError, IndexError):
        pass  # the status says so
    return Response(sent, time.perf_counter() - started, status)


def raw(request: Request) -> bytes:
    """A request's bytes; the server is to hang up after it."""
    body = request.body.encode()
    headers = {"Host": HOST, "Connection": "close", "Content-Length": str(len(body)), **request.headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {request.path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def main() -> None:
    """Read, replay, write."""
    requests = [Request(**row) for row in json.load(sys.stdin)]
    timed = any(request.at is not None for request in requests)
    found = asyncio.run(at_their_time(requests)) if timed else in_turn(requests)
    json.dump([asdict(response) for response in found], sys.stdout)


if __name__ == "__main__":
    main()

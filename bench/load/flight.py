"""A client with some requests in flight, in a process of its own: each connection stays, and sends one after another.

Requests come on standard input as JSON, signed; what became of each goes to standard output, in the same order.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.client import HOST, LONGEST, Request, Response

ROOT = Path(__file__).parents[2]
PATIENCE = 600  # seconds for all of them


def fly(requests: Sequence[Request], flight: int) -> tuple[list[Response], float]:
    """Send requests to one port, always some at once.

    Args:
        requests: their answers come in the same order.
        flight: how many are under way.

    Returns:
        What became of each, and the seconds from the first to the last.
    """
    command = [sys.executable, "-m", "bench.load.flight", str(flight)]
    given = json.dumps([asdict(each) for each in requests])
    done = subprocess.run(
        command, input=given, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=PATIENCE, check=True
    )
    found = json.loads(done.stdout)
    return [Response(**row) for row in found["answers"]], found["seconds"]


async def send_all(requests: Sequence[Request], flight: int) -> list[Response]:
    """Share the requests among the connections: each takes the next one that is left."""
    found: dict[int, Response] = {}
    left = iter(enumerate(requests))
    await asyncio.gather(*(one_connection(left, found) for _ in range(flight)))
    return [found[number] for number in range(len(requests))]


async def one_connection(left: Iterator[tuple[int, Request]], found: dict[int, Response]) -> None:
    """Send what is left, one after another; after a failure over a new connection."""
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    for number, request in left:
        sent, started, status = time.time(), time.perf_counter(), 0
        try:
            async with asyncio.timeout(LONGEST):
                streams = streams or await asyncio.open_connection(HOST, request.port)
                streams[1].write(as_bytes(request))
                status, stays = await read_answer(streams[0])
                if not stays:
                    streams[1].close()
                    streams = None
        except (OSError, TimeoutError, ValueError, EOFError):
            streams = None
        found[number] = Response(sent, time.perf_counter() - started, status)
    if streams:
        streams[1].close()


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read one answer to its end.

    Returns:
        Its status, and whether the connection stays.
    """
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    stays = not head.startswith("http/1.0") and "connection: close" not in head
    length = head.partition("content-length:")[2].partition("\r\n")[0]
    if "transfer-encoding: chunked" in head:
        while (await reader.readuntil(b"\r\n")) != b"0\r\n":
            await reader.readuntil(b"\r\n")
        await reader.readuntil(b"\r\n")
    elif length or stays:
        await reader.readexactly(int(length or 0))
    else:
        await reader.read()
    return int(head.split(maxsplit=2)[1]), stays


def as_bytes(request: Request) -> bytes:
    """A request's bytes; the connection stays."""
    body = request.body.encode()
    headers = {"Host": HOST, "Content-Length": str(len(body)), **request.headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {request.path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def main() -> None:
    """Read, send, write."""
    requests = [Request(**row) for row in json.load(sys.stdin)]
    started = time.perf_counter()
    found = asyncio.run(send_all(requests, int(sys.argv[1])))
    seconds = time.perf_counter() - started
    json.dump({"answers": [asdict(each) for each in found], "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()

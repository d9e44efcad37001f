"""The page's server on 127.0.0.1: the page's own files, what a person sees, what a person does."""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from srmbot.errors import SrmbotError
from srmbot.fake_slack import RefusedCallError
from srmbot.playground.actions import ACTIONS
from srmbot.playground.guard import POLICY_HEADERS, refusal
from srmbot.playground.page_state import page_state
from srmbot.playground.session import Session

Json = dict[str, Any]

log = logging.getLogger("srmbot.playground")

PAGE_FOLDER = Path(__file__).with_name("page")
MEDIA_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
NEWS_PATIENCE = 20.0  # seconds that a request for news waits
CLOCK_LOOK_EVERY = 1.0  # seconds between two looks at the clock, which makes scheduled messages due


class PageServer(ThreadingHTTPServer):
    """Serves one room. `with PageServer(room, 3000) as server: server.serve_forever()`."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, room: Session, port: int) -> None:
        """Take the port.

        Raises:
            SrmbotError: it cannot be had.
        """
        self.room = room
        self.token = secrets.token_urlsafe(24)
        self.files = {path.name: path for path in PAGE_FOLDER.iterdir() if path.suffix in MEDIA_TYPES}
        try:
            super().__init__(("127.0.0.1", port), PageConnection)
        except OSError as fault:
            raise SrmbotError(
                f"cannot listen on port {port}: {fault.strerror}", "choose another one with --port"
            ) from fault

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that was closed hangs up; anything else is a bug of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            log.error("unexpected_error", exc_info=True, extra={"surface": "playground"})


class PageConnection(BaseHTTPRequestHandler):
    """One connection."""

    server: PageServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        """A file of the page, or what there is to see."""
        path = urlsplit(self.path).path
        if not self.refused(path):
            if path == "/api/seen":
                self.seen()
            else:
                self.file(path.removeprefix("/") or "index.html")

    def do_POST(self) -> None:
        """What a person does."""
        path = urlsplit(self.path).path
        if self.refused(path):
            return
        try:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            act = ACTIONS.get(path.removeprefix("/api/"))
            if act is None or not isinstance(body, dict):
                raise LookupError("no such action, or its body is not a JSON object")
            answer = act(self.server.room, self.server.room.person(body.get("as")), body)
        except (LookupError, ValueError, TypeError, RefusedCallError) as wrong:
            self.send(400, {"error": str(wrong)})
        else:
            self.send(200, answer)

    def refused(self, path: str) -> bool:
        """Refuse a request that may not pass."""
        no = refusal(self.command, path, self.headers, self.server.token)
        if no:
            self.close_connection = True  # its body is not read
            self.send(no[0], {"error": no[1]})
        return no is not None

    def seen(self) -> None:
        """All that one person sees; with `since`, once it is anything else than that."""
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(self.path).query).items()}
        try:
            viewer = self.server.room.person(asked.get("as"))
        except LookupError as unknown:
            self.send(400, {"error": str(unknown)})
            return
        until, changed = time.monotonic() + NEWS_PATIENCE, self.server.room.slack.workspace.lock
        while True:
            before = changed.count  # what changes while it is drawn counts as news
            shown = page_state(self.server.room, viewer)
            if shown["version"] != asked.get("since") or time.monotonic() >= until:
                break
            with changed:
                changed.wait_for(lambda known=before: changed.count != known, CLOCK_LOOK_EVERY)  # type: ignore[misc]
        self.send(200, shown)

    def file(self, name: str) -> None:
        """One of the page's own files."""
        path = self.server.files.get(name)
        if path is None:
            self.send(404, {"error": "page not found"})
            return
        content = path.read_bytes()
        if name == "index.html":
            content = content.replace(b"%TOKEN%", self.server.token.encode())
        self.reply(200, content, MEDIA_TYPES[path.suffix])

    def send(self, status: int, answer: Json) -> None:
        """Answer with JSON."""
        self.reply(status, json.dumps(answer).encode(), "application/json")

    def reply(self, status: int, content: bytes, kind: str) -> None:
        """Answer, always under the same strict policy."""
        self.send_response(status)
        sent = {**POLICY_HEADERS, "Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(content))}
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def version_string(self) -> str:
        """No more than what it is."""
        return "srmbot-playground"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: every request is the page's own."""

"""Some bytes -> what is given them: the whole app behind a signature, the reading of a text, a knowledge file."""

from __future__ import annotations

import io
import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from itertools import cycle
from typing import Any
from urllib.parse import quote

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.fake_slack import FakeSlack
from srmbot.fake_slack.events import sign
from srmbot.knowledge.draft import read_draft
from srmbot.knowledge.files import PLACES, File, Layer
from srmbot.render import message
from srmbot.render.json import as_json
from srmbot.render.text import as_text
from srmbot.slack.app import make_app
from srmbot.slack.retry import DelayedWork
from srmbot.slack.serve.http import make_wsgi_app

SECRET = "0123456789abcdef" * 2
HOOKS = b"http%3A%2F%2F127.0.0.1%3A1%2F"  # stands for the fake Slack in the corpus
FORM = "application/x-www-form-urlencoded"
ALIVE = re.compile(r"<[!@#]")  # what Slack would make a mention of
Target = Callable[[bytes], None]  # raises where something is wrong


class WrongError(Exception):
    """What must hold does not."""


class Dropping(Executor):
    """Does not do what would call Slack."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Drop it."""
        return Future()


class Never(DelayedWork):
    """Does not do what would call Slack later."""

    def run_after(self, seconds: float, work: Callable[[], object]) -> None:
        """Drop it."""


class Bugs(logging.Handler):
    """Keeps what was logged as a bug."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        if record.getMessage() == "unexpected_error":
            self.found.append(str(record.exc_info and record.exc_info[1]))


def requests(bot: Bot, slack: FakeSlack) -> Target:
    """The whole app, by signed requests: no 500, and nothing that is logged as a bug."""
    app = make_app(bot, Settings(slack.bot_token, None, SECRET, slack.api_url, limits=None), Dropping(), later=Never())
    serve, bugs = make_wsgi_app(app), Bugs()
    logging.getLogger().addHandler(bugs)

    def target(raw: bytes) -> None:
        body = raw.replace(HOOKS, quote(slack.server.url, safe="").encode())
        stamp, given = int(time.time()), list[str]()
        kind = "application/json" if body[:1] == b"{" else FORM
        environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/slack/events", "SERVER_PROTOCOL": "HTTP/1.1"}
        environ |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": kind, "QUERY_STRING": ""}
        environ |= {"HTTP_X_SLACK_REQUEST_TIMESTAMP": str(stamp), "HTTP_X_SLACK_SIGNATURE": sign(SECRET, stamp, body)}
        b"".join(serve({**environ, "wsgi.input": io.BytesIO(body)}, lambda status, headers: given.append(status)))
        if bugs.found:
            raise WrongError(f"a bug was logged: {bugs.found.pop()}")
        if not given or not given[0].startswith(("200", "400", "401", "404", "413")):
            raise WrongError(f"answered {given}")

    return target


def texts(bot: Bot) -> Target:
    """A question: it is answered, and no rendering of the answer mentions anybody."""

    def target(raw: bytes) -> None:
        answer = bot.state.reply(raw.decode(errors="replace"))
        as_text(answer)
        json.dumps(as_json(answer))
        posted = message.as_message(answer, echo=True)
        for said in (posted["text"], *marked_up(posted.get("blocks", []))):
            if ALIVE.search(said):
                raise WrongError(f"a mention in {said!r}")

    return target


def marked_up(node: Any) -> Iterator[str]:
    """Every text in some blocks that Slack reads as markup."""
    if isinstance(node, list):
        for each in node:
            yield from marked_up(each)
    elif isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            yield str(node["text"])
        for each in node.values():
            yield from marked_up(each)


def knowledge() -> Target:
    """A file of knowledge, by turns of each kind: it is read, or has problems that say where and what."""
    names = cycle(place.pattern.replace("*", "rds") for place in PLACES)

    def target(raw: bytes) -> None:
        name = next(names)
        for problem in read_draft([Layer("own", [File(f"own/{name}", name, 0, raw)])]).problems:
            if problem.at.line < 1 or not problem.what:
                raise WrongError(f"a problem without a place: {problem}")

    return target

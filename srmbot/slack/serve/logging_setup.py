"""Log records -> one line each, `time level event key=value …`, without secrets and request bodies.

An event is a key that stays the same from version to version; docs/deploy.md lists them all.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TextIO

from srmbot.slack.request_id import add_request_id

SECRET = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|v0=[0-9a-f]{32,}|https://hooks\.slack(?:-gov)?\.com/[^\s\"]+|wss?://[^\s\"]+"
)
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
UNSEEN_SIGNS = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # json.dumps leaves these as they are
PLAIN_VALUE = re.compile(r"[\w./:@+·-]+")


class OneLine(logging.Formatter):
    """Formats a record as one line; a traceback follows on its own lines, as people and tools expect it."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record, and strike out anything that looks like a secret."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        words = [at, record.levelname, format_value(record.getMessage().replace("\n", " ")), *format_fields(record)]
        line = " ".join(words)
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return SECRET.sub("[secret]", line)


class TerminalLine(logging.Formatter):
    """Formats a record for a terminal, where time and level would be noise."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record as "srmbot: event key=value …"."""
        line = " ".join(["srmbot:", record.getMessage(), *format_fields(record)])
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return SECRET.sub("[secret]", line)


def format_fields(record: logging.LogRecord) -> Iterator[str]:
    """Format what was passed as `extra` as key=value, without what is None."""
    if not record.name.startswith("srmbot"):
        yield f"logger={record.name}"
    for name, given in vars(record).items():
        if name not in STANDARD and given is not None:
            yield f"{name}={format_value(str(given))}"


def format_value(text: str) -> str:
    """Quote a value if it has spaces or signs in it, and escape every character that would end the line."""
    if PLAIN_VALUE.fullmatch(text):
        return text
    return UNSEEN_SIGNS.sub(lambda sign: json.dumps(sign[0])[1:-1], json.dumps(text, ensure_ascii=False))


def drop_bodies(record: logging.LogRecord) -> bool:
    """Shorten what Bolt writes of what was refused: it has the whole body in it, or the code of a consent."""
    if "Invalid request signature" in str(record.msg):
        record.msg, record.args = "signature_rejected", ()
    elif "Unhandled request" in str(record.msg):
        record.msg, record.args = "request_unhandled", ()
    elif "Failed to fetch oauth" in str(record.msg):
        record.msg, record.args = "code_rejected", ()
    return True


def make_handler(stream: TextIO, form: logging.Formatter | None = None) -> logging.Handler:
    """Make a handler that writes our lines.

    Args:
        stream: where to.
        form: `OneLine` if it is left out.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(form or OneLine())
    handler.addFilter(drop_bodies)
    handler.addFilter(add_request_id)
    return handler


def set_up_logging(level: str) -> None:
    """Log to standard error; the libraries never below INFO, where they write whole requests."""
    root, handler, wanted = logging.getLogger(), make_handler(sys.stderr), logging.getLevelNamesMapping()[level]
    handler.setLevel(wanted)
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)  # what is counted for /metrics need not be written
    logging.getLogger("srmbot").setLevel(min(wanted, logging.INFO))

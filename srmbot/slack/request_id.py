"""The ID of the request that is being answered: in every log line about it, and what a user is given after a bug."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from srmbot.spans import span

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)  # None outside any request


def new_request_id() -> str:
    """Make an ID: 8 hex digits."""
    return os.urandom(4).hex()


@contextmanager
def bind_request_id() -> Iterator[None]:
    """Give what runs inside an ID, unless it has one, and a span. Threads for it get both by `copy_context`."""
    known = REQUEST_ID.get() or new_request_id()
    bound = REQUEST_ID.set(known)
    try:
        with span("receive") as say:
            say("request_id", known)
            yield
    finally:
        REQUEST_ID.reset(bound)


def add_request_id(record: logging.LogRecord) -> bool:
    """Add the ID to a log record, as a handler's filter."""
    if (known := REQUEST_ID.get()) and not hasattr(record, "request_id"):
        record.request_id = known
    return True

"""Failures in a listener -> a short mark for the user, the traceback under the same mark in the log."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from srmbot.errors import SrmbotError

Tell = Callable[[str], object]

log = logging.getLogger("srmbot.slack")


@contextmanager
def report_errors(where: str, tell: Tell) -> Iterator[None]:
    """Run a listener's work, and report to the user whatever it raises.

    Args:
        where: the surface, for the log.
        tell: sends a text to the user; called once, with what to say.
    """
    try:
        yield
    except SrmbotError as fault:
        log.warning("foreseen", extra={"surface": where, "what": fault.what})
        try_to_tell(tell, str(fault))
    except Exception as error:
        try_to_tell(tell, f"Something went wrong. Tell the people who run me this mark: {log_error(error, where)}")


def try_to_tell(tell: Tell, text: str) -> None:
    """Write to the user; if even that fails, for any reason, only the log has it."""
    try:
        tell(text)
    except Exception as error:
        log.warning("could not tell the user", extra={"what": type(error).__name__})


def log_error(error: Exception, where: str) -> str:
    """Log an error with its traceback under a short mark. Returns the mark."""
    reference = secrets.token_hex(4)
    log.error("failed", exc_info=error, extra={"surface": where, "mark": reference})
    return reference

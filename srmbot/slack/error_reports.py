"""Failures in a listener -> an error ID for the user, the traceback under the same ID in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from srmbot.errors import SrmbotError, UsageError
from srmbot.slack.outcomes import UnconfirmedError, as_expected
from srmbot.slack.request_id import REQUEST_ID, new_request_id

Tell = Callable[[str], object]

log = logging.getLogger("srmbot.slack")

APOLOGY = "Something went wrong. Please give this error ID to whoever runs me: {}"


@contextmanager
def report_errors(where: str, tell: Tell) -> Iterator[None]:
    """Run a listener's work, and report to the user whatever it raises.

    Where Slack may have taken an answer, the user hears nothing: a second message would contradict the first.

    Args:
        where: the surface, for the log.
        tell: sends a text to the user; called once, with what to say.
    """
    try:
        yield
    except UnconfirmedError as fault:
        log.warning("answer_unconfirmed", extra={"surface": where, "what": str(fault)})
    except Exception as error:
        expected = as_expected(error)
        if expected is not None:
            log_expected(expected, where)
        try_to_tell(tell, str(expected) if expected else APOLOGY.format(log_error(error, where)))


@contextmanager
def log_errors(where: str) -> Iterator[None]:
    """Run work in a thread where nothing else would notice what it raises."""
    try:
        yield
    except UnconfirmedError as fault:
        log.warning("answer_unconfirmed", extra={"surface": where, "what": str(fault)})
    except Exception as error:
        expected = as_expected(error)
        if expected is not None:
            log_expected(expected, where)
        else:
            log_error(error, where)


def try_to_tell(tell: Tell, text: str) -> None:
    """Write to the user; if even that fails, for any reason, only the log has it."""
    try:
        tell(text)
    except Exception as error:
        log.warning("notify_failed", extra={"what": type(error).__name__})


def log_expected(fault: SrmbotError, where: str) -> None:
    """Log a failure that can be foreseen, without what a user has typed."""
    what = None if isinstance(fault, UsageError) else fault.what
    log.warning("expected_error", extra={"surface": where, "key": fault.key, "what": what})


def log_error(error: Exception, where: str) -> str:
    """Log an error with its traceback. Returns the ID to find it by: that of the request, where there is one."""
    error_id = REQUEST_ID.get() or new_request_id()
    log.error("unexpected_error", exc_info=error, extra={"surface": where, "request_id": error_id})
    return error_id

"""One log line for each thing answered: what was claimed and how long it took, never what was asked."""

from __future__ import annotations

import logging
from time import perf_counter

from srmbot.answer import Answer
from srmbot.commands.command import AnyReply

log = logging.getLogger("srmbot.slack")


def log_answer(surface: str, reply: AnyReply, started: float, **where: str | None) -> None:
    """Log one answer.

    Args:
        surface: where it was asked.
        reply: the answer, a tip, or a subcommand's text.
        started: `perf_counter()` when the request came.
        where: ids of the team and the channel.
    """
    fields: dict[str, object] = {"surface": surface, "ms": round((perf_counter() - started) * 1000, 1), **where}
    if isinstance(reply, Answer):
        fields |= {"outcome": reply.outcome, "key": reply.key or None, "confidence": reply.confidence}
        fields["knowledge"] = reply.knowledge.version[:7]
    log.info("answered", extra=fields)

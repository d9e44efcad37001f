"""What is printed -> what a terminal shows: wrapped to its width, the verdict in colour. A pipe gets it as it is."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
OWNER_COLOURS = {"aws": "\x1b[1;33m", "customer": "\x1b[1;36m", "shared": "\x1b[1;35m"}  # by owner: bold, and a colour
LABELLED = re.compile(r"\s*(?:- |\d+\. |[\w ]{2,24}: )")  # lines whose continuation is indented
NARROWEST_LINE = 20  # characters that a line is wrapped to, however narrow the terminal is


def terminal_width() -> int:
    """Characters of a line."""
    return shutil.get_terminal_size().columns


def wants_colour() -> bool:
    """Whether standard output shows colours, and nobody has asked for none (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show_reply(reply: Any, end: str = "\n") -> None:
    """Print what a question or a command got."""
    from srmbot.answer import Answer

    owner = reply.owner if isinstance(reply, Answer) else None
    show(as_text(reply), OWNER_COLOURS[owner] if owner else "", end)


def as_text(reply: Any) -> str:
    """What a question or a command got, as text."""
    from srmbot.render import text, tip

    if isinstance(reply, str):
        return reply
    return tip.as_text(reply) if isinstance(reply, tip.Tip) else text.as_text(reply)


def show(text: str, colour: str = "", end: str = "\n") -> None:
    """Print a text.

    Args:
        text: lines of any length.
        colour: of the first line, where colours are shown.
        end: what comes after it.
    """
    lines = wrap(text, terminal_width()) if sys.stdout.isatty() else text.split("\n")
    if colour and wants_colour():
        lines = [f"{colour}{lines[0]}{PLAIN}", *lines[1:]]
    print("\n".join(lines), end=end)


def wrap(text: str, width: int) -> Sequence[str]:
    """A text in lines of no more than so many characters; only what has no space in it, as an address, is longer."""
    return [part for line in text.split("\n") for part in wrap_line(line, max(width, NARROWEST_LINE))]


def wrap_line(line: str, width: int) -> Sequence[str]:
    """One line, wrapped where it is too long; what belongs to a label or a bullet is indented below it."""
    found = LABELLED.match(line)
    indent = " " * (len(line) - len(line.lstrip()) + 2) if found else ""
    wrapped = textwrap.wrap(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
    return wrapped or [""]

"""What the bot says when somebody meets it for the first time: a person on its Home tab, or a channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from srmbot.render import words
from srmbot.render.blocks import Action, escape, section
from srmbot.render.controls import button, example_buttons
from srmbot.render.rich_text import Part, bullets, rich_text, text

HELLO = "Hello! I say who owns what on AWS: AWS, you, or both, with the AWS page that says so."
TO_PERSON = (
    "Ask me here in your own words, or forward me a message: an alarm, an e-mail, somebody's question.",
    "In any channel, `/srm who patches RDS?` answers you alone, and the shortcut “Who owns this?” any message.",
    "In a channel that I'm in, mention me: everybody sees the answer, in a thread.",
)
TO_CHANNEL = (
    "Mention me with a question, or alone in a thread: I answer the last message that asks.",
    "`/srm who patches RDS?` answers you alone.",
    "For a tip a day in this channel: `/srm tips on 09:00`.",
)


def welcome_person() -> dict[str, Any]:
    """A direct message: what to do, and examples to click."""
    return message(TO_PERSON)


def welcome_channel() -> dict[str, Any]:
    """A message to a channel that the bot was added to."""
    return message(TO_CHANNEL)


def message(lines: Sequence[str]) -> dict[str, Any]:
    """A greeting, some lines, examples, and the way to the form."""
    actions = [*example_buttons(words.EXAMPLE_QUESTIONS), button(Action.ASK, "Ask a question")]
    listed = rich_text([bullets([spans(line) for line in lines])])
    blocks = [section(f"*{escape(HELLO)}*"), listed, {"type": "actions", "elements": actions}]
    return {"text": escape("\n".join((HELLO, *lines))), "blocks": blocks}


def spans(line: str) -> list[Part]:
    """The parts of a line: what is between backticks is code."""
    return [text(part, code=bool(number % 2)) for number, part in enumerate(line.split("`")) if part]

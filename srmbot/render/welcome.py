"""What the bot says when somebody meets it for the first time: a person on its Home tab, or a channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from srmbot.render import words
from srmbot.render.blocks import Action, Block, escape, section
from srmbot.render.controls import button

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
    examples = [button(f"{Action.EXAMPLE}:{at}", example, example) for at, example in enumerate(words.EXAMPLES)]
    actions = [*examples, button(Action.ASK, "Ask a question")]
    blocks = [section(f"*{escape(HELLO)}*"), bullets(lines), {"type": "actions", "elements": actions}]
    return {"text": escape("\n".join((HELLO, *lines))), "blocks": blocks}


def bullets(lines: Sequence[str]) -> Block:
    """A list, which screen readers read as one; what is between backticks is code."""
    items = [{"type": "rich_text_section", "elements": list(spans(line))} for line in lines]
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}]}


def spans(line: str) -> Iterator[Block]:
    """The parts of a line, every other one of which is code."""
    for number, part in enumerate(line.split("`")):
        if part:
            yield {"type": "text", "text": part} | ({"style": {"code": True}} if number % 2 else {})

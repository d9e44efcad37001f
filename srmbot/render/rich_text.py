"""Lines -> rich text: real lists under their headings, which a screen reader counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]
Part = dict[str, Any]  # of a line: text, a link, a channel


def rich_text(elements: Iterable[Block]) -> Block:
    """A block of headings, lines and lists."""
    return {"type": "rich_text", "elements": list(elements)}


def heading(*parts: Part) -> Block:
    """A line above a list."""
    return {"type": "rich_text_section", "elements": list(parts)}


def bullets(lines: Sequence[Sequence[Part]]) -> Block:
    """A list."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [heading(*parts) for parts in lines]}


def preformatted(said: str) -> Block:
    """A text with its own lines, which is easily copied."""
    return {"type": "rich_text_preformatted", "elements": [text(said)]}


def text(said: str, *, bold: bool = False, code: bool = False) -> Part:
    """Text that Slack shows as it is."""
    style = {name: True for name, wanted in (("bold", bold), ("code", code)) if wanted}
    return {"type": "text", "text": said, **({"style": style} if style else {})}


def link(address: str, title: str) -> Part:
    """A link by its title."""
    return {"type": "link", "url": address, "text": title}


def channel(channel_id: str) -> Part:
    """A channel, which Slack shows by its name to who may see it."""
    return {"type": "channel", "channel_id": channel_id}

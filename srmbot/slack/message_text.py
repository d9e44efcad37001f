"""A message -> what a person reads in it: its words, its blocks, and what it hands over to be read.

Handed over are messages that were shared or forwarded, cards of other apps, e-mails and pasted texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

Message = dict[str, Any]  # as Slack gives it

TEXT_FIELDS = ("pretext", "title", "text")  # of an attachment, in the order they are read
UNREAD = frozenset(("actions", "button", "context_actions"))  # parts of blocks whose texts are labels
MAIL, PASTED = "email", frozenset(("post", "snippet"))  # files that are texts, by their mode
# Lines of a mail that are not its writer's: quoted ones, and the heads of what is forwarded or answered.
QUOTED = re.compile(r"\s*(?:>|(?:from|to|cc|sent|date|subject|reply-to)\s*:|-{3,}.*-{3,}\s*$)", re.IGNORECASE)
MAIL_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


def message_text(message: Message) -> str:
    """Collect what a person reads in a message, what it hands over included; each text once."""
    lines = [message.get("text") or "", *block_texts(message.get("blocks") or [])]
    return join_once([*lines, *(line for part in parts_handed_over(message) for line in part)])


def handed_over(message: Message) -> list[str]:
    """What a message hands over to be read, each as one text; those without words are left out."""
    return [text for part in parts_handed_over(message) if (text := join_once(part))]


def parts_handed_over(message: Message) -> Iterator[Iterator[str]]:
    """The lines of each thing that is handed over: shared messages, cards, previews, mails, pasted texts."""
    attachments = message.get("attachments") or []
    yield from map(attachment_texts, attachments)
    for holder in (message, *attachments):  # a message that was shared has its files inside
        yield from map(file_texts, holder.get("files") or [])


def attachment_texts(attachment: Message) -> Iterator[str]:
    """What is written in an attachment, and in those inside: a message that was shared may have had some."""
    found = join_once(
        (
            *(attachment.get(name) or "" for name in TEXT_FIELDS),
            *(f"{field.get('title', '')} {field.get('value', '')}" for field in attachment.get("fields") or []),
            *block_texts(attachment.get("blocks") or attachment.get("message_blocks") or []),
            *(text for inner in attachment.get("attachments") or [] for text in attachment_texts(inner)),
        )
    )
    yield from (found or attachment.get("fallback") or "").splitlines()


def file_texts(file: Message) -> Iterator[str]:
    """What is written in a file, as far as Slack says it: a mail's subject and body, a pasted text's beginning."""
    if MAIL in (file.get("mode"), file.get("filetype")):
        yield file.get("subject") or file.get("title") or ""
        yield mail_body(file.get("plain_text") or file.get("preview_plain_text") or "")
    elif file.get("mode") in PASTED:
        yield file.get("title") or ""
        yield file.get("preview") or ""


def mail_body(text: str) -> str:
    """What the writer of a mail says: without what is quoted, the heads of forwarded mails, and the signature."""
    kept = (line for line in MAIL_SIGNATURE.split(text)[0].splitlines() if not QUOTED.match(line))
    return "\n".join(kept).strip()


def block_texts(node: Any) -> Iterator[str]:
    """Find every text inside blocks, however deep, except the labels of buttons."""
    if isinstance(node, list):
        for item in node:
            yield from block_texts(item)
    elif isinstance(node, dict) and node.get("type") not in UNREAD:
        if node.get("type") == "rich_text_section":
            yield "".join(str(part.get("text", "")) for part in node.get("elements", []))
            return
        for name, value in node.items():
            if name == "text" and isinstance(value, str):
                yield value
            elif isinstance(value, (dict, list)):
                yield from block_texts(value)


def join_once(lines: Iterable[str]) -> str:
    """Texts in their order, one a line; what stands in an earlier one already is left out."""
    kept: list[str] = []
    for line in filter(str.strip, lines):
        if not any(line in other for other in kept):
            kept.append(line)
    return "\n".join(kept)

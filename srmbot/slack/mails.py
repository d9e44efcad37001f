"""Mails that Slack names without their text -> the same with it, where `files:read` lets the bot look them up."""

from __future__ import annotations

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from srmbot.slack.message_text import MAIL, Message

MOST_MAILS = 3  # mails of one message that are looked up
BODIES = ("plain_text", "preview_plain_text")

log = logging.getLogger("srmbot.slack")


def with_mails(client: WebClient, message: Message) -> Message:
    """A message with the texts of its mails, and of those in messages that it shares; as it is where none is missing.

    An event of a mail that a person sends to Slack has its subject alone. An extra: what cannot be had is left out.
    """
    holders = [message, *(message.get("attachments") or [])]
    missing = [file for holder in holders for file in holder.get("files") or [] if is_cut(file)]
    found = {str(file["id"]): look_up(client, str(file["id"])) for file in missing[:MOST_MAILS]}
    if not any(found.values()):
        return message
    attachments = [complete(each, found) for each in message.get("attachments") or []]
    return complete({**message, "attachments": attachments}, found)


def is_cut(file: Message) -> bool:
    """Whether a file is a mail of which Slack says less than it knows."""
    is_mail = MAIL in (file.get("mode"), file.get("filetype"))
    return is_mail and bool(file.get("id")) and not any(file.get(name) for name in BODIES)


def look_up(client: WebClient, file: str) -> Message:
    """All that Slack knows of a file; nothing where that is not allowed, or fails."""
    try:
        known: Message = client.files_info(file=file).get("file") or {}
    except SlackApiError as fault:
        log.info("mail_unread", extra={"what": str(fault.response.get("error"))})
        return {}
    return known


def complete(holder: Message, found: dict[str, Message]) -> Message:
    """A message or an attachment with what was found of its files."""
    files = [{**file, **found.get(str(file.get("id")), {})} for file in holder.get("files") or []]
    return {**holder, "files": files} if files else holder

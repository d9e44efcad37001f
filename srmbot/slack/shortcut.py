"""The message shortcut “Who owns this?”: the message it was used on, answered to the requester alone.

Slack hands the message over, so it works without any history scope, and where the bot is no member.
"""

from __future__ import annotations

from srmbot.slack.mails import with_mails
from srmbot.slack.message_text import message_text
from srmbot.slack.request import Request


def on_shortcut(request: Request) -> None:
    """Answer the message."""
    message = request.body.get("message") or {}
    request.deliver(lambda: request.known.reply(message_text(with_mails(request.client, message))), request.respond)

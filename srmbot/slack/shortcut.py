"""The message shortcut “Who owns this?”: the message it was used on, answered to the asker alone.

Slack hands the message over, so it works without any history scope, and where the bot is no member.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from slack_sdk import WebClient

from srmbot.answer import Answer
from srmbot.bot import Bot
from srmbot.slack.answer_log import log_answer
from srmbot.slack.message import as_message
from srmbot.slack.post import respond
from srmbot.slack.retry import DelayedWork, run_with_retry
from srmbot.slack.thread import message_text


def on_shortcut(bot: Bot, later: DelayedWork) -> Callable[..., None]:
    """What the use of the shortcut gets."""

    def answer_it(shortcut: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        started = perf_counter()

        def tell(reply: Answer | str) -> None:
            respond(shortcut["response_url"], response_type="ephemeral", **as_message(reply))

        def work() -> None:
            reply = bot.state.reply(message_text(shortcut.get("message") or {}))
            tell(reply)
            channel = (shortcut.get("channel") or {}).get("id")
            log_answer("shortcut", reply, started, team=(shortcut.get("team") or {}).get("id"), channel=channel)

        run_with_retry("shortcut", work, tell, later)

    return answer_it

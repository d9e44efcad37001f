"""`/srm …`: answered to the asker alone, in the response to the command itself."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from slack_bolt import Ack

from srmbot.bot import Bot
from srmbot.commands import answer
from srmbot.slack.failures import told
from srmbot.slack.message import as_message
from srmbot.slack.record import record


def on_slash(bot: Bot) -> Callable[..., None]:
    """The listener of the command."""

    def listener(ack: Ack, command: dict[str, str]) -> None:
        started = perf_counter()
        with told("slash", lambda text: ack(response_type="ephemeral", **as_message(text))):
            reply = answer(bot, command.get("text", ""))
            ack(response_type="ephemeral", unfurl_links=False, unfurl_media=False, **as_message(reply, echo=True))
            record("slash", reply, started, team=command.get("team_id"), channel=command.get("channel_id"))

    return listener

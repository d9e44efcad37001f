"""`/srm …`: answered to the asker alone, in the response to the command itself.

What remembers or calls Slack is acknowledged at once, and answered through the command's response_url.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from functools import cache as once
from time import perf_counter

from slack_bolt import Ack

from srmbot.bot import Bot
from srmbot.commands import answer, meant
from srmbot.slack.failures import told
from srmbot.slack.later import Later, carry_out
from srmbot.slack.message import as_message
from srmbot.slack.post import respond
from srmbot.slack.record import record
from srmbot.slack.tipping import Tipping


def on_slash(bot: Bot, tipping: Tipping, executor: Executor, later: Later) -> Callable[..., None]:
    """The listener of the command."""

    def listener(ack: Ack, command: dict[str, str]) -> None:
        started = perf_counter()
        with told("slash", lambda text: ack(response_type="ephemeral", **as_message(text))):
            text = command.get("text", "")
            wanted = meant(bot, text)
            if wanted and wanted.slow:
                ack()
                executor.submit(slowly, command, started)
                return
            asker = tipping.asker(command.get("team_id"), command.get("channel_id"), command.get("user_id"))
            reply = answer(bot, text, asker)
            ack(response_type="ephemeral", unfurl_links=False, unfurl_media=False, **as_message(reply, echo=True))
            tipping.note(asker, reply)
            record("slash", reply, started, team=command.get("team_id"), channel=command.get("channel_id"))

    def slowly(command: dict[str, str], started: float) -> None:
        url = command.get("response_url", "")
        asker = tipping.asker(command.get("team_id"), command.get("channel_id"), command.get("user_id"))
        reply = once(lambda: answer(bot, command.get("text", ""), asker))  # what it did is not done again

        def work() -> None:
            respond(url, response_type="ephemeral", **as_message(reply()))
            record("slash", reply(), started, team=command.get("team_id"), channel=command.get("channel_id"))

        carry_out("slash", work, lambda text: respond(url, response_type="ephemeral", **as_message(text)), later)

    return listener

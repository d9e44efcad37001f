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
from srmbot.commands import resolve
from srmbot.commands.command import Invocation
from srmbot.slack.answer_log import log_answer
from srmbot.slack.error_reports import report_errors
from srmbot.slack.message import as_message
from srmbot.slack.post import respond
from srmbot.slack.retry import DelayedWork, run_with_retry
from srmbot.slack.tips.runtime import TipsRuntime


def on_slash(bot: Bot, tipping: TipsRuntime, executor: Executor, later: DelayedWork) -> Callable[..., None]:
    """The listener of the command."""

    def listener(ack: Ack, command: dict[str, str]) -> None:
        started = perf_counter()
        with report_errors("slash", lambda text: ack(response_type="ephemeral", **as_message(text))):
            asked = resolve(bot.state, command.get("text", ""))
            if isinstance(asked, Invocation) and asked.command.slow:
                ack()
                executor.submit(slowly, asked, command, started)
                return
            asker = tipping.make_asker(command.get("team_id"), command.get("channel_id"), command.get("user_id"))
            reply = asked.reply(asker)
            ack(response_type="ephemeral", unfurl_links=False, unfurl_media=False, **as_message(reply, echo=True))
            tipping.count_question(asker, reply)
            log_answer("slash", reply, started, team=command.get("team_id"), channel=command.get("channel_id"))

    def slowly(asked: Invocation, command: dict[str, str], started: float) -> None:
        url = command.get("response_url", "")
        asker = tipping.make_asker(command.get("team_id"), command.get("channel_id"), command.get("user_id"))
        reply = once(lambda: asked.reply(asker))  # what it did is not done again

        def work() -> None:
            respond(url, response_type="ephemeral", **as_message(reply()))
            log_answer("slash", reply(), started, team=command.get("team_id"), channel=command.get("channel_id"))

        run_with_retry("slash", work, lambda text: respond(url, response_type="ephemeral", **as_message(text)), later)

    return listener

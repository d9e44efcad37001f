"""`/srm …`: answered to the requester alone, in the response to the command itself.

A slow subcommand is acknowledged at once, and answered through its response_url. So is an answer with a block that the
workspace is not known to show: were it refused in the response, nobody would hear of it, and the user would get
nothing.
"""

from __future__ import annotations

from functools import partial

from slack_bolt import Ack

from srmbot.commands import resolve
from srmbot.commands.command import Invocation
from srmbot.slack.error_reports import report_errors
from srmbot.slack.message import as_message, newer_types
from srmbot.slack.post import WITHOUT_PREVIEWS
from srmbot.slack.request import ALONE, Request


def on_slash(request: Request, ack: Ack) -> None:
    """Answer the command."""
    with report_errors(request.surface, lambda text: ack(response_type="ephemeral", **as_message(text))):
        asked = resolve(request.known, request.body.get("text", ""))
        if isinstance(asked, Invocation) and asked.command.slow:
            ack()
            request.runtime.submit(request.deliver, partial(asked.reply, request.requester), request.respond)
            return
        reply = asked.reply(request.requester)
        made = as_message(reply, ALONE, echo=True, without=request.shown.refused)
        if not request.shown.shows(newer_types(made)):
            ack()
            request.runtime.submit(request.deliver, lambda: reply, partial(request.respond, echo=True))
            return
        ack(response_type="ephemeral", **WITHOUT_PREVIEWS, **made)
        request.answered(reply)

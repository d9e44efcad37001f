"""An answer passed on: to the channel that it was asked in, or with its question to the team whose part it is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError

from srmbot.answer import Answer
from srmbot.errors import SrmbotError
from srmbot.model import Team
from srmbot.query import clean
from srmbot.render.blocks import context, escape, section
from srmbot.render.carried import Carried, read_carried
from srmbot.render.message import Setting
from srmbot.slack.choice import ANSWER_GONE, place_of
from srmbot.slack.message import send_message
from srmbot.slack.outcomes import UnconfirmedError
from srmbot.slack.post import post, respond
from srmbot.slack.request import Request

log = logging.getLogger("srmbot.slack")

MOST_QUOTED = 1000  # characters of a question
NO_TEAM = "No team with a channel is set for this any more."
OUTSIDER_TEAMS = "Only people of my own workspace can ask its teams."
NOT_THERE = ("channel_not_found", "not_in_channel")  # what Slack says where the bot is no member


def on_share(request: Request) -> None:
    """Show the channel an answer that one person got: “Share here” was clicked."""
    pass_on(request, share)


def on_ask_team(request: Request) -> None:
    """Post question and answer to the team's channel: the button was clicked, and confirmed."""
    pass_on(request, ask_team)


def pass_on(request: Request, send: Callable[[Request, Answer, Carried], None]) -> None:
    """Send on the answer that a button carries; the person who clicked hears of what goes wrong."""
    carried, place = read_carried(request.value), place_of(request)

    def deliver(reply: Answer | str) -> None:
        if isinstance(reply, str):
            place.tell(reply)
        else:
            send(request, reply, carried)

    request.deliver(
        lambda: request.known.choose(carried.key, carried.question) or ANSWER_GONE, deliver, tell=place.tell
    )


def share(request: Request, answer: Answer, carried: Carried) -> None:
    """Post the answer through the click's response_url, which needs no membership; then take the private one away."""
    user, url = request.requester.user, request.response_url
    where = {"thread_ts": request.thread_ts} if request.thread_ts else {}
    send = partial(respond, url, response_type="in_channel", replace_original=False, **where)
    setting = Setting(asker=user, internal=request.is_internal)
    send_message(answer, under(f"<@{user}> shared: {quote(carried.question)}", send), setting)
    try:
        respond(url, delete_original=True)
    except (SlackApiError, UnconfirmedError) as fault:  # a second post would be worse than what is left
        log.info("original_kept", extra={"what": type(fault).__name__})


def ask_team(request: Request, answer: Answer, carried: Carried) -> None:
    """Post to the team's channel, and tell the asker that it was done.

    Raises:
        SlackApiError: Slack refuses it.
        SrmbotError: the bot is not in that channel.
    """
    if not request.is_insider:
        place_of(request).tell(OUTSIDER_TEAMS)
        return
    team = answer.team
    if team is None or team.channel_id is None:
        place_of(request).tell(NO_TEAM)
        return
    head = f"<@{request.requester.user}> asks{call(team)}: {quote(carried.question)}{asked_in(request)}"
    try:
        send = partial(post, request.client, channel=team.channel_id)
        send_message(answer, under(head, send), Setting())
    except SlackApiError as fault:
        error = str(fault.response.get("error"))
        if error not in NOT_THERE:
            raise
        fix = f"invite me there with `/invite @srmbot`, or ask in {team.channel or 'their channel'} yourself"
        raise SrmbotError(f"I'm not in the channel of {team.team}, so I can't ask there", fix, error) from fault
    done = f"Asked {escape(team.team)} in <#{team.channel_id}>."
    tell = partial(respond, request.response_url, replace_original=False)
    tell(response_type="ephemeral", text=done, blocks=[section(done)])


def call(team: Team) -> str:
    """Whom to call, as Slack marks a user group or a person."""
    if not team.on_call:
        return ""
    return f" <!subteam^{team.on_call}>" if team.on_call.startswith("S") else f" <@{team.on_call}>"


def quote(question: str) -> str:
    """A question as a person reads it, which pings nobody."""
    said = " ".join(clean(question).split())
    return escape(said if len(said) <= MOST_QUOTED else f"{said[:MOST_QUOTED]}…")


def asked_in(request: Request) -> str:
    """A link to the answer in its channel; nothing for one that nobody else sees, or where Slack gives none."""
    message = request.body.get("message") or {}
    with suppress(SlackApiError, OSError):
        if message.get("ts"):
            got = request.client.chat_getPermalink(channel=request.requester.channel, message_ts=message["ts"])
            return f" (<{got['permalink']}|asked here>)"
    return ""


def under(head: str, send: Callable[..., Any]) -> Callable[..., Any]:
    """Send a message under a line that says who passes it on."""

    def send_under(*, text: str, blocks: list[dict[str, Any]], **more: Any) -> Any:
        return send(text=f"{head}\n{text}", blocks=[context(head), *blocks], **more)

    return send_under

"""A mention or a direct message -> its answer in the thread below it.

A mention without a question of its own answers the thread's first message. Direct messages are answered in a
thread too, as Slack's agent view shows conversations.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache as once
from time import perf_counter
from typing import Any

from slack_sdk import WebClient

from srmbot.bot import Bot, State
from srmbot.commands import resolve
from srmbot.commands.command import Invocation, Reply
from srmbot.render.tip import Tip
from srmbot.request import Requester
from srmbot.slack.answer_log import log_answer
from srmbot.slack.dedup import SeenEvents
from srmbot.slack.message import as_message
from srmbot.slack.post import post
from srmbot.slack.retry import DelayedWork, run_with_retry
from srmbot.slack.thread import read_message
from srmbot.slack.tips.runtime import TipsRuntime

UNREADABLE = (
    "I cannot read the first message of this thread: I am not in this channel, or may not see its history."
    " Invite me, ask me in your own words, or use the shortcut “Who owns this?” on the message."
)


def on_message(
    surface: str, bot: Bot, tipping: TipsRuntime, seen: SeenEvents, later: DelayedWork
) -> Callable[..., None]:
    """What a message that is meant for the bot gets: a `mention`, or a `direct` one."""

    def answer_it(event: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        if not from_person(event) or not is_new_message(seen, event, body):
            return
        where = {"channel": event["channel"], "thread_ts": event.get("thread_ts") or event["ts"]}
        started = perf_counter()
        asker = tipping.make_asker(body.get("team_id"), event["channel"], event.get("user"))
        reply = once(lambda: answer_in_thread(bot.state, client, event, asker))  # what it did is not done again

        def work() -> None:
            if isinstance(reply(), Tip) and surface != "direct":  # shown to who asked alone
                client.chat_postEphemeral(channel=event["channel"], user=event["user"], **as_message(reply()))
            else:
                post(client, **where, **as_message(reply()))
            tipping.count_question(asker, reply())
            log_answer(surface, reply(), started, team=body.get("team_id"), channel=event["channel"])

        run_with_retry(surface, work, lambda text: post(client, **where, **as_message(text)), later)

    return answer_it


def is_new_message(seen: SeenEvents, event: dict[str, Any], body: dict[str, Any]) -> bool:
    """Whether neither the event nor its message has been taken on: one message may come as several events."""
    new_event = seen.is_first(body.get("event_id") or "/".join((event["channel"], event["ts"], event["type"])))
    new_message = seen.is_first(f"{event['channel']}/{event['ts']}")
    return new_event and new_message


def from_person(event: dict[str, Any]) -> bool:
    """Whether a person wrote it just now: no bot, no edit, no notice of Slack's own."""
    return not event.get("bot_id") and event.get("subtype") in (None, "thread_broadcast", "file_share")


def answer_in_thread(known: State, client: WebClient, event: dict[str, Any], asker: Requester) -> Reply:
    """Answer a message, with the thread's first message where its own words are not enough."""
    thread_ts = event.get("thread_ts") if event.get("thread_ts") != event["ts"] else None
    asked = resolve(known, without_mentions(event.get("text") or ""), in_thread=bool(thread_ts))
    if not thread_ts or isinstance(asked, Invocation) or not asked.needs_thread:
        return asked.reply(asker)
    parent = read_message(client, event["channel"], thread_ts).text
    if parent is None and asked.is_empty:
        return UNREADABLE
    return asked.reply(asker, [parent] if parent else [])


def without_mentions(text: str) -> str:
    """The text without the mention that it begins with, so that a subcommand is its first word."""
    while text.lstrip().startswith("<@"):
        text = text.lstrip().partition(">")[2]
    return text.strip()

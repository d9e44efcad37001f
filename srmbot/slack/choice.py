"""A choice button: the same message, with the answer that was chosen and the buttons still below it."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from slack_sdk import WebClient

from srmbot.answer import Answer
from srmbot.bot import Bot, State
from srmbot.render.blocks import BETWEEN, choices
from srmbot.slack.later import Later, carry_out
from srmbot.slack.message import as_message
from srmbot.slack.post import respond
from srmbot.slack.record import record

GONE = "That answer is no longer in the knowledge. Choose another one, or ask again: `/srm …`"


def on_choice(bot: Bot, later: Later) -> Callable[..., None]:
    """What a click on a choice button gets."""

    def answer_it(action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        started = perf_counter()
        url, thread = body.get("response_url", ""), (body.get("container") or {}).get("thread_ts")

        def tell(text: str) -> None:
            """To the one who clicked; the message stays as it is, for its other buttons."""
            where = {"response_type": "ephemeral", "replace_original": False, "thread_ts": thread}
            respond(url, **where, **as_message(text))

        def work() -> None:
            keys, known = in_order(action), bot.state
            reply = known.choose(str(action.get("value", "")).split(BETWEEN)[0])
            if reply is None:
                tell(GONE)
            else:
                respond(url, replace_original=True, **with_choices(known, reply, keys))
            team, channel = body.get("team") or {}, body.get("channel") or {}
            record("choice", reply or GONE, started, team=team.get("id"), channel=channel.get("id"))

        carry_out("choice", work, tell, later)

    return answer_it


def in_order(action: dict[str, Any]) -> list[str]:
    """The keys of all buttons of the row, as they stand in it: a button's value has its own first."""
    key, *others = str(action.get("value", "")).split(BETWEEN)
    _, _, place = str(action.get("action_id", "")).partition(":")
    others.insert(int(place) if place.isdecimal() else 0, key)
    return others


def with_choices(known: State, reply: Answer, keys: list[str]) -> dict[str, Any]:
    """The answer as a message, with the buttons that led to it, so that another one can be chosen."""
    found = {key: answer.label for key in keys if (answer := known.choose(key))}
    message = as_message(reply)
    if len(found) > 1:
        message["blocks"].append(choices([(label, key) for key, label in found.items()]))
    return message

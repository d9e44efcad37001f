"""Room, person -> all that the page shows this person, as plain data; drawn things as lists that it builds."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from srmbot.commands import COMMANDS
from srmbot.fake_slack import Channel, Message, User, View
from srmbot.fake_slack.journal import key_of
from srmbot.fake_slack.model import BOT_USER
from srmbot.playground.compose import typed
from srmbot.playground.draw.blocks import blocks
from srmbot.playground.draw.elements import plain
from srmbot.playground.draw.message import body, message
from srmbot.playground.draw.tree import Node, as_list, h
from srmbot.playground.sample_workspace import THINGS_TO_TRY
from srmbot.playground.session import Session
from srmbot.slack.listeners import COMMAND

Json = dict[str, Any]

MOST_MESSAGES = 400  # messages that the page is given; all of them are drawn anew for each answer


def page_state(room: Session, viewer: User) -> Json:
    """Everything one person sees. `version` changes when anything of it does; `now` is not counted."""
    slack = room.slack
    slack.workspace.deliver_due()
    slack.workspace.direct_channel(viewer.id)
    with slack.workspace.lock:
        shown = {
            "me": viewer.id,
            "people": [person(user) for user in slack.workspace.users.values()],
            "bot": BOT_USER,
            "channels": [place(room, each) for each in theirs(room, viewer)],
            "messages": messages(room, viewer),
            "modals": [modal(room, viewer, each) for each in slack.workspace.modals(viewer.id)],
            "home": home(room, viewer),
            "scheduled": scheduled(room, viewer),
            "knowledge": knowledge(room),
            "complaints": list(slack.complaints),
            **features(room),
        }
    digest = hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]
    return {**shown, "version": digest, "now": slack.clock.now(), "tz": viewer.tz}


def person(user: User) -> Json:
    """A person, for completion and for the list of people to be."""
    return {"id": user.id, "name": user.name, "bot": user.is_bot, "tz": user.tz}


def theirs(room: Session, viewer: User) -> list[Channel]:
    """The conversations that a person is in."""
    return [each for each in room.slack.workspace.channels.values() if viewer.id in each.members]


def place(room: Session, channel: Channel) -> Json:
    """A conversation; `bot` says whether the bot is in it."""
    direct = channel.kind == "im"
    shown = {"id": channel.id, "name": "srmbot" if direct else channel.name, "direct": direct}
    tries = prompts(room, channel) if direct else THINGS_TO_TRY.get(channel.name, ())
    shown["group"] = channel.kind == "mpim"
    shown["tries"] = [{"text": text, "label": label} for text, label in tries]
    return {**shown, "bot": BOT_USER in channel.members, "members": len(channel.members)}


def prompts(room: Session, channel: Channel) -> list[tuple[str, str]]:
    """What the bot suggests in a direct conversation: what it has set last, else the manifest's."""
    own = [each["prompts"] for each in room.slack.workspace.prompts if each["channel_id"] == channel.id]
    given = own[-1] if own else room.manifest["features"].get("agent_view", {}).get("suggested_prompts", [])
    return [(each["message"], each["title"]) for each in given]


def messages(room: Session, viewer: User) -> list[Json]:
    """The newest messages in the viewer's conversations, and those for their eyes only; oldest first."""
    held = [each for channel in theirs(room, viewer) for each in room.slack.workspace.messages[channel.id]]
    replies = Counter((each.channel, each.thread_ts) for each in held if each.thread_ts not in (None, each.ts))
    held += [each for each in room.slack.workspace.ephemeral if each.viewer == viewer.id]
    ordered = sorted(held, key=lambda each: each.ts)
    return [shown(room, viewer, each, replies[each.channel, each.ts]) for each in ordered[-MOST_MESSAGES:]]


def shown(room: Session, viewer: User, given: Message, replies: int) -> Json:
    """One message, drawn."""
    key = key_of(given)
    drawn = message(given, room.ink(viewer, key), replies, tuple(tools(room, viewer, given)))
    about = {"key": key, "channel": given.channel, "ts": given.ts, "user": given.user}
    thread = given.thread_ts if given.thread_ts != given.ts else None
    return {**about, "thread": thread, "ephemeral": bool(given.viewer), "node": as_list(drawn)}


def tools(room: Session, viewer: User, given: Message) -> list[Node]:
    """What can be done with a message: the thread, the app's shortcuts, and for the bot's own the inspector."""
    made: list[Node] = []
    if given.viewer is None:
        made.append(h("button", "Reply", type="button", data_act="thread"))
    if given.user == viewer.id and given.text:
        text = typed(given.text, room.people)
        made.append(h("button", "Edit", type="button", data_act="edit", data_text=text))
    if given.user == BOT_USER:
        made.append(h("button", "Inspect", type="button", data_act="inspect"))
    else:
        made += [
            h("button", each["name"], type="button", data_act="shortcut", data_callback=each["callback_id"])
            for each in shortcuts(room, "message")
        ]
        made.append(h("button", "Forward to srmbot", type="button", data_act="forward"))
        made.append(h("button", "Run workflow", type="button", data_act="step"))
    return made


def shortcuts(room: Session, kind: str) -> list[Json]:
    """The manifest's shortcuts of a kind."""
    return [each for each in room.manifest["features"].get("shortcuts", []) if each["type"] == kind]


def modal(room: Session, viewer: User, view: View) -> Json:
    """A modal that is open."""
    given = view.as_json()
    drawn = [as_list(each) for each in blocks(given["blocks"], room.ink(viewer, view.id))]
    labels = {name: plain(given.get(name)) for name in ("title", "submit", "close")}
    return {"id": view.id, "hash": view.hash, **labels, "nodes": drawn}


def home(room: Session, viewer: User) -> Json:
    """The Home tab: whether there is one at all, and what was published for this person."""
    enabled = bool(room.manifest["features"].get("app_home", {}).get("home_tab_enabled"))
    held = room.slack.workspace.homes.get(viewer.id)
    if held is None:
        return {"enabled": enabled, "id": None, "nodes": []}
    drawn = [as_list(each) for each in blocks(held.as_json()["blocks"], room.ink(viewer, held.id))]
    return {"enabled": enabled, "id": held.id, "nodes": drawn}


def scheduled(room: Session, viewer: User) -> list[Json]:
    """What waits for its time, earliest first."""
    waiting = sorted(room.slack.workspace.scheduled.values(), key=lambda each: (each.post_at, each.id))
    return [
        {
            "id": each.id,
            "channel": each.message.channel,
            "post_at": each.post_at,
            "when": f"{room.ink(viewer).time(each.post_at):%a %d %b, %H:%M}",
            "nodes": [as_list(part) for part in body(each.message, room.ink(viewer, each.id, live=False))],
        }
        for each in waiting
    ]


def knowledge(room: Session) -> Json:
    """Which knowledge answers, and what is wrong with what was last read."""
    known, problems = room.bot.knowledge, [str(each) for each in room.bot.problems]
    return {"version": known.version[:7], "duties": len(known.duties), "problems": problems}


def features(room: Session) -> Json:
    """What the manifest offers in the composer and in the direct conversation."""
    given = room.manifest["features"]
    commands = [
        {"command": each["command"], "hint": each.get("usage_hint", ""), "about": each.get("description", "")}
        for each in given.get("slash_commands", [])
    ]
    return {"commands": [*commands, *subcommands()], "shortcuts": shortcuts(room, "global")}


def subcommands() -> list[Json]:
    """What can stand after the command, each with its line of help: "`tips on 09:00` posts a daily tip …"."""
    lines = [each.help.removeprefix("`").partition("` ") for each in COMMANDS]
    return [
        {"command": f"{COMMAND} {name}", "hint": rest, "about": about.replace("`", "")}
        for usage, _, about in lines
        for name, _, rest in [usage.partition(" ")]
    ]

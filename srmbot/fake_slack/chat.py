"""The chat.* methods: workspace and params -> the answer, or RefusedError."""

from __future__ import annotations

import json
from typing import Any

from .blocks import MESSAGE_TEXT_LIMIT, Problem, message_problems
from .model import BOT_ID, BOT_USER, Channel, Json, Message, RefusedCallError, Scheduled
from .tables import listed
from .workspace import Workspace

UPDATE_LIMIT = 4000  # characters of text in chat.update, by its own error table
CONTENT = ("text", "blocks", "attachments", "metadata")
MARKDOWN_TEXT_LIMIT = 12_000
ARCHIVES_ADDRESS = "https://stand-in.slack.com/archives/"
DELETED_BEFORE = 60  # seconds before its time from which a scheduled message cannot be deleted
SURE_BEFORE = 300  # seconds before its time from which it is posted although it was deleted with "ok"


def post_message(workspace: Workspace, params: Json) -> Json:
    """chat.postMessage: into a channel the bot is in, or with chat:write.public any public one."""
    channel = open_channel(workspace, params)
    message = new_message(workspace, channel, params)
    workspace.add(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json()}


def post_ephemeral(workspace: Workspace, params: Json) -> Json:
    """chat.postEphemeral: for one member's eyes, in a channel where both are."""
    channel = open_channel(workspace, params)
    if params.get("user") not in channel.members:
        raise RefusedCallError("user_not_in_channel")
    message = new_message(workspace, channel, params)
    message.viewer, message.metadata = params["user"], None
    workspace.add(message)
    return {"message_ts": message.ts}


def update(workspace: Workspace, params: Json) -> Json:
    """chat.update: the bot's own message. Text without blocks takes the old blocks away, as Slack does."""
    channel, message = own_message(workspace, params, "cant_update_message")
    if channel.archived:
        raise RefusedCallError("is_inactive")
    content = content_of(workspace, params, UPDATE_LIMIT)
    kept_blocks = [] if "text" in params and "blocks" not in params else message.blocks
    fields = {
        "text": content.get("text", message.text),
        "blocks": content.get("blocks", kept_blocks),
        "attachments": content.get("attachments", message.attachments),
        "metadata": content.get("metadata", message.metadata),
        "edited": True,
    }
    workspace.change(message, fields)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.as_json()}


def delete(workspace: Workspace, params: Json) -> Json:
    """chat.delete: the bot's own message."""
    channel, message = own_message(workspace, params, "cant_delete_message")
    workspace.remove(message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(workspace: Workspace, params: Json) -> Json:
    """chat.getPermalink: the address of a message that the bot can see."""
    channel = workspace.channel(params.get("channel"))
    message = workspace.find(channel.id, params.get("message_ts"))
    if message is None:
        raise RefusedCallError("message_not_found")
    return {"channel": channel.id, "permalink": f"{ARCHIVES_ADDRESS}{channel.id}/p{message.ts.replace('.', '')}"}


def schedule_message(workspace: Workspace, params: Json) -> Json:
    """chat.scheduleMessage: up to 120 days ahead, up to 30 in five minutes of a channel."""
    channel = open_channel(workspace, params)
    try:
        post_at = int(params.get("post_at", ""))
    except (TypeError, ValueError):
        raise RefusedCallError("invalid_time") from None
    kept = workspace.schedule(new_message(workspace, channel, params, ts=""), post_at)
    shown = {**kept.message.as_json(), "type": "delayed_message"}
    return {"channel": channel.id, "scheduled_message_id": kept.id, "post_at": post_at, "message": shown}


def delete_scheduled(workspace: Workspace, params: Json) -> Json:
    """chat.deleteScheduledMessage: one that has not been posted yet, and will not be within a minute.

    Within some five minutes of its time Slack says yes, shows it no more, and posts it all the same.
    """
    channel = workspace.channel(params.get("channel"))
    with workspace.lock:
        kept = workspace.scheduled.get(params.get("scheduled_message_id", ""))
        ahead = kept.post_at - workspace.clock.now() if kept else 0.0
        if kept is None or kept.deleted or ahead <= DELETED_BEFORE or kept.message.channel != channel.id:
            raise RefusedCallError("invalid_scheduled_message_id")
        kept.deleted = True
        if ahead > SURE_BEFORE:
            del workspace.scheduled[kept.id]
    return {}


def list_scheduled(workspace: Workspace, params: Json) -> Json:
    """chat.scheduledMessages.list: what waits, earliest first, in pages."""
    channel = workspace.channel(params["channel"]).id if params.get("channel") else None
    oldest, latest = float(params.get("oldest") or 0), float(params.get("latest") or "inf")
    with workspace.lock:
        shown = [each for each in workspace.scheduled.values() if is_listed(workspace, each)]
        waiting = sorted(shown, key=lambda each: (each.post_at, each.id))
    listed = [as_listed(each) for each in waiting if channel in (None, each.message.channel)]
    part, cursor = page([each for each in listed if oldest <= each["post_at"] <= latest], params, 100)
    return {"scheduled_messages": part, "response_metadata": {"next_cursor": cursor}}


def is_listed(workspace: Workspace, kept: Scheduled) -> bool:
    """Whether the list shows a scheduled message: not if it was deleted, or too soon after it was scheduled."""
    return not kept.deleted and workspace.clock.now() >= kept.made_at + workspace.list_lag


def as_listed(kept: Scheduled) -> Json:
    """A scheduled message as the list shows it."""
    where = {"id": kept.id, "channel_id": kept.message.channel}
    return {**where, "post_at": kept.post_at, "date_created": kept.made_at, "text": kept.message.text}


def open_channel(workspace: Workspace, params: Json) -> Channel:
    """The channel that the bot may post to. Raises RefusedError: channel_not_found, not_in_channel, is_archived."""
    channel = workspace.channel(params.get("channel"))
    inside = BOT_USER in channel.members
    if not inside and channel.kind != "public":
        raise RefusedCallError("channel_not_found")
    if channel.archived:
        raise RefusedCallError("is_archived")
    if not inside and "chat:write.public" not in workspace.scopes:
        raise RefusedCallError("not_in_channel")
    return channel


def own_message(workspace: Workspace, params: Json, refusal: str) -> tuple[Channel, Message]:
    """A message that the bot wrote. Raises RefusedError: channel_not_found, message_not_found or `refusal`."""
    channel = workspace.channels.get(params.get("channel", ""))  # an id only: no names, no people
    if channel is None:
        raise RefusedCallError("channel_not_found")
    message = workspace.find(channel.id, params.get("ts"))
    if message is None:
        raise RefusedCallError("message_not_found")
    if message.user != BOT_USER:
        raise RefusedCallError(refusal)
    return channel, message


def new_message(workspace: Workspace, channel: Channel, params: Json, ts: str | None = None) -> Message:
    """A message of the bot's, checked, not yet posted; in a thread if params say so."""
    content = content_of(workspace, params, MESSAGE_TEXT_LIMIT)
    thread_ts = thread_of(workspace, channel, params.get("thread_ts"))
    known = (*CONTENT, "channel", "thread_ts", "user", "post_at", "token")
    options = {name: value for name, value in params.items() if name not in known}
    ts = workspace.next_ts() if ts is None else ts
    message = Message(channel.id, ts, BOT_USER, bot_id=BOT_ID, thread_ts=thread_ts, options=options)
    message.text, message.metadata = content.get("text", ""), content.get("metadata")
    message.blocks, message.attachments = content.get("blocks", []), content.get("attachments", [])
    return message


def thread_of(workspace: Workspace, channel: Channel, ts: Any) -> str | None:
    """The parent's ts of the thread to post to. Raises RefusedError: thread_not_found."""
    if not ts:
        return None
    parent = workspace.find(channel.id, str(ts))
    if parent is None:
        raise RefusedCallError("thread_not_found")
    if parent.thread_ts and parent.thread_ts != parent.ts:
        workspace.complain(f"thread_ts {ts} is a reply's ts, not its parent's {parent.thread_ts}")
        return parent.thread_ts
    return parent.ts


def content_of(workspace: Workspace, params: Json, text_limit: int) -> Json:
    """The text, blocks, attachments and metadata that were sent, decoded and valid; only those that were sent.

    Raises:
        RefusedError: no_text, msg_too_long, invalid_blocks_format, invalid_blocks, markdown_text_conflict …
    """
    content = {name: decoded(name, params[name]) for name in CONTENT if params.get(name) is not None}
    if params.get("markdown_text"):
        if content.get("text") or content.get("blocks"):
            raise RefusedCallError("markdown_text_conflict")
        if len(params["markdown_text"]) > MARKDOWN_TEXT_LIMIT:
            raise RefusedCallError("msg_too_long")
        content["text"] = params["markdown_text"]
    if not any(content.get(name) for name in ("text", "blocks", "attachments")):
        raise RefusedCallError("no_text")
    if len(content.get("text", "")) > text_limit:
        raise RefusedCallError("msg_too_long")
    judge(workspace, content)
    return content


def judge(workspace: Workspace, content: Json) -> None:
    """Raise RefusedError: invalid_blocks, with every problem as Slack lists them; warnings become complaints."""
    found = faults_of(workspace, content)
    wrong = [each for each in found if not each.warning]
    if wrong:
        raise RefusedCallError("invalid_blocks", response_metadata={"messages": [f"[ERROR] {each}" for each in wrong]})
    for each in found:
        workspace.complain(str(each))


def faults_of(workspace: Workspace, content: Json) -> list[Problem]:
    """What is wrong with a message, here and now: its blocks may be right, and not shown in this workspace yet."""
    kinds = [each.get("type") for each in listed(content.get("blocks")) if isinstance(each, dict)]
    refused = [
        Problem(f"blocks[{number}].type", f"{kind} is not supported")
        for number, kind in enumerate(kinds)
        if kind in workspace.not_shown
    ]
    return [*message_problems(content), *refused]


def decoded(name: str, value: Any) -> Any:
    """A parameter that may come as JSON in a string. Raises RefusedError: invalid_<name>_format."""
    if name == "text":
        return str(value)
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise RefusedCallError(f"invalid_{name}_format") from None
    if not isinstance(value, dict if name == "metadata" else list):
        raise RefusedCallError(f"invalid_{name}_format")
    if name == "metadata" and not {"event_type", "event_payload"} <= set(value) and "entities" not in value:
        raise RefusedCallError("invalid_metadata_format")
    return value


def page(things: list[Any], params: Json, most: int) -> tuple[list[Any], str]:
    """The part of a list that `cursor` and `limit` ask for, and the cursor of the next part ("" if none)."""
    try:
        start = int(params.get("cursor") or 0)
        size = int(params.get("limit") or most)
    except ValueError:
        raise RefusedCallError("invalid_cursor") from None
    end = start + max(1, size)
    return things[start:end], str(end) if end < len(things) else ""

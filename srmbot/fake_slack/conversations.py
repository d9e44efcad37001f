"""The conversations.* and users.* methods: workspace and params -> the answer, or RefusedError."""

from __future__ import annotations

from typing import Any

from .chat import page
from .model import BOT_USER, SCOPE_WORD, Channel, Json, Message, RefusedCallError
from .workspace import Workspace

LOOSELY_TRUE = (True, "true", "True", "1", 1)


def history(workspace: Workspace, params: Json) -> Json:
    """conversations.history: what is in the channel itself, newest first; of threads only the parents."""
    channel = readable(workspace, params)
    with workspace.lock:
        roots = [each for each in workspace.messages[channel.id] if each.thread_ts in (None, each.ts)]
        shown = [in_history(workspace, each, params) for each in reversed(roots) if in_range(each, params)]
    part, cursor = page(shown, params, 100)
    return {"messages": part, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def replies(workspace: Workspace, params: Json) -> Json:
    """conversations.replies: the parent and its replies, oldest first."""
    channel = readable(workspace, params)
    with workspace.lock:
        parent = workspace.find(channel.id, params.get("ts"))
        if parent is None:
            raise RefusedCallError("thread_not_found")
        thread = [parent, *(each for each in workspace.thread(channel.id, parent.ts) if in_range(each, params))]
        shown = [in_history(workspace, each, params) for each in thread]
    part, cursor = page(shown, params, 1000)
    return {"messages": part, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def info(workspace: Workspace, params: Json) -> Json:
    """conversations.info: a channel the bot can see."""
    channel = workspace.channel(params.get("channel"))
    need(workspace, f"{SCOPE_WORD[channel.kind]}:read")
    if channel.kind != "public" and BOT_USER not in channel.members:
        raise RefusedCallError("channel_not_found")
    return {"channel": channel.as_json()}


def open_direct(workspace: Workspace, params: Json) -> Json:
    """conversations.open: the direct channel with one person, or one by its id."""
    if params.get("channel"):
        return {"channel": workspace.channel(params["channel"]).as_json()}
    users = [each for each in str(params.get("users") or "").split(",") if each]
    if not users:
        raise RefusedCallError("users_list_not_supplied")
    need(workspace, "im:write" if len(users) == 1 else "mpim:write")
    if unknown := [each for each in users if each not in workspace.users]:
        raise RefusedCallError("user_not_found", detail=unknown[0])
    if len(users) > 1:
        return {"channel": workspace.add_channel("-".join(users).lower(), "mpim", {*users, BOT_USER}).as_json()}
    shown = workspace.direct_channel(users[0]).as_json()
    return {"channel": shown if params.get("return_im") in LOOSELY_TRUE else {"id": shown["id"]}}


def user_info(workspace: Workspace, params: Json) -> Json:
    """users.info: one person."""
    user = workspace.users.get(params.get("user", ""))
    if user is None:
        raise RefusedCallError("user_not_found")
    return {"user": user.as_json()}


def file_info(workspace: Workspace, params: Json) -> Json:
    """files.info: one file, with all that its message may not show of it."""
    file = workspace.files.get(str(params.get("file")))
    if file is None:
        raise RefusedCallError("file_not_found")
    return {"file": file}


def group_members(workspace: Workspace, params: Json) -> Json:
    """usergroups.users.list: who is in a user group."""
    members = workspace.groups.get(str(params.get("usergroup", "")))
    if members is None:
        raise RefusedCallError("no_such_subteam")
    return {"users": sorted(members)}


def readable(workspace: Workspace, params: Json) -> Channel:
    """A channel that the bot may read. Raises RefusedError: channel_not_found, missing_scope, not_in_channel."""
    channel = workspace.channels.get(params.get("channel", ""))
    if channel is None or (channel.kind != "public" and BOT_USER not in channel.members):
        raise RefusedCallError("channel_not_found")
    need(workspace, f"{SCOPE_WORD[channel.kind]}:history")
    if BOT_USER not in channel.members:
        raise RefusedCallError("not_in_channel")
    return channel


def need(workspace: Workspace, *scopes: str) -> None:
    """Raise RefusedError: missing_scope, unless the app has one of these."""
    if not workspace.scopes.intersection(scopes):
        provided = ",".join(sorted(workspace.scopes))
        raise RefusedCallError("missing_scope", needed=",".join(scopes), provided=provided)


def in_range(message: Message, params: Json) -> bool:
    """Whether `oldest` and `latest` include a message; their own instants only with `inclusive`."""
    oldest, latest = stamp(params, "oldest", 0.0), stamp(params, "latest", float("inf"))
    at = stamp({"ts": message.ts}, "ts", 0.0)
    inside = oldest <= at <= latest if params.get("inclusive") in LOOSELY_TRUE else oldest < at < latest
    return bool(inside)


def stamp(params: Json, name: str, default: Any) -> Any:
    """A ts as a number of microseconds, exact. Raises RefusedError: invalid_ts_<name>."""
    if not params.get(name):
        return default
    seconds, _, rest = str(params[name]).partition(".")
    if not (seconds.isdigit() and (rest or "0").isdigit()):
        raise RefusedCallError(f"invalid_ts_{name}")
    return int(seconds) * 10**6 + int(rest.ljust(6, "0")[:6])


def in_history(workspace: Workspace, message: Message, params: Json) -> Json:
    """A message as history shows it: a parent with the count of its replies, metadata only if asked for."""
    shown, thread = message.as_json(), workspace.thread(message.channel, message.ts)
    if thread:
        people = list(dict.fromkeys(each.user for each in thread))
        counts = {"reply_count": len(thread), "reply_users_count": len(people), "reply_users": people}
        shown |= {"thread_ts": message.ts, "latest_reply": thread[-1].ts, **counts}
    if message.metadata and params.get("include_all_metadata") in LOOSELY_TRUE:
        shown["metadata"] = message.metadata
    return shown

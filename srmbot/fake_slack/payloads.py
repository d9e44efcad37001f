"""What Slack sends to an app, as plain dicts: who, where, what -> payload. Field by field as in the documentation."""

from __future__ import annotations

import secrets

from .model import APP, BOT_USER, EVENT_WORD, HOME_TEAM, Channel, ChannelKind, Json, Message, User, View
from .oauth import HOME_SITE, Site

VERIFICATION = "deprecated"  # the old token of every payload; proves nothing
DOMAIN = "stand-in"
CHANNEL_NAMES: dict[ChannelKind, str] = {"im": "directmessage", "private": "privategroup"}  # in commands and clicks

# The scope without which an event is never sent.
EVENT_SCOPES: dict[str, str] = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "app_context_changed": "assistant:write",
    "assistant_thread_started": "assistant:write",
    "assistant_thread_context_changed": "assistant:write",
}


def command(text: str, user: User, channel: Channel) -> Json:
    """A slash command; `text` begins with the command itself. response_url and trigger_id are still to be added."""
    name, _, rest = text.partition(" ")
    return {
        "token": VERIFICATION,
        "team_id": HOME_TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": CHANNEL_NAMES.get(channel.kind, channel.name),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": rest.strip(),
        "api_app_id": APP,
        "is_enterprise_install": "false",
    }


def moved(payload: Json, site: Site) -> Json:
    """A payload as it comes from another workspace: the fields that say where it is from."""
    if site == HOME_SITE or ("type" in payload and payload["type"] == "url_verification"):
        return payload
    org: Json = {"enterprise_id": site.enterprise} if site.enterprise else {}
    own = payload | {"is_enterprise_install": site.whole}
    if "command" in payload:
        return own | {"team_id": site.team, "is_enterprise_install": str(site.whole).lower()} | org
    if "event" in payload:
        where = {"team_id": site.team, "enterprise_id": site.enterprise or None, "is_enterprise_install": site.whole}
        authorizations = [each | where for each in payload["authorizations"]]
        return payload | {"team_id": site.team, "context_team_id": site.team, "authorizations": authorizations} | org
    own["team"] = None if site.whole else {"id": site.team, "domain": DOMAIN}
    own["enterprise"] = {"id": site.enterprise, "name": site.name} if site.enterprise else None
    return own | {"user": payload["user"] | {"team_id": site.team}}


def event_callback(event: Json, at: float, event_id: str, shared: bool = False) -> Json:
    """An event in its wrapper, authorized for the bot."""
    authorization = {"enterprise_id": None, "team_id": HOME_TEAM, "user_id": BOT_USER, "is_bot": True}
    return {
        "token": VERIFICATION,
        "team_id": HOME_TEAM,
        "context_team_id": HOME_TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(at),
        "authorizations": [{**authorization, "is_enterprise_install": False}],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{secrets.token_hex(8)}",
    }


def message_event(message: Message, channel: Channel) -> Json:
    """A `message` event, as message.channels, message.im and their like have it."""
    shown = message.as_json()
    if not message.bot_id:
        shown |= {"client_msg_id": f"{message.ts}-client", "blocks": shown.get("blocks", [as_rich_text(message.text)])}
    where = {"channel": channel.id, "channel_type": EVENT_WORD[channel.kind], "team": HOME_TEAM}
    return {**shown, **where, "event_ts": message.ts}


def view_context(channel: Channel | None, message: Message | None) -> list[Json]:
    """What is in view beside the conversation with the bot, the most relevant first."""
    found: list[Json] = []
    if message:
        value = {"channel_id": message.channel, "message_ts": message.ts}
        found.append({"type": "slack#/types/message_context", "value": value, "team_id": HOME_TEAM})
    if channel:
        found.append({"type": "slack#/types/channel_id", "value": channel.id, "team_id": HOME_TEAM})
    return found


def with_context(event: Json, entities: list[Json], name: str) -> Json:
    """An event with what is in view, as Slack adds it where an app is subscribed to app_context_changed."""
    return {**event, name: {"entities": entities} if entities else {}}


def mention_event(message: Message, channel: Channel) -> Json:
    """An `app_mention` event: a message event without channel_type."""
    shown = {name: value for name, value in message_event(message, channel).items() if name != "channel_type"}
    return {**shown, "type": "app_mention"}


def joined_event(user: str, channel: Channel, inviter: str, ts: str) -> Json:
    """A `member_joined_channel` event, for the one who has joined."""
    letter = "G" if channel.kind in ("private", "mpim") else "C"
    who = {"user": user, "inviter": inviter, "team": HOME_TEAM}
    return {"type": "member_joined_channel", "channel": channel.id, "channel_type": letter, **who, "event_ts": ts}


def changed_event(message: Message, channel: Channel, what: str, ts: str) -> Json:
    """A `message` event that tells of a message edited or deleted."""
    where = {"channel": channel.id, "channel_type": EVENT_WORD[channel.kind], "event_ts": ts, "ts": ts, "hidden": True}
    if what == "deleted":
        held: Json = {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": message.as_json()}
    else:
        held = {"subtype": "message_changed", "message": message.as_json(), "previous_message": {"ts": message.ts}}
    return {"type": "message", **where, **held}


def shared_message(message: Message, channel: Channel, author: str) -> Json:
    """The attachment that a message becomes where a person shares it: as it reads, and with its own blocks."""
    inside = {"team": HOME_TEAM, "channel": channel.id, "ts": message.ts, "message": {"blocks": message.blocks}}
    shown: Json = {
        "from_url": f"https://{DOMAIN}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}",
        "ts": message.ts,
        "author_id": message.user,
        "author_name": author,
        "channel_id": channel.id,
        "channel_team": HOME_TEAM,
        "channel_name": channel.name,
        "is_msg_unfurl": True,
        "is_share": True,
        "message_blocks": [inside] if message.blocks else [],
        "color": "D0D0D0",
        "fallback": f"[a day] {author}: {message.text}",
        "text": message.text,
        "mrkdwn_in": ["text"],
        "footer": f"Posted in #{channel.name}",
    }
    inner = {"files": message.files, "attachments": message.attachments}
    return shown | {name: held for name, held in inner.items() if held}


def as_rich_text(text: str) -> Json:
    """The block that Slack's own composer makes of what a person types."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "block_id": secrets.token_hex(3), "elements": [section]}


def interaction(kind: str, user: User) -> Json:
    """What every interactive payload has. trigger_id is still to be added."""
    person = {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team}
    return {
        "type": kind,
        "user": person,
        "api_app_id": APP,
        "token": VERIFICATION,
        "team": {"id": HOME_TEAM, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def click_on_message(user: User, channel: Channel, message: Message, action: Json) -> Json:
    """A block_actions payload from a message; an ephemeral message is not in it, as with Slack."""
    ephemeral = message.viewer is not None
    container = {"type": "message", "message_ts": message.ts, "channel_id": channel.id, "is_ephemeral": ephemeral}
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = interaction("block_actions", user)
    payload |= {"container": container, "channel": named(channel), "state": {"values": {}}, "actions": [action]}
    return payload if ephemeral else {**payload, "message": {**message.as_json(), "app_id": APP, "team": HOME_TEAM}}


def click_on_view(user: User, view: View, action: Json, values: Json) -> Json:
    """A block_actions payload from a modal or a Home tab: no channel, no response_url; `values` as in a submission."""
    container = {"type": "view", "view_id": view.id}
    shown = view.as_json() | {"state": {"values": values}}
    return interaction("block_actions", user) | {"container": container, "view": shown, "actions": [action]}


def closed(user: User, view: View) -> Json:
    """A view_closed payload."""
    return interaction("view_closed", user) | {"view": view.as_json(), "is_cleared": False}


def submission(user: User, view: View, values: Json) -> Json:
    """A view_submission payload; `values` is block_id -> action_id -> what the element holds."""
    shown = view.as_json() | {"state": {"values": values}}
    return interaction("view_submission", user) | {"view": shown, "response_urls": []}


def message_shortcut(user: User, channel: Channel, message: Message, callback_id: str) -> Json:
    """A shortcut on a message; the bot need not be in the channel."""
    shown = {**message.as_json(), "team": HOME_TEAM}
    about = {"callback_id": callback_id, "message_ts": message.ts, "channel": named(channel), "message": shown}
    return interaction("message_action", user) | about | {"action_ts": message.ts}


def global_shortcut(user: User, callback_id: str, at: str) -> Json:
    """A shortcut from the search bar or the composer: no channel, no response_url."""
    return interaction("shortcut", user) | {"callback_id": callback_id, "action_ts": at}


def named(channel: Channel) -> Json:
    """A channel as interactive payloads name it."""
    return {"id": channel.id, "name": CHANNEL_NAMES.get(channel.kind, channel.name)}

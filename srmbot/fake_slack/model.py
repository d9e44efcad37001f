"""The words of a workspace: users, channels, messages and the rest, and the clock they live by."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChannelKind = Literal["public", "private", "im", "mpim"]

HOME_TEAM = "T0STANDIN1"
APP = "A0STANDIN1"
BOT_USER = "U0SRMBOT01"
BOT_ID = "B0SRMBOT01"
PATIENCE = 30.0  # seconds that what is waited for may take on a busy machine; a wait ends as soon as it happens

# A conversation's kind -> its word in scopes ("channels:history"), in an event's channel_type, in a subscription.
SCOPE_WORD: dict[ChannelKind, str] = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
EVENT_WORD: dict[ChannelKind, str] = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


class Clock:
    """The real time, moved ahead at will: `advance` makes scheduled messages due and URLs old.

    Args:
        start: what it shows at first, in seconds since 1970; the real time if not given.
    """

    def __init__(self, start: float | None = None) -> None:
        self._ahead = 0.0 if start is None else start - time.time()

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let that many seconds pass at once."""
        self._ahead += seconds


class RefusedCallError(Exception):
    """The Web API says no: `error` as Slack names it, and what else the answer holds."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


@dataclass(slots=True)
class User:
    """A person or a bot."""

    id: str
    name: str
    tz: str = "Europe/London"
    tz_offset: int = 0  # seconds east of UTC
    is_bot: bool = False
    team: str = HOME_TEAM  # another one for a person of another organisation, in a channel shared with it

    def as_json(self) -> Json:
        """As users.info shows it."""
        profile = {"real_name": self.name.title(), "display_name": self.name}
        known = {"id": self.id, "name": self.name, "real_name": self.name.title(), "is_bot": self.is_bot}
        zone = {"tz": self.tz, "tz_label": self.tz, "tz_offset": self.tz_offset}
        return {**known, **zone, "deleted": False, "locale": "en-GB", "profile": profile}


@dataclass(slots=True)
class Channel:
    """A conversation of any kind, with who is in it."""

    id: str
    name: str
    kind: ChannelKind = "public"
    members: set[str] = field(default_factory=set)
    archived: bool = False
    shared: bool = False  # with another organisation (Slack Connect)

    def as_json(self) -> Json:
        """As conversations.info shows it; a direct message has its person instead of a name."""
        kind = {
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_private": self.kind != "public",
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
        }
        state = {"id": self.id, "is_archived": self.archived, "is_ext_shared": self.shared}
        if self.kind == "im":
            return {**state, **kind, "user": next((each for each in self.members if each != BOT_USER), "")}
        inside = {"is_member": BOT_USER in self.members, "num_members": len(self.members)}
        return {**state, **kind, **inside, "name": self.name}


@dataclass(slots=True)
class Message:
    """A message as it is now; ephemeral if it has a viewer."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)  # as sent; ids that Slack adds come with `as_json`
    attachments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    thread_ts: str | None = None  # the parent's ts, in a reply
    bot_id: str | None = None
    bot_profile: Json | None = None  # of another app's bot
    subtype: str | None = None
    viewer: str | None = None  # who alone sees it
    metadata: Json | None = None
    edited: bool = False
    edited_at: str = ""  # the ts of the last edit
    options: Json = field(default_factory=dict)  # unfurl_links and whatever else was sent with it

    def as_json(self) -> Json:
        """As events, payloads and conversations.history show it."""
        known: Json = {"type": "message", "text": self.text, "ts": self.ts}
        if self.user:  # what a workflow posts has none
            known["user"] = self.user
        if subtype := self.subtype or ("file_share" if self.files else None):
            known["subtype"] = subtype
        if self.blocks:
            known["blocks"] = [with_ids(block, f"b{index}") for index, block in enumerate(self.blocks)]
        if self.attachments:
            known["attachments"] = self.attachments
        if self.files:
            known |= {"files": self.files, "upload": True}
        if self.thread_ts:
            known["thread_ts"] = self.thread_ts
        if self.bot_id:
            known["bot_id"] = self.bot_id
        if self.bot_profile:
            known |= {"bot_profile": self.bot_profile, "app_id": self.bot_profile["app_id"]}
        if self.edited:
            known["edited"] = {"user": self.user, "ts": self.edited_at or self.ts}
        return known


@dataclass(slots=True)
class Scheduled:
    """A message to be posted at a later second."""

    id: str
    post_at: int
    message: Message
    made_at: int
    deleted: bool = False  # Slack said so, and posts it all the same


@dataclass(slots=True)
class View:
    """A modal that is open, or a user's Home tab."""

    id: str
    user: str
    view: Json  # as the app sent it
    hash: str

    def as_json(self) -> Json:
        """As the API and payloads show it, with the ids that Slack adds."""
        blocks = [with_ids(block, f"b{index}") for index, block in enumerate(self.view.get("blocks", []))]
        ids = {"id": self.id, "team_id": HOME_TEAM, "app_id": APP, "bot_id": BOT_ID, "hash": self.hash}
        blank = {"private_metadata": "", "callback_id": "", "state": {"values": {}}, "root_view_id": self.id}
        return {**blank, **self.view, **ids, "blocks": blocks}


@dataclass(slots=True)
class ResponseUrl:
    """Where the answer to one interaction may be posted: who asked, where, about which message."""

    id: str
    channel: str
    user: str
    made_at: float
    message: Message | None = None  # the one that was clicked
    uses: int = 0


@dataclass(slots=True)
class Trigger:
    """What lets an app open one modal, for three seconds, once."""

    id: str
    user: str
    made_at: float
    used: bool = False


@dataclass(slots=True)
class Upload:
    """A file: announced, then received, then shared."""

    id: str
    name: str
    length: int  # bytes that were announced
    content: bytes | None = None
    title: str = ""

    def as_json(self) -> Json:
        """As a message shows it."""
        text = (self.content or b"").decode(errors="replace")
        return {"id": self.id, "name": self.name, "title": self.title, "size": self.length, "preview": text}


def with_ids(block: Json, name: str) -> Json:
    """A block with the block_id and action_ids that Slack gives where the app gave none."""
    filled = {"block_id": name, **block}
    for key in ("elements", "actions"):
        if isinstance(block.get(key), list) and block.get("type") in ("actions", "context_actions", "card"):
            filled[key] = [{"action_id": f"{name}-{index}", **each} for index, each in enumerate(block[key])]
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict) and block[key].get("type") != "image":
            filled[key] = {"action_id": f"{name}-0", **block[key]}
    for key in ("child_blocks", "elements"):
        if isinstance(block.get(key), list) and block.get("type") in ("container", "carousel"):
            filled[key] = [with_ids(each, f"{name}-{index}") for index, each in enumerate(block[key])]
    return filled

"""A stand-in for Slack as one object: what people do in it, what the app did in it, and what goes wrong."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self

from .api import Api, Call
from .echo import Echo
from .events import Delivery, Door, HttpDoor, Timing
from .faults import Fault, Limit
from .model import BOT_ID, BOT_USER, HOME_TEAM, PATIENCE, Channel, ChannelKind, Clock, Json, Message, User
from .oauth import OAuth, Site, Tokens
from .people import People, Said
from .server import Server
from .sockets import SocketDoor
from .workspace import Workspace

# The scopes and events that a bot of our kind cannot do without; a manifest may give others (`from_manifest`).
SCOPES = frozenset({"commands", "app_mentions:read", "chat:write", "im:history"})
SUBSCRIBED_EVENTS = frozenset({"app_mention", "message.im", "app_home_opened", "app_uninstalled", "tokens_revoked"})


class FakeSlack(People):
    """Slack on two ports of 127.0.0.1. `with FakeSlack() as slack:` starts it and stops it.

    Args:
        scopes: what the bot's token may do.
        events: the names the app is subscribed to ("app_mention", "message.im").
        app_url: the app's request URL; None means Socket Mode. May be set later.
        clock: one that can be advanced; the default runs with real time.
        timing: how long Slack waits, and how slow its Web API is.
    """

    def __init__(
        self,
        scopes: Iterable[str] = SCOPES,
        events: Iterable[str] = SUBSCRIBED_EVENTS,
        app_url: str | None = None,
        clock: Clock | None = None,
        timing: Timing | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self.timing = timing or Timing()
        self.events = set(events)
        self.app_url = app_url
        self.signing_secret = secrets.token_hex(16)
        self.tokens = Tokens(f"xoxb-{secrets.token_hex(16)}", f"xapp-{secrets.token_hex(16)}")
        self.workspace = Workspace(self.clock, scopes)
        self.sockets = SocketDoor(self.workspace, self.timing)
        self.api = Api(self.workspace, self.tokens, self.sockets.url)
        self.api.latency = self.timing.latency
        self.echo = Echo(self)
        self.workspace.heard = self.echo.hear
        self.user = self.workspace.add_user("ana", "Europe/Lisbon")
        self.api.visitor = self.user.id
        self.other = self.workspace.add_user("ben", "America/New_York", -5 * 3600)
        everyone = (self.user.id, self.other.id)
        self.channel = self.workspace.add_channel("general", "public", (*everyone, BOT_USER))
        self.elsewhere = self.workspace.add_channel("random", "public", everyone)  # the bot is not in it

    team_id = HOME_TEAM
    bot_id = BOT_ID
    bot_user_id = BOT_USER

    @classmethod
    def from_manifest(cls, manifest: Json, optional: bool = True, **more: Any) -> Self:
        """A stand-in with a manifest's scopes (the optional ones too, unless switched off) and events."""
        asked = manifest.get("oauth_config", {}).get("scopes", {})
        scopes = [*asked.get("bot", []), *(asked.get("bot_optional", []) if optional else [])]
        subscribed = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
        made = cls(scopes, subscribed, **more)
        made.workspace.functions = manifest.get("functions", {})
        return made

    def __enter__(self) -> Self:
        self.server = Server(self.api)
        self.server.start()
        self.workspace.files_url = f"{self.server.url}upload/"
        self.sockets.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.workspace.heard = lambda what, message: None
        self.echo.stop()
        self.sockets.stop()
        self.server.stop()

    @property
    def bot_token(self) -> str:
        """What opens the Web API now."""
        return self.tokens.bot

    @property
    def app_token(self) -> str:
        """What opens a socket."""
        return self.tokens.app

    @property
    def oauth(self) -> OAuth:
        """Consent, and the app's credentials; a token that was given rotates if asked for."""
        return self.api.oauth

    @property
    def api_url(self) -> str:
        """The base for WebClient(base_url=…)."""
        return f"{self.server.url}api/"

    @property
    def door(self) -> Door:
        """The way to the app: its URL if there is one, else its socket."""
        if self.app_url:
            return HttpDoor(self.app_url, self.signing_secret, self.timing.acknowledge)
        return self.sockets

    @property
    def site(self) -> Site:
        """The workspace where people act and consent; another one has the same people and channels."""
        return self.api.site

    @site.setter
    def site(self, site: Site) -> None:
        self.api.site = site

    def uninstall(self) -> list[Delivery]:
        """An admin takes the app out of the site; its tokens end, and the app hears of it in an order that varies."""
        self.oauth.take_out(self.site)
        events: list[Json] = [
            {"type": "app_uninstalled"},
            {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}},
        ]
        return [self.event(event) for event in events]

    # The workspace

    def add_user(self, name: str, tz: str = "Europe/London", tz_offset: int = 0) -> User:
        """A new person, in no channel yet."""
        return self.workspace.add_user(name, tz, tz_offset)

    def add_channel(
        self, name: str, kind: ChannelKind = "public", bot: bool = True, members: Iterable[str] = ()
    ) -> Channel:
        """A new channel with all people in it, or those given, and with the bot unless asked otherwise."""
        inside = set(members) or set(self.workspace.users)
        return self.workspace.add_channel(name, kind, inside | ({BOT_USER} if bot else set()))

    # What the app did

    def messages(self, channel: Channel | str | None = None, thread_ts: str | None = None) -> list[Message]:
        """What is in a channel, oldest first: the parents, or the replies to one. Ephemeral ones are apart."""
        self.workspace.deliver_due()
        where = self.in_channel(channel).id
        with self.workspace.lock:
            if thread_ts is not None:
                return self.workspace.thread(where, thread_ts)
            return [each for each in self.workspace.messages[where] if each.thread_ts in (None, each.ts)]

    def ephemerals(self, user: User | str | None = None, channel: Channel | str | None = None) -> list[Message]:
        """What one person alone sees (any person, anywhere, unless given), oldest first."""
        viewer, where = user.id if isinstance(user, User) else user, self.in_channel(channel).id if channel else None
        with self.workspace.lock:
            held = [each for each in self.workspace.ephemeral if viewer in (None, each.viewer)]
            return [each for each in held if where in (None, each.channel)]

    def answers(self, said: Said, count: int = 1, timeout: float = PATIENCE) -> list[Message]:
        """The bot's replies in the thread of what was said, once there are so many. Raises AssertionError."""

        def come() -> list[Message]:
            found = [each for each in self.messages(said.message.channel, said.thread) if each.user == BOT_USER]
            return found if len(found) >= count else []

        return list(self.wait(come, timeout))

    def calls(self, method: str | None = None) -> list[Call]:
        """Every Web API call so far, or those of one method."""
        return [each for each in list(self.api.calls) if method in (None, each.method)]

    def home(self, user: User | None = None) -> Json:
        """A person's Home tab as published last; empty before."""
        held = self.workspace.homes.get((user or self.user).id)
        return held.view if held else {}

    @property
    def complaints(self) -> list[str]:
        """What the app did wrong that Slack does not show, or lets pass with a warning. Best asserted to be empty."""
        return self.workspace.complaints

    def wait(self, until: Callable[[], Any], timeout: float = PATIENCE) -> Any:
        """Wait until a function gives something true, and return that. Raises AssertionError when time is up."""
        return self.workspace.wait(until, timeout)

    def settle(self, timeout: float = PATIENCE) -> None:
        """Wait until the events that the bot's own posts caused are delivered. Raises AssertionError."""
        self.wait(lambda: self.echo.pending == 0, timeout)

    def advance(self, seconds: float) -> list[Message]:
        """Move the built-in clock ahead, and post what becomes due. Returns those messages."""
        self.clock.advance(seconds)
        return self.workspace.deliver_due()

    # What goes wrong

    def fail_next(self, method: str, times: int = 1, **fault: Any) -> None:
        """The next call of a method, or "response_url", fails: see `Fault` for how."""
        self.api.faults.add(method, Fault(**fault), times)

    def rate_limit(self, method: str, calls: int | None, seconds: float = 60.0, by: str = "") -> None:
        """Allow so many calls in so many seconds, then 429; `by="channel"` counts each channel apart; None lifts it."""
        self.api.faults.limit(method, None if calls is None else Limit(calls, seconds, by))

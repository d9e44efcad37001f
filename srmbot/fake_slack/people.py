"""What people do: a word, a click, a command -> it is in the workspace, and the app hears of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import clicks, payloads
from .answers import body_as_message, take_in
from .blocks import view_problems
from .events import Delivery, Door, Envelope, Forgery, Kind, Timing, deliver
from .journal import Step, key_of
from .model import BOT_USER, SCOPE_WORD, Channel, Clock, Json, Message, RefusedError, ResponseUrl, User, View
from .server import Server
from .workspace import Workspace


@dataclass(slots=True)
class Said:
    """A person's message, and what came of telling the app; nothing was delivered if no subscription asks for it."""

    message: Message
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def ts(self) -> str:
        """The message's own ts."""
        return self.message.ts

    @property
    def thread(self) -> str:
        """Where an answer belongs: the thread it was said in, or the one it opens."""
        return self.message.thread_ts or self.message.ts

    @property
    def delivery(self) -> Delivery:
        """The only delivery. Raises IndexError if there was none."""
        return self.deliveries[0]


class People:
    """The half of FakeSlack that acts; `door` leads to the app."""

    workspace: Workspace
    server: Server
    clock: Clock
    timing: Timing
    events: set[str]
    user: User
    channel: Channel

    @property
    def door(self) -> Door:
        """The way to the app."""
        raise NotImplementedError

    def in_channel(self, channel: Channel | str | None) -> Channel:
        """A channel by object, id, name; the default one for None. Raises RefusedError: channel_not_found."""
        if isinstance(channel, Channel):
            return channel
        return self.workspace.channel(channel) if channel else self.channel

    def send(self, kind: Kind, payload: Json, forgery: Forgery = "") -> Delivery:
        """Deliver a payload, with the retries that are due."""
        step = self.workspace.journal.add(Step("delivery", kind, payload))
        if "response_url" in payload:
            self.workspace.given[payload["response_url"].rpartition("/")[2]] = step
        delivery = deliver(self.door, Envelope(kind, payload, forgery=forgery), self.timing)
        step.ended(delivery.status, delivery.body or delivery.error)
        self.workspace.stir()
        return delivery

    # Commands

    def slash(
        self, text: str, user: User | None = None, channel: Channel | str | None = None, forgery: Forgery = ""
    ) -> Delivery:
        """A slash command ("/srm backups"). Its own response becomes a message, ephemeral by default."""
        who, where = user or self.user, self.in_channel(channel)
        url = self.workspace.response_url(where.id, who.id)
        payload = payloads.command(text, who, where) | self.leave(who, url)
        delivery = self.send("slash_commands", payload, forgery)
        if delivery.acknowledged:
            self.take_response(delivery, url)
        return delivery

    def take_response(self, delivery: Delivery, url: ResponseUrl) -> None:
        """Put a command's own response before the user; what Slack would not show becomes a complaint."""
        try:
            sent = body_as_message(delivery.body, delivery.headers.get("content-type", ""))
            delivery.message = take_in(self.workspace, url, sent) if sent else None
            if delivery.message:
                self.workspace.journal.put(delivery.payload, key_of(delivery.message))
        except (RefusedError, ValueError) as wrong:
            self.workspace.complain(f"response to a command: {wrong} {getattr(wrong, 'more', '')}")

    def leave(self, user: User, url: ResponseUrl | None) -> Json:
        """What lets the app act on an interaction: a trigger for a modal, an URL for answers."""
        fields: Json = {"trigger_id": self.workspace.trigger(user.id).id}
        return fields | {"response_url": f"{self.server.url}hooks/{url.id}"} if url else fields

    # Words

    def say(
        self, text: str, channel: Channel | str | None = None, thread_ts: str | None = None, user: User | None = None
    ) -> Said:
        """A person's message. The app hears of it only as far as its subscriptions, scopes and membership go."""
        where = self.in_channel(channel)
        who = user or self.user
        message = Message(where.id, self.workspace.next_ts(), who.id, text, thread_ts=thread_ts)
        self.workspace.add(message)
        theirs = {"team": who.team, "user_team": who.team}
        sent = [self.event({**event, **theirs}, shared=where.shared) for event in self.heard_as(message, where)]
        return Said(message, [each for each in sent if each is not None])

    def mention(
        self, text: str, channel: Channel | str | None = None, thread_ts: str | None = None, user: User | None = None
    ) -> Said:
        """A person's message that begins with the bot's name."""
        return self.say(f"<@{BOT_USER}> {text}".strip(), channel, thread_ts, user)

    def direct(self, text: str, user: User | None = None, thread_ts: str | None = None) -> Said:
        """A person's message to the bot alone."""
        who = user or self.user
        return self.say(text, self.workspace.direct_channel(who.id), thread_ts, who)

    def post(self, text: str = "", channel: Channel | str | None = None, **fields: Any) -> Message:
        """Any message, without telling the app: `user`, `bot_id`, `blocks`, `attachments`, `thread_ts` as given."""
        who = fields.pop("user", self.user.id)
        return self.workspace.add(Message(self.in_channel(channel).id, self.workspace.next_ts(), who, text, **fields))

    def edit(self, message: Message, text: str) -> Delivery | None:
        """A person changes a message; None if no subscription asks for that. A mention in it is a mention again."""
        self.workspace.change(message, {"text": text, "edited": True, "edited_at": self.workspace.next_ts()})
        where, last = self.workspace.channels[message.channel], self.tell_change(message, "changed")
        if f"<@{BOT_USER}" in text and where.kind != "im" and self.hears("app_mention", where):
            last = self.event(payloads.mention_event(message, where), shared=where.shared)
        return last

    def delete(self, message: Message) -> Delivery | None:
        """A person deletes a message; None if no subscription asks for that."""
        self.workspace.remove(message)
        return self.tell_change(message, "deleted")

    def tell_change(self, message: Message, what: str) -> Delivery | None:
        """Tell the app that a message was "posted", "changed" or "deleted", if it hears of this channel."""
        where = self.workspace.channels[message.channel]
        if what == "posted":
            event = payloads.message_event(message, where)
        else:
            event = payloads.changed_event(message, where, what, self.workspace.next_ts())
        return self.event(event) if self.hears(f"message.{SCOPE_WORD[where.kind]}", where) else None

    def heard_as(self, message: Message, where: Channel) -> list[Json]:
        """The events that a person's message makes for the app."""
        sent = []
        if f"<@{BOT_USER}" in message.text and where.kind != "im" and self.hears("app_mention", where):
            sent.append(payloads.mention_event(message, where))
        if self.hears(f"message.{SCOPE_WORD[where.kind]}", where):
            sent.append(payloads.message_event(message, where))
        return sent

    def hears(self, name: str, where: Channel | None = None) -> bool:
        """Whether the app gets events of that name: subscribed, with the scope, and in the channel if there is one."""
        scope = payloads.EVENT_SCOPES.get(name)
        allowed = scope is None or scope in self.workspace.scopes
        return name in self.events and allowed and (where is None or BOT_USER in where.members)

    def event(self, event: Json, event_id: str | None = None, shared: bool = False, forgery: Forgery = "") -> Delivery:
        """Any event as it is, whatever the subscriptions; an event_id given twice makes a duplicate."""
        at = self.clock.now()
        event_id = event_id or self.workspace.next_id("Ev")
        return self.send("events_api", payloads.event_callback(event, at, event_id, shared), forgery)

    def open_home(self, user: User | None = None, tab: str = "home") -> Delivery | None:
        """A person opens the app, on its Home or its messages tab; None if not subscribed."""
        who, ts = user or self.user, self.workspace.next_ts()
        place = self.workspace.direct_channel(who.id).id
        event = {"type": "app_home_opened", "user": who.id, "channel": place, "tab": tab, "event_ts": ts}
        held = self.workspace.homes.get(who.id)
        if held and tab == "home":
            event["view"] = held.as_json()  # type: ignore[assignment]
        return self.event(event) if self.hears("app_home_opened") else None

    def verify_url(self) -> Delivery:
        """What Slack sends when the request URL is saved; the challenge has to come back."""
        return self.send("events_api", {"token": "t", "challenge": "a-challenge", "type": "url_verification"})

    # Clicks

    def click(self, message: Message, action_id: str, value: Any = None, user: User | None = None) -> Delivery:
        """A click on a message's element, or a choice in it; of several with one action_id, `value` tells which.

        Raises:
            LookupError: there is no such element, or option.
        """
        who, where = user or self.user, self.workspace.channels[message.channel]
        if message.viewer and not user:
            who = self.workspace.users[message.viewer]
        action = clicks.action(message.blocks, action_id, value, self.workspace.next_ts())
        url = self.workspace.response_url(where.id, who.id, message)
        payload = payloads.click_on_message(who, where, message, action) | self.leave(who, url)
        return self.send("interactive", payload)

    def click_view(self, view: View, action_id: str, value: Any = None, values: Json | None = None) -> Delivery:
        """A click in a modal or on a Home tab (`slack.workspace.homes[user.id]`); `values` as a form has them so far.

        Raises:
            LookupError: there is no such element, or input.
        """
        who, blocks = self.workspace.users[view.user], view.view.get("blocks", [])
        action = clicks.action(blocks, action_id, value, self.workspace.next_ts())
        payload = payloads.click_on_view(who, view, action, clicks.form_values(blocks, values or {}, unfinished=True))
        return self.send("interactive", payload | self.leave(who, None))

    def close(self, view: View) -> Delivery | None:
        """A person closes a modal without submitting it; the app hears of it only if the view asks for that."""
        who = self.workspace.users[view.user]
        self.workspace.forget(view)
        if not view.view.get("notify_on_close"):
            return None
        return self.send("interactive", payloads.closed(who, view))

    def submit(self, view: View, **values: Any) -> Delivery:
        """Submit a modal: `values` by action_id, other inputs as they are at first. Its response acts on the view.

        Raises:
            LookupError: no such input, or one that must be filled is empty (Slack would not send it).
        """
        who = self.workspace.users[view.user]
        filled = clicks.form_values(view.view.get("blocks", []), values)
        delivery = self.send("interactive", payloads.submission(who, view, filled) | self.leave(who, None))
        if delivery.acknowledged:
            self.take_view_response(view, delivery)
        return delivery

    def take_view_response(self, view: View, delivery: Delivery) -> None:
        """Do what a submission's response asks for: errors stay, update changes, nothing closes."""
        sent = delivery.json if "json" in delivery.headers.get("content-type", "") else None
        sent = sent if isinstance(sent, dict) else {}
        asked = sent.get("response_action")
        if asked == "errors":
            known = clicks.input_blocks(view.view.get("blocks", []))
            for name in sorted(set(sent.get("errors", {})) - known):
                self.workspace.complain(f"view errors: {name!r} is no input block of the view")
            return
        if asked not in ("update", "push"):
            self.workspace.forget(*(self.workspace.modals(view.user) if asked == "clear" else [view]))
            return
        for each in view_problems(sent.get("view")):
            self.workspace.complain(f"response to a submission: {each}")
        if asked == "update":
            self.workspace.replace(view, sent["view"])
        else:
            view = self.workspace.view(view.user, sent["view"])
        self.workspace.journal.put(delivery.payload, f"view/{view.id}")

    def message_shortcut(self, callback_id: str, message: Message, user: User | None = None) -> Delivery:
        """A shortcut on a message, anywhere the person can see it; the answer goes to its response_url."""
        who, where = user or self.user, self.workspace.channels[message.channel]
        url = self.workspace.response_url(where.id, who.id, message)
        return self.send(
            "interactive", payloads.message_shortcut(who, where, message, callback_id) | self.leave(who, url)
        )

    def global_shortcut(self, callback_id: str, user: User | None = None) -> Delivery:
        """A shortcut that belongs to no message."""
        who = user or self.user
        payload = payloads.global_shortcut(who, callback_id, self.workspace.next_ts())
        return self.send("interactive", payload | self.leave(who, None))

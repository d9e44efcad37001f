"""What people and bots say, and what they look at: it is in the workspace, and the app hears of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import payloads
from .events import Delivery, Door, Envelope, EnvelopeKind, Forgery, Timing, deliver
from .functions import Execution, executed_event, validate
from .journal import Step
from .model import BOT_USER, SCOPE_WORD, Channel, Clock, Json, Message, User
from .oauth import Site
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


class Speech:
    """The part of FakeSlack that speaks; `door` leads to the app."""

    workspace: Workspace
    clock: Clock
    timing: Timing
    events: set[str]
    user: User
    channel: Channel

    @property
    def door(self) -> Door:
        """The way to the app."""
        raise NotImplementedError

    @property
    def site(self) -> Site:
        """The workspace where people act."""
        raise NotImplementedError

    def in_channel(self, channel: Channel | str | None) -> Channel:
        """A channel by object, id, name; the default one for None. Raises RefusedError: channel_not_found."""
        if isinstance(channel, Channel):
            return channel
        return self.workspace.channel(channel) if channel else self.channel

    def send(self, kind: EnvelopeKind, payload: Json, forgery: Forgery = "") -> Delivery:
        """Deliver a payload, with the retries that are due."""
        payload = payloads.moved(payload, self.site)
        step = self.workspace.journal.add(Step("delivery", kind, payload))
        if "response_url" in payload:
            self.workspace.given[payload["response_url"].rpartition("/")[2]] = step
        delivery = deliver(self.door, Envelope(kind, payload, forgery=forgery), self.timing)
        step.ended(delivery.status, delivery.body or delivery.error)
        self.workspace.stir()
        return delivery

    def say(
        self,
        text: str,
        channel: Channel | str | None = None,
        thread_ts: str | None = None,
        user: User | None = None,
        **fields: Any,
    ) -> Said:
        """A person's message, with `attachments` or `files` if given. See `put` for what the app hears of it."""
        who = (user or self.user).id
        return self.put(
            Message(self.in_channel(channel).id, self.workspace.next_ts(), who, text, thread_ts=thread_ts, **fields)
        )

    def put(self, message: Message) -> Said:
        """Any message. The app hears of it only as far as its subscriptions, scopes and membership go."""
        where = self.workspace.channels[message.channel]
        self.workspace.add(message)
        who = self.workspace.users.get(message.user)
        theirs = {"team": who.team, "user_team": who.team} if who else {}
        sent = [self.event({**event, **theirs}, shared=where.shared) for event in self.heard_as(message, where)]
        return Said(message, [each for each in sent if each is not None])

    def mention(
        self,
        text: str,
        channel: Channel | str | None = None,
        thread_ts: str | None = None,
        user: User | None = None,
        **fields: Any,
    ) -> Said:
        """A person's message that begins with the bot's name."""
        return self.say(f"<@{BOT_USER}> {text}".strip(), channel, thread_ts, user, **fields)

    def direct(self, text: str, user: User | None = None, thread_ts: str | None = None, **fields: Any) -> Said:
        """A person's message to the bot alone."""
        who = user or self.user
        return self.say(text, self.workspace.direct_channel(who.id), thread_ts, who, **fields)

    def share(
        self, message: Message, text: str = "", channel: Channel | str | None = None, user: User | None = None
    ) -> Said:
        """A person shares a message elsewhere, to the bot alone if no channel is given, with a text of their own."""
        who = self.workspace.users.get(message.user)
        attachment = payloads.shared_message(
            message, self.workspace.channels[message.channel], who.name if who else "an app"
        )
        if channel is None:
            return self.direct(text, user, attachments=[attachment])
        return self.say(text, channel, user=user, attachments=[attachment])

    def bot_says(
        self,
        text: str,
        bot: User,
        channel: Channel | str | None = None,
        thread_ts: str | None = None,
        workflow: bool = False,
    ) -> Said:
        """What another app's bot posts, or a workflow's, which has no user."""
        bot_id, app_id = (f"{letter}{bot.id[1:]}" for letter in "BA")
        profile = {"id": bot_id, "app_id": app_id, "name": bot.name, "is_workflow_bot": workflow, "deleted": False}
        message = Message(self.in_channel(channel).id, self.workspace.next_ts(), "" if workflow else bot.id, text)
        message.bot_id, message.bot_profile, message.thread_ts = bot_id, profile, thread_ts
        message.subtype = "bot_message" if workflow else None
        return self.put(message)

    def post(self, text: str = "", channel: Channel | str | None = None, **fields: Any) -> Message:
        """Any message, without telling the app: `user`, `bot_id`, `blocks`, `attachments`, `thread_ts` as given."""
        who = fields.pop("user", self.user.id)
        return self.workspace.add(Message(self.in_channel(channel).id, self.workspace.next_ts(), who, text, **fields))

    def edit(self, message: Message, text: str) -> Delivery | None:
        """A person changes a message; None if no subscription asks for that. A mention in it is a mention again."""
        second = f"{self.workspace.next_ts().partition('.')[0]}.000000"  # two edits may have the same, as at Slack
        self.workspace.change(message, {"text": text, "edited": True, "edited_at": second})
        where, last = self.workspace.channels[message.channel], self.tell_change(message, "changed")
        if self.hears_mention(message, where):
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
        if self.hears_mention(message, where):
            sent.append(payloads.mention_event(message, where))
        if self.hears(f"message.{SCOPE_WORD[where.kind]}", where):
            event = payloads.message_event(message, where)
            sent.append(self.in_context(event, message.user, "app_context") if where.kind == "im" else event)
        return sent

    def look_at(
        self, channel: Channel | str | None = None, message: Message | None = None, user: User | None = None
    ) -> Delivery | None:
        """A person goes to a channel or message while the bot's pane is open; None if not subscribed."""
        who, where = user or self.user, self.in_channel(channel or (message.channel if message else None))
        self.workspace.in_view[who.id] = payloads.view_context(where, message)
        event = {"type": "app_context_changed", "user": who.id, "event_ts": self.workspace.next_ts()}
        event["channel"] = self.workspace.direct_channel(who.id).id
        return self.event(self.in_context(event, who.id, "context")) if self.hears("app_context_changed") else None

    def in_context(self, event: Json, user: str, name: str) -> Json:
        """An event with what a person is looking at, if the app is subscribed to changes of that."""
        if not self.hears("app_context_changed"):
            return event
        return payloads.with_context(event, self.workspace.in_view.get(user, []), name)

    def invite(self, channel: Channel | str, user: User | None = None) -> Delivery | None:
        """A person adds the bot to a channel; None if no subscription or scope lets the app hear of it."""
        where, ts = self.in_channel(channel), self.workspace.next_ts()
        where.members.add(BOT_USER)
        self.workspace.stir()
        scope = f"{SCOPE_WORD[where.kind]}:read"
        if scope not in self.workspace.scopes or not self.hears("member_joined_channel", where):
            return None
        return self.event(payloads.joined_event(BOT_USER, where, (user or self.user).id, ts), shared=where.shared)

    def run_step(self, callback_id: str, **inputs: Any) -> Execution:
        """A workflow comes to one of the app's steps.

        Raises:
            LookupError: the manifest defines no such function, or not with these inputs; or the app is not subscribed.
        """
        definition = self.workspace.functions[callback_id]
        if wrong := validate(definition["input_parameters"], inputs):
            raise LookupError(f"{callback_id}: {', '.join(wrong)}")
        if "function_executed" not in self.events:
            raise LookupError("the app is not subscribed to function_executed")
        token = f"xwfp-{self.workspace.next_ts().replace('.', '')}"
        made = Execution(self.workspace.next_id("Fx"), callback_id, definition, inputs, token)
        self.workspace.executions[made.id] = made
        self.event(executed_event(made, self.workspace.next_ts()))
        return made

    def hears_mention(self, message: Message, where: Channel) -> bool:
        """Whether a message is a mention that the app gets an event of."""
        return f"<@{BOT_USER}" in message.text and where.kind != "im" and self.hears("app_mention", where)

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
        event: Json = {"type": "app_home_opened", "user": who.id, "channel": place, "tab": tab, "event_ts": ts}
        event = self.in_context(event, who.id, "context") if tab == "messages" else event
        held = self.workspace.homes.get(who.id)
        if held and tab == "home":
            event["view"] = held.as_json()
        return self.event(event) if self.hears("app_home_opened") else None

    def verify_url(self) -> Delivery:
        """What Slack sends when the request URL is saved; the challenge has to come back."""
        return self.send("events_api", {"token": "t", "challenge": "a-challenge", "type": "url_verification"})

"""What people do beyond words: a command, a click, a form -> the app hears of it, and its response is taken."""

from __future__ import annotations

from typing import Any

from . import clicks, payloads
from .answers import body_as_message, take_in
from .blocks import view_problems
from .events import Delivery, Forgery
from .journal import key_of
from .model import Channel, Json, Message, RefusedCallError, ResponseUrl, User, View
from .server import Server
from .speech import Said, Speech

__all__ = ["People", "Said"]


class People(Speech):
    """The half of FakeSlack that acts."""

    server: Server

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
        except (RefusedCallError, ValueError) as wrong:
            self.workspace.complain(f"response to a command: {wrong} {getattr(wrong, 'more', '')}")

    def leave(self, user: User, url: ResponseUrl | None) -> Json:
        """What lets the app act on an interaction: a trigger for a modal, an URL for answers."""
        fields: Json = {"trigger_id": self.workspace.trigger(user.id).id}
        return fields | {"response_url": f"{self.server.url}hooks/{url.id}"} if url else fields

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

"""A payload from Slack -> who asked what, where and since when; and the ways to answer them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

from slack_bolt.request.internals import extract_team_id
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from srmbot.answer import Answer
from srmbot.bot import State
from srmbot.commands.command import AnyReply
from srmbot.misses.miss import UNANSWERED, Miss
from srmbot.query import clean
from srmbot.render.message import Setting
from srmbot.render.views import View
from srmbot.request import Requester
from srmbot.slack.answer_log import log_answer
from srmbot.slack.audience import is_insider
from srmbot.slack.error_reports import Tell
from srmbot.slack.message import send_message
from srmbot.slack.outcomes import CLOSED, sending
from srmbot.slack.post import post, respond
from srmbot.slack.retry import MOST_TRIES, run_with_retry
from srmbot.slack.runtime import Runtime
from srmbot.slack.shown import Shown

Payload = dict[str, Any]
R = TypeVar("R", bound=AnyReply)

log = logging.getLogger("srmbot.slack")

# Surfaces where a channel asks in its own words: what these ask decides which tips suit it.
COUNTED_SURFACES = frozenset(("slash", "mention", "direct"))
ALONE = Setting(alone=True, internal=True)  # for the person who asked
IN_DIRECT = Setting(internal=True)
# Surfaces that answer in a thread, which is then about that answer.
IN_THREADS = frozenset(("mention", "choice", "topic"))
ANSWERED_IN_THREADS = frozenset(("mention", "direct"))  # where the asker looks for an answer in the thread


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that a user did in Slack, and everything that it takes to answer."""

    surface: str  # where it was done, for the log: "slash", "mention", …
    runtime: Runtime
    known: State  # the knowledge when it came; everything is answered from this one state
    body: Payload  # as Slack sent it
    client: WebClient
    requester: Requester  # team, channel, user; blank where the payload does not say
    thread_ts: str | None  # the thread that an answer belongs in
    started: float  # `perf_counter()` when it came

    @classmethod
    def from_body(cls, body: Payload, client: WebClient, *, surface: str, runtime: Runtime) -> Request:
        """Read a payload of any kind: a command's fields stand at its top, an event's inside, the others have objects.

        Args:
            body: the whole payload.
            client: the Web API, with the workspace's token.
            surface: where it was done.
            runtime: what the process answers with.
        """
        event = body.get("event") or {}
        requester = Requester(
            team=extract_team_id(body) or "",
            channel=body.get("channel_id") or event.get("channel") or id_of(body, "channel"),
            user=body.get("user_id") or event.get("user") or id_of(body, "user"),
            resources=runtime.resources_for(client.token),
        )
        thread_ts = event.get("thread_ts") or event.get("ts") or (body.get("container") or {}).get("thread_ts")
        return cls(surface, runtime, runtime.bot.state, body, client, requester, thread_ts, perf_counter())

    @property
    def event(self) -> Payload:
        """The event inside an event's payload; empty for any other payload."""
        return self.body.get("event") or {}

    @property
    def value(self) -> str:
        """The value of the button that was clicked."""
        return str(self.action.get("value", ""))

    @property
    def action(self) -> Payload:
        """The button that was clicked; empty for any other payload."""
        clicked: Payload = (self.body.get("actions") or [{}])[0]
        return clicked

    @property
    def container(self) -> Payload:
        """Where the clicked element stands: a message or a view; empty for any other payload."""
        return self.body.get("container") or {}

    @property
    def response_url(self) -> str:
        """Where a command, click or shortcut can be answered; blank where it cannot, as in a modal."""
        return str(self.body.get("response_url") or "")

    @property
    def setting(self) -> Setting:
        """Where an answer stands that everybody in the conversation sees."""
        if self.is_direct:
            return IN_DIRECT
        return Setting(asker=self.requester.user, internal=self.is_internal)

    @property
    def alone(self) -> Setting:
        """Where an answer stands that only the person sees who asked, or clicked."""
        return ALONE if self.is_insider else Setting(alone=True)

    @property
    def is_internal(self) -> bool:
        """Whether people of this workspace alone read the conversation; false where that is not known."""
        shared = self.body.get("is_ext_shared_channel")
        if self.is_direct or isinstance(shared, bool):
            return not shared
        return self.runtime.channels.is_internal(self.client, self.requester.channel)

    @property
    def is_insider(self) -> bool:
        """Whether the person is of this workspace; to others no team is named."""
        return is_insider(self.body)

    @property
    def shown(self) -> Shown:
        """What is known of the blocks that the workspace shows to one person."""
        return self.runtime.shown.of(self.requester.team)

    @property
    def is_direct(self) -> bool:
        """Whether it happened between one person and the bot."""
        return self.requester.channel.startswith("D")

    def respond(self, reply: AnyReply, *, echo: bool = False, **options: Any) -> None:
        """Answer the requester alone, through the payload's response_url.

        Args:
            reply: any.
            echo: repeat the question above an answer.
            options: where it appears.

        Raises:
            SlackApiError: Slack refuses it.
        """
        send = partial(respond, self.response_url, response_type="ephemeral", **options)
        send_message(reply, send, self.alone, self.shown, echo=echo)

    def post_in_thread(self, reply: AnyReply) -> str:
        """Answer where everybody in the channel sees it, in the thread.

        Returns:
            The answer's ts.

        Raises:
            SlackApiError: Slack refuses it.
        """
        send = partial(post, self.client, channel=self.requester.channel, thread_ts=self.thread_ts)
        return send_message(reply, send, self.setting)

    def tell(self, text: str) -> None:
        """Write to the requester, where something was clicked or asked.

        Raises:
            SlackApiError: Slack refuses it.
        """
        if self.response_url:
            self.respond(text, replace_original=False)
        elif self.event.get("text"):
            self.post_in_thread(text)

    def post_direct(self, reply: AnyReply) -> None:
        """Answer in a direct message.

        Raises:
            SlackApiError: Slack refuses it.
        """
        send_message(reply, partial(post, self.client, channel=self.requester.user), IN_DIRECT)

    def tell_in_thread(self, text: str) -> None:
        """Say in the thread why nothing was answered; where nothing can be posted there, in a direct message.

        Raises:
            SlackApiError: Slack refuses it.
        """
        try:
            self.post_in_thread(text)
        except SlackApiError as fault:
            if fault.response.get("error") not in CLOSED or not self.requester.user:
                raise
            self.post_direct(f"I couldn't answer you there: {text}")

    def open_modal(self, view: View) -> None:
        """Answer the click with a modal, above the one that was clicked in, if any.

        Raises:
            SlackApiError: Slack refuses it, for instance because the click is older than three seconds.
        """
        with sending():
            in_modal = (self.body.get("view") or {}).get("type") == "modal"
            show = self.client.views_push if in_modal else self.client.views_open
            show(trigger_id=self.body["trigger_id"], view=view)

    def tell_alone(self, text: str) -> None:
        """Write to the person who clicked alone: below what was clicked, or directly where nothing can stand there.

        Raises:
            SlackApiError: Slack refuses it.
        """
        if self.response_url:
            self.respond(text, replace_original=False, thread_ts=self.thread_ts)
        else:
            self.post_direct(text)

    def record(self, miss: Miss) -> None:
        """Store a miss soon; nothing waits for it."""
        self.runtime.submit(self.runtime.storage.record_miss, miss)

    def update_modal(self, view: View) -> None:
        """Change the modal that was clicked or sent, unless it was closed meanwhile.

        Raises:
            SlackApiError: Slack refuses it for another reason.
        """
        try:
            with sending():
                self.client.views_update(view_id=self.body["view"]["id"], view=view)
        except SlackApiError as fault:
            if fault.response.get("error") != "not_found":
                raise
            log.info("modal_closed", extra={"surface": self.surface})

    def deliver(
        self,
        make_reply: Callable[[], R],
        send: Callable[[R | str], object],
        tell: Tell | None = None,
        tries: int = MOST_TRIES,
    ) -> None:
        """Make a reply once, send it, log it; send it again when Slack says to wait.

        Args:
            make_reply: may call Slack; when that is asked to wait, it is called again.
            send: brings the reply to the requester.
            tell: brings them a text when something goes wrong; `send`, if it is left out.
            tries: how often in all.
        """
        made: list[R] = []  # what a subcommand has done is not done again

        def work() -> None:
            if not made:
                made.append(make_reply())
            send(made[0])
            self.answered(made[0])

        run_with_retry(self.surface, work, tell or send, self.runtime.later, tries)

    def answered(self, reply: AnyReply) -> None:
        """Log what was answered, count the question where its channel asked it, and remember what a thread is about."""
        if self.surface in COUNTED_SURFACES:
            self.runtime.storage.count_question(self.requester, reply)
        if self.surface in IN_THREADS:
            self.runtime.storage.remember_subject(self.requester, self.thread_ts, reply)
        if isinstance(reply, Answer) and reply.reason in UNANSWERED:
            self.record(self.as_miss(reply))
        where = {"team": self.requester.team or None, "channel": self.requester.channel or None}
        log_answer(self.surface, reply, self.started, **where)

    def as_miss(self, reply: Answer) -> Miss:
        """Describe a question that was left unanswered."""
        who, seen = self.requester, self.thread_ts if self.surface in ANSWERED_IN_THREADS else None
        about = (who.team, str(reply.reason), reply.service or "", reply.topic or "", clean(reply.question))
        return Miss(*about, user=who.user, channel=who.channel, thread_ts=seen or "")


def id_of(body: Payload, name: str) -> str:
    """Read the id of an object in a payload, such as its team; blank where there is none."""
    held = body.get(name)
    return str(held.get("id") or "") if isinstance(held, dict) else ""

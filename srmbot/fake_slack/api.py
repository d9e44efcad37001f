"""Slack's Web API: method, params and token -> a reply, with scopes, rate limits and faults as Slack has them."""

from __future__ import annotations

import json
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from . import chat, conversations, files, functions, views
from .answers import post_to_url
from .faults import Fault, Faults
from .journal import Step, keys_in
from .model import BOT_ID, BOT_USER, Json, RefusedCallError
from .oauth import HOME_SITE, OAuth, Site, Tokens
from .workspace import Workspace

Run = Callable[[Workspace, Json], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """What a method does, and which scope it wants; those of conversations.* depend on the channel's kind."""

    run: Run
    scope: str = ""


@dataclass(slots=True)
class Call:
    """One call that came in, for assertions."""

    method: str
    params: Json
    at: float  # by the stand-in's clock
    answer: Json = field(default_factory=dict)
    status: int = 0  # 0 while it is being served
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether it was answered, and with yes."""
        return bool(self.answer.get("ok"))


@dataclass(frozen=True, slots=True)
class HttpReply:
    """What goes back over HTTP; nothing at all if `drop`."""

    status: int
    answer: Any
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    late: float = 0.0  # seconds before it goes back


def auth_test(site: Site) -> Json:
    """auth.test: who the token is."""
    who = {"url": "https://stand-in.slack.com/", "team": site.name, "user": "srmbot", "team_id": site.key}
    org = {"enterprise_id": site.enterprise} if site.enterprise else {}
    return {**who, **org, "user_id": BOT_USER, "bot_id": BOT_ID, "is_enterprise_install": site.whole}


METHODS: dict[str, Method] = {
    "assistant.threads.setStatus": Method(views.set_status, "chat:write"),
    "assistant.threads.setSuggestedPrompts": Method(views.set_prompts, "assistant:write"),
    "blocks.validate": Method(views.validate),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.deleteScheduledMessage": Method(chat.delete_scheduled, "chat:write"),
    "chat.getPermalink": Method(chat.permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.scheduleMessage": Method(chat.schedule_message, "chat:write"),
    "chat.scheduledMessages.list": Method(chat.list_scheduled),
    "chat.update": Method(chat.update, "chat:write"),
    "conversations.history": Method(conversations.history),
    "conversations.info": Method(conversations.info),
    "conversations.open": Method(conversations.open_direct),
    "conversations.replies": Method(conversations.replies),
    "files.info": Method(conversations.file_info, "files:read"),
    "functions.completeError": Method(functions.complete_error),
    "functions.completeSuccess": Method(functions.complete_success),
    "usergroups.users.list": Method(conversations.group_members, "usergroups:read"),
    "users.info": Method(conversations.user_info, "users:read"),
    "files.completeUploadExternal": Method(files.complete, "files:write"),
    "files.getUploadURLExternal": Method(files.begin, "files:write"),
    "views.open": Method(views.open_view),
    "views.publish": Method(views.publish_view),
    "views.push": Method(views.push_view),
    "views.update": Method(views.update_view),
}
# What these answer names a message or a view that is now seen.
PUTS = "chat.postEphemeral chat.postMessage chat.update views.open views.publish views.push views.update".split()
RESPONSE_URL = "response_url"  # what faults call a post to one
WITHOUT_TOKEN = ("api.test", "blocks.validate")


class Api:
    """Serves calls from any number of threads, and remembers them."""

    def __init__(self, workspace: Workspace, tokens: Tokens, connect: Callable[[], str]) -> None:
        self.workspace = workspace
        self.tokens = tokens
        self.oauth = OAuth(workspace, tokens)
        self.connect = connect  # gives a new socket's URL
        self.visitor, self.site = "", HOME_SITE  # who consents on Slack's page, and for which workspace
        self.faults = Faults(workspace.clock.now)
        self.latency = 0.0
        self.calls: list[Call] = []
        self.answered: dict[str, HttpReply] = {}  # the last answer of each method, to be repeated by a fault
        self._lock = threading.Lock()

    def serve(self, name: str, params: Json, token: str) -> HttpReply:
        """One call from beginning to end: fault, rate limit, token, scope, the method itself."""
        call = Call(name, params, self.workspace.clock.now())
        with self._lock:
            self.calls.append(call)
        step = self.workspace.journal.add(Step("call", name, params))
        reply = self.reply(call, token)
        call.answer = reply.answer if isinstance(reply.answer, dict) else {}
        step.ended(reply.status, reply.answer)
        step.messages += keys_in(params, call.answer) if name in PUTS else []
        call.status, call.seconds = reply.status, step.seconds
        self.workspace.stir()
        return reply

    def reply(self, call: Call, token: str) -> HttpReply:
        """The reply to a call, late or wrong if a fault waits for it."""
        fault = self.faults.take(call.method)
        time.sleep(self.latency + fault.delay)
        if wait := self.faults.wait_for(call.method, call.params):
            return limited(wait)
        if fault.status or fault.error:
            return refusal(fault)
        if fault.repeat and call.method in self.answered:
            return self.answered[call.method]
        try:
            answer = {"ok": True, **self.run(call, token)}
        except RefusedCallError as refused:
            answer = {"ok": False, "error": refused.error, **refused.more}
        except Exception as bug:  # the stand-in's own, to be seen in the test
            self.workspace.complain(f"{call.method}: {traceback.format_exc()}")
            return HttpReply(500, {"ok": False, "error": "fatal_error", "detail": repr(bug)})
        self.answered[call.method] = HttpReply(200, answer, self.scope_headers(call.method))
        return replace(self.answered[call.method], drop=fault.drop_after_accept, late=fault.late)

    def authorize(self, params: Json) -> HttpReply:
        """The reply to a browser that asks for Slack's page of consent: the visitor consents at once."""
        try:
            return HttpReply(302, "", {"Location": self.oauth.authorize(self.visitor, params, self.site)})
        except RefusedCallError as refused:
            return HttpReply(400, refused.error)

    def respond(self, url_id: str, body: bytes) -> HttpReply:
        """The reply to a post to a response_url, late or wrong if a fault waits for "response_url"."""
        fault = self.faults.take(RESPONSE_URL)
        time.sleep(self.latency + fault.delay)
        if fault.status == 429:
            return HttpReply(429, "ratelimited", after(fault) or {"Retry-After": "1"})
        if fault.status or fault.error:
            return HttpReply(fault.status or 404, fault.error or "internal_error", after(fault))
        status, text = post_to_url(self.workspace, url_id, body)
        return HttpReply(status, text, {}, fault.drop_after_accept, fault.late)

    def run(self, call: Call, token: str) -> Json:
        """The method's own answer. Raises RefusedError for every reason that Slack has."""
        self.workspace.deliver_due()
        if call.method == "apps.connections.open":
            self.check(token, self.tokens.app, self.tokens.bot)
            return {"url": self.connect()}
        if call.method == "oauth.v2.access":
            return self.oauth.access(call.params)
        if call.method in ("auth.test", "apps.uninstall"):
            self.check(token, self.tokens.bot, self.tokens.app)
            site = self.oauth.site_of(token)
            return auth_test(site) if call.method == "auth.test" else self.oauth.uninstall(call.params, token)
        method = METHODS.get(call.method)
        if method is None:
            raise RefusedCallError("unknown_method", req_method=call.method)
        if call.method not in WITHOUT_TOKEN:
            self.check(token, self.tokens.bot, self.tokens.app)
        if method.scope:
            conversations.need(self.workspace, method.scope)
        return method.run(self.workspace, call.params)

    def check(self, token: str, wanted: str, other: str) -> None:
        """Raise RefusedError unless this token is wanted: not_authed, not_allowed_token_type, invalid_auth."""
        if not token:
            raise RefusedCallError("not_authed")
        if any(token == each.token for each in self.workspace.executions.values() if each.is_running):
            return  # of a workflow's step, as long as it runs
        if token == other:
            raise RefusedCallError("not_allowed_token_type")
        if token != wanted and (wanted == self.tokens.app or token not in self.oauth.given):
            raise RefusedCallError("invalid_auth")

    def scope_headers(self, method: str) -> dict[str, str]:
        """What the token may do and what the method wants, as Slack tells with every answer."""
        wanted = METHODS[method].scope if method in METHODS else ""
        headers = {"X-OAuth-Scopes": ",".join(sorted(self.workspace.scopes)), "X-Accepted-OAuth-Scopes": wanted}
        return {name: value for name, value in headers.items() if value}


def limited(wait: int) -> HttpReply:
    """Too many calls: come again after so many seconds."""
    return HttpReply(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(wait)})


def refusal(fault: Fault) -> HttpReply:
    """What a call is answered with that is not carried out."""
    if fault.status == 429:
        return limited(fault.retry_after or 1)
    if fault.status:
        return HttpReply(fault.status, {"ok": False, "error": fault.error or "internal_error"}, after(fault))
    return HttpReply(200, {"ok": False, "error": fault.error})


def after(fault: Fault) -> dict[str, str]:
    """The Retry-After header, if the fault has one."""
    return {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}


def encode(answer: Any) -> bytes:
    """An answer's bytes: JSON, or plain text as it is."""
    return answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()

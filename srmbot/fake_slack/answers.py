"""What the app answers outside the Web API: to a response_url, or in the response to a command -> messages."""

from __future__ import annotations

import json
from typing import Any

from .blocks import Problem
from .chat import faults_of, thread_of
from .journal import Step, key_of
from .model import BOT_ID, BOT_USER, Json, Message, RefusedCallError, ResponseUrl
from .workspace import Workspace

MOST_USES = 5
LIFE = 30 * 60  # seconds
TRUE = (True, "true")
STATUSES = dict.fromkeys(("invalid_url", "expired_url", "used_url", "message_not_found"), 404)  # else 400
KNOWN = {
    "text",
    "blocks",
    "attachments",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "metadata",
    "mrkdwn",
    "link_names",
    "parse",
    "unfurl_links",
    "unfurl_media",
    "as_user",
    "username",
    "icon_emoji",
    "icon_url",
    "reply_broadcast",
}


def post_to_url(workspace: Workspace, url_id: str, body: bytes) -> tuple[int, str]:
    """One post to a response_url -> HTTP status and body: "ok", or the reason why not."""
    step = workspace.journal.add(Step("response", "response_url", shown(body), workspace.given.get(url_id)))
    status, said = 200, "ok"
    try:
        url = usable(workspace, url_id)
        sent = as_object(body)
        if sent.get("delete_original") in TRUE:
            delete_original(workspace, url)
        else:
            step.messages.append(key_of(take_in(workspace, url, sent)))
    except RefusedCallError as no:
        # Noted too: many apps never look at what a response_url answers.
        workspace.complain(f"response_url: {no.error}")
        status, said = STATUSES.get(no.error, 400), no.error
    step.ended(status, said)
    workspace.stir()
    return status, said


def shown(body: bytes) -> Json:
    """A body for the journal, whatever it is."""
    try:
        return as_object(body)
    except RefusedCallError:
        return {"body": body.decode(errors="replace")}


def usable(workspace: Workspace, url_id: str) -> ResponseUrl:
    """The response_url of that id, and one use of it fewer. Raises RefusedError: invalid_url, expired_url, used_url."""
    with workspace.lock:
        url = workspace.response_urls.get(url_id)
        if url is None:
            raise RefusedCallError("invalid_url")
        if workspace.clock.now() - url.made_at > LIFE:
            raise RefusedCallError("expired_url")
        if url.uses >= MOST_USES:
            raise RefusedCallError("used_url")
        url.uses += 1
        return url


def as_object(body: bytes) -> Json:
    """A body as a JSON object. Raises RefusedError: invalid_payload."""
    try:
        sent = json.loads(body)
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise RefusedCallError("invalid_payload")
    return sent


def delete_original(workspace: Workspace, url: ResponseUrl) -> None:
    """Take away the message that was clicked. Raises RefusedError: message_not_found."""
    if url.message is None:
        raise RefusedCallError("message_not_found")
    workspace.remove(url.message)


def take_in(workspace: Workspace, url: ResponseUrl, sent: Json) -> Message:
    """Post what was sent, or replace what was clicked; ephemeral unless it says in_channel.

    Raises:
        RefusedError: no_text, invalid_blocks, thread_not_found …
    """
    content = {name: sent[name] for name in ("text", "blocks", "attachments") if sent.get(name)}
    if not content:
        raise RefusedCallError("no_text")
    wrong = judged(workspace, sent)
    if wrong:
        raise RefusedCallError("invalid_blocks", messages=[str(each) for each in wrong])
    if sent.get("replace_original") in TRUE and url.message is not None:
        # An ephemeral message stays one, whatever response_type says.
        workspace.change(url.message, {"text": "", "blocks": [], "attachments": [], **content, "edited": True})
        return url.message
    message = Message(url.channel, workspace.next_ts(), BOT_USER, bot_id=BOT_ID, **content)
    if sent.get("thread_ts"):
        message.thread_ts = thread_of(workspace, workspace.channels[url.channel], sent["thread_ts"])
    if sent.get("response_type", "ephemeral") != "in_channel":
        message.viewer = url.user
    return workspace.add(message)


def judged(workspace: Workspace, sent: Json) -> list[Problem]:
    """What is wrong with a message; warnings and unknown fields become complaints."""
    if sent.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
        workspace.complain(f"response_type is {sent['response_type']!r}")
    for name in sorted(set(sent) - KNOWN):
        workspace.complain(f"{name} is no field of a response")
    found = faults_of(workspace, sent)
    for each in found:
        workspace.complain(str(each))
    return [each for each in found if not each.warning]


def body_as_message(body: str, content_type: str) -> Json | None:
    """A command's HTTP response as a message: JSON by its content type, else plain text; None if there is nothing."""
    if not body.strip():
        return None
    if "json" not in content_type:
        return {"text": body}
    sent: Any = json.loads(body)
    return sent if isinstance(sent, dict) and sent else None

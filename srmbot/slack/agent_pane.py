"""The pane beside a conversation, where people write to the bot: prompts that fit what they are looking at.

Slack opens it as the messages tab of the app's Home, and tells when another channel comes into view. Where a workspace
has no agents, or did not grant `assistant:write`, it is a direct message without prompts.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from slack_sdk.errors import SlackApiError

from srmbot.model import GENERAL, Knowledge
from srmbot.slack.in_view import channel_in_view, message_in_view
from srmbot.slack.manifest import load_manifest
from srmbot.slack.outcomes import sending
from srmbot.slack.request import Payload, Request
from srmbot.store.rows import Subject

Prompt = dict[str, str]  # title and message

log = logging.getLogger("srmbot.slack")

SHOWN_PROMPTS = 4  # prompts that Slack shows
ABOUT_MESSAGE: Prompt = {"title": "Who owns this?", "message": "Who owns this?"}
HERE, ANYWHERE = "Asked in this channel", "Try one of these"


def on_pane(request: Request) -> None:
    """Suggest what to ask: the pane was opened, or something else came into view."""
    who, event = request.requester, request.event
    pane = request.runtime.panes.find(who.team, viewer(request.body), str(event.get("channel") or ""))
    if not pane:
        return
    about_channel = channel_prompts(request, channel_in_view(event))
    first = [ABOUT_MESSAGE] if message_in_view(event) else []
    prompts = [*first, *about_channel, *default_prompts()][:SHOWN_PROMPTS]
    try:
        with sending():
            request.client.assistant_threads_setSuggestedPrompts(
                channel_id=pane, title=HERE if about_channel else ANYWHERE, prompts=prompts
            )
    except SlackApiError as fault:  # an extra that nobody waits for: there is nobody to tell
        log.info("prompts_refused", extra={"what": str(fault.response.get("error"))})


def viewer(body: Payload) -> str:
    """The person whose view changed: named in the event, or the one who is no bot in whose name it came."""
    user = (body.get("event") or {}).get("user")
    people = (each.get("user_id") for each in body.get("authorizations") or [] if not each.get("is_bot"))
    return str(user or next(people, "") or "")


def channel_prompts(request: Request, channel: str | None) -> list[Prompt]:
    """Questions about what a channel talks about."""
    if channel is None:
        return []
    found = request.runtime.storage.recall_channel(request.requester.team, channel, SHOWN_PROMPTS - 1)
    made = (subject_prompt(each, request.known.knowledge) for each in found)
    return [prompt for prompt in made if prompt]


def subject_prompt(subject: Subject, knowledge: Knowledge) -> Prompt | None:
    """A question about a topic of a service, or about a whole service; None where it is no longer known."""
    service, topic = knowledge.services.get(subject.service or ""), knowledge.topics.get(subject.topic or "")
    if topic is None:
        return {"title": f"All of {service.name}", "message": service.name} if service else None
    if service is None or service.slug == GENERAL:
        return {"title": topic.title, "message": f"Who owns {topic.title.lower()}?"}
    return {
        "title": f"{topic.title} on {service.name}",
        "message": f"Who owns {topic.title.lower()} on {service.name}?",
    }


@cache
def default_prompts() -> tuple[Prompt, ...]:
    """Those that the manifest has, which Slack shows before anything is in view."""
    return tuple(load_manifest()["features"]["agent_view"]["suggested_prompts"])


def is_pane(event: dict[str, Any]) -> bool:
    """Whether the messages tab was opened, and not the Home tab."""
    return event.get("tab") == "messages"

"""“Add to knowledge”: a form for a group of missed questions, and the checked patch that comes of it.

The bot changes no file: a maintainer gets the patch in a direct message, as a file where the app may upload one, and a
link on which it can be proposed where a repository is set.
"""

from __future__ import annotations

import hashlib
import logging
from functools import partial

from slack_bolt import Ack
from slack_sdk.errors import SlackApiError, SlackClientError

from srmbot.commands.maintainers import require_maintainer
from srmbot.commands.misses import require_store
from srmbot.errors import SrmbotError
from srmbot.misses.addition import ASKED_FILE, Addition, Patch, propose
from srmbot.misses.cluster import make_clusters
from srmbot.overview import age
from srmbot.render.addition import (
    OWNER,
    PAGE,
    QUESTIONS,
    SAY,
    SERVICE,
    TASK,
    TOPIC,
    WHY,
    add_form,
    checking_view,
    patch_message,
    patch_view,
    problem_lines,
)
from srmbot.slack.error_reports import report_errors
from srmbot.slack.outcomes import name_failure, sending
from srmbot.slack.post import WITHOUT_PREVIEWS, update
from srmbot.slack.question_form import ONCE, SETTLED, read_choice, read_text
from srmbot.slack.request import Payload, Request
from srmbot.slack.retry import run_with_retry

log = logging.getLogger("srmbot.slack")

QUESTIONS_GONE = ("these questions are no longer kept", "open my Home tab again", "gone")
SENT = "It is in your direct messages with me, too."


def on_add(request: Request) -> None:
    """Open the form for a group of questions: “Add to knowledge” was clicked."""

    def open_form() -> None:
        request.open_modal(add_form(request.known.knowledge, read_group(request), request.value))

    run_with_retry(request.surface, open_form, request.tell_alone, request.runtime.later, ONCE)


def read_group(request: Request) -> Addition:
    """Read a group of questions by the IDs of a button, as the form begins.

    Raises:
        SrmbotError: they are no longer kept, or somebody else clicked.
    """
    require_maintainer(request.known.knowledge, request.requester)
    misses = require_store(request.requester).store.misses
    found = make_clusters(misses.find(request.requester.team, request.value.split("|")))
    if not found:
        raise SrmbotError(*QUESTIONS_GONE)
    questions = tuple(dict.fromkeys(text for each in found for text in each.questions))
    first = found[0]
    return Addition(questions, first.service, first.topic, first.owner, page=first.page)


def on_add_form(request: Request, ack: Ack) -> None:
    """Take the form; checking takes longer than an acknowledgement may."""
    with report_errors(request.surface, lambda text: ack(response_action="errors", errors={QUESTIONS: text})):
        require_maintainer(request.known.knowledge, request.requester)
        ack(response_action="update", view=checking_view())
        request.runtime.later.run_after(SETTLED, partial(make_patch, request, read_form(request.body["view"])))


def read_form(view: Payload) -> Addition:
    """Read what was filled in."""
    questions = (" ".join(line.split()) for line in read_text(view, QUESTIONS).splitlines())
    texts = (" ".join(read_text(view, name).split()) for name in (TASK, WHY, SAY, PAGE))
    return Addition(
        tuple(dict.fromkeys(filter(None, questions))),
        *(read_choice(view, name) for name in (SERVICE, TOPIC, OWNER)),
        *texts,
    )


def make_patch(request: Request, wanted: Addition) -> None:
    """Make the patch and check it; show it, or the form with what is wrong."""
    known, place = request.known.knowledge, str(request.body["view"].get("private_metadata", ""))

    def show_problems(*lines: str) -> None:
        request.update_modal(add_form(known, wanted, place, lines))

    with report_errors(request.surface, show_problems):
        repository = known.maintainers.repository
        patch, problems = propose(request.runtime.bot.folders, wanted, age.today(), own_file(wanted, repository))
        if problems:
            show_problems(*problem_lines(problems))
            return
        send_patch(request, patch)
        request.update_modal(patch_view(patch, repository, SENT))


def own_file(wanted: Addition, repository: str | None) -> str:
    """A name for a new file of questions, where one can be filled in on a page of the repository; else none."""
    if not repository:
        return ""
    digest = hashlib.sha256("\n".join(wanted.questions).encode()).hexdigest()[:6]
    return ASKED_FILE.replace(".yaml", f"-{age.today():%Y-%m-%d}-{digest}.yaml")


def send_patch(request: Request, patch: Patch) -> None:
    """Send a patch in a direct message, as a file in its thread; where that is refused, as text.

    Raises:
        SlackApiError: Slack refuses the message.
    """
    repository, client = request.known.knowledge.maintainers.repository, request.client
    with sending():
        posted = client.chat_postMessage(
            channel=request.requester.user, **WITHOUT_PREVIEWS, **patch_message(patch, repository, whole=False)
        )
    try:
        client.files_upload_v2(
            filename="knowledge.patch",
            content=patch.diff,
            title="knowledge.patch",
            channel=str(posted["channel"]),
            thread_ts=str(posted["ts"]),
        )
    except (OSError, SlackApiError, SlackClientError) as fault:
        log.warning("file_rejected", extra={"what": name_failure(fault)})
        whole = patch_message(patch, repository, whole=True)
        update(client, channel=str(posted["channel"]), ts=str(posted["ts"]), **whole)

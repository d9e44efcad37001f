"""Thumbs below an answer: up is counted, down is counted and opens a form; the form, and what becomes of it.

Nobody else sees who judged what. A form can only be opened in the three seconds after the click, so it is opened
first, and the click is counted then.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack

from srmbot.answer import Answer
from srmbot.misses.miss import Miss, Verdict
from srmbot.model import Owner
from srmbot.query import clean
from srmbot.render import words
from srmbot.render.blocks import SECTION_LIMIT, escape, pack_lines, section
from srmbot.render.feedback import (
    DOWN,
    KIND,
    NOTE,
    OWNER,
    PAGE,
    SAME_OWNER,
    UP,
    VERDICT_LABELS,
    Rated,
    Storing,
    thanks_view,
    wrong_form,
)
from srmbot.render.sections import sources
from srmbot.slack.error_reports import report_errors
from srmbot.slack.post import post
from srmbot.slack.question_form import ONCE, read_choice, read_text
from srmbot.slack.request import Payload, Request
from srmbot.slack.retry import run_with_retry

log = logging.getLogger("srmbot.slack")

COUNTED_THANKS = "It is counted. Thank you."
KEPT_THANKS = "Those who look after my knowledge will see it. Thank you."


def on_feedback(request: Request) -> None:
    """Take a thumb, up or down; “Wrong?” below an answer in a modal is one that is down."""
    rated = Rated.from_value(request.value)
    if rated is None:
        return
    if rated.thumb == DOWN:
        open_form(request, rated)
    count_thumb(request, rated)


def open_form(request: Request, rated: Rated) -> None:
    """Open the form; where that fails, say so where the answer is."""
    place = "|".join((request.requester.channel, shared_thread(request.container), rated.to_value()))
    view = wrong_form(rated, find_answer(request, rated), storing_of(request), place)
    run_with_retry(request.surface, partial(request.open_modal, view), request.tell_alone, request.runtime.later, ONCE)


def shared_thread(container: Payload) -> str:
    """The thread that an answer is in; blank where only one person can see it."""
    return "" if container.get("is_ephemeral") else str(container.get("thread_ts") or "")


def count_thumb(request: Request, rated: Rated) -> None:
    """Count a thumb, once for each person and message, however often they change their mind."""
    container = request.container
    place = container.get("message_ts") or container.get("view_id")
    key = f"{rated.thumb}/{request.requester.channel}/{place}/{request.requester.user}"
    if request.runtime.seen.is_first(hashlib.sha256(key.encode()).hexdigest()):
        verdict = Verdict.HELPED if rated.thumb == UP else Verdict.WRONG
        log.info("rated", extra={"what": str(verdict), "key": rated.key or None})
        request.record(as_miss(request, rated, verdict, shared_thread(container)))


def as_miss(request: Request, rated: Rated, reason: str, thread_ts: str) -> Miss:
    """Describe a judgement of an answer as a miss."""
    who = request.requester
    about = (who.team, reason, rated.service, rated.topic, clean(rated.question), rated.key)
    return Miss(*about, user=who.user, channel=who.channel, thread_ts=thread_ts)


def find_answer(request: Request, rated: Rated) -> Answer | None:
    """Find what was answered, as it is known now; None where nothing was claimed."""
    return request.known.choose(rated.key) if rated.key else None


def storing_of(request: Request) -> Storing:
    """What becomes of text in the workspace of a request."""
    days = request.runtime.storage.kept_days(request.requester.team)
    return Storing(days, request.known.knowledge.maintainers.channel)


def on_wrong_form(request: Request, ack: Ack) -> None:
    """Take the form: it is counted, and kept or passed on as it said."""
    with report_errors(request.surface, lambda text: ack(response_action="errors", errors={KIND: text})):
        view = request.body["view"]
        channel, thread_ts, value = (*str(view.get("private_metadata") or "").split("|", 2), "", "", "")[:3]
        rated = Rated.from_value(value)
        if rated is None:  # “Close” of what the form has turned into
            ack()
            return
        answer = find_answer(request, rated)
        kind, owner = read_choice(view, KIND), read_choice(view, OWNER)
        if kind == Verdict.WRONG_OWNER and answer and owner == answer.owner:
            ack(response_action="errors", errors={OWNER: SAME_OWNER})
            return
        storing = storing_of(request)
        ack(response_action="update", view=thanks_view(KEPT_THANKS if storing.takes_text else COUNTED_THANKS))
        about = as_miss(request, rated, kind, thread_ts)
        request.runtime.submit(save_report, request, with_texts(about, view, answer), channel, storing, answer)


def with_texts(miss: Miss, view: Payload, answer: Answer | None) -> Miss:
    """Add what a person wrote; a page that the answer had already is no news."""
    page = read_text(view, PAGE).strip()
    known = sources(answer) if answer else ()
    note = " ".join(read_text(view, NOTE).split())
    return replace(miss, note=note, owner=read_choice(view, OWNER), page="" if page in known else page)


def save_report(request: Request, miss: Miss, channel: str, storing: Storing, answer: Answer | None) -> None:
    """Store a report; where no text is kept, pass it on to those who look after the knowledge."""
    request.record(replace(miss, channel=channel))
    if storing.days or not storing.channel:
        return
    with report_errors(request.surface, request.post_direct):
        post(request.client, channel=storing.channel, **notice_of(miss, answer))


def notice_of(miss: Miss, answer: Answer | None) -> dict[str, Any]:
    """Describe a report to those who look after the knowledge."""
    lines = [
        f"<@{miss.user}> says that an answer is wrong.",
        f"{VERDICT_LABELS[Verdict(miss.reason)]}.",
        f"Asked: {escape(miss.question)}" if miss.question else "",
        f"Answered: {escape(words.verdict_line(answer))}" if answer and answer.answered else "Not answered.",
        f"It should be: {words.WHOSE[Owner(miss.owner)]}" if miss.owner else "",
        f"In their words: {escape(miss.note)}" if miss.note else "",
        f"Page: {escape(miss.page)}" if miss.page else "",
    ]
    text = "\n".join(filter(None, lines))
    return {"text": text, "blocks": [section(part) for part in pack_lines(text.split("\n"), SECTION_LIMIT)]}

"""Kept misses, and knowledge that has changed -> the answer, in the thread where it was asked."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from srmbot.answer import Answer, Outcome
from srmbot.bot import State
from srmbot.misses.miss import REPORTS, UNANSWERED, KeptMiss, Miss
from srmbot.render.blocks import context, escape
from srmbot.render.message import Setting
from srmbot.slack.audience import look_up
from srmbot.slack.message import send_message
from srmbot.slack.outcomes import UnconfirmedError, name_failure
from srmbot.slack.post import post
from srmbot.store.misses import MissStore

log = logging.getLogger("srmbot.slack")

NOW_KNOWN = "I can answer this now"
Asked = tuple[str, str, str]  # channel, thread and question


def follow_up(known: State, misses: MissStore, team: str, client: WebClient, now: float) -> int:
    """Answer every kept miss of a workspace that the knowledge answers now, each thread once.

    A miss is marked first, so that no other process answers it too, and rather never than twice.

    Returns:
        How many were answered.
    """
    count = 0
    for asked, group in by_question(misses.open_misses(team)).items():
        answer = find_answer(known, group)
        if answer is None:
            continue
        claimed = [misses.claim_answered(each.id, now) for each in group]
        if not any(claimed):
            continue
        if place := place_of(asked, group):
            count += send(client, team, place, answer)
    return count


def by_question(found: Sequence[KeptMiss]) -> Mapping[Asked, list[KeptMiss]]:
    """Misses by where and what was asked: a thumb down and its form are one."""
    groups: dict[Asked, list[KeptMiss]] = {}
    for each in found:
        miss = each.miss
        groups.setdefault((miss.channel, miss.thread_ts or f"@{miss.user}", miss.question), []).append(each)
    return groups


def find_answer(known: State, group: Sequence[KeptMiss]) -> Answer | None:
    """The answer that a question gets now, if it is what was missing."""
    question = group[0].miss.question
    answer = known.reply(question)
    if answer.outcome is not Outcome.SURE:
        return None
    return answer if any(is_settled(known, each.miss, answer) for each in group) else None


def is_settled(known: State, miss: Miss, answer: Answer) -> bool:
    """Whether an answer settles a miss: there was none, or it is another one, with the owner that was asked for.

    A question that leans on what was said before it is answered otherwise alone than in its thread, which proves
    nothing.
    """
    if miss.reason in UNANSWERED:
        return True
    if not known.stands_alone(known.read(miss.question)):
        return False
    before = known.choose(miss.key)
    if miss.reason in REPORTS and miss.owner:
        return answer.owner == miss.owner and (
            before is None or before.owner != answer.owner or before.key != answer.key
        )
    return answer.key != miss.key


def place_of(asked: Asked, group: Sequence[KeptMiss]) -> dict[str, str] | None:
    """Where to answer: in the thread; who said in private that an answer is wrong, directly; nobody else."""
    channel, thread_ts, _ = asked
    if not thread_ts.startswith("@"):
        return {"channel": channel, "thread_ts": thread_ts}
    said = any(each.miss.reason not in UNANSWERED for each in group)
    return {"channel": thread_ts[1:]} if said else None


def send(client: WebClient, team: str, place: Mapping[str, str], answer: Answer) -> bool:
    """Post an answer that came later, as the first would have been. Returns whether Slack took it."""
    setting = Setting(internal=is_internal(client, place["channel"]))
    try:
        send_message(answer, partial(post_known, client, place, answer.question), setting)
    except (SlackApiError, UnconfirmedError, OSError) as fault:
        log.warning("notify_failed", extra={"what": name_failure(fault)})
        return False
    log.info("miss_answered", extra={"team": team, "channel": place["channel"], "key": answer.key})
    return True


def is_internal(client: WebClient, channel: str) -> bool:
    """Whether people of this workspace alone read what is posted there; false where that is not known."""
    return channel.startswith("D") or look_up(client, channel)


def post_known(
    client: WebClient, place: Mapping[str, str], question: str, *, text: str, blocks: list[dict[str, Any]]
) -> None:
    """Post a message under a line that says what it answers."""
    said = context(f"{NOW_KNOWN}: {escape(question)}")
    post(client, **place, text=f"{NOW_KNOWN}. {text}", blocks=[said, *blocks])

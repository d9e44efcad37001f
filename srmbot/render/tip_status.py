"""Subscriptions and what is planned -> sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from srmbot.model import GENERAL, Knowledge
from srmbot.render.statement import listed
from srmbot.render.tip import as_line, make_tip
from srmbot.tips import History, Subscription, duties_with_tips, format_time, is_too_late, upcoming

Coming = Sequence[tuple[int, str | None]]  # seconds, and the id of the duty where that is settled

TIPS_USAGE = (
    "`/srm tips on [HH:MM] [time zone] [weekdays|daily|mon,wed,fri] [service …]` posts one tip a day in this channel,"
    " `off` stops them, `skip` skips the next one, `next` and `status` show what is coming, `now` shows you one."
)
NONE_HERE = "Daily tips are off here. `/srm tips on 09:00` switches them on."
NO_SUCH_TIPS = "I have no tips about that."
NOTHING_COMES = "No tip is due in the next two weeks."
IN_TIME = "Slack doesn't reliably cancel a message in its last ten minutes"
NOT_CONFIRMED_YET = "Slack hasn't confirmed whether it has it"
SHOWN_TIMES = 3  # times in one line
RESTRICTED_POSTING = "only some people may post in this channel"
NO_DIRECT = "I can't write to you directly any more"
PAUSE_REASONS = {
    "cannot_dm_bot": NO_DIRECT,
    "channel_not_found": "I'm no longer in this conversation",
    "is_archived": "the channel is archived",
    "messages_tab_disabled": NO_DIRECT,
    "not_in_channel": "I'm no longer in this channel",
    "restricted_action": RESTRICTED_POSTING,
    "restricted_action_non_threadable_channel": RESTRICTED_POSTING,
    "restricted_action_read_only_channel": RESTRICTED_POSTING,
    "restricted_action_thread_only_channel": RESTRICTED_POSTING,
    "user_not_found": NO_DIRECT,
}


def describe_subscription(here: Subscription, knowledge: Knowledge) -> str:
    """What a subscription is, in words: "09:00 Europe/Lisbon, weekdays, about RDS and Aurora"."""
    names = [service_name(slug, knowledge) for slug in here.services]
    if not names:
        return f"{here.when}, about all services"
    return f"{here.when}, about {listed(names)}"


def service_name(slug: str, knowledge: Knowledge) -> str:
    """What people call a service; the slug of one that is not known any more."""
    if slug == GENERAL:
        return "AWS in general"
    return knowledge.services[slug].name if slug in knowledge.services else slug


def describe_first(post_at: int, zone: str) -> str:
    """When the first tip comes."""
    return f"First tip: {format_time(post_at, zone)}."


def describe_doubtful(times: Sequence[int], zone: str, now: float) -> Iterator[str]:
    """What is said of tips that may come although they were called off."""
    for post_at in times:
        yield f"The tip due {format_time(post_at, zone)} may still be posted: {why_doubtful(post_at, now)}."


def why_doubtful(post_at: int, now: float) -> str:
    """Why a tip may come although it was called off."""
    return IN_TIME if is_too_late(post_at, now) else NOT_CONFIRMED_YET


def describe_lost(past: Sequence[int], ahead: Sequence[int], zone: str) -> Iterator[str]:
    """What is said of tips that did not come, or may not."""
    if ahead:
        yield f"Not sure: {list_times(ahead, zone)}. Slack hasn't confirmed it, and I post nothing twice."
    if past:
        yield f"Not posted in the last two weeks, as far as I know: {list_times(past, zone)}."


def list_times(times: Sequence[int], zone: str) -> str:
    """The last few of some seconds."""
    more = f"{len(times) - SHOWN_TIMES} before, " if len(times) > SHOWN_TIMES else ""
    return more + ", ".join(format_time(each, zone) for each in times[-SHOWN_TIMES:])


def describe_pause(here: Subscription) -> str:
    """What is said where no tip comes because the channel cannot be posted to."""
    why = PAUSE_REASONS.get(here.paused or "", f"Slack won't let me post there ({here.paused})")
    return f"Daily tips are paused: {why}. `/srm tips on` in the channel switches them back on."


def describe_skipped(times: Sequence[int], doubt: str, zone: str) -> str:
    """What is said of a tip that was called off, and of why it may come all the same."""
    after = f" Next tip: {format_time(times[1], zone)}." if times[1:] else ""
    said = f"cancelled, but may still be posted: {doubt}" if doubt else "skipped"
    return f"The tip due {format_time(times[0], zone)} is {said}.{after}"


def describe_next(here: Subscription, ahead: Coming, knowledge: Knowledge, history: History) -> str:
    """When the next tip comes, and what it is about."""
    if here.paused:
        return describe_pause(here)
    if not ahead:
        return NOTHING_COMES
    post_at, duty_id = ahead[0]
    duty = knowledge.by_id.get(duty_id or "")
    if duty is None:
        duty = next((duty for _, duty in upcoming(knowledge, here, history, [post_at])), None)
    about = f", about {make_tip(duty, knowledge).label}" if duty else ""
    return f"Next tip: {format_time(post_at, here.when.zone)} ({here.when.zone}){about}."


def describe_status(here: Subscription, ahead: Coming, knowledge: Knowledge, history: History) -> str:
    """All about the tips of a channel."""
    fit = duties_with_tips(knowledge, here.services)
    had = sum(bool(history.seen.get(duty.id)) for duty in fit)
    lines = [
        f"Daily tips here: {describe_subscription(here, knowledge)}.",
        describe_next(here, ahead, knowledge, history),
        f"{had} of {len(fit)} tips have been posted or scheduled; none repeats before all have been.",
        TIPS_USAGE,
    ]
    return "\n".join(lines)


def list_tips(knowledge: Knowledge, here: Subscription, history: History, ahead: Coming) -> Iterator[str]:
    """What would come, one tip a line: first what is settled, then what follows from it."""
    known = {duty.id: duty for duty in knowledge.duties if duty.tip}
    settled = [(post_at, known[duty]) for post_at, duty in ahead if duty in known]
    open_ = [post_at for post_at, duty in ahead if duty not in known]
    for post_at, duty in sorted([*settled, *upcoming(knowledge, here, history, open_)], key=lambda pair: pair[0]):
        yield f"{format_time(post_at, here.when.zone)} · {as_line(make_tip(duty, knowledge))}"

"""`tips …`: daily tips for a channel, switched on and off, shown, skipped; the same in Slack and in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from srmbot.bot import State
from srmbot.commands.announcement import announce, as_error, describe_silence
from srmbot.commands.tip_options import TipOptions, looks_like_options, parse_options
from srmbot.errors import SrmbotError, UsageError
from srmbot.render import tip_status
from srmbot.render.tip import Tip, make_tip
from srmbot.request import UNCONFIRMED, Requester, Resources
from srmbot.store.rows import PAST_TIPS_KEPT_FOR, Planned
from srmbot.store.rows import TipState as Stage
from srmbot.tips import (
    HORIZON,
    NOTICE,
    UTC_ZONE,
    History,
    Subscription,
    When,
    due_times,
    is_about,
    is_too_late,
    next_due,
    next_tip,
)

HELP = "`tips on 09:00` posts a daily tip in this channel (more options: `tips`)"
TIPS_EXAMPLES = "on 09:00 Europe/Lisbon weekdays rds · off · now · next · skip · status"


def accepts(known: State, rest: Sequence[str]) -> bool:
    """Whether nothing follows, or an action; "tips for backups?" is a question."""
    if not rest:
        return True
    first, *more = rest
    if first.lower() == "on":
        return looks_like_options(more, known.knowledge)
    return first.lower() in TIPS_ACTIONS and not more


def run(known: State, rest: Sequence[str], requester: Requester) -> Tip | str:
    """Run an action, and report what was done.

    Raises:
        UsageError: words that are not understood, or nowhere to send tips to.
        SrmbotError: the channel or the store cannot be had.
    """
    name, *words = rest or ["status"]
    if not requester.channel:
        raise UsageError(
            "daily tips belong to a channel, and this is not one", "use the command in a channel", "no_channel"
        )
    if requester.resources is None:
        raise SrmbotError("daily tips need a database, and none is configured", "set DATABASE_URL", "no_database")
    return TIPS_ACTIONS[name.lower()](known, words, requester)


def resolve_workspace(requester: Requester) -> Requester:
    """Add the workspace that is meant, if only one can be.

    Raises:
        UsageError: no channel is named; or no workspace, and it could be any.
    """
    if not requester.channel:
        raise UsageError("no channel given", "add --channel with the channel's ID, C…")
    store = resources_of(requester).store
    teams = [requester.team] if requester.team else store.subscriptions.teams() if store.exists else []
    if len(teams) != 1:
        raise UsageError("cannot tell which workspace you mean", "add --team with the workspace's ID, T…")
    return replace(requester, team=teams[0])


def resources_of(requester: Requester) -> Resources:
    """Return the resources, which `run` has checked for."""
    assert requester.resources is not None
    return requester.resources


def switch_on(known: State, words: Sequence[str], requester: Requester) -> str:
    """Switch tips on, or change them: options that are left out keep their values."""
    return change_subscription(known, parse_options(words, known.knowledge), requester)


def change_subscription(known: State, options: TipOptions, requester: Requester) -> str:
    """Change the tips of a channel, and announce there who did it.

    Raises:
        SrmbotError: the bot cannot post there; nothing is changed then.
    """
    resources = resources_of(requester)
    before = current_subscription(requester)
    wanted, note = apply_options(options, before, requester)
    first = next_due(wanted.when, wanted.since, resources.holidays)
    if first is None:
        raise UsageError("no tip would ever be posted on these days", "add others, such as weekdays", "no_days")
    resources.store.prepare()
    verb = "switched on daily tips" if before is None or before.paused else "changed the daily tips"
    there = tip_status.describe_subscription(wanted, known.knowledge)
    refusal = announce(requester, f"{verb}: {there}. `/srm tips off` stops them.")
    if refusal not in (None, UNCONFIRMED):  # where it may stand in the channel, it shall be true
        raise as_error(refusal)
    doubtful = take_back_tips(
        requester, resources.store.subscriptions.subscribe(wanted, stale_times(wanted, requester))
    )
    lines = (
        f"Daily tips are on: {there}.",
        tip_status.describe_first(first, wanted.when.zone),
        note,
        describe_silence(refusal) if refusal else "",
        *tip_status.describe_doubtful(doubtful, wanted.when.zone, resources.now()),
    )
    return "\n".join(filter(None, lines))


def apply_options(options: TipOptions, before: Subscription | None, requester: Requester) -> tuple[Subscription, str]:
    """Apply options to a subscription. Returns the new one, and a note on its time zone."""
    resources, when = resources_of(requester), before.when if before else None
    zone, note = options.zone or (when.zone if when else None), ""
    if zone is None and resources.slack and (zone := resources.slack.zone_of(requester.user)):
        note = "The time zone is from your Slack profile."
    if zone is None:
        zone = resources.zone or UTC_ZONE
        note = f"Using {zone}. To change it, add a time zone: `tips on 09:00 Europe/Lisbon`."
    at = options.at or (when.at if when else When().at)
    days = options.days or (when.days if when else When().days)
    services = options.services if options.services is not None else before.services if before else ()
    since = int(resources.now()) + NOTICE
    return Subscription(requester.team, requester.channel, When(at, zone, days), services, requester.user, since), note


def stale_times(wanted: Subscription, requester: Requester) -> list[int]:
    """List the seconds whose planned tip does not fit the subscription any more."""
    resources = resources_of(requester)
    now = resources.now()
    kept = set(due_times(wanted.when, now, now + 2 * HORIZON, resources.holidays))
    rows = resources.store.plan.planned(wanted.team, wanted.channel, now)
    return [row.post_at for row in rows if row.post_at not in kept or not is_about(row.duty or "", wanted.services)]


def switch_off(known: State, words: Sequence[str], requester: Requester) -> str:
    """Switch tips off."""
    resources, before = resources_of(requester), current_subscription(requester)
    if before is None:
        return tip_status.NONE_HERE
    doubtful = take_back_tips(
        requester, resources.store.subscriptions.unsubscribe(requester.team, requester.channel, resources.now())
    )
    refusal = announce(requester, "switched off the daily tips.")
    said = [f"Daily tips are off. {describe_silence(refusal)}" if refusal else "Daily tips are off."]
    return "\n".join([*said, *tip_status.describe_doubtful(doubtful, before.when.zone, resources.now())])


def show_sample(known: State, words: Sequence[str], requester: Requester) -> Tip | str:
    """Show the tip that would come next, to the requester alone; it does not count as seen."""
    here = current_subscription(requester)
    history = read_history(requester)
    duty = next_tip(known.knowledge, here.services if here else (), requester.channel, history)
    return tip_status.NO_SUCH_TIPS if duty is None else make_tip(duty, known.knowledge)


def show_next(known: State, words: Sequence[str], requester: Requester) -> str:
    """Report which tip comes next, and when."""
    here = current_subscription(requester)
    return (
        tip_status.NONE_HERE
        if here is None
        else tip_status.describe_next(here, upcoming_times(here, requester), known.knowledge, read_history(requester))
    )


def skip(known: State, words: Sequence[str], requester: Requester) -> str:
    """Skip the next tip."""
    resources, here = resources_of(requester), current_subscription(requester)
    if here is None or here.paused:
        return tip_status.NONE_HERE if here is None else tip_status.describe_pause(here)
    times = [post_at for post_at, _ in upcoming_times(here, requester)]
    if not times:
        return tip_status.NOTHING_COMES
    doubtful = take_back_tips(requester, resources.store.plan.skip(here.team, here.channel, times[0]))
    doubt = tip_status.why_doubtful(times[0], resources.now()) if doubtful else ""
    return tip_status.describe_skipped(times, doubt, here.when.zone)


def show_status(known: State, words: Sequence[str], requester: Requester) -> str:
    """Report what is set, what comes, how many tips have come, and which have not."""
    here = current_subscription(requester)
    if here is None:
        return f"{tip_status.NONE_HERE}\n{tip_status.TIPS_USAGE}"
    ahead, history = upcoming_times(here, requester), read_history(requester)
    status = tip_status.describe_status(here, ahead, known.knowledge, history)
    return "\n".join([status, *tip_status.describe_lost(*lost_times(here, requester), here.when.zone)])


def lost_times(here: Subscription, requester: Requester) -> tuple[list[int], list[int]]:
    """List the seconds whose tip did not come, or may not have: those past, and those ahead."""
    resources = resources_of(requester)
    now, began = resources.now(), resources.now() - PAST_TIPS_KEPT_FOR
    rows = {row.post_at: row for row in resources.store.plan.planned(here.team, here.channel, began)}
    past = {at for at, row in rows.items() if at <= now and row.was_lost}
    if not here.paused:
        past |= set(due_times(here.when, max(here.since, began), now, resources.holidays)) - rows.keys()
    return sorted(past), [at for at, row in rows.items() if at > now and row.is_unsure and not row.skip]


def current_subscription(requester: Requester) -> Subscription | None:
    """Read the subscription of the requester's channel."""
    store = resources_of(requester).store
    if not store.exists:
        return None
    store.prepare()
    return store.subscriptions.get(requester.team, requester.channel)


def read_history(requester: Requester) -> History:
    """Read which tips the requester's channel has had."""
    resources = resources_of(requester)
    return (
        resources.store.history.read(requester.team, requester.channel, resources.now())
        if resources.store.exists
        else History()
    )


def upcoming_times(here: Subscription, requester: Requester, days: int = 15) -> list[tuple[int, str | None]]:
    """List the next seconds at which tips come, with the id of the duty where it is decided."""
    resources = resources_of(requester)
    now = resources.now()
    rows = {row.post_at: row for row in resources.store.plan.planned(here.team, here.channel, now)}
    times = due_times(here.when, now, now + days * 86400, resources.holidays)
    wanted = [at for at in times if (rows[at].will_come if at in rows else is_promised(at, here, now))]
    return [(at, rows[at].duty if at in rows and rows[at].state is not Stage.DROPPING else None) for at in wanted]


def is_promised(post_at: int, here: Subscription, now: float) -> bool:
    """Whether there is time enough to hand over a tip that is not planned yet."""
    return post_at >= here.since and not is_too_late(post_at, now)


def take_back_tips(requester: Requester, rows: Sequence[Planned]) -> list[int]:
    """Take tips back from Slack at once, as far as that can be done; the planner does the rest.

    Returns:
        The seconds of those that may come all the same: Slack does not keep its word shortly before the time, and
        what it has not confirmed cannot be taken back.
    """
    resources = resources_of(requester)
    late = [row.post_at for row in rows if row.may_be_there or is_too_late(row.post_at, resources.now())]
    if resources.slack:
        for row in rows:
            gone = row.scheduled_id and resources.slack.unschedule(row.channel, row.scheduled_id)
            if gone and row.post_at not in late:
                resources.store.plan.forget_cancelled(row)
        resources.slack.replan()
    return late


TIPS_ACTIONS: Mapping[str, Callable[[State, Sequence[str], Requester], Tip | str]] = {
    "now": show_sample,
    "next": show_next,
    "off": switch_off,
    "on": switch_on,
    "skip": skip,
    "status": show_status,
}

"""`tips …`: what is done and said, with a real store and with Slack's edge played."""

from dataclasses import replace
from datetime import date

import pytest

from srmbot.commands import answer, tips
from srmbot.errors import SrmbotError, UsageError
from srmbot.render.tip import Tip
from srmbot.render.tip_status import NONE_HERE
from srmbot.request import UNCONFIRMED
from srmbot.store.rows import LOOKS
from tests.support.tip_commands import NOW, planned

EXAMPLE = "for example `tips on 09:00 Europe/Lisbon weekdays rds aurora`"

FITS = [
    ("tips", True),
    ("tips on", True),
    ("Tips ON 09:00", True),
    ("tips on 25:00", True),
    ("tips off", True),
    ("tips status", True),
    ("tips for backups?", False),
    ("tips on backups", False),
    ("tips off the shelf", False),
    ("tips now?", False),
    ("tip", False),
]


@pytest.mark.parametrize(("typed", "fit"), FITS)
def test_is_a_command_only_when_the_rest_fits(full, typed, fit):
    first, *rest = typed.split()
    assert (first.lower() == "tips" and tips.accepts(full.state, rest)) is fit


def test_on_and_off(say, slack, asker):
    assert say("tips on 9 o'clock Europe/Lisbon mon,wed rds aurora") == (
        "Daily tips are on: 09:00 Europe/Lisbon, mon,wed, about RDS and Aurora.\nFirst tip: Mon 30 Nov 09:00."
    )
    said = "switched on daily tips: 09:00 Europe/Lisbon, mon,wed, about RDS and Aurora. `/srm tips off` stops them."
    assert slack.said == [("C1", "U1", said)]
    assert say("tips off") == "Daily tips are off."
    assert slack.said[1:] == [("C1", "U1", "switched off the daily tips.")]
    assert slack.wakes == 2
    assert say("tips off") == "Daily tips are off here. `/srm tips on 09:00` switches them on."
    assert asker.resources.store.subscriptions.get("T1", "C1") is None


def test_what_is_not_said_stays_as_it_was(say, asker, slack):
    say("tips on 10:15 Asia/Tokyo daily rds")
    assert say("tips on 11:00", user="U2").startswith("Daily tips are on: 11:00 Asia/Tokyo, daily, about RDS.")
    assert say("tips on all").startswith("Daily tips are on: 11:00 Asia/Tokyo, daily, about all services.")
    assert [what.partition(":")[0] for _, _, what in slack.said] == [
        "switched on daily tips",
        "changed the daily tips",
        "changed the daily tips",
    ]


ZONES = [
    # of the profile, of the workspace, what is taken, what is said
    ("Asia/Tokyo", "Europe/Paris", "Asia/Tokyo", "The time zone is from your Slack profile."),
    (None, "Europe/Paris", "Europe/Paris", "Using Europe/Paris. To change it, add a time zone: "),
    (None, None, "UTC", "Using UTC. To change it, add a time zone: `tips on 09:00 Europe/Lisbon`."),
]


@pytest.mark.parametrize("row", ZONES)
def test_zone_of_who_asks_else_of_the_workspace(full, asker, slack, row):
    slack.zone, workspace, taken, said = row
    reply = answer(full.state, "tips on", replace(asker, resources=replace(asker.resources, zone=workspace)))
    assert reply.startswith(f"Daily tips are on: 09:00 {taken}, weekdays, about all services.")
    assert reply.splitlines()[-1].startswith(said)
    assert "time zone" not in answer(full.state, "tips on 09:00 UTC", asker)


def test_not_where_the_bot_is_not(say, slack, asker):
    slack.refusal = "not_in_channel"
    with pytest.raises(SrmbotError) as caught:
        say("tips on 09:00")
    assert str(caught.value) == (
        "I'm not in this channel, so I can't post tips here"
        " (invite me with `/invite @srmbot` and try again, or send me the command in a direct message)"
    )
    assert asker.resources.store.subscriptions.get("T1", "C1") is None


SILENT = [
    # Slack's word, why the channel does not hear of it, what to do where tips are to be switched on
    ("channel_not_found", "I'm not in this conversation", "invite me with "),
    ("not_in_channel", "I'm not in this channel", "invite me with "),
    ("is_archived", "this channel is archived", "use another channel"),
    ("ratelimited", "Slack is rate-limiting me", "try again in a minute"),
    ("token_revoked", "Slack no longer accepts my token", "ask the person who runs me to install me again"),
    ("restricted_action", "only some people may post in this channel", "use another channel, or send me the command"),
    ("something_new", "Slack says something_new", "use another channel, or send me the command"),
]


@pytest.mark.parametrize("row", SILENT)
def test_a_channel_that_cannot_be_posted_to(say, slack, asker, row):
    word, why, fix = row
    say("tips on 09:00")
    slack.refusal = word
    with pytest.raises(SrmbotError) as caught:
        say("tips on 10:00")
    assert str(caught.value).startswith(f"{why}, so I can't post tips here ({fix}")
    assert caught.value.key == word
    assert say("tips status").startswith("Daily tips here: 09:00 UTC")
    assert say("tips off") == f"Daily tips are off. I couldn't announce it in the channel: {why}."
    assert asker.resources.store.subscriptions.get("T1", "C1") is None


def test_what_may_stand_in_the_channel_is_made_true(say, slack, asker):
    slack.refusal = UNCONFIRMED
    unsure = "I couldn't announce it in the channel: Slack did not confirm it."
    assert say("tips on 09:00").splitlines()[-1] == unsure
    assert asker.resources.store.subscriptions.get("T1", "C1").when.at.hour == 9
    assert say("tips off") == f"Daily tips are off. {unsure}"


def test_nowhere(say):
    with pytest.raises(UsageError, match=r"daily tips belong to a channel.* \(use the command in a channel\)"):
        say("tips on 09:00", channel="")
    with pytest.raises(SrmbotError, match=r"daily tips need a database, and none is configured \(set DATABASE_URL\)"):
        say("tips on 09:00", resources=None)


def test_a_mistake_changes_nothing(say, slack, asker):
    with pytest.raises(UsageError) as caught:
        say("tips on 25:00")
    said = "'25:00' is not a valid time: hours go from 00 to 23, minutes from 00 to 59"
    assert str(caught.value) == f"{said} ({EXAMPLE})"
    assert (slack.said, asker.resources.store.exists) == ([], False)


def test_only_holidays_left(full, asker):
    every = frozenset(date.fromordinal(number) for number in range(739_000, 742_000))
    with pytest.raises(UsageError, match="no tip would ever be posted"):
        answer(full.state, "tips on", replace(asker, resources=replace(asker.resources, holidays=every)))


def test_asking_makes_no_store(say, asker):
    assert say("tips").startswith("Daily tips are off here. `/srm tips on 09:00` switches them on.\n`/srm tips on [")
    assert say("tips next") == say("tips skip") == say("tips off")
    assert isinstance(say("tips now"), Tip)
    assert not asker.resources.store.exists


def test_now_is_about_what_was_chosen_and_does_not_count(say, asker):
    say("tips on dynamodb")
    assert {say("tips now").duty.service for _ in range(3)} == {"dynamodb"}
    assert asker.resources.store.history.read("T1", "C1", NOW).seen == {}


def test_next_skip_and_status(full, say, asker, slack):
    say("tips on 12:00 UTC daily rds")
    planned(asker, NOW + 3600)
    assert say("tips next") == "Next tip: Wed 25 Nov 12:00 (UTC), about RDS · Backups."
    lines = say("tips status").splitlines()
    assert lines[0] == "Daily tips here: 12:00 UTC, daily, about RDS."
    tips_there = sum(duty.tip is not None for duty in full.knowledge.of_service("rds"))
    assert lines[2] == f"1 of {tips_there} tips have been posted or scheduled; none repeats before all have been."
    assert say("tips skip") == "The tip due Wed 25 Nov 12:00 is skipped. Next tip: Thu 26 Nov 12:00."
    assert slack.taken_back == ["Q1"]
    assert say("tips next").startswith("Next tip: Thu 26 Nov 12:00 (UTC), about RDS · ")
    assert say("tips status").splitlines()[2].startswith(f"0 of {tips_there}")


def test_nothing_is_promised_within_a_quarter_of_an_hour(say):
    assert "First tip: Thu 26 Nov 11:14." in say("tips on 11:14 UTC daily")
    assert "First tip: Wed 25 Nov 11:15." in say("tips on 11:15 UTC daily")


@pytest.fixture
def soon(say, asker):
    """A tip that comes in ten minutes."""
    say("tips on 11:10 UTC daily")
    store = asker.resources.store
    store.subscriptions.subscribe(replace(store.subscriptions.get("T1", "C1"), since=0))
    return planned(asker, NOW + 600)


LATE = "may still be posted: Slack doesn't reliably cancel a message in its last ten minutes."
DUE = "The tip due Wed 25 Nov 11:10"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("skip", f"{DUE} is cancelled, but {LATE} Next tip: Thu 26 Nov 11:10."),
        ("off", f"Daily tips are off.\n{DUE} {LATE}"),
        ("on 15:00", f"{DUE} {LATE}"),
    ],
)
def test_within_ten_minutes_it_may_come_all_the_same(say, soon, slack, words, said):
    assert say(f"tips {words}").endswith(said)
    assert slack.taken_back == ["Q1"]
    assert say("tips off").splitlines()[-1] == (NONE_HERE if words == "off" else f"{DUE} {LATE}")


def test_what_slack_has_not_confirmed_may_come_all_the_same(say, asker, slack):
    say("tips on 15:00 UTC daily")
    planned(asker, NOW + 4 * 3600, scheduled_id=None)
    doubt = "may still be posted: Slack hasn't confirmed whether it has it."
    assert say("tips skip").startswith(f"The tip due Wed 25 Nov 15:00 is cancelled, but {doubt}")
    assert say("tips off") == f"Daily tips are off.\nThe tip due Wed 25 Nov 15:00 {doubt}"
    assert slack.taken_back == []


def test_status_says_what_was_lost_and_what_is_not_sure(say, asker):
    say("tips on 15:00 UTC daily")
    store = asker.resources.store
    row = planned(asker, NOW + 4 * 3600, scheduled_id=None)
    for looks in range(LOOKS):
        [claim] = store.work.claim(["T1"], NOW, 1)
        store.plan.mark_looked(claim, replace(row, looks=looks), NOW)
        store.claims.release(claim)
    unsure = "Not sure: Wed 25 Nov 15:00. Slack hasn't confirmed it, and I post nothing twice."
    assert say("tips status").splitlines()[-1] == unsure
    assert say("tips next").startswith("Next tip: Thu 26 Nov 15:00")
    later = replace(asker.resources, now=lambda: NOW + 30 * 3600)  # nobody planned the second one
    lost = "Not posted in the last two weeks, as far as I know: Wed 25 Nov 15:00, Thu 26 Nov 15:00."
    assert say("tips status", resources=later).splitlines()[-1] == lost


def test_a_change_takes_back_what_does_not_fit(say, asker, slack):
    say("tips on 12:00 UTC daily")
    planned(asker, NOW + 3600)
    say("tips on 12:00 rds")
    assert slack.taken_back == []
    say("tips on 12:00 aurora")
    assert slack.taken_back == ["Q1"]
    planned(asker, NOW + 3600, "Q2", "aurora.retention")
    say("tips on 13:00")
    assert slack.taken_back == ["Q1", "Q2"]


def test_a_pause_is_reported(say, asker):
    say("tips on 12:00 UTC daily")
    store = asker.resources.store
    store.plan.pause(store.work.claim(["T1"], NOW, 1)[0], store.subscriptions.get("T1", "C1"), "is_archived")
    said = "Daily tips are paused: the channel is archived. `/srm tips on` in the channel switches them back on."
    assert say("tips next") == say("tips skip") == said
    assert say("tips status").splitlines()[1] == said
    assert say("tips on").startswith("Daily tips are on: 12:00 UTC, daily")

"""`tips …`: what is done and said, with a real store and with Slack's edge played."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from srmbot.commands import answer, tips
from srmbot.commands.preview import preview
from srmbot.errors import SrmbotError, UsageError
from srmbot.render.tip import Tip
from srmbot.request import UNCONFIRMED, Requester, Resources
from srmbot.store.rows import Planned, State
from srmbot.store.store import Store

NOW = datetime(2026, 11, 25, 11, 0, tzinfo=UTC).timestamp()  # a Wednesday
EXAMPLE = "for example `tips on 09:00 Europe/Lisbon weekdays rds aurora`"


@dataclass
class Played:
    """Slack, as far as a command sees it."""

    zone: str | None = None
    refusal: str | None = None
    said: list[tuple[str, str, str]] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)
    wakes: int = 0

    def announce(self, channel, user, what):
        self.said.append((channel, user, what))
        return self.refusal

    def zone_of(self, user):
        return self.zone

    def unschedule(self, channel, scheduled_id):
        self.taken_back.append(scheduled_id)
        return True

    def replan(self):
        self.wakes += 1


@pytest.fixture
def slack():
    return Played()


@pytest.fixture
def asker(tmp_path, slack):
    store = Store(f"sqlite:///{tmp_path / 'tips.db'}")
    yield Requester("T1", "C1", "U1", Resources(store, slack, now=lambda: NOW))
    store.close()


@pytest.fixture
def say(full, asker):
    """What a text gets."""
    return lambda text, **more: answer(full.state, text, replace(asker, **more) if more else asker)


def planned(asker, post_at, scheduled_id="Q1", duty="rds.retention"):
    """A tip that Slack has."""
    store = asker.resources.store
    lease, here = store.leases.acquire("tips/T1", "me"), store.subscriptions.get("T1", "C1")
    row = Planned("T1", "C1", int(post_at), duty, State.TRYING, None, NOW)
    assert store.plan.begin(lease, here, row)
    store.plan.mark_scheduled(lease, row, scheduled_id)
    store.leases.release(lease)


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


def test_within_the_last_minute_it_is_too_late(say, asker, slack):
    say("tips on 11:01 UTC daily")
    asker.resources.store.subscriptions.subscribe(replace(asker.resources.store.subscriptions.get("T1", "C1"), since=0))
    planned(asker, NOW + 60)
    late = "The tip due Wed 25 Nov 11:01 will still be posted: Slack can't cancel a message in its last minute."
    assert say("tips skip") == late
    assert say("tips off") == f"Daily tips are off.\n{late}"
    assert slack.taken_back == []


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
    store.plan.pause(store.leases.acquire("tips/T1", "me"), store.subscriptions.get("T1", "C1"), "is_archived")
    said = "Daily tips are paused: the channel is archived. `/srm tips on` in the channel switches them back on."
    assert say("tips next") == say("tips skip") == said
    assert say("tips status").splitlines()[1] == said
    assert say("tips on").startswith("Daily tips are on: 12:00 UTC, daily")


# In a terminal


def test_preview_is_one_tip_a_line_and_the_same_again(full, asker):
    lines = list(preview(full.state, replace(asker, channel=""), 14))
    assert lines == list(preview(full.state, replace(asker, channel=""), 14))
    assert [line[:16] for line in lines[:4]] == [
        "Thu 26 Nov 09:00",
        "Fri 27 Nov 09:00",
        "Mon 30 Nov 09:00",
        "Tue 01 Dec 09:00",
    ]
    assert len(lines) == len(set(lines)) == 10
    assert all(" · AWS: " in line or " · You: " in line for line in lines)
    assert not asker.resources.store.exists


def test_preview_is_what_comes(full, asker, say):
    say("tips on 12:00 UTC daily rds")
    say("tips skip")
    lines = list(preview(full.state, asker, 4))
    assert [line[:16] for line in lines] == ["Thu 26 Nov 12:00", "Fri 27 Nov 12:00", "Sat 28 Nov 12:00"]
    assert say("tips now").duty.tip in lines[0]


def test_preview_begins_with_what_is_settled(full, asker, say):
    say("tips on 12:00 UTC daily rds")
    planned(asker, NOW + 3600)
    lines = list(preview(full.state, asker, 50))
    assert lines[0].startswith("Wed 25 Nov 12:00 · You: RDS · Backups · A DB instance made by API or CLI keeps")
    assert len({line[16:] for line in lines[:45]}) == 45
    assert lines[44][16:] != lines[45][16:]


def test_preview_of_a_channel_without_tips_is_a_sample(full, asker, say):
    lines = list(preview(full.state, replace(asker, team=""), 7))
    say("tips on 12:00 UTC daily rds")
    say("tips off")
    assert list(preview(full.state, replace(asker, team=""), 7)) == lines
    assert len(lines) == 5


@pytest.mark.parametrize("days", [0, -1, 367])
def test_preview_of_no_days(full, asker, days):
    with pytest.raises(UsageError, match=rf"--days {days} is out of range \(use a number from 1 to 366\)"):
        preview(full.state, asker, days)


def test_terminal_needs_to_know_where(asker, say):
    with pytest.raises(UsageError, match="no channel given"):
        tips.resolve_workspace(replace(asker, channel=""))
    with pytest.raises(
        UsageError, match=r"cannot tell which workspace you mean \(add --team with the workspace's ID, T…\)"
    ):
        tips.resolve_workspace(replace(asker, team=""))
    say("tips on")
    assert tips.resolve_workspace(replace(asker, team="")).team == "T1"
    say("tips on", team="T2")
    with pytest.raises(UsageError, match="cannot tell which workspace you mean"):
        tips.resolve_workspace(replace(asker, team=""))

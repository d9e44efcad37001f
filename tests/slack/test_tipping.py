"""Tips in Slack, from the command to the message: over the real app, with a store and the planner's own thread."""

from datetime import UTC, datetime

import pytest

from srmbot.fake_slack import FakeSlack, Timing, message_problems, view_problems
from srmbot.render.tip_status import PAUSE_REASONS
from srmbot.slack.manifest import load_manifest
from srmbot.slack.tips.refusals import CHANNEL_CLOSED
from srmbot.slack.tips.scheduled_messages import single_try_client
from tests.support.served_app import LONG, over_http, until

DAY = 86_400
PATIENT = Timing(acknowledge=10, retries=())  # on a busy machine
HERE = "<@{}> switched on daily tips: 09:00 Europe/Lisbon, daily, about RDS. `/srm tips off` stops them."


@pytest.fixture
def slack(log, full, tmp_path, request):
    """The app with tips, over HTTP; the planner runs."""
    fake_slack = FakeSlack.from_manifest(load_manifest(), getattr(request, "param", True), timing=PATIENT)
    with fake_slack, over_http(fake_slack, full, database=f"sqlite:///{tmp_path / 'tips.db'}") as served:
        fake_slack.storage, fake_slack.tips = served.app.storage, served.app.tips
        served.app.tips.start()
        yield fake_slack
        served.executor.shutdown(wait=True)
        served.app.close()
    assert fake_slack.complaints == []
    for secret in (fake_slack.bot_token, fake_slack.app_token, fake_slack.signing_secret):
        assert secret not in log.text
    for text in ("switched on", "Who owns what"):  # nothing that is said is in the log
        assert text not in log.text


def say(slack, text, **who):
    """What a command is answered with, to the asker alone."""
    before = len(slack.ephemerals())
    delivery = slack.slash(f"/srm {text}", **who)
    assert (delivery.acknowledged, delivery.message) == (True, None)
    return slack.wait(lambda: slack.ephemerals()[before:])[0]


def scheduled(slack):
    """What Slack will post, once the planner has looked."""
    return slack.wait(lambda: list(slack.workspace.scheduled.values()))


def rows(slack):
    """What the store has planned."""
    return slack.storage.store.plan.planned(slack.team_id, slack.channel.id, slack.clock.now())


def test_from_the_command_to_the_message(slack):
    reply = say(slack, "tips on 09:00 Europe/Lisbon daily rds")
    assert reply.text.startswith("Daily tips are on: 09:00 Europe/Lisbon, daily, about RDS.\nFirst tip: ")
    assert reply.viewer == slack.user.id
    assert [each.text for each in slack.messages()] == [HERE.format(slack.user.id)]
    for each in scheduled(slack):
        assert datetime.fromtimestamp(each.post_at, UTC).strftime("%M") == "00"
    slack.advance(2 * DAY)
    tip = slack.messages()[1]
    assert tip.text.startswith("Who owns what: RDS · ")
    assert tip.text.splitlines()[2].startswith(("You ", "AWS "))
    assert message_problems({"text": tip.text, "blocks": tip.blocks}) == []
    assert tip.options["unfurl_links"] is False
    assert "metadata" not in slack.calls("chat.scheduleMessage")[0].params


def test_off(slack):
    say(slack, "tips on 09:00 Europe/Lisbon daily")
    scheduled(slack)
    until(lambda: all(row.scheduled_id for row in rows(slack)), LONG)
    assert say(slack, "tips off").text == "Daily tips are off."
    slack.wait(lambda: not slack.workspace.scheduled)
    assert slack.messages()[-1].text == f"<@{slack.user.id}> switched off the daily tips."
    assert slack.advance(3 * DAY) == []


def test_not_where_the_bot_is_not(slack):
    reply = say(slack, "tips on 09:00", channel=slack.elsewhere)
    assert reply.text == (
        "I'm not in this channel, so I can't post tips here"
        " (invite me with `/invite @srmbot` and try again, or send me the command in a direct message)"
    )
    assert not slack.storage.store.exists or slack.storage.store.subscriptions.teams() == []


def test_a_mistake_is_explained_to_the_asker_alone(slack):
    assert say(slack, "tips on 25:00").text.startswith("'25:00' is not a valid time: hours go from 00 to 23")
    assert slack.messages() == []


def test_a_question_about_tips_is_a_question(slack):
    assert slack.slash("/srm tips for backups?").message.text


def test_every_reason_for_a_pause_is_explained():
    assert frozenset(PAUSE_REASONS) == CHANNEL_CLOSED


def test_in_a_direct_message(slack):
    said = slack.direct("tips on 09:00 UTC daily rds")
    [reply] = slack.answers(said)
    assert reply.text.startswith("Daily tips are on: 09:00 UTC, daily, about RDS.")
    assert {each.message.channel for each in scheduled(slack)} == {said.message.channel}


def test_the_zone_of_the_profile(slack):
    reply = say(slack, "tips on", user=slack.other)
    assert reply.text.startswith("Daily tips are on: 09:00 America/New_York, weekdays, about all services.")
    assert reply.text.endswith("The time zone is from your Slack profile.")


@pytest.mark.parametrize("slack", [False], indirect=True)
def test_without_the_scope_for_profiles(slack):
    assert "Using UTC. To change it, add a time zone" in say(slack, "tips on").text


def test_now_is_for_the_asker_alone(slack):
    tip = say(slack, "tips now")
    assert tip.text.startswith("Who owns what: ")
    slack.mention("tips now")
    other = slack.wait(lambda: slack.ephemerals()[1:])[0]
    assert (other.text, other.viewer) == (tip.text, slack.user.id)
    assert slack.calls("chat.postMessage") == []


def test_when_rate_limited_nothing_is_done_twice(slack):
    slack.fail_next("chat.postMessage", status=429, retry_after=1)
    said = slack.direct("tips on 09:00 UTC daily")
    [reply] = slack.answers(said)
    assert reply.text == "Slack is rate-limiting me, so I can't post tips here (try again in a minute)"
    assert not slack.storage.store.subscriptions.teams()


@pytest.mark.parametrize("fault", [{"drop_after_accept": True}, {"status": 500}, {"error": "internal_error"}], ids=str)
def test_an_announcement_that_may_have_arrived_is_true(slack, log, fault):
    slack.fail_next("chat.postMessage", **fault)
    reply = say(slack, "tips on 09:00 UTC daily")
    assert reply.text.endswith("I couldn't announce it in the channel: Slack did not confirm it.")
    assert slack.storage.store.subscriptions.teams() == [slack.team_id]
    assert len(slack.calls("chat.postMessage")) == 1
    assert log.lines("WARNING answer_unconfirmed surface=tips what=")


def test_where_slack_cannot_be_reached_nothing_is_switched_on(slack, monkeypatch):
    nowhere = single_try_client(slack.bot_token, "http://127.0.0.1:1/api/")
    monkeypatch.setattr(slack.tips, "make_client", lambda token: nowhere)
    reply = say(slack, "tips on 09:00 UTC daily")
    assert reply.text == "I couldn't reach Slack, so I can't post tips here (try again in a minute)"
    assert not slack.storage.store.subscriptions.teams()


def test_words_that_are_not_understood_are_not_logged(slack, log):
    assert say(slack, "tips on 09:00 zebrafinch").text.startswith("'zebrafinch' is not a ")
    [answer] = slack.answers(slack.mention("tips on 25:73"))
    assert answer.text.startswith("'25:73' is not a valid time")
    keys = [line.partition("expected_error ")[2].split()[:2] for line in log.lines("expected_error")]
    assert keys == [["surface=slash", "key=unknown_word"], ["surface=mention", "key=invalid_time"]]
    assert "zebrafinch" not in log.text
    assert "25:73" not in log.text


@pytest.fixture
def tip(slack):
    """A tip that has come."""
    say(slack, "tips on 09:00 Europe/Lisbon daily rds")
    scheduled(slack)
    slack.advance(2 * DAY)
    return slack.messages()[1]


def test_who_owns_what_here(slack, tip):
    slack.click(tip, "tip_entry")
    answer = slack.wait(lambda: slack.ephemerals()[1:])[0]
    assert ": RDS · " in answer.text.splitlines()[0]
    assert answer.viewer == slack.user.id
    assert slack.messages()[1] is tip


def test_other_topics(slack, tip):
    slack.click(tip, "tip_less")
    view = slack.wait(lambda: list(slack.workspace.views.values()))[0]
    assert view_problems(view.view) == []
    form = {block["block_id"]: block["element"] for block in view.view["blocks"] if block["type"] == "input"}
    assert [each["value"] for each in form["services"]["initial_options"]] == ["rds"]
    assert len(form["days"]["initial_options"]) == 7
    assert (form["time"]["initial_time"], form["zone"]["initial_value"]) == ("09:00", "Europe/Lisbon")
    values = {"services": ["aurora", "dynamodb"], "days": ["0", "2"], "time": "17:30", "zone": "asia/tokyo"}
    assert slack.submit(view, **values).acknowledged
    said = f"<@{slack.user.id}> changed the daily tips: 17:30 Asia/Tokyo, mon,wed, about Aurora and DynamoDB."
    slack.wait(lambda: slack.messages()[-1].text.startswith(said))
    store = slack.storage.store
    until(lambda: store.subscriptions.get(slack.team_id, slack.channel.id).services == ("aurora", "dynamodb"))


def test_a_form_with_a_mistake_stays_open(slack, tip):
    slack.click(tip, "tip_less")
    view = slack.wait(lambda: list(slack.workspace.views.values()))[0]
    delivery = slack.submit(view, zone="Atlantis")
    assert delivery.json == {
        "response_action": "errors",
        "errors": {"zone": "I don't know that time zone. Use a name such as Europe/Lisbon."},
    }
    assert view.id in slack.workspace.views


def test_a_service_that_is_gone_by_now_is_reported_at_its_field(slack, tip):
    slack.click(tip, "tip_less")
    view = slack.wait(lambda: list(slack.workspace.views.values()))[0]
    [menu] = [block["element"] for block in view.view["blocks"] if block.get("block_id") == "services"]
    menu["options"].append({"text": {"type": "plain_text", "text": "Gone"}, "value": "gone"})
    delivery = slack.submit(view, services=["rds", "gone"], days=["0"], time="17:30", zone="Asia/Tokyo")
    assert delivery.json == {
        "response_action": "errors",
        "errors": {"services": "I no longer know one of these services. Close the form and open it again."},
    }


def test_what_is_asked_counts_without_its_words(slack):
    say(slack, "tips on 09:00")
    slack.slash("/srm who patches the OS under RDS?")
    slack.answers(slack.mention("who patches the OS under RDS?"))
    slack.slash("/srm who patches the OS under RDS?", channel=slack.elsewhere)

    def counted(channel):
        slack.storage.write_counts()  # as the planner's thread does, whenever its next round begins
        return slack.storage.store.history.read(slack.team_id, channel.id, slack.clock.now()).asked

    until(lambda: counted(slack.channel) == {("rds", "operating-system"): 2}, LONG)
    assert counted(slack.elsewhere) == {}

"""What people see and do in the playground, without a browser."""

import json
import time

import pytest
from slack_sdk import WebClient

from srmbot.fake_slack import message_problems
from srmbot.fake_slack.model import BOT_USER
from srmbot.playground.actions import ACTIONS
from srmbot.playground.compose import compose, typed
from srmbot.playground.inspector import inspect, message_of
from srmbot.playground.page_state import page_state
from tests.support.served_app import until

PEOPLE = {BOT_USER: "srmbot", "U1": "ana", "U2": "ana-maria"}
TYPED = [
    ("@srmbot who?", f"<@{BOT_USER}> who?"),
    ("hi @ana, @ana-maria and @nobody", "hi <@U1>, <@U2> and @nobody"),
    ("a <b> & c", "a &lt;b&gt; &amp; c"),
    ("<b> @ana <i>", "&lt;b&gt; <@U1> &lt;i&gt;"),
    ("a@ana", "a@ana"),
    ("see https://x.example/a?b=1&c=2.", "see <https://x.example/a?b=1&amp;c=2>."),
    ("mail a@ana.example in #general or #none", "mail a@ana.example in <#C1|general> or #none"),
    ("@here <!channel>", "<!here> &lt;!channel&gt;"),
]


@pytest.mark.parametrize(("typed", "sent"), TYPED)
def test_text_is_sent_as_slack_sends_it(typed, sent):
    assert compose(typed, PEOPLE, {"C1": "general"}) == sent


def do(room, name, **body):
    return ACTIONS[name](room, room.slack.user, body)


def text_of(nodes):
    return json.dumps(nodes, ensure_ascii=False)


def test_workspace_is_believable(room):
    seen = page_state(room, room.slack.user)
    names = ["general", "random", "databases", "alerts", "ben, chloe", "srmbot"]
    assert [each["name"] for each in seen["channels"]] == names
    assert [each["name"] for each in seen["channels"] if not each["bot"]] == ["random"]
    stamps = [float(each["ts"]) for each in seen["messages"]]
    assert stamps == sorted(stamps)
    assert seen["now"] - stamps[-1] < 3600
    assert abs(room.slack.clock.now() - time.time()) < 5


def test_cards_are_such_as_slack_takes(room):
    for each in room.slack.messages("alerts"):
        assert message_problems({"text": each.text, "blocks": each.blocks, "attachments": each.attachments}) == []


def test_version_changes_with_what_is_seen_and_with_nothing_else(room):
    first, again = (page_state(room, room.slack.user)["version"] for _ in range(2))
    assert first == again
    do(room, "say", text="hello", channel="general")
    assert page_state(room, room.slack.user)["version"] != first


def test_what_is_for_one_alone_is_seen_by_nobody_else(room):
    do(room, "say", text="/srm backups", channel="general")
    room.slack.wait(room.slack.ephemerals)
    assert [each["ephemeral"] for each in page_state(room, room.slack.user)["messages"]].count(True) == 1
    assert [each["ephemeral"] for each in page_state(room, room.slack.other)["messages"]].count(True) == 0


def test_page_is_given_the_newest_messages(room):
    for number in range(450):
        room.slack.post(str(number))
    seen = page_state(room, room.slack.user)["messages"]
    assert len(seen) == 400
    assert "449" in text_of(seen[-1])


def test_conversation_of_others_is_not_seen(room):
    hidden = room.slack.add_channel("secret", "private", members=[room.slack.other.id])
    room.slack.post("hush", hidden, user=room.slack.other.id)
    room.slack.direct("just between us", room.slack.other)
    seen = text_of(page_state(room, room.slack.user))
    assert "secret" not in seen
    assert "hush" not in seen
    assert "just between us" not in seen
    assert "hush" in text_of(page_state(room, room.slack.other))


NOTICES = [
    ("/srm backups", "1.1", "/srm is not supported in threads. Mention @srmbot here instead."),
    ("/other", None, "/other is not a command of this app. Try /srm."),
]


@pytest.mark.parametrize(("text", "thread", "notice"), NOTICES)
def test_command_that_slack_does_not_take(room, text, thread, notice):
    assert do(room, "say", text=text, channel="general", thread_ts=thread) == {"notice": notice}


def test_view_of_somebody_else_cannot_be_touched(room):
    view = room.slack.workspace.view(room.slack.other.id, {"type": "modal", "blocks": []})
    with pytest.raises(LookupError, match="no longer open"):
        do(room, "close", view=view.id)


def test_app_that_does_not_answer_is_reported(room):
    room.slack.app_url = "http://127.0.0.1:1/"
    notice = do(room, "say", text="/srm backups", channel="general")["notice"]
    assert notice == "/srm failed with the error “dispatch_failed”."
    assert do(room, "shortcut", callback_id="ask_question")["notice"].endswith("in time: dispatch_failed.")


def answer_to(room, text, channel="general", thread=None):
    said = do(room, "say", text=text, channel=channel, thread_ts=thread)
    place = room.slack.in_channel(channel).id

    def come():
        return [each for each in room.slack.messages(channel, said["thread"]) if each.user == BOT_USER]

    [answer] = room.slack.wait(come)
    key = f"{place}/{answer.ts}"
    room.slack.wait(lambda: room.slack.workspace.journal.traces(key))
    return key


def test_inspector_of_a_mention_alone_in_a_thread(room):
    alarm = room.slack.messages("alerts")[0]
    shown = text_of(inspect(room, answer_to(room, "@srmbot", "alerts", alarm.ts)))
    for part in (
        "A mention alone",
        "running out of storage",
        "conversations.replies",
        "chat.postMessage",
        "What came in",
    ):
        assert part in shown


def test_a_thread_is_a_conversation_and_the_inspector_shows_what_was_leant_on(room):
    slack = room.slack
    first = slack.mention("who sets backup retention on rds?", "databases")
    slack.answers(first)
    slack.answers(slack.mention("and on aurora?", "databases", first.ts), 2)
    [*_, answer] = slack.answers(slack.mention("who runs the nightly backup?", "databases", first.ts), 3)
    key = f"{answer.channel}/{answer.ts}"
    slack.wait(lambda: slack.workspace.journal.traces(key))
    shown = text_of(inspect(room, key))
    for turn in ("after", "who sets backup retention on rds?", "and on aurora?", "1. aurora/backups aws"):
        assert turn in shown


def test_inspector_of_a_question_names_the_line_of_yaml(room):
    shown = text_of(inspect(room, answer_to(room, "@srmbot who patches the OS under RDS?")))
    assert "Slack takes this as it is" in shown
    assert "rds.os-patch aws" in shown
    assert "duties/rds.yaml:1)" in shown


def test_the_examples_nearest_to_a_question_come_apart(room):
    key = answer_to(room, "@srmbot who patches the OS under RDS?")
    assert "to teach it otherwise" not in text_of(inspect(room, key))
    assert "to teach it otherwise" in text_of(do(room, "nearest", key=key))
    with pytest.raises(LookupError, match="nothing was asked here"):
        do(room, "nearest", key="C1/1.1")


def test_a_message_is_forwarded(room):
    first = room.slack.messages("databases")[0]
    sent = do(room, "forward", key=f"{first.channel}/{first.ts}")
    assert sent["channel"] == room.slack.workspace.direct_channel(room.slack.user.id).id
    [answer] = room.slack.wait(lambda: room.slack.messages(sent["channel"], sent["ts"]))
    assert answer.text.splitlines()[0] == "AWS: RDS · Operating system"


def test_every_channel_has_something_to_try_that_is_answered(room):
    seen = page_state(room, room.slack.user)
    for each in seen["channels"]:
        assert each["direct"] or each["tries"], each
        for one in each["tries"]:
            assert do(room, "say", text=one["text"], channel=each["id"]).get("notice") is None


def test_the_pane_beside_a_channel_suggests_what_is_asked_there(room):
    answer_to(room, "@srmbot who patches the OS under RDS?", "databases")
    databases, direct = room.slack.in_channel("databases"), room.slack.workspace.direct_channel(room.slack.user.id)

    def suggested():
        before = len(room.slack.workspace.prompts)
        do(room, "home", tab="messages", beside=databases.id)
        room.slack.wait(lambda: len(room.slack.workspace.prompts) > before)
        channels = page_state(room, room.slack.user)["channels"]
        return [each["label"] for each in next(each for each in channels if each["id"] == direct.id)["tries"]]

    usual = [each["title"] for each in room.manifest["features"]["agent_view"]["suggested_prompts"]]
    assert [each for each in suggested() if each in usual]
    until(lambda: suggested()[0] == "Operating system on RDS")


def test_a_workflow_runs_the_step_and_says_what_came_of_it(room):
    first = room.slack.messages("databases")[0]
    sent = do(room, "step", key=f"{first.channel}/{first.ts}")
    [said] = room.slack.messages("databases", sent["ts"])
    assert said.text.splitlines()[:2] == ["*Owner: AWS*", "AWS: RDS · Operating system"]
    assert said.bot_id


def test_an_edited_question_changes_its_answer(room):
    key = answer_to(room, "@srmbot who patches the OS under RDS?", "databases")
    [question] = [each for each in room.slack.messages("databases") if "patches the OS" in each.text]
    do(room, "edit", key=f"{question.channel}/{question.ts}", text="@srmbot who sets backup retention on rds?")
    answer = message_of(room, key)
    until(lambda: answer.text.startswith("You: RDS · Backups"))
    with pytest.raises(LookupError, match="one's own"):
        ACTIONS["edit"](room, room.slack.other, {"key": f"{question.channel}/{question.ts}", "text": "x"})


def test_a_mention_in_a_group_is_answered_there(room):
    group = next(each for each in room.slack.workspace.channels.values() if each.kind == "mpim")
    said = room.slack.mention("who patches the OS under RDS?", group)
    [answer] = room.slack.answers(said)
    assert answer.channel == group.id


@pytest.mark.parametrize(("text", "sent"), TYPED)
def test_what_was_typed_comes_back_to_be_edited(text, sent):
    assert compose(typed(sent, PEOPLE), PEOPLE, {"C1": "general"}) == sent


def test_the_slash_menu_tells_what_each_subcommand_does(room):
    menu = {each["command"]: (each["hint"], each["about"]) for each in page_state(room, room.slack.user)["commands"]}
    assert menu["/srm tips"] == ("on 09:00", "posts a daily tip in this channel (more options: tips)")
    assert menu["/srm why"] == ("QUESTION", "shows how a question was understood")
    assert menu["/srm help"] == ("", "shows this")
    assert all(about and "`" not in about for _, about in menu.values())


def test_inspector_of_a_subcommand(room):
    do(room, "say", text="/srm help", channel="general")
    [shown] = room.slack.ephemerals()
    assert "A subcommand: " in text_of(inspect(room, f"{shown.channel}/{shown.ts}"))


def test_inspector_of_the_home_tab(room):
    do(room, "home", tab="home")
    home = room.slack.wait(lambda: room.slack.workspace.homes.get(room.slack.user.id))
    room.slack.wait(lambda: room.slack.workspace.journal.traces(f"view/{home.id}"))
    shown = text_of(inspect(room, f"view/{home.id}"))
    assert "app_home_opened" in shown
    assert "views.publish" in shown


def test_inspector_tells_what_slack_would_not_take(room):
    faulty = room.slack.post("x", user=BOT_USER, blocks=[{"type": "section"}])
    assert "blocks[0]" in text_of(inspect(room, f"{faulty.channel}/{faulty.ts}"))


def test_clock_brings_what_was_scheduled(room):
    slack = room.slack
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    client.chat_scheduleMessage(channel=slack.channel.id, text="tip", post_at=int(slack.clock.now()) + 7200)
    assert [each["channel"] for each in page_state(room, slack.user)["scheduled"]] == [slack.channel.id]
    assert do(room, "advance", seconds=3600) == {"posted": []}
    [posted] = do(room, "advance", seconds=3600)["posted"]
    assert "scheduled message" in text_of(inspect(room, f"{posted['channel']}/{posted['ts']}"))

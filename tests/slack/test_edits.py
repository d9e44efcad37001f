"""An edit changes the answer, and never adds one."""

import pytest
from slack_sdk import WebClient

from srmbot.fake_slack import FakeSlack, Message
from srmbot.slack import posted as module
from srmbot.slack.post import update
from srmbot.slack.posted import PostedAnswers
from tests.support.served_app import BOTH, over_http, until
from tests.support.thread_starts import ANSWER, QUESTION

OTHER = "who patches the os under rds"
OTHER_ANSWER = "AWS: RDS · Operating system"
MENTION = f"<@{FakeSlack.bot_user_id}> "


def first_line(message: Message) -> str:
    return message.text.splitlines()[0]


def becomes(answer: Message, line: str) -> None:
    """Wait until an answer says something else."""
    until(lambda: first_line(answer) == line)


def quiet(slack: FakeSlack, posts: int) -> None:
    """Wait until one more question is answered; apart from that only so many answers were posted."""
    slack.answers(slack.mention("backups"))
    slack.settle()
    assert len(slack.calls("chat.postMessage")) == posts + 1


@BOTH
def test_an_edited_mention_changes_its_answer(slack):
    said = slack.mention(OTHER)
    [answer] = slack.answers(said)
    slack.edit(said.message, MENTION + QUESTION)
    becomes(answer, ANSWER)
    slack.edit(said.message, MENTION + OTHER)
    becomes(answer, OTHER_ANSWER)
    quiet(slack, posts=1)


def test_an_edit_back_is_not_lost_while_the_answer_to_the_one_before_is_confirmed(slack):
    said = slack.mention(OTHER)
    [answer] = slack.answers(said)
    slack.fail_next("chat.update", late=0.3)  # changed at once, confirmed later
    slack.edit(said.message, MENTION + QUESTION)
    becomes(answer, ANSWER)
    slack.edit(said.message, MENTION + OTHER)
    becomes(answer, OTHER_ANSWER)
    quiet(slack, posts=1)


def test_an_edited_direct_message_changes_its_answer(slack):
    said = slack.direct(OTHER)
    [answer] = slack.answers(said)
    slack.edit(said.message, QUESTION)
    becomes(answer, ANSWER)
    quiet(slack, posts=1)


def test_an_edited_follow_up_is_understood_from_its_thread(slack):
    thread = slack.mention(QUESTION).ts
    slack.wait(lambda: slack.messages(thread_ts=thread))
    said = slack.mention("and on rds?", thread_ts=thread)
    [_, answer] = slack.answers(said, 2)
    slack.edit(said.message, MENTION + "and on aurora?")
    becomes(answer, "You: Aurora · Backups")


def test_an_edit_that_adds_the_mention_is_answered_once(slack):
    message = slack.post(QUESTION)
    slack.edit(message, MENTION + QUESTION)
    [answer] = slack.wait(lambda: slack.messages(thread_ts=message.ts))
    assert first_line(answer) == ANSWER
    slack.edit(message, MENTION + OTHER)
    becomes(answer, OTHER_ANSWER)
    quiet(slack, posts=1)


def test_an_edit_that_comes_twice_counts_once(slack):
    said = slack.mention(OTHER)
    [answer] = slack.answers(said)
    event = slack.edit(said.message, MENTION + QUESTION).payload["event"]
    becomes(answer, ANSWER)
    slack.edit(said.message, MENTION + OTHER)
    becomes(answer, OTHER_ANSWER)
    assert slack.event(event).acknowledged
    quiet(slack, posts=1)
    assert len(slack.calls("chat.update")) == 2
    assert first_line(answer) == OTHER_ANSWER


@pytest.mark.parametrize("text", [MENTION + OTHER, MENTION + "help", MENTION + "tips on 09:00"])
def test_what_asks_nothing_else_changes_nothing(slack, text):
    said = slack.mention(OTHER)
    slack.answers(said)
    slack.edit(said.message, text)
    quiet(slack, posts=1)
    assert slack.calls("chat.update") == []


def test_a_preview_that_slack_adds_changes_nothing(slack):
    said = slack.direct(OTHER)
    slack.answers(said)
    changed = {**said.message.as_json(), "attachments": [{"title": "a preview"}]}
    where = {"channel": said.message.channel, "channel_type": "im", "ts": slack.workspace.next_ts()}
    assert slack.event({"type": "message", "subtype": "message_changed", "message": changed, **where}).acknowledged
    quiet(slack, posts=1)
    assert slack.calls("chat.update") == []


def test_the_bots_own_changes_are_no_edits(slack):
    slack.answers(slack.direct(OTHER))
    own = {"user": slack.bot_user_id, "bot_id": slack.bot_id, "ts": "1.000001", "edited": {"user": "U", "ts": "2.0"}}
    where = {"channel": slack.workspace.direct_channel(slack.user.id).id, "channel_type": "im", "ts": "3.000001"}
    changed = {**own, "type": "message", "text": QUESTION}
    assert slack.event({"type": "message", "subtype": "message_changed", "message": changed, **where}).acknowledged
    quiet(slack, posts=1)


def test_an_old_direct_message_that_is_edited_gets_no_second_answer(slack):
    message = slack.post(QUESTION, slack.workspace.direct_channel(slack.user.id))
    slack.edit(message, OTHER)
    quiet(slack, posts=0)


def test_after_a_restart_an_edited_mention_gets_no_second_answer(bare, bot):
    with over_http(bare, bot):
        said = bare.mention(OTHER)
        bare.answers(said)
    with over_http(bare, bot):
        bare.edit(said.message, MENTION + QUESTION)
        quiet(bare, posts=1)
    assert bare.calls("chat.update") == []


def test_a_subcommand_that_becomes_a_question_is_answered_in_its_place(slack):
    said = slack.mention("help")
    [answer] = slack.answers(said)
    slack.edit(said.message, MENTION + QUESTION)
    becomes(answer, ANSWER)


def test_an_edit_that_fails_leaves_the_answer_as_it_is(slack, log):
    said = slack.mention(OTHER)
    [answer] = slack.answers(said)
    slack.fail_next("chat.update", error="internal_error")
    slack.edit(said.message, MENTION + QUESTION)
    until(lambda: log.lines("WARNING expected_error surface=mention key=internal_error"))
    assert first_line(answer) == OTHER_ANSWER
    quiet(slack, posts=1)


def test_a_text_that_is_too_long_for_an_update_is_cut(slack):
    [answer] = slack.answers(slack.mention(OTHER))
    client = WebClient(token=slack.bot_token, base_url=slack.api_url)
    update(client, channel=answer.channel, ts=answer.ts, text="x" * 5000)
    assert answer.text == "x" * 3999 + "…"


def test_memory_of_what_was_posted_is_bounded_and_has_no_text(monkeypatch):
    monkeypatch.setattr(module, "MOST_HELD_ANSWERS", 2)
    held = PostedAnswers()
    for number in range(3):
        held.note("C1", str(number), "zanzibar", f"{number}.5")
    assert held.find("C1", "0") is None
    assert held.find("C1", "2").ts == "2.5"
    held.note("C1", "1", "again", "1.5")
    held.note("C1", "3", "new", "3.5")
    assert held.find("C1", "1") is not None
    assert "zanzibar" not in repr(held.held)

"""A thread is a conversation: read where the bot may, else remembered without a word of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from srmbot.bot import Bot
from srmbot.fake_slack import FakeSlack
from srmbot.slack.thread import CONVERSATION_PAUSE, PAGE
from srmbot.store.threads import THREAD_KEPT_FOR
from tests.support.served_app import BOTH, over_http, until
from tests.support.thread_starts import ANSWER, QUESTION

AURORA_QUESTION = "who sets how many days aurora keeps backups"
AURORA = "You: Aurora · Backups"
PATCHING = "AWS: RDS · Operating system"
UNREADABLE = (
    "I can't read this thread: I'm not in this channel, or can't see its history."
    " Invite me, ask in your own words, or use the shortcut “Who owns this?” on that message."
)


@contextmanager
def with_store(slack: FakeSlack, bot: Bot, file: Path) -> Iterator[None]:
    """An app with a database, by the stand-in's clock."""
    with over_http(slack, bot, database=f"sqlite:///{file}") as served:
        served.app.storage.clock = slack.clock.now
        yield
    served.app.close()


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "srmbot.db"


@pytest.fixture
def stored(bare, bot, file):
    """The stand-in, with an app that has a store."""
    with with_store(bare, bot, file):
        yield bare


@pytest.fixture
def kept(stored):
    """The same, where the app may read no channel."""
    stored.workspace.scopes -= {"channels:history", "groups:history"}
    return stored


def rows(file: Path) -> list[tuple]:
    """What is remembered of threads: their ts, service, topic and duty."""
    if not file.exists():
        return []
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'threads'").fetchall()
        return connection.execute("SELECT thread_ts, service, topic, duty FROM threads").fetchall() if found else []


def asked_about(slack: FakeSlack, file: Path, text: str) -> str:
    """The ts of a thread that begins with a mention, once it is remembered what it is about."""
    thread = slack.mention(text).ts
    until(lambda: thread in [row[0] for row in rows(file)])
    return thread


def said_in(slack: FakeSlack, *texts: str) -> str:
    """A thread in which people said this; the ts of its first message."""
    first, *others = texts
    parent = slack.post(first)
    for text in others:
        slack.post(text, thread_ts=parent.ts, user=slack.other.id)
    return parent.ts


def asked_in(slack: FakeSlack, thread: str, text: str, number: int = 1) -> str:
    """The first line that the bot says to a mention in a thread, its answer with that number."""
    answers = slack.answers(slack.mention(text, thread_ts=thread), number)
    return answers[-1].text.splitlines()[0]


# Read


@BOTH
def test_every_turn_of_a_thread_counts(slack):
    thread = slack.mention(QUESTION).ts
    slack.wait(lambda: slack.messages(thread_ts=thread))
    assert asked_in(slack, thread, "and on aurora?", 2) == AURORA
    assert asked_in(slack, thread, "who runs the nightly backup?", 3) == "AWS: Aurora · Backups"


ASKING = [
    # messages of a thread, what a mention alone gets
    (["lunch at twelve?", QUESTION], ANSWER),
    (["Good morning", QUESTION, "no idea", "me too"], ANSWER),
    ([QUESTION, "and on aurora?", "+1"], AURORA),
    (["who patches the os under rds", "and the backup retention, who sets that?"], ANSWER),
    (["the rds postgres host needs os patches", "looking", "back at two"], PATCHING),
]


@pytest.mark.parametrize(("messages", "answer"), ASKING)
def test_a_mention_alone_answers_the_last_message_that_asks(slack, messages, answer):
    assert asked_in(slack, said_in(slack, *messages), "") == answer


def test_what_bots_say_in_a_thread_is_no_turn(slack):
    thread = said_in(slack, QUESTION)
    slack.post("who patches the os under rds", thread_ts=thread, user="U0OTHERBOT", bot_id="B0OTHERBOT")
    assert asked_in(slack, thread, "") == ANSWER


def test_what_was_said_after_the_mention_is_not_looked_at(slack):
    thread = said_in(slack, QUESTION)
    slack.fail_next("conversations.replies", status=429, retry_after=1)
    said = slack.mention("", thread_ts=thread)
    slack.post("who patches the os under rds", thread_ts=thread)
    [answer] = slack.answers(said)
    assert answer.text.splitlines()[0] == ANSWER


def test_subcommands_are_no_turns(slack):
    thread = said_in(slack, QUESTION, f"<@{slack.bot_user_id}> why who patches the os under rds", "help")
    assert asked_in(slack, thread, "") == ANSWER


def test_a_long_thread_is_read_to_its_end(slack):
    thread = said_in(slack, "who patches the os under rds", *["looking"] * PAGE, QUESTION)
    assert asked_in(slack, thread, "") == ANSWER
    assert [str(call.params["limit"]) for call in slack.calls("conversations.replies")] == [str(PAGE)] * 2


def test_of_a_thread_whose_second_page_is_refused_the_first_has_to_do(slack):
    thread = said_in(slack, QUESTION, *["looking"] * PAGE, "who patches the os under rds")
    slack.rate_limit("conversations.replies", 1)
    assert asked_in(slack, thread, "") == ANSWER


@pytest.mark.parametrize("error", ["not_allowed_token_type", "no_permission"])
def test_where_bots_may_not_read_threads_the_first_message_has_to_do(slack, error):
    thread = said_in(slack, QUESTION, "who patches the os under rds")
    slack.fail_next("conversations.replies", error=error)
    assert asked_in(slack, thread, "") == ANSWER
    [call] = slack.calls("conversations.history")
    assert (call.params["latest"], str(call.params["limit"])) == (thread, "1")


def test_where_that_may_not_be_read_either_it_says_so(slack):
    thread = said_in(slack, QUESTION)
    slack.fail_next("conversations.replies", error="no_permission")
    slack.fail_next("conversations.history", error="no_permission")
    assert asked_in(slack, thread, "") == UNREADABLE


# Direct messages


def test_a_thread_of_direct_messages_is_a_conversation(slack):
    first = slack.direct(QUESTION)
    slack.answers(first)
    [_, answer] = slack.answers(slack.direct("and on aurora?", thread_ts=first.ts), 2)
    assert answer.text.splitlines()[0] == AURORA
    [*_, answer] = slack.answers(slack.direct("who runs the nightly backup?", thread_ts=first.ts), 3)
    assert answer.text.splitlines()[0] == "AWS: Aurora · Backups"


def test_direct_messages_one_after_the_other_are_a_conversation(slack):
    slack.answers(slack.direct(QUESTION))
    second = slack.direct("and on aurora?")
    [answer] = slack.answers(second)
    assert (answer.thread_ts, answer.text.splitlines()[0]) == (second.ts, AURORA)
    [_, answer] = slack.answers(slack.direct("who runs the nightly backup?", thread_ts=second.ts), 2)
    assert answer.text.splitlines()[0] == "AWS: Aurora · Backups"


@pytest.mark.parametrize(
    ("seconds", "answer"),
    [(CONVERSATION_PAUSE - 5, "Shared: Aurora · Backups"), (CONVERSATION_PAUSE + 5, "Shared: RDS · Backups")],
)
def test_after_a_pause_a_direct_message_begins_anew(slack, seconds, answer):
    slack.answers(slack.direct(AURORA_QUESTION))
    slack.clock.advance(seconds)
    [found] = slack.answers(slack.direct("backups"))
    assert found.text.splitlines()[0] == answer
    assert len(slack.calls("conversations.history")) == 1  # the first says all that it asks about


# Remembered


def test_where_a_thread_may_not_be_read_its_subject_is_remembered(kept, file):
    thread = asked_about(kept, file, QUESTION)
    assert rows(file) == [(thread, "rds", "backups", "rds.retention")]
    assert asked_in(kept, thread, "and on aurora?", 2) == AURORA
    until(lambda: rows(file) == [(thread, "aurora", "backups", "aurora.retention")])
    assert asked_in(kept, thread, "", 3) == AURORA
    assert asked_in(kept, thread, "who runs the nightly backup?", 4) == "AWS: Aurora · Backups"


def test_a_choice_changes_what_a_thread_is_about(kept, file):
    thread = asked_about(kept, file, "who patches the os under rds")
    [message] = kept.messages(thread_ts=thread)[-1:]
    button = {"type": "button", "action_id": "choose:0", "value": "rds.retention|rds.os-patch"}
    kept.workspace.change(message, {"blocks": [{"type": "actions", "elements": [button]}]})
    kept.click(message, "choose:0")
    until(lambda: rows(file) == [(thread, "rds", "backups", "rds.retention")])
    assert asked_in(kept, thread, "and on aurora?", 2) == AURORA


def test_another_thread_is_about_something_else(kept, file):
    asked_about(kept, file, QUESTION)
    assert asked_in(kept, kept.post("hello").ts, "and on aurora?") == UNREADABLE


def test_after_thirty_days_a_thread_is_forgotten(kept, file):
    thread = asked_about(kept, file, QUESTION)
    kept.clock.advance(THREAD_KEPT_FOR + 1)
    assert asked_in(kept, thread, "and on aurora?", 2) == UNREADABLE


def test_no_text_is_stored(kept, file):
    thread = asked_about(kept, file, "who patches zanzibar's os under rds?")
    kept.settle()
    assert [row[0] for row in rows(file)] == [thread]
    assert b"zanzibar" not in b"".join(path.read_bytes() for path in file.parent.iterdir())


def test_direct_messages_are_not_remembered(kept, file):
    kept.answers(kept.direct(QUESTION))
    thread = asked_about(kept, file, QUESTION)
    assert [row[0] for row in rows(file)] == [thread]


def test_what_can_be_read_counts_more_than_what_is_remembered(stored, file):
    thread = asked_about(stored, file, "who patches the os under rds")
    stored.post(QUESTION, thread_ts=thread)
    assert asked_in(stored, thread, "and on aurora?", 2) == AURORA


def test_a_thread_that_slack_asks_to_wait_for_is_remembered_at_once(stored, file):
    thread = asked_about(stored, file, QUESTION)
    stored.fail_next("conversations.replies", status=429, retry_after=60)
    assert asked_in(stored, thread, "and on aurora?", 2) == AURORA


def test_without_a_store_a_question_is_answered_as_it_stands(slack):
    slack.workspace.scopes -= {"channels:history"}
    thread = slack.mention(AURORA_QUESTION).ts
    slack.wait(lambda: slack.messages(thread_ts=thread))
    assert asked_in(slack, thread, "and on rds?", 2) == UNREADABLE
    assert asked_in(slack, thread, "backups", 3) == "Shared: RDS · Backups"


def test_a_store_that_is_away_holds_no_answer_up(bare, bot, tmp_path, log):
    (tmp_path / "file").write_text("")
    bare.workspace.scopes -= {"channels:history"}
    with with_store(bare, bot, tmp_path / "file" / "srmbot.db"):
        thread = bare.mention(QUESTION).ts
        bare.wait(lambda: bare.messages(thread_ts=thread))
        assert asked_in(bare, thread, "and on aurora?", 2) == UNREADABLE
        until(lambda: log.lines("WARNING expected_error surface=thread key="))
        assert asked_in(bare, thread, "backups", 3) == "Shared: RDS · Backups"
    assert len(log.lines("expected_error surface=thread")) == 1  # it is left alone for some seconds
    assert log.lines("unexpected_error") == []

"""The pane beside a conversation: suggestions that fit what is in view, and questions about it."""

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from srmbot.fake_slack import FakeSlack
from srmbot.slack import in_view as module
from srmbot.slack.agent_pane import SHOWN_PROMPTS, default_prompts, subject_prompt, viewer
from srmbot.slack.in_view import CHANNEL, MESSAGE, Panes, channel_in_view, message_in_view
from srmbot.slack.storage import Storage
from srmbot.store.rows import Subject
from srmbot.store.schema import threads
from tests.support.served_app import BOTH, over_http, until
from tests.support.thread_starts import ANSWER, PARENTS, QUESTION

OTHER = "who patches the os under rds"
PATCHING = "AWS: RDS · Operating system"


def prompts(slack: FakeSlack, number: int = 1) -> dict:
    """What was suggested, the time with that number."""
    return slack.wait(lambda: slack.workspace.prompts[number - 1 :])[0]


def titles(slack: FakeSlack, number: int = 1) -> list[str]:
    return [each["title"] for each in prompts(slack, number)["prompts"]]


@dataclass
class Remembering:
    """The stand-in, with an app that has a store."""

    slack: FakeSlack
    storage: Storage

    def ask(self, *questions: str) -> None:
        """Ask in the channel, each in a thread, until it is remembered what they are about."""
        for question in questions:
            self.slack.answers(self.slack.mention(question))
        until(lambda: sum(self.count()) == len(questions))

    def count(self) -> list[int]:
        """How many threads are about each subject."""
        with self.storage.store.threads.database.reading() as connection:
            found = connection.execute(
                select(func.count()).select_from(threads).group_by(threads.c.service, threads.c.topic)
            )
            return list(found.scalars())


@pytest.fixture
def remembering(bare, bot, tmp_path):
    with over_http(bare, bot, database=f"sqlite:///{tmp_path / 'srmbot.db'}") as served:
        served.app.storage.clock = bare.clock.now
        served.app.storage.store.prepare()
        yield Remembering(bare, served.app.storage)
    served.app.close()


@BOTH
def test_a_pane_that_is_opened_has_suggestions(slack):
    assert slack.open_home(tab="messages").acknowledged
    given = prompts(slack)
    assert given["channel_id"] == slack.workspace.direct_channel(slack.user.id).id
    assert "thread_ts" not in given
    assert (given["title"], tuple(given["prompts"])) == ("Try one of these", default_prompts())
    assert slack.calls("views.publish") == []


def test_suggestions_fit_the_channel_in_view(remembering):
    slack = remembering.slack
    remembering.ask(OTHER, QUESTION, QUESTION)
    slack.look_at(slack.channel)
    given = prompts(slack)
    assert (given["title"], len(given["prompts"])) == ("Asked in this channel", SHOWN_PROMPTS)
    assert titles(slack)[:2] == ["Backups on RDS", "Operating system on RDS"]
    [answer] = slack.answers(slack.direct(given["prompts"][0]["message"]))
    assert answer.text.splitlines()[0] == "Shared: RDS · Backups"


def test_suggestions_follow_the_view(remembering):
    slack, usual = remembering.slack, [each["title"] for each in default_prompts()]
    remembering.ask(QUESTION)
    slack.open_home(tab="messages")
    assert titles(slack) == usual
    slack.look_at(slack.channel)
    assert titles(slack, 2) == ["Backups on RDS", *usual[: SHOWN_PROMPTS - 1]]
    slack.look_at(slack.elsewhere)
    assert titles(slack, 3) == usual


SUBJECTS = [
    # what is remembered, the suggestion
    (Subject("rds", "backups", None), ("Backups on RDS", "Who owns backups on RDS?")),
    (Subject("rds", None, None), ("All of RDS", "RDS")),
    (Subject(None, "backups", None), ("Backups", "Who owns backups?")),
    (Subject("general", "backups", None), ("Backups", "Who owns backups?")),
    (Subject("gone", "gone", None), None),
]


@pytest.mark.parametrize(("subject", "made"), SUBJECTS)
def test_what_is_suggested_for_a_subject(bot, subject, made):
    prompt = subject_prompt(subject, bot.knowledge)
    assert (prompt and (prompt["title"], prompt["message"])) == made


def test_a_message_in_view_can_be_asked_about(slack):
    message = slack.post(QUESTION)
    slack.look_at(message=message)
    assert titles(slack)[0] == "Who owns this?"
    [answer] = slack.answers(slack.direct(prompts(slack)["prompts"][0]["message"]))
    assert answer.text.splitlines()[0] == ANSWER


@pytest.mark.parametrize("fields", PARENTS.values(), ids=PARENTS)
def test_everything_in_the_message_in_view_is_read(slack, fields):
    slack.look_at(message=slack.post(**fields))
    [answer] = slack.answers(slack.direct("who owns this?"))
    assert answer.text.splitlines()[0] == ANSWER


def test_the_last_message_that_asks_in_the_thread_in_view_is_answered(slack):
    parent = slack.post("lunch at twelve?")
    slack.post(OTHER, thread_ts=parent.ts, user=slack.other.id)
    slack.look_at(message=parent)
    [answer] = slack.answers(slack.direct("is this on us?"))
    assert answer.text.splitlines()[0] == PATCHING


def test_a_question_of_its_own_is_not_about_what_is_in_view(slack):
    slack.look_at(message=slack.post(QUESTION))
    [answer] = slack.answers(slack.direct(OTHER))
    assert answer.text.splitlines()[0] == PATCHING
    assert slack.calls("conversations.replies") == []


def test_what_is_in_view_and_cannot_be_read_is_left_alone(slack):
    message = slack.post(QUESTION, slack.elsewhere)
    slack.look_at(message=message)
    [answer] = slack.answers(slack.direct("who owns this?"))
    assert not answer.text.startswith("You: ")
    assert "Something went wrong" not in answer.text


@pytest.mark.parametrize("error", ["missing_scope", "unknown_method", "channel_not_found", "not_allowed_token_type"])
def test_where_there_is_no_pane_it_is_a_direct_message(slack, log, error):
    slack.fail_next("assistant.threads.setSuggestedPrompts", error=error)
    assert slack.open_home(tab="messages").acknowledged
    until(lambda: log.lines(f"INFO prompts_refused what={error}"))
    [answer] = slack.answers(slack.direct(QUESTION))
    assert answer.text.splitlines()[0] == ANSWER
    assert slack.messages(slack.workspace.direct_channel(slack.user.id))[0].text == QUESTION
    assert log.lines("ERROR") == []


def test_without_the_scope_slack_tells_nothing_of_the_view_and_takes_no_suggestions(slack, log):
    slack.workspace.scopes.discard("assistant:write")
    assert slack.look_at(slack.channel) is None
    assert "context" not in slack.open_home(tab="messages").payload["event"]
    until(lambda: log.lines("INFO prompts_refused what=missing_scope"))
    assert slack.workspace.prompts == []


def test_an_event_that_does_not_name_the_conversation_finds_it(slack):
    slack.open_home(tab="messages")
    prompts(slack)
    person = [{"team_id": slack.team_id, "user_id": slack.user.id, "is_bot": False, "is_enterprise_install": False}]
    body = slack.look_at(slack.channel).payload
    prompts(slack, 2)
    event = {name: value for name, value in body["event"].items() if name not in ("user", "channel")}
    assert slack.send("events_api", {**body, "event": event, "event_id": "Ev1", "authorizations": person}).acknowledged
    assert prompts(slack, 3)["channel_id"] == slack.workspace.direct_channel(slack.user.id).id


VIEWS = [
    # an event, the channel in view, the message in view
    ({}, None, None),
    ({"context": {}}, None, None),
    ({"context": {"entities": [{"type": CHANNEL, "value": "C1"}]}}, "C1", None),
    ({"app_context": {"entities": [{"type": CHANNEL, "value": "C1"}]}}, "C1", None),
    ({"channel": "D1", "context": {"entities": [{"type": CHANNEL, "value": "D1"}]}}, None, None),
    ({"context": {"entities": [{"type": "slack#/types/canvas_id", "value": "F1"}, None, {"type": "x"}]}}, None, None),
    (
        {"context": {"entities": [{"type": MESSAGE, "value": {"channel_id": "C1", "message_ts": "1.2"}}]}},
        "C1",
        ("C1", "1.2"),
    ),
    ({"context": {"entities": [{"type": MESSAGE, "value": None}]}}, None, None),
]


@pytest.mark.parametrize(("event", "channel", "message"), VIEWS)
def test_what_is_in_view(event, channel, message):
    assert (channel_in_view(event), message_in_view(event)) == (channel, message)


def test_who_is_looking():
    assert viewer({"event": {"user": "U1"}}) == "U1"
    assert viewer({"event": {}, "authorizations": [{"user_id": "UBOT", "is_bot": True}]}) == ""


def test_conversations_are_remembered_within_bounds(monkeypatch):
    monkeypatch.setattr(module, "KEPT_PEOPLE", 2)
    panes = Panes()
    for number in range(3):
        assert panes.find("T1", f"U{number}", f"D{number}") == f"D{number}"
    assert [panes.find("T1", f"U{number}", "") for number in range(3)] == ["", "D1", "D2"]
    assert panes.find("T2", "U2", "") == ""

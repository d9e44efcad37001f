"""Tables and other newer blocks: shown where Slack shows them, other blocks where it does not, one try for each."""

from collections.abc import Iterator

import pytest

from srmbot.fake_slack import FakeSlack, Message
from srmbot.slack import shown
from srmbot.slack.manifest import load_manifest
from tests.support.served_app import QUICK, Log, command, over_http, until

QUESTION = "rds and aurora backups"
COMPARISON = "compare rds aurora"
LINES = "• Operating system: RDS AWS, Aurora not there"


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def uses(slack: FakeSlack) -> int:
    """How often response_urls were used, in vain or not."""
    return sum(url.uses for url in slack.workspace.response_urls.values())


@pytest.fixture
def new(log, bot) -> Iterator[FakeSlack]:
    """A workspace of which nothing is known yet."""
    with FakeSlack.from_manifest(load_manifest(), timing=QUICK) as made, over_http(made, bot, shows=()):
        yield made


def first(slack: FakeSlack, log: Log, words: str) -> Message:
    """What the first command in a workspace gets, once the app knows that Slack took it."""
    answer = command(slack, f"/srm {words}")
    until(lambda: log.lines("answered"))
    return answer


def test_a_mention_gets_a_table(slack):
    [answer] = slack.answers(slack.mention(QUESTION))
    assert kinds(answer).count("table") == 1
    assert "RDS · Backups" in answer.text


def test_the_shortcut_gets_one_through_its_response_url(slack):
    slack.message_shortcut("who_owns_this", slack.post(QUESTION))
    [answer] = slack.wait(slack.ephemerals)
    assert "table" in kinds(answer)


@pytest.mark.parametrize(
    ("words", "table"), [(QUESTION, "table"), (COMPARISON, "data_table"), ("matrix", "data_table")]
)
def test_a_command_gets_one_in_its_own_response_where_that_is_known_to_be_shown(slack, words, table):
    delivery = slack.slash(f"/srm {words}")
    assert table in kinds(delivery.message)
    assert uses(slack) == 0


def test_a_comparison_in_a_channel_is_a_table_with_names_for_its_rows(slack):
    [answer] = slack.answers(slack.mention(COMPARISON))
    [table] = [block for block in answer.blocks if block["type"] == "data_table"]
    assert (table["caption"], table["row_header_column_index"]) == ("Where the line moves", 0)
    assert [cell["text"] for cell in table["rows"][1]] == ["Operating system", "AWS", "not there"]
    assert LINES in answer.text


@pytest.mark.parametrize("words", [QUESTION, COMPARISON, "who patches the OS under RDS?"])
def test_the_first_answer_to_a_new_workspace_comes_where_a_refusal_is_heard(new, log, words):
    before = first(new, log, words)
    assert uses(new) == 1
    after = new.slash(f"/srm {words}").message
    assert (kinds(after), after.text, after.viewer) == (kinds(before), before.text, before.viewer)
    assert uses(new) == 1


def test_where_slack_refuses_the_thumbs_the_answer_comes_without_after_one_more_try(new, log):
    new.workspace.not_shown = {"context_actions"}
    answer = first(new, log, "who patches the OS under RDS?")
    assert answer.text.startswith("AWS: RDS · Operating system")
    assert (kinds(answer).count("context_actions"), uses(new)) == (0, 2)
    assert len(log.lines("WARNING block_refused what=invalid_blocks block=context_actions")) == 1
    new.complaints.clear()
    assert kinds(new.slash("/srm who patches the OS under RDS?").message) == kinds(answer)
    assert (uses(new), new.complaints) == (2, [])


def test_a_data_table_that_is_refused_comes_as_a_plain_one(new, log):
    new.workspace.not_shown = {"data_table"}
    answer = first(new, log, COMPARISON)
    assert (kinds(answer), uses(new)) == (["section", "table", "section"], 2)
    assert kinds(new.slash(f"/srm {COMPARISON}").message) == kinds(answer)
    assert uses(new) == 2


def test_where_slack_refuses_every_table_its_lines_come(new):
    new.workspace.not_shown = {"data_table", "table"}
    answer = command(new, f"/srm {COMPARISON}")
    assert (kinds(answer), uses(new)) == (["section"], 3)
    assert LINES in answer.blocks[0]["text"]["text"]


def test_what_was_refused_is_tried_again_after_a_while(new, monkeypatch):
    new.workspace.not_shown = {"context_actions"}
    command(new, "/srm who patches the OS under RDS?")
    new.workspace.not_shown = set()
    monkeypatch.setattr(shown, "BLOCKS_KNOWN_FOR", 0)
    assert "context_actions" in kinds(command(new, "/srm who patches the OS under RDS?"))


def test_one_workspace_says_nothing_of_another():
    known = shown.ShownBlocks()
    known.of("T1").note(["table"], ["data_table"])
    assert known.of("T1").shows(["table"])
    assert known.of("T1").refused == {"data_table"}
    assert not known.of("T2").shows(["table"])
    assert known.of("T2").refused == frozenset()
    assert known.of("T2").shows([])


def test_no_more_workspaces_are_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(shown, "MOST_TEAMS", 2)
    known = shown.ShownBlocks()
    for team in ("T1", "T2", "T2", "T3"):
        known.of(team).note(["table"], [])
    assert sorted(known.said) == ["T3"]


@pytest.mark.parametrize("error", ["invalid_blocks", "invalid_attachments"])
def test_where_slack_refuses_the_table_lines_come(slack, log, error):
    slack.fail_next("chat.postMessage", error=error)
    [answer] = slack.answers(slack.mention(QUESTION))
    assert "table" not in kinds(answer)
    assert "Shared: Aurora · Backups. " in str(answer.blocks)
    until(lambda: log.lines(f"WARNING block_refused what={error} block=table"))
    assert log.lines("unexpected_error") == []


def test_a_response_url_that_refuses_the_table_gets_lines(slack):
    slack.workspace.not_shown = {"table"}
    slack.message_shortcut("who_owns_this", slack.post(QUESTION))
    [answer] = slack.wait(slack.ephemerals)
    assert "Shared: Aurora · Backups. " in str(answer.blocks)
    assert slack.complaints == ["blocks[1].type: table is not supported", "response_url: invalid_blocks"]
    slack.complaints.clear()


def test_what_has_no_table_is_refused_as_before(slack, log):
    slack.fail_next("chat.postMessage", times=2, error="invalid_blocks")  # with thumbs, and without
    [answer] = slack.answers(slack.mention("who patches the OS under RDS?"))
    assert not answer.text.startswith("AWS: RDS")
    assert len(log.lines("ERROR unexpected_error surface=mention")) == 1


def test_a_modal_has_lines(slack):
    assert slack.global_shortcut("ask_question").acknowledged
    [view] = slack.wait(lambda: list(slack.workspace.views.values()))
    slack.submit(view, question=QUESTION)
    shown = [block["type"] for block in view.view["blocks"]]
    assert "table" not in shown
    assert "RDS · Backups" in str(view.view)

"""An answer about several things: a table where Slack shows one, lines where it does not."""

import pytest

from srmbot.fake_slack import Message
from srmbot.fake_slack.model import RefusedError
from tests.support.served_app import until

QUESTION = "rds and aurora backups"


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def test_a_mention_gets_a_table(slack):
    [answer] = slack.answers(slack.mention(QUESTION))
    assert kinds(answer).count("table") == 1
    assert "RDS · Backups" in answer.text


def test_the_shortcut_gets_one_through_its_response_url(slack):
    slack.message_shortcut("who_owns_this", slack.post(QUESTION))
    [answer] = slack.wait(slack.ephemerals)
    assert "table" in kinds(answer)


def test_a_command_gets_lines_because_a_refusal_would_go_unnoticed(slack):
    answer = slack.slash(f"/srm {QUESTION}").message
    assert "table" not in kinds(answer)
    assert "RDS · Backups" in str(answer.blocks)


@pytest.mark.parametrize("error", ["invalid_blocks", "invalid_attachments"])
def test_where_slack_refuses_the_table_lines_come(slack, log, error):
    slack.fail_next("chat.postMessage", error=error)
    [answer] = slack.answers(slack.mention(QUESTION))
    assert "table" not in kinds(answer)
    assert "Shared: Aurora · Backups. " in str(answer.blocks)
    until(lambda: log.lines(f"WARNING block_refused what={error} block=table"))
    assert log.lines("unexpected_error") == []


def test_a_response_url_that_refuses_the_table_gets_lines(slack, monkeypatch):
    take = slack.workspace.add

    def refuse(message: Message) -> Message:
        if message.viewer and "table" in kinds(message):
            raise RefusedError("invalid_blocks")
        return take(message)

    monkeypatch.setattr(slack.workspace, "add", refuse)
    slack.message_shortcut("who_owns_this", slack.post(QUESTION))
    [answer] = slack.wait(slack.ephemerals)
    assert "Shared: Aurora · Backups. " in str(answer.blocks)
    assert slack.complaints == ["response_url: invalid_blocks"]
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

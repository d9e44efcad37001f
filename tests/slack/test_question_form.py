"""The form to ask in: opened, answered in its place in one round trip, and opened again for the next question."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srmbot.fake_slack import view_problems
from tests.slack.test_slash import ODD, PINGS, markup_of
from tests.support.served_app import BOTH, until

QUESTION = "who sets backup retention on rds?"


def opened(slack):
    """The form."""
    slack.workspace.views.clear()
    assert slack.global_shortcut("ask_question").acknowledged
    [view] = slack.wait(lambda: list(slack.workspace.views.values()))
    return view


def verdict(view) -> str:
    """The first line of what is claimed."""
    block = next(each for each in view.view["blocks"] if each["type"] == "section")
    return block["text"]["text"].splitlines()[0]


@BOTH
def test_the_answer_comes_in_the_response_itself(slack, log):
    view = opened(slack)
    assert view_problems(view.view) == []
    slack.api.calls.clear()
    delivery = slack.submit(view, question=QUESTION)
    assert delivery.acknowledged
    assert delivery.json["response_action"] == "update"
    assert slack.calls() == []
    assert view_problems(view.view) == []
    assert view.view["blocks"][0]["elements"] == [{"type": "plain_text", "text": QUESTION}]
    assert verdict(view) == "🔵 *You: RDS · Backups*"
    assert view.view["submit"]["text"] == "Ask another"

    assert slack.submit(view).json["view"]["callback_id"] == "asking"
    slack.submit(view, question="who patches the OS under RDS?")
    assert verdict(view) == "🔶 *AWS: RDS · Operating system*"
    assert slack.calls() == []
    until(lambda: len(log.lines("answered surface=modal")) == 2)
    assert "retention" not in log.text.replace("key=rds.retention", "")


@pytest.mark.parametrize(
    ("service", "head"), [("aurora", "🔵 *You: Aurora · Backups*"), ("rds", "🔵 *You: RDS · Backups*")]
)
def test_the_service_that_was_chosen_is_asked_about(slack, service, head):
    view = opened(slack)
    slack.submit(view, question="who sets backup retention?", service=service)
    assert verdict(view) == head


def test_a_service_that_is_gone_meanwhile_is_left_out(slack, bot):
    view = opened(slack)
    menu = view.view["blocks"][1]["element"]
    menu["options"].append({"text": {"type": "plain_text", "text": "Gone"}, "value": "gone"})
    slack.submit(view, question=QUESTION, service="gone")
    assert verdict(view) == "🔵 *You: RDS · Backups*"


@pytest.mark.parametrize("blank", [" ", "\t  \n", "\u00a0"])
def test_a_blank_question_is_reported_at_its_field(slack, blank):
    view = opened(slack)
    delivery = slack.submit(view, question=blank)
    assert delivery.json == {
        "response_action": "errors",
        "errors": {"question": "Type a question, for example: backups"},
    }
    assert view.view["callback_id"] == "asking"


def test_subcommands_work_as_they_do_elsewhere(slack):
    view = opened(slack)
    slack.submit(view, question="help")
    assert verdict(view).startswith("I say who owns what on AWS")
    assert view_problems(view.view) == []


SLOW = [
    (f"why {QUESTION}", "outcome: sure"),
    ("tips on 09:00", "daily tips belong to a channel, and this is not one (use the command in a channel)"),
]


@pytest.mark.parametrize(("typed", "begins"), SLOW)
def test_what_takes_long_is_acknowledged_first(slack, typed, begins):
    view = opened(slack)
    assert slack.submit(view, question=typed).acknowledged
    assert verdict(view) == "Working it out…"
    assert view_problems(view.view) == []
    slack.wait(lambda: verdict(view).startswith(begins))
    assert slack.submit(view).json["view"]["callback_id"] == "asking"


def test_a_form_that_is_closed_before_a_slow_answer_is_left_alone(slack, log):
    view = opened(slack)
    slack.submit(view, question=f"why {QUESTION}")
    slack.workspace.views.clear()
    until(lambda: log.lines("modal_closed surface=modal"))
    assert log.lines("ERROR") == []


def test_what_is_not_known_is_said(slack):
    view = opened(slack)
    slack.submit(view, question="what's for lunch?")
    assert verdict(view) == "I only know AWS: who does what there, AWS or you. I can't answer for anything else."


class AsMessage:
    """A view where `markup_of` looks for text."""

    def __init__(self, view) -> None:
        self.text, self.blocks = "", view.view["blocks"]


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_text_gets_a_valid_answer(slack, text):
    view = opened(slack)
    assert slack.submit(view, question=text).acknowledged
    assert view_problems(view.view) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1), st.sampled_from(PINGS))
def test_any_text_gets_a_valid_answer_that_pings_nobody(slack, text, ping):
    view = opened(slack)
    text = text.encode("utf-8", "replace").decode() + ping
    assert slack.submit(view, question=text).acknowledged
    assert view_problems(view.view) == []
    assert ping not in markup_of(AsMessage(view))

"""Views: within Slack's limits, whatever the knowledge and the answer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.fake_slack import view_problems
from srmbot.model import Knowledge, Service
from srmbot.render import home, views


def knowing(count: int, name: str = "S") -> Knowledge:
    """Knowledge of so many services."""
    services = [Service(f"s{n}", f"{name}{n}", "Amazon S", "A service.", (), (), False, None) for n in range(count)]
    return Knowledge({each.slug: each for each in services}, {}, (), (), "0" * 16)


@pytest.mark.parametrize("count", [0, 1, 100, 101, 1500])
@pytest.mark.parametrize("name", ["S", "Long <&> name " * 20])
def test_any_number_of_services_fits(count, name):
    known = knowing(count, name)
    assert view_problems(home.home_view(known, home.HomeContent())) == []
    assert view_problems(views.question_form(known)) == []


def test_what_comes_with_srmbot_fits(full):
    assert view_problems(home.home_view(full.knowledge, home.HomeContent())) == []
    for service in full.knowledge.services:
        assert view_problems(home.service_view(full.knowledge, service)) == []
    form = views.question_form(full.knowledge)
    assert view_problems(form) == []
    assert len(form["blocks"][1]["element"]["options"]) == len(full.knowledge.services) - 1  # `general` is none
    for entry in full.knowledge.entries.values():
        assert view_problems(views.answer_view(full.state.choose(entry.id))) == []


def test_an_echo_is_only_there_where_a_question_was_typed(full):
    answer = replace(full.state.choose("rds/backups"), question="rds backups?")
    assert views.answer_view(answer)["blocks"][0]["elements"][0]["text"] == "rds backups?"
    assert views.answer_view(answer, echo=False)["blocks"][0]["type"] == "section"


@given(st.text(max_size=5000), st.text(max_size=5000))
def test_a_note_stands_above_what_was_there_and_only_once(first, second):
    view = views.answer_view("An answer.")
    noted = views.with_note(views.with_note(view, f"!{first}"), f"!{second}")
    assert len(noted["blocks"]) == len(view["blocks"]) + 1
    assert noted["blocks"][1:] == view["blocks"]
    assert noted["blocks"][0]["text"]["text"].startswith("!")
    assert view_problems(noted) == []

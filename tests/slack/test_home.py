"""The Home tab: what it shows, and that each of its buttons answers."""

import pytest

from srmbot.fake_slack import view_problems
from srmbot.render.words import EXAMPLE_QUESTIONS
from tests.support.served_app import BOTH, over_http, until


def opened(slack):
    """A person's Home tab, once it has been published."""
    assert slack.open_home().acknowledged
    slack.wait(slack.home)
    return slack.workspace.homes[slack.user.id]


def texts(view) -> list[str]:
    """The text of its headers, sections and small print, in order."""
    small = [block["elements"][0] if block["type"] == "context" else block.get("text", {}) for block in view["blocks"]]
    return [each["text"] for each in small if "text" in each]


@BOTH
def test_it_says_what_can_be_asked_and_what_is_known(slack, bot):
    view = opened(slack).view
    assert view_problems(view) == []
    header, what, tips, title, counted, services, where, small = texts(view)
    assert header == "Who owns this on AWS?"
    assert what.splitlines() == [
        "I say who owns what on AWS: AWS, you, or both.",
        "With the reason, and the AWS page that says so.",
    ]
    assert tips.startswith("*Your tips*\nNone yet.")
    assert title == "Services"
    assert counted == "How many topics of each are AWS's, yours, or both's. A button shows which."
    assert services.splitlines() == ["*Others*", "RDS: AWS 2, both 4", "Aurora: AWS 1, both 4"]
    assert where.startswith("*Where you can ask*")
    version = bot.knowledge.version[:7]
    assert small == f"Knowledge {version}: 17 duties on 2 services. No language model. Your questions are not stored."
    assert [call.params["user_id"] for call in slack.calls("views.publish")] == [slack.user.id]


def test_the_other_tab_gets_nothing(bare, bot):
    with over_http(bare, bot):  # at its end all is done
        assert bare.open_home(tab="messages").acknowledged
        assert bare.open_home(bare.other).acknowledged
    assert [call.params["user_id"] for call in bare.calls("views.publish")] == [bare.other.id]


def test_each_person_has_their_own(slack):
    opened(slack)
    assert slack.open_home(slack.other).acknowledged
    slack.wait(lambda: slack.home(slack.other))
    assert slack.home(slack.other) == slack.home()


@pytest.mark.parametrize("text", ["rds backups", "who patches the database?", "services"])
def test_what_is_typed_in_the_box_is_answered_in_a_modal(slack, text):
    home = opened(slack)
    assert slack.click_view(home, "search", text).acknowledged
    view = modal(slack)
    assert view_problems(view) == []
    assert view["callback_id"] == "answered"
    if text != "services":
        assert texts(view)[0] == text


def test_an_empty_box_asks_nothing(slack):
    assert slack.click_view(opened(slack), "search", "  ").acknowledged
    assert slack.workspace.modals(slack.user.id) == []


def test_a_service_opens_its_line_and_a_topic_its_answer(slack):
    home = opened(slack)
    assert slack.click_view(home, "service:rds", "rds").acknowledged
    [held] = slack.wait(lambda: slack.workspace.modals(slack.user.id))
    assert view_problems(held.view) == []
    _, aws, both = texts(held.view)
    assert aws.splitlines() == ["*AWS does*", "• Physical security", "• Operating system"]
    assert "• Backups" in both.splitlines()
    assert slack.click_view(held, "home_topic", "rds/backups").acknowledged
    slack.wait(lambda: "Shared: RDS · Backups" in texts(held.view)[0])
    assert view_problems(held.view) == []


def test_a_service_that_is_gone_is_reported(slack):
    home = opened(slack)
    for block in home.view["blocks"]:
        for element in block.get("elements", []):
            if element.get("action_id") == "service:rds":
                element["value"] = "gone"
    assert slack.click_view(home, "service:rds", "gone").acknowledged
    assert texts(modal(slack))[0].startswith("That answer no longer exists.")


def modal(slack):
    """The modal that a person has open."""
    [held] = slack.wait(lambda: slack.workspace.modals(slack.user.id))
    return held.view


@BOTH
def test_its_button_opens_the_form(slack):
    home = opened(slack)
    assert slack.click_view(home, "ask").acknowledged
    [view] = slack.wait(lambda: [each for each in slack.workspace.views.values() if each.view["type"] == "modal"])
    assert (view.view["callback_id"], view.user) == ("asking", slack.user.id)


@pytest.mark.parametrize("number", range(len(EXAMPLE_QUESTIONS)))
def test_an_example_opens_its_answer(slack, log, number):
    home = opened(slack)
    assert slack.click_view(home, f"example:{number}").acknowledged
    [view] = slack.wait(lambda: [each for each in slack.workspace.views.values() if each.view["type"] == "modal"])
    echo, *answer = texts(view.view)
    assert echo == EXAMPLE_QUESTIONS[number]
    assert answer
    assert view_problems(view.view) == []
    slack.submit(view)
    assert view.view["callback_id"] == "asking"
    until(lambda: log.lines("answered surface=example"))
    assert f'"{EXAMPLE_QUESTIONS[number]}"' not in log.text


def test_it_shows_what_is_known_when_it_is_opened(slack, bot, monkeypatch):
    first = texts(opened(slack).view)[-1]
    changed = type(bot.knowledge)(bot.knowledge.services, {}, (), (), "f" * 16)
    monkeypatch.setattr(bot, "state", type(bot.state)(changed, bot.state.matcher))
    before = len(slack.calls("views.publish"))
    assert slack.open_home().acknowledged
    slack.wait(lambda: len(slack.calls("views.publish")) > before and texts(slack.home())[-1] != first)
    assert texts(slack.home())[-1].startswith("Knowledge fffffff: 0 duties on 2 services.")

"""A tip as text, as blocks, as one line; and the form behind its button."""

from dataclasses import replace

import pytest

from srmbot.fake_slack import message_problems, view_problems
from srmbot.model import Owner, Team
from srmbot.render.tip import Tip, as_line, as_message, as_text, is_tip, make_tip, read_duty
from srmbot.render.tip_form import TipForm, as_view
from tests.test_tips import duty

PAGE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html"
YOURS = replace(
    duty(1),
    owner=Owner.CUSTOMER,
    duty="Turn it on",
    why="Else it is off.",
    tip="It is off until you turn it on.",
    source=(PAGE, "https://example.com/b"),
)
TITLES = ("Multi AZ", "b")
TEAM = Team("Databases", "rds", None, "#databases", "https://wiki.example.com/rds")


def test_text_is_complete():
    assert as_text(Tip(YOURS, "RDS · Backups", TITLES, TEAM)).splitlines() == [
        "Who owns what: RDS · Backups",
        "It is off until you turn it on.",
        "You turn it on. Else it is off.",
        "On your side: Databases · #databases · https://wiki.example.com/rds",
        f"AWS says so: Multi AZ {PAGE}",
        "Source: b https://example.com/b",
        "More: /srm rds backups · other topics or times: /srm tips",
    ]


def test_blocks_say_the_same_and_can_be_clicked():
    message = as_message(Tip(YOURS, "RDS · Backups", TITLES, TEAM))
    assert message_problems(message) == []
    fact, whose, small, buttons = message["blocks"]
    assert fact["text"]["text"] == "*Who owns what: RDS · Backups*\nIt is off until you turn it on."
    assert whose["text"]["text"] == "You turn it on. Else it is off."
    assert small["elements"][0]["text"] == (
        "On your side: Databases · #databases · <https://wiki.example.com/rds|Runbook>"
        f" · AWS says so: <{PAGE}|Multi AZ> · Source: <https://example.com/b|b>"
    )
    assert [(each["action_id"], each["text"]["text"], each["value"]) for each in buttons["elements"]] == [
        ("tip_entry", "Who owns what here?", "rds/backups"),
        ("tip_less", "Fewer or other tips", "rds"),
    ]


def test_what_nobody_has_checked_says_so():
    tip = Tip(replace(YOURS, checked=False), "RDS · Backups", TITLES)
    assert "Nobody has checked this against an AWS page yet." in as_text(tip)
    assert "Nobody has checked this" in as_message(tip)["blocks"][2]["elements"][0]["text"]


def test_nothing_in_a_tip_pings_anybody():
    message = as_message(Tip(replace(YOURS, tip="<!channel> & <@U1>.", why="<!here>."), "RDS <#C1>", TITLES))
    assert message_problems(message) == []
    for text in (message["text"], *(block["text"]["text"] for block in message["blocks"][:2])):
        assert "<!" not in text
        assert "<@" not in text
        assert "<#" not in text


def test_a_line_has_whose_it_is_and_where_it_stands():
    assert as_line(Tip(YOURS, "RDS · Backups", TITLES)) == (
        f"You: RDS · Backups · It is off until you turn it on. {PAGE}"
    )


def test_every_tip_can_be_sent(known):
    """183 of them today: each within Slack's limits, with a page, and of every service that has duties."""
    tips = [make_tip(each, known) for each in known.duties if each.tip]
    assert len(tips) >= 120
    assert {tip.duty.service for tip in tips} == {each.service for each in known.duties}
    for tip in tips:
        assert message_problems(as_message(tip)) == [], tip.duty.at
        assert tip.duty.source, tip.duty.at
        assert len(as_text(tip)) < 1500, tip.duty.at
        assert as_message(tip)["text"].count("\n") >= 4


FORM = TipForm([("rds", "RDS"), ("aurora", "Aurora")], ["rds"], frozenset((0, 6)), "09:00", "Europe/Lisbon", "T1/C1")


@pytest.mark.parametrize(
    "form", [FORM, replace(FORM, services=[]), replace(FORM, names=[(f"s{n}", "x" * 90) for n in range(150)])]
)
def test_form_is_within_slacks_limits(form):
    assert view_problems(as_view(form)) == []


def test_form_holds_what_is_set():
    view = as_view(FORM)
    assert (view["callback_id"], view["private_metadata"]) == ("tip_form", "T1/C1")
    inputs = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert [each["text"]["text"] for each in inputs["services"]["initial_options"]] == ["RDS"]
    assert [each["text"]["text"] for each in inputs["days"]["initial_options"]] == ["Monday", "Sunday"]
    assert (
        "initial_options"
        not in {block["block_id"]: block["element"] for block in as_view(replace(FORM, services=[]))["blocks"][1:]}[
            "services"
        ]
    )


def test_every_tip_is_known_by_its_message(full):
    known = full.state.knowledge
    tips = [duty for duty in known.duties if duty.tip]
    texts = [as_message(make_tip(duty, known))["text"] for duty in tips]
    assert [read_duty(text, known) for text in texts] == tips
    assert all(is_tip(text) for text in texts)
    assert read_duty("Who owns what: RDS · Backups\nA tip that is gone.\nYou …", known) is None
    assert read_duty(f"Shared: RDS · Backups\n{tips[0].tip}", known) is None

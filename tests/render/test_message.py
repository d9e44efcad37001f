"""The message that a channel gets: short, whose it is at a glance, every control with a label of its own."""

from dataclasses import replace

import pytest

from srmbot.answer import Outcome, make_alternative
from srmbot.fake_slack import message_problems, view_problems
from srmbot.form import read_form
from srmbot.model import Team
from srmbot.reading import answer_for
from srmbot.render.blocks import Action
from srmbot.render.carried import LIMIT, Carried, read_carried
from srmbot.render.details import details_view
from srmbot.render.labels import short_labels
from srmbot.render.message import Setting, as_blocks, as_message, as_read_by
from srmbot.render.tables import TABLES
from srmbot.render.words import EXAMPLE_QUESTIONS
from tests.support.labelled import FOLDER, read
from tests.support.on_screen import labels, said_twice, spread, texts, words

TEAM = Team("Databases", "rds", None, "#db", "https://wiki.example.com/db", channel_id="C0DATABASE")


@pytest.fixture(scope="module")
def answers(full):
    """What the golden questions get."""
    return [answer for row in read(FOLDER) if (answer := full.state.reply(row.text, row.thread)).answered]


INSIDE = Setting(internal=True)


def with_team(bot, key):
    """An answer whose customer's side is a team's."""
    return answer_for(key, replace(bot.knowledge, teams=(TEAM,)))


def test_a_message_is_read_at_a_glance(answers):
    median, most = spread([words(as_blocks(answer, tables=TABLES)) for answer in answers])
    assert (median <= 40, most <= 65) == (True, True), (median, most)


def test_labels_are_short_and_no_two_of_a_row_alike(answers):
    rows = [row for answer in answers for row in labels(as_blocks(answer, Setting(asker="U1")))]
    assert [row for row in rows if len(set(row)) < len(row) or max(map(len, row)) > 30] == []


def test_hardly_a_duty_is_said_twice(answers):
    twice = [answer.question for answer in answers if not answer.parts and said_twice(answer, as_blocks(answer))]
    assert len(twice) <= 1, twice


def test_no_address_is_read_out_and_slack_takes_all(answers):
    for answer in answers:
        message = as_message(answer, Setting(alone=True, internal=True), echo=True)
        assert "https://" not in message["text"]
        assert message_problems(message) == []
        assert view_problems(details_view(answer)) == [], answer.question


HEADLINES = [
    # key, what the message begins with
    ("rds.os-patch", "🔶 *AWS: RDS · Operating system*"),
    ("rds.retention", "🔵 *You: RDS · Backups* · Databases <#C0DATABASE>"),
    ("rds/backups", "🟪 *Shared: RDS · Backups*"),
    ("rds/backups@aws,aurora/backups@customer", "🔶🔵 *Shared: RDS and Aurora · Backups*"),
]


@pytest.mark.parametrize(("key", "line"), HEADLINES)
def test_the_first_line_says_whose_it_is(bot, key, line):
    assert as_blocks(with_team(bot, key), INSIDE)[0]["text"]["text"].split("\n")[0] == line


def test_doubt_stands_in_the_headline(bot):
    guess, other = bot.state.choose("rds.os-patch"), bot.state.choose("rds/backups")
    answer = replace(guess, outcome=Outcome.CHOICE, alternatives=(make_alternative(other.match, bot.knowledge),))
    first, *_, caption, row, _ = as_blocks(answer)
    assert first["text"]["text"].startswith("🔶 *Probably AWS: RDS · Operating system*\n")
    assert caption["elements"][0]["text"] == "Meant something else?"
    assert labels([row]) == [["✓ AWS: RDS · Operating system", "Shared: RDS · Backups"]]


def test_a_keyword_gets_both_sides_as_lists_with_the_team_in_the_heading(bot):
    answer = replace(bot.state.reply("rds backups"), knowledge=replace(bot.knowledge, teams=(TEAM,)))
    lists = as_blocks(answer, INSIDE)[1]["elements"]
    assert [each["type"] for each in lists] == ["rich_text_section", "rich_text_list"] * 2
    assert [each["elements"][0]["text"] for each in lists[::2]] == ["AWS does", "You do"]
    assert lists[2]["elements"][1:] == [
        {"type": "text", "text": " · Databases "},
        {"type": "channel", "channel_id": "C0DATABASE"},
    ]
    assert all(1 <= len(each["elements"]) <= 2 for each in lists[1::2])


def test_the_page_is_named_by_its_title_and_date(bot):
    context = next(block for block in as_blocks(bot.state.choose("rds.retention")) if block["type"] == "context")
    assert context["elements"][0]["text"].endswith(
        "|Backup retention period> · AWS page, 2023-06, may have changed since"
    )


VERBS = [
    # where, the labels
    (INSIDE, ["Details", "Ask Databases"]),
    (Setting(alone=True, internal=True), ["Details", "Share here", "Ask Databases"]),
    (Setting(), ["Details"]),
    (Setting(modal=True, internal=True), ["Details"]),
]


@pytest.mark.parametrize(("setting", "shown"), VERBS)
def test_at_most_three_verbs_and_those_that_fit(bot, setting, shown):
    assert labels(as_blocks(with_team(bot, "rds.retention"), setting)) == [shown]


def test_no_team_is_named_where_others_may_read_along(bot):
    for key in ("rds.retention", "rds/backups", "rds.retention,aurora/backups"):
        answer = replace(with_team(bot, key), form=read_form("who in our team sets the backup retention on rds?"))
        assert "Databases" in str([as_message(answer, INSIDE), details_view(answer)])
        shown = str([as_message(answer), details_view(as_read_by(answer, Setting()))])
        for told in ("Databases", "#db", TEAM.channel_id, "wiki.example.com"):
            assert told not in shown, key


def test_the_asker_may_take_it_back(bot):
    *_, verbs = as_blocks(with_team(bot, "rds.retention"), Setting(asker="U0ANA"))
    menu = verbs["elements"][-1]
    assert (menu["type"], menu["action_id"]) == ("overflow", Action.OWN)
    assert [option["value"] for option in menu["options"]] == ["back:U0ANA", "anew:U0ANA"]


def test_a_whole_service_has_its_topics_as_a_menu(bot):
    *_, menu, verbs = as_blocks(bot.state.choose("rds"))
    [topics] = menu["elements"]
    assert [option["text"]["text"] for option in topics["options"]][:3] == [
        "All of RDS",
        "Physical security",
        "Operating system",
    ]
    assert {option["description"]["text"] for option in topics["options"][1:]} == {"AWS", "both"}
    assert "initial_option" not in topics
    assert labels([verbs]) == [["Matrix"]]
    chosen = as_blocks(bot.state.choose("rds/backups"), Setting(service="rds"))[-2]["elements"][0]
    assert chosen["initial_option"]["value"] == "rds/backups"


def test_the_details_of_a_service_are_its_matrix(bot):
    _, matrix = details_view(bot.state.choose("rds"))["blocks"]
    headings = [each["elements"][0]["text"] for each in matrix["elements"] if each["type"] == "rich_text_section"]
    assert headings == ["AWS", "Both"]


def test_the_details_have_what_the_message_leaves_out(bot):
    shown = "\n".join(texts(details_view(with_team(bot, "rds.retention"))["blocks"]))
    for said in (
        "AWS does",
        "You do · Databases",
        "Take manual snapshots",
        "Next",
        "Set BackupRetentionPeriod with modify-db-instance.",
        "Security Hub control RDS.11",
        "On similar services",
        "Both: Aurora",
        "Pages",
        "Runbook",
    ):
        assert said in shown, said


def test_labels_that_would_look_alike_are_numbered(bot):
    one = bot.state.choose("rds.retention")
    twins = [
        replace(one, match=replace(one.match, duty=replace(one.duty, duty=f"Keep the long history of row {n}")))
        for n in (1, 2)
    ]
    assert short_labels(twins) == ["1. You: Keep the long…", "2. You: Keep the long…"]


CARRIED = [
    Carried(("rds/backups@aws+rds.retention", "rds"), "who?\nand\n\nwhy?", internal=True),
    Carried(("rds.retention",)),
    Carried(("rds",), "a|b", internal=False),
]


@pytest.mark.parametrize("carried", CARRIED)
def test_what_is_carried_comes_back(carried):
    assert read_carried(carried.as_value()) == carried


def test_what_is_too_long_to_carry_loses_the_end_of_the_question_and_then_what_is_near():
    long = Carried(("rds/backups@aws" + "+rds.retention" * 200, "aurora/backups@aws~x"), "q" * 5000)
    assert len(long.as_value()) == LIMIT
    assert read_carried(long.as_value()).keys == ("rds/backups@aws", "aurora/backups@aws")
    assert read_carried("rds/backups|aurora").keys == ("rds/backups", "aurora")  # as it was carried before


def test_what_claims_nothing_offers_examples_to_click(bot):
    said, caption, row = as_blocks(bot.state.reply("hello!"))
    assert said["text"]["text"].startswith("Hello!")
    assert caption["elements"][0]["text"] == "You could ask:"
    assert [each["value"] for each in row["elements"]] == list(EXAMPLE_QUESTIONS)
    assert [each["action_id"] for each in row["elements"]] == [f"{Action.EXAMPLE}:{number}" for number in range(3)]
    assert len(as_blocks(bot.state.reply("thanks, that helped"))) == 1


LABELS = [
    # topics and services, the labels of their readings
    (["rds/backups", "rds/monitoring"], ["Shared: RDS · Backups", "Shared: RDS · Monitoring"]),
    (["rds/high-availability", "rds/backups"], ["Shared: High availability", "Shared: Backups"]),
    (["rds/backups@aws", "aurora/backups"], ["AWS: RDS · Backups", "Shared: Aurora · Backups"]),
    (["rds/high-availability", "aurora/backups"], ["Shared: RDS · High…", "Shared: Aurora · Backups"]),
    (["rds.retention", "rds.manual-snapshot"], ["You: set the backup…", "You: take manual…"]),
]


@pytest.mark.parametrize(("keys", "shown"), LABELS)
def test_a_label_says_what_tells_the_readings_apart(bot, keys, shown):
    assert short_labels([bot.state.choose(key) for key in keys]) == shown

"""One answer, three forms: all say the same, and stay within Slack's limits."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmbot.answer import Answer, Outcome
from srmbot.fake_slack import message_problems
from srmbot.model import Owner, Team
from srmbot.render import words
from srmbot.render.blocks import BETWEEN, as_blocks, as_message, escape, notice, page_title, shorten_escaped
from srmbot.render.json import as_json
from srmbot.render.text import as_text
from tests.support.labelled import read

GOLDEN = Path(__file__).parents[1] / "questions"
QUESTIONS = [
    "backups",
    "rds",
    "who patches the OS under RDS?",
    "aurora incident response",
    "hello",
    "",
    "rds oracle tls?",
]
KEYS = (
    "id text outcome answered owner service topic entry duty confidence summary aws customer facts team sources"
    " alternatives knowledge"
).split()


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_key_is_always_there(full, question):
    found = as_json(full.state.reply(question), "q1")
    assert list(found) == KEYS
    assert (found["id"], found["text"]) == ("q1", question)
    assert found["answered"] is (found["outcome"] != "unknown")
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("question", QUESTIONS)
def test_text_and_blocks_say_the_same(full, question):
    answer = full.state.reply(question)
    text, blocks = as_text(answer), json.dumps(as_blocks(answer), ensure_ascii=False)
    for said in (*answer.aws, *answer.customer, *answer.sources, *(other.label for other in answer.alternatives)):
        if answer.outcome is Outcome.UNKNOWN or (answer.outcome is Outcome.SURE and said not in text):
            continue
        assert said in text
        assert escape(said) in blocks
    if answer.answered:
        assert text.startswith(words.verdict_line(answer))


def test_every_answer_fits_slack(full):
    for entry in full.knowledge.entries.values():
        assert message_problems(as_message(full.state.choose(entry.id), echo=True)) == []
    for duty in full.knowledge.duties:
        assert message_problems(as_message(full.state.choose(duty.id))) == []


TEXTS = st.text(min_size=1, max_size=5000)
ANSWERS = st.builds(
    Answer,
    outcome=st.sampled_from([Outcome.SURE, Outcome.CHOICE]),
    question=TEXTS,
    confidence=st.floats(0, 1),
    owner=st.sampled_from(Owner),
    key=st.just("rds/backups"),
    label=TEXTS,
    summary=TEXTS,
    opening=TEXTS,
    facts=st.lists(TEXTS, max_size=3).map(tuple),
    aws=st.lists(TEXTS, max_size=6).map(tuple),
    customer=st.lists(TEXTS, max_size=6).map(tuple),
    team=st.none() | st.builds(Team, TEXTS, st.none(), st.none(), TEXTS, st.none()),
    sources=st.just(("https://docs.aws.amazon.com/a.html",)),
)


@settings(deadline=None, max_examples=100)
@given(ANSWERS)
def test_any_answer_fits_slack_and_pings_nobody(answer):
    message = as_message(answer, echo=True)
    assert message_problems(message) == []
    marked = json.dumps([block for block in message["blocks"] if block["type"] != "actions"])
    assert "<!" not in marked
    assert "<@" not in marked


@given(st.text(), st.integers(10, 60))
def test_cutting_never_leaves_half_an_escaped_sign(text, most):
    short = shorten_escaped(escape(text), most)
    assert len(short) <= most
    rest = short.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert "&" not in rest


def test_choice_has_the_best_guess_among_its_buttons(full):
    questions = (row.text for row in read(GOLDEN))
    answer = next(found for text in questions if (found := full.state.reply(text)).outcome is Outcome.CHOICE)
    (actions,) = [block for block in as_blocks(answer) if block["type"] == "actions"]
    labels = [button["text"]["text"] for button in actions["elements"]]
    assert labels[0].startswith(answer.label)
    assert 2 <= len(labels) <= 3


def test_no_two_buttons_say_or_ask_the_same(full):
    for row in read(GOLDEN):
        for block in as_blocks(full.state.reply(row.text)):
            buttons = block["elements"] if block["type"] == "actions" else []
            assert len({button["text"]["text"] for button in buttons}) == len(buttons), row.text
            assert len({button["value"].split(BETWEEN)[0] for button in buttons}) == len(buttons), row.text


def test_unknown_offers_what_can_be_asked(full):
    text = as_text(full.state.reply("how was your weekend?"))
    assert text.startswith("I don't know who owns that.")
    assert "You could ask: " in text


@pytest.mark.parametrize("example", words.EXAMPLES)
def test_what_is_offered_is_answered_plainly(full, example):
    assert full.state.reply(example).outcome is Outcome.SURE


def test_notice_escapes():
    assert notice("a < b & <!channel>")["text"] == "a &lt; b &amp; &lt;!channel&gt;"


GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/"
PAGES = [
    # address, name
    (f"{GUIDE}UserGuide/USER_PIT.html#x", "PIT"),
    (
        f"{GUIDE}UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html",
        "Working With Automated Backups: Backup Retention",
    ),
    (f"{GUIDE}APIReference/API_CreateDBInstance.html", "CreateDBInstance (API)"),
    ("https://aws.amazon.com/compliance/shared-responsibility-model/", "shared responsibility model"),
    ("https://example.com", "example: com"),
    ("https://example.com/USER_.html", "https://example.com/USER_.html"),
]


@pytest.mark.parametrize(("page", "name"), PAGES)
def test_page_is_named_by_its_last_part(page, name):
    assert page_title(page) == name


def test_every_page_of_ours_has_a_name_to_be_read(full):
    names = {page_title(page) for duty in full.knowledge.duties for page in duty.source}
    assert not [name for name in names if not name or "_" in name or "|" in name or name != name.strip()]

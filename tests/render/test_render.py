"""One answer, three forms: all say the same, and stay within Slack's limits."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmbot.answer import Answer, Outcome, make_alternative
from srmbot.decide import with_reply
from srmbot.fake_slack import message_problems, view_problems
from srmbot.form import Ask, read_form
from srmbot.model import Boundary, Duty, Entry, Knowledge, Owner, Reply, Service, Team, Topic
from srmbot.render import words
from srmbot.render.blocks import escape, link, notice, shorten_escaped
from srmbot.render.carried import read_carried
from srmbot.render.details import details_view
from srmbot.render.json import as_json
from srmbot.render.message import Setting, as_blocks, as_message
from srmbot.render.point import glance, point
from srmbot.render.sections import SECTIONS, sections, sources, titles
from srmbot.render.statement import statement
from srmbot.render.text import as_text
from srmbot.search.matcher import Matcher
from srmbot.search.matches import Match
from tests.support.labelled import FOLDER, read

LISTED = ("next", "aws", "customer", "facts", "evidence")  # sections that the details list as they are
QUESTIONS = [
    "backups",
    "rds",
    "who patches the OS under RDS?",
    "aurora incident response",
    "do we have to patch the OS under RDS?",
    "Multi-AZ is a backup, right?",
    "rds and dynamodb backups",
    "who upgrades the version of dynamodb?",
    "how do we prove that rds is encrypted?",
    "hello",
    "",
    "rds oracle tls?",
]
KEYS = (
    "id text outcome answered reply owner service variant topic entry duty confidence summary next evidence parts aws"
    " customer facts team sources source_titles alternatives reason say knowledge"
).split()


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_key_is_always_there(full, question):
    found = as_json(full.state.reply(question), "q1")
    assert list(found) == KEYS
    assert (found["id"], found["text"]) == ("q1", question)
    assert found["answered"] is (found["outcome"] != "unknown")
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_claimed_and_what_is_said_instead_exclude_each_other(full, question):
    found = as_json(full.state.reply(question))
    claims, instead = ("owner", "summary"), ("reason", "say")
    assert [found[key] is not None for key in claims] == [found["answered"]] * 2
    assert [found[key] is None for key in instead] == [found["answered"]] * 2
    assert len(found["source_titles"]) == len(found["sources"])
    if found["parts"]:
        assert (found["entry"], found["duty"]) == (None, None)
    if not found["answered"]:
        nothing = ("reply", "service", "variant", "topic", "entry", "duty", "next", "team")
        assert [found[key] for key in nothing] == [None] * len(nothing)
        lists = ("evidence", "parts", "aws", "customer", "facts", "sources", "source_titles")
        assert [found[key] for key in lists] == [[]] * len(lists)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_text_has_what_the_message_and_its_details_say(full, question):
    answer = full.state.reply(question)
    details = details_view(answer)["blocks"] if answer.answered else []
    text, blocks = as_text(answer), json.dumps([*as_blocks(answer), *details], ensure_ascii=False)
    if answer.outcome is Outcome.UNKNOWN:
        said = [words.say(answer), *words.suggestions(answer)]
    else:
        said = [words.verdict_line(answer), *sources(answer), *titles(answer)]
        of_topic = [] if answer.topic is None and not answer.parts else list(sections(answer))
        said += [line for each in of_topic if each.name in LISTED for line in each.lines]
        assert text.startswith(words.verdict_line(answer))
        assert point(answer) in text
        assert point(answer).startswith(glance(answer)[:20])
    for each in said:
        assert each in text
        assert {json.dumps(form, ensure_ascii=False)[1:-1] in blocks for form in (each, escape(each))} != {False}


def test_every_section_has_something_to_say_of_some_answer(bot, full):
    asked = [*QUESTIONS, "rds backups", "who switches on enhanced monitoring on rds?", "aurora failover"]
    found = {
        each.name for state in (bot.state, full.state) for text in asked for each in sections_of(state.reply(text))
    }
    assert set(SECTIONS) - {"team"} == found
    known = replace(bot.knowledge, teams=(Team("Databases", None, None, None, None),))
    assert "team" in {each.name for each in sections_of(replace(bot.state.choose("rds.retention"), knowledge=known))}


def sections_of(answer):
    """The sections of an answer; none of one that claims nothing."""
    return list(sections(answer)) if answer.answered else []


UNCHECKED = [
    # question, the duty that has not been checked
    ("rds monitoring", "rds.alarms"),
    ("rds monitoring", "rds.metrics"),
    ("rds backups and monitoring", "rds.metrics"),
    ("who sets the alarms on rds?", "rds.alarms"),
]


@pytest.mark.parametrize(("question", "unchecked"), UNCHECKED)
def test_what_nobody_has_checked_is_marked_wherever_an_answer_opens_with_it(bot, question, unchecked):
    known = bot.knowledge
    duties = [
        replace(each, checked=each.id != unchecked) for each in known.duties if each.id != "rds.enhanced-monitoring"
    ]
    known = replace(known, duties=tuple(duties))
    state = replace(bot.state, knowledge=known, matcher=Matcher(known, bot.state.matcher.weights))
    answer = state.reply(question)
    assert statement(known.by_id[unchecked]) in as_text(answer)
    assert words.UNCHECKED in as_text(answer)


def test_every_answer_fits_slack(full):
    for entry in full.knowledge.entries.values():
        assert message_problems(as_message(full.state.choose(entry.id), echo=True)) == []
    for duty in full.knowledge.duties:
        assert message_problems(as_message(full.state.choose(duty.id))) == []


def test_every_belief_fits_slack(full):
    for each in full.knowledge.boundaries:
        match = Match(each.service, each.topic, each.owner, None, None, 1.0)
        answer = Answer(Outcome.SURE, each.belief, 1.0, full.knowledge, read_form(f"{each.belief}, right?"), match)
        message = as_message(with_reply(replace(answer, boundary=each)), echo=True)
        assert message_problems(message) == [], each.id
        assert escape(each.because) in message["text"]


TEXTS = st.text(min_size=1, max_size=5000).filter(str.strip)
FEW = st.lists(TEXTS, max_size=3).map(tuple)
PAGE = "https://docs.aws.amazon.com/a.html"
DUTIES = st.builds(
    Duty,
    id=st.uuids().map(lambda made: f"rds.{made}"),
    service=st.just("rds"),
    topic=st.just("backups"),
    owner=st.sampled_from([Owner.AWS, Owner.CUSTOMER]),
    duty=TEXTS,
    why=TEXTS,
    facts=FEW,
    source=st.just((PAGE,)),
    checked=st.booleans(),
    does=st.none() | TEXTS,
    next=st.none() | TEXTS,
    checked_by=FEW,
    proof=FEW,
)
TEAM_IDS = st.none() | st.just("C0123456789")
TEAMS = st.builds(Team, TEXTS, st.none(), st.none(), st.none() | TEXTS, st.none(), channel_id=TEAM_IDS)
BELIEFS = st.builds(
    Boundary,
    id=st.just("rds.b"),
    service=st.just("rds"),
    topic=st.just("backups"),
    belief=TEXTS,
    reply=st.sampled_from(Reply),
    owner=st.sampled_from(Owner),
    because=TEXTS,
    next=st.none() | TEXTS,
    source=st.just((PAGE,)),
)


@st.composite
def answers(draw):
    """An answer of any kind, of any texts."""
    duties = tuple(draw(st.lists(DUTIES, min_size=1, max_size=6)))
    name, title = draw(TEXTS), draw(TEXTS)
    known = Knowledge(
        {"rds": Service("rds", name, name, name, (), (), False)},
        {"backups": Topic("backups", title, ())},
        duties,
        tuple(draw(st.lists(TEAMS, max_size=1))),
        "0" * 16,
        titles=draw(st.sampled_from([{}, {PAGE: name}])),
    )
    entry = Entry("rds", "backups", duties)
    duty = draw(st.none() | st.sampled_from(duties))
    owner = duty.owner if duty else draw(st.sampled_from(Owner))
    form = replace(read_form(draw(TEXTS)), asks=frozenset(draw(st.lists(st.sampled_from(Ask), max_size=3))))
    match = Match("rds", draw(st.sampled_from(["backups", None])), owner, None, None, 1.0)
    if match.topic:
        match = replace(match, entry=entry, duty=duty)
    outcome = draw(st.sampled_from([Outcome.SURE, Outcome.CHOICE]))
    answer = Answer(outcome, draw(TEXTS), 0.5, known, form, match, boundary=draw(st.none() | BELIEFS))
    others = tuple(make_alternative(match, known) for _ in range(draw(st.integers(0, 2))))
    parts = (answer, answer) if draw(st.booleans()) and match.topic else ()
    return with_reply(replace(answer, alternatives=others, parts=parts))


EVERYTHING = Setting(alone=True, internal=True, asker="U0123456789", service="rds")


@settings(max_examples=100)
@given(answers())
def test_any_answer_fits_slack_and_pings_nobody(answer):
    message = as_message(answer, EVERYTHING, echo=True)
    assert message_problems(message) == []
    assert view_problems(details_view(answer)) == []
    marked = json.dumps([block for block in message["blocks"] if block["type"] != "actions"])
    assert "<!" not in marked
    assert "<@" not in marked


@given(st.text("&<>;ab", max_size=40), st.integers(10, 60))
def test_cutting_never_leaves_half_an_escaped_sign(text, most):
    short = shorten_escaped(escape(text), most)
    assert len(short) <= most
    assert short == escape(text) or (short[-1] == "…" and len(short) > most - len("&amp;"))
    assert escape(text).startswith(short.removesuffix("…"))
    rest = short.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert "&" not in rest


LINKS = [f"https://docs.aws.amazon.com/{name * 280}" for name in "abc"]


def test_cutting_never_leaves_half_a_link():
    text = " · ".join(link(page, "A page") for page in LINKS)
    for most in range(10, len(text)):
        short = shorten_escaped(text, most)
        assert len(short) <= most
        assert short.count("<") == short.count(">")


def test_all_pages_are_shown_however_long_their_addresses(bot):
    known = bot.knowledge
    made = replace(known, duties=tuple(replace(each, source=tuple(LINKS)) for each in known.duties))
    state = replace(bot.state, knowledge=made, matcher=Matcher(made, bot.state.matcher.weights))
    answer = replace(state.choose("rds/backups"), question="rds backups")
    message, details = as_message(answer), details_view(answer)
    assert (message_problems(message), view_problems(details)) == ([], [])
    assert "…" not in json.dumps([message["blocks"][:-1], details], ensure_ascii=False)
    assert LINKS[0] in json.dumps(message)
    assert all(page in json.dumps(details) for page in LINKS)


def test_a_long_text_of_our_own_is_shown_whole():
    lines = [f"line {number} " + "x" * 80 for number in range(100)]
    message = notice("\n".join(lines))
    assert message_problems(message) == []
    shown = "\n".join(block["text"]["text"] for block in message["blocks"])
    assert shown.split("\n") == message["text"].split("\n") == lines


def test_choice_has_the_best_guess_among_its_buttons(full):
    questions = (row.text for row in read(FOLDER))
    answer = next(found for text in questions if (found := full.state.reply(text)).outcome is Outcome.CHOICE)
    row, verbs = [block for block in as_blocks(answer) if block["type"] == "actions"]
    labels = [button["text"]["text"] for button in row["elements"]]
    assert [label.startswith("✓ ") for label in labels] == [True, *[False] * (len(labels) - 1)]
    assert read_carried(row["elements"][0]["value"]).key == answer.reading
    assert 2 <= len(labels) <= 3
    assert [button["text"]["text"] for button in verbs["elements"]] == ["Details"]


def test_no_two_buttons_say_or_ask_the_same(full):
    for row in read(FOLDER):
        for block in as_blocks(full.state.reply(row.text)):
            buttons = [each for each in block.get("elements", []) if each["type"] == "button"]
            labels = [button["text"]["text"] for button in buttons]
            assert len(set(labels)) == len(buttons), row.text
            assert max(map(len, labels), default=0) <= 30, row.text
            assert len({read_carried(button["value"]).key for button in buttons}) == len(buttons), row.text


@pytest.mark.parametrize("example", words.EXAMPLE_QUESTIONS)
def test_what_is_offered_is_answered_plainly(full, example):
    assert full.state.reply(example).outcome is Outcome.SURE


def test_notice_escapes():
    escaped = "a &lt; b &amp; &lt;!channel&gt; `c`"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": escaped}}
    assert notice("a < b & <!channel> `c`") == {"text": escaped, "blocks": [section]}

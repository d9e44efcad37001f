"""What a person reads first: which sentences, in which order, and how many, by how it was asked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.answer import Answer, Outcome
from srmbot.decide import with_reply
from srmbot.form import read_form
from srmbot.model import Boundary, Owner, Reply, Team
from srmbot.render.point import (
    LONG,
    SHORT,
    evidence,
    fill,
    listed,
    near_facts,
    next_step,
    point,
    sentence,
    sentences,
)
from srmbot.search.duty_ranking import Ranked
from srmbot.search.matches import Match
from tests.support.labelled import FOLDER, read

VERDICT = "You set the backup retention period."
REASON = "RDS keeps automated backups only as long as you ask; 0 switches them off."
FACT = "0-35 days, default 1 by API or CLI and 7 in the console."
STEP = "Set BackupRetentionPeriod with modify-db-instance."
OS = "AWS patches the operating system of the DB instance."
HOST = "RDS gives you no login to the host, so AWS keeps it up to date."
METRICS = "AWS publishes instance metrics to CloudWatch."
ALARMS = "You set alarms on the metrics, and act on them."

POINTS = [
    # how it is asked, the key of what is said, the sentences
    ("who sets the retention?", "rds.retention", [VERDICT, REASON, FACT, STEP]),
    ("how long is it kept?", "rds.retention", [VERDICT, FACT, REASON, STEP]),
    ("what does it cost?", "rds.retention", [VERDICT, FACT, REASON, STEP]),
    ("what should I do now?", "rds.retention", [VERDICT, STEP, REASON, FACT]),
    ("how do I change it?", "rds.retention", [VERDICT, STEP, REASON, FACT]),
    ("can we test it?", "rds.retention", ["Yes.", VERDICT, STEP, REASON, FACT]),
    ("why is that ours?", "rds.retention", [VERDICT, REASON, FACT]),
    (
        "which evidence is there?",
        "rds.retention",
        [
            VERDICT,
            "To show it: Security Hub control RDS.11.",
            "To show it: AWS Config rule db-instance-backup-enabled.",
            REASON,
        ],
    ),
    ("do we have to set the retention?", "rds.retention", ["Yes.", VERDICT, REASON, FACT, STEP]),
    ("does AWS set the retention?", "rds.retention", ["No.", VERDICT, REASON, FACT, STEP]),
    (
        "who in our team sets it?",
        "rds.retention",
        ["No team is set for this here; add it to teams.yaml.", VERDICT, REASON, STEP],
    ),
    ("who patches it?", "rds.os-patch", [OS, HOST]),
    ("what should I do now?", "rds.os-patch", [OS, HOST]),
    ("which team patches it?", "rds.os-patch", ["No team of yours: this is AWS's.", OS, HOST]),
    (
        "who monitors it?",
        "rds/monitoring",
        [METRICS, ALARMS, "AWS measures; what is too much for your application only you can tell."],
    ),
    (
        "who does what?",
        "aurora",
        [
            "MySQL- and PostgreSQL-compatible clusters on AWS's own storage. AWS and you share the work: of the 2 tasks"
            " known here 1 are AWS's and 1 yours."
        ],
    ),
]


@pytest.mark.parametrize(("question", "key", "expected"), POINTS)
def test_the_point_is_composed_by_how_it_is_asked(bot, question, key, expected):
    answer = as_asked(bot, question, key)
    assert sentences(answer) == expected
    assert point(answer) == " ".join(expected)


def as_asked(bot, question: str, key: str, **changed) -> Answer:
    """The answer for a key, as though a question had led to it."""
    answer = bot.state.choose(key)
    known = replace(bot.knowledge, **changed)
    return with_reply(replace(answer, question=question, form=read_form(question), knowledge=known))


def test_since_when_gets_the_vintage_of_the_page(bot):
    expected = sentences(as_asked(bot, "since when is it 35 days?", "rds.retention"))
    assert [each for each in expected if "2023-06" in each] == expected[1:2]
    assert not any("2023-06" in each for each in sentences(as_asked(bot, "how long is it kept?", "rds.retention")))
    expected = sentences(as_asked(bot, "since when do we set alarms?", "rds.alarms"))
    assert expected[0] == ALARMS
    assert not any("None" in each for each in expected)


TEAMS = [
    # the team, what is said of it
    (Team("Databases", None, None, "#db", "https://wiki.example.com/x"), "On your side the team is Databases (#db)."),
    (Team("Databases", "rds", None, None, None), "On your side the team is Databases."),
]


@pytest.mark.parametrize(("team", "said"), TEAMS)
def test_asked_for_the_team_the_point_begins_with_it(bot, team, said):
    answer = as_asked(bot, "which team sets it?", "rds.retention", teams=(team,))
    assert sentences(answer)[:2] == [said, VERDICT]


BELIEF = Boundary("rds.b", "rds", "backups", "It is so", Reply.NO, Owner.CUSTOMER, "It is not so.", "Do that.", ("x",))


def believed(bot, **changed) -> Answer:
    """The answer to a belief about the backups of RDS."""
    belief = replace(BELIEF, **changed)
    match = replace(bot.state.choose("rds/backups").match, owner=belief.owner)
    form = read_form("it is so, right?")
    answer = Answer(Outcome.SURE, "it is so, right?", 1.0, bot.knowledge, form, match, belief)
    return with_reply(answer)


BELIEFS = [
    # what is changed in the belief, the sentences
    ({}, ["No.", "It is not so.", "Do that."]),
    ({"reply": Reply.YES}, ["Yes.", "It is not so.", "Do that."]),
    ({"reply": Reply.PARTLY, "owner": Owner.SHARED}, ["Partly.", "It is not so."]),
    ({"owner": Owner.AWS}, ["No.", "It is not so."]),
]


@pytest.mark.parametrize(("changed", "expected"), BELIEFS)
def test_a_belief_gets_its_reply_its_reason_and_its_step(bot, changed, expected):
    assert sentences(believed(bot, **changed))[: len(expected)] == expected


def test_a_belief_without_a_step_of_its_own_gets_that_of_the_customers_nearest_task(bot):
    assert next_step(believed(bot, next=None)) == STEP
    assert next_step(believed(bot)) == "Do that."


STEPS = [
    # whose task is said, its own step, the step that is given; the customer's task beside it has one
    ("rds.backups-run", "See it in the console.", "See it in the console."),
    ("rds.backups-run", None, None),
    ("rds.manual-snapshot", "Delete it.", "Delete it."),
    ("rds.manual-snapshot", None, STEP),
]


@pytest.mark.parametrize(("key", "own", "step"), STEPS)
def test_the_step_is_that_of_the_main_task_and_aws_has_none_of_yours(bot, key, own, step):
    answer = bot.state.choose(key)
    near = replace(answer.match.duty, next=own)
    duties = tuple(near if each.id == key else each for each in answer.entry.duties)
    match = replace(answer.match, duty=near, entry=replace(answer.entry, duties=duties))
    assert next_step(replace(answer, match=match)) == step


def test_what_claims_nothing_has_no_step_and_no_evidence(bot):
    answer = bot.state.reply("")
    assert (next_step(answer), evidence(answer), near_facts(answer)) == (None, [], [])


FAR = [
    # whose a topic is of which no task is near, its key, what is said, the step
    (Owner.AWS, ("rds", "backups"), "AWS takes care of backups on RDS.", STEP),
    (Owner.CUSTOMER, ("rds", "backups"), "You take care of backups on RDS.", STEP),
    (Owner.AWS, ("general", "physical-security"), "AWS takes care of physical security.", None),
]


@pytest.mark.parametrize(("owner", "key", "expected", "step"), FAR)
def test_a_topic_without_a_near_task_is_described_as_a_whole(bot, owner, key, expected, step):
    entry = bot.knowledge.entries[key]
    far = tuple(Ranked(duty, 0.0, 0.0, duty.duty) for duty in entry.duties)
    match = Match(*key, owner, entry, None, 1.0, ranked=far)
    answer = Answer(Outcome.SURE, "zanzibar?", 1.0, bot.knowledge, match=match)
    assert (sentences(answer)[0], next_step(answer)) == (expected, step)


NEAR_TASKS = [
    # whose the answer is, whether one task is meant, how the point begins
    (Owner.CUSTOMER, False, [VERDICT]),
    (Owner.SHARED, True, [VERDICT]),
    (Owner.SHARED, False, ["AWS takes the daily automated backup and keeps the transaction logs.", VERDICT]),
]


@pytest.mark.parametrize(("owner", "specific", "begins"), NEAR_TASKS)
def test_the_point_opens_with_the_near_task_or_with_each_sides(bot, owner, specific, begins):
    entry, duty = bot.knowledge.entries["rds", "backups"], bot.knowledge.by_id["rds.retention"]
    others = (each for each in entry.duties if each is not duty)
    near = tuple(Ranked(each, 0.3, 0.0, each.duty) for each in (duty, *others))
    match = Match("rds", "backups", owner, entry, duty if specific else None, 1.0, ranked=near)
    expected = sentences(Answer(Outcome.SURE, "who?", 1.0, bot.knowledge, match=match))
    assert expected[: len(begins)] == begins
    assert not any(each.startswith(("You ", "AWS ")) for each in expected[len(begins) :])


def test_what_aws_does_comes_without_a_step_unless_that_is_asked_for(bot):
    answer = bot.state.choose("rds.os-patch")
    duty = replace(answer.match.duty, next="Look at it.", facts=("1 a", "2 b", "3 c"), why="So.")
    match = replace(answer.match, duty=duty, entry=replace(answer.entry, duties=(duty,)))
    answer = replace(answer, match=match)
    for question, expected in (
        ("who patches it?", [OS, "So.", "1 a."]),
        ("what should I do now?", [OS, "Look at it.", "So.", "1 a."]),
        ("why is that so?", [OS, "So.", "1 a."]),
        ("how long does it take?", [OS, "1 a.", "2 b.", "So.", "Look at it."]),
    ):
        assert sentences(replace(answer, form=read_form(question))) == expected


def test_the_step_is_that_of_the_nearest_of_your_tasks(bot):
    entry = bot.knowledge.entries["rds", "backups"]
    first, last = (replace(duty, next=f"Do {duty.id}.") for duty in entry.side(Owner.CUSTOMER))
    theirs = replace(entry.side(Owner.AWS)[0], next="Watch AWS.")
    near = tuple(Ranked(duty, 0.0, 0.0, duty.duty) for duty in (theirs, last, first))
    match = Match("rds", "backups", Owner.SHARED, replace(entry, duties=(theirs, first, last)), None, 1.0, ranked=near)
    answer = Answer(Outcome.SURE, "zanzibar?", 1.0, bot.knowledge, match=match)
    assert next_step(answer) == f"Do {last.id}."
    assert next_step(replace(answer, match=replace(match, ranked=()))) == f"Do {first.id}."


@given(
    st.lists(st.integers(1, 30), max_size=3),
    st.lists(st.integers(1, 30), max_size=6),
)
def test_no_further_sentence_makes_the_point_too_long(first, more):
    lead, rest = (
        [" ".join(f"{name}{number}x{word}" for word in range(size)) for number, size in enumerate(sizes)]
        for name, sizes in (("a", first), ("b", more))
    )
    said = fill(lead, rest)
    assert said[: len(lead)] == lead
    added = said[len(lead) :]
    assert added == [each for each in rest if each in added]
    total = sum(len(each.split()) for each in said)
    assert total <= LONG or not added
    assert total <= SHORT or len(added) <= 1
    left = [each for each in rest if each not in said]
    assert all(total + len(each.split()) > SHORT for each in left)


def test_a_sentence_follows_only_if_it_says_something_new():
    window = "There is no maintenance window to choose."
    assert fill([window], ["No maintenance window is there."]) == [window]
    assert fill([window], ["No maintenance window to choose before 2027."]) == [
        window,
        "No maintenance window to choose before 2027.",
    ]
    assert fill([window], ["You pay nothing for a restart."]) == [window, "You pay nothing for a restart."]


def test_one_long_sentence_may_follow_and_no_second():
    def words(name, count):
        return " ".join(f"{name}{number}" for number in range(count))

    verdict, reason, more = words("a", 20), words("b", 30), words("c", 5)
    assert fill([verdict], [reason, more]) == [verdict, reason]
    assert fill([verdict, reason], [more]) == [verdict, reason, more]
    assert fill([verdict, reason, more], [words("d", 6)]) == [verdict, reason, more]
    assert fill([verdict], [words("b", 36), more]) == [verdict, more]


def test_nothing_is_said_twice():
    assert fill(["One."], ["One.", "Two.", "Two."]) == ["One.", "Two."]


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("30 minutes at the least", "30 minutes at the least."),
        ("the default is 7 days", "The default is 7 days."),
        ("TLS 1.2 is the least", "TLS 1.2 is the least."),
        ("rds.force_ssl is on by default", "rds.force_ssl is on by default."),
        ("gp3 has 3,000 IOPS", "gp3 has 3,000 IOPS."),
        ("a restart takes a minute", "A restart takes a minute."),
        ("on-demand backups never expire", "On-demand backups never expire."),
        ("engines: MySQL and MariaDB", "Engines: MySQL and MariaDB."),
        ("describe-events shows it", "describe-events shows it."),
        ("rds-ca-2019 has ended", "rds-ca-2019 has ended."),
        ("Why not?", "Why not?"),
        ("mind the gap!", "Mind the gap!"),
    ],
)
def test_a_fact_becomes_a_sentence_and_names_stay_as_they_are(fact, expected):
    assert sentence(fact) == expected


def test_names_are_listed_as_a_person_would():
    assert listed(["RDS"]) == "RDS"
    assert listed(["RDS", "Aurora"]) == "RDS and Aurora"
    assert listed(["RDS", "Aurora", "S3"]) == "RDS, Aurora and S3"


def test_the_points_of_the_golden_questions_are_short(full):
    counts = sorted(
        len(point(answer).split()) for row in read(FOLDER) if (answer := full.state.reply(row.text)).answered
    )
    assert counts[len(counts) // 2] <= 35
    assert counts[len(counts) * 9 // 10] <= 55

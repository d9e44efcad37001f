"""The numbers and the evidence that an answer tells: those nearest to the question, controls before papers."""

from dataclasses import replace

import pytest

from srmbot.answer import Answer, Outcome
from srmbot.form import read_form
from srmbot.model import AbsentTopic, Boundary, Owner, Reply
from srmbot.render.facts import near_facts
from srmbot.render.point import EVIDENCED, MOST_EVIDENCE, evidence, point
from srmbot.render.sections import LINKED_PAGES, LISTED_FACTS, facts, sources
from srmbot.search.duty_ranking import Ranked
from srmbot.search.matches import Match


def ranked(bot, facts_of: dict[str, tuple[str, ...]], question: str) -> Answer:
    """An answer about a topic whose duties come near in a certain order, each with certain facts."""
    duties = [replace(bot.knowledge.by_id[key], facts=found) for key, found in facts_of.items()]
    near = tuple(Ranked(duty, 0.5 - place / 10, 0.0, duty.duty) for place, duty in enumerate(duties))
    entry = replace(bot.knowledge.entries["rds", "backups"], duties=tuple(duties))
    match = Match("rds", "backups", duties[0].owner, entry, duties[0], 1.0, ranked=near)
    return Answer(Outcome.SURE, question, 1.0, bot.knowledge, read_form(question), match)


NEAR_FACTS = [
    # question, facts of the main duty, facts of its neighbour, those that are said, in order
    ("who sets it?", ("a rule",), ("a rebate",), ["a rule"]),
    ("who sets the rule?", ("a rule",), ("a rebate",), ["a rule"]),
    ("how long?", ("a rule", "7 days"), ("8 days",), ["7 days", "a rule"]),
    ("how much is the rebate?", (), ("a rebate",), ["a rebate"]),
    ("how many rebates?", (), ("a rebate",), ["a rebate"]),
    ("what does the rebate cost?", (), ("a rebate",), ["a rebate"]),
    ("who gets the rebate?", (), ("a rebate",), []),
    ("how long is the rebate?", ("a rule",), ("a rebate of 8 days",), ["a rebate of 8 days", "a rule"]),
    ("how long does it last?", ("5 rules", "2 weeks"), (), ["2 weeks", "5 rules"]),
    ("the largest rule?", ("a rule of 7", "a rule of up to 9"), (), ["a rule of up to 9", "a rule of 7"]),
    ("the lowest rule?", ("a rule of 7", "a rule of 1 to 9"), (), ["a rule of 1 to 9", "a rule of 7"]),
    ("how many rules if nobody chooses?", ("7 rules", "9 rules by default"), (), ["9 rules by default", "7 rules"]),
]


@pytest.mark.parametrize(("question", "own", "neighbours", "expected"), NEAR_FACTS)
def test_the_facts_nearest_to_the_question_come_first(bot, question, own, neighbours, expected):
    assert near_facts(ranked(bot, {"rds.retention": own, "rds.manual-snapshot": neighbours}, question)) == expected


def test_facts_of_one_engine_are_said_only_where_it_is_asked_about(bot):
    general, oracle = (bot.knowledge.by_id[key] for key in ("rds.retention", "rds.manual-snapshot"))
    oracle = replace(oracle, duty="Build the rebates of Oracle", facts=("a rebate of 8 days",))
    entry = replace(bot.knowledge.entries["rds", "backups"], duties=(general, oracle))
    for question, said in (("how long is the rebate?", False), ("how long is the rebate of oracle?", True)):
        match = Match("rds", "backups", general.owner, entry, general, 1.0)
        answer = Answer(Outcome.SURE, question, 1.0, bot.knowledge, read_form(question), match)
        assert ("a rebate of 8 days" in near_facts(answer)) == said
        assert "a rebate of 8 days" in near_facts(replace(answer, match=replace(match, duty=oracle)))


def test_a_belief_is_answered_with_a_number_only_where_one_is_asked_for(bot):
    belief = next(each for each in bot.knowledge.boundaries if each.service == "rds")
    for question, said in (("is the rule a rebate?", False), ("how long, and is the rule a rebate?", True)):
        answer = replace(ranked(bot, {"rds.retention": ("a rule of 7 days",)}, question), boundary=belief)
        assert ("7 days" in point(answer)) == said
        assert facts(answer) == ([] if said else ["a rule of 7 days"])


def test_what_the_point_has_is_not_listed_again(bot):
    answer = ranked(bot, {"rds.retention": ("1 day", "2 days", "3 days", "4 days", "5 days", "6 days")}, "how long?")
    listed_facts = facts(answer)
    assert len(listed_facts) == LISTED_FACTS
    assert not any(f"{fact}." in point(answer) for fact in listed_facts)


EVIDENCE = [
    # key, what can be shown: controls and rules first
    (
        "rds.retention",
        [
            "Security Hub control RDS.11",
            "AWS Config rule db-instance-backup-enabled",
            "The retention period that describe-db-instances shows",
        ],
    ),
    ("rds.os-patch", ["AWS's SOC 2 report from AWS Artifact"]),
    ("rds.alarms", []),
    ("rds", []),
]


@pytest.mark.parametrize(("key", "shown"), EVIDENCE)
def test_evidence_is_given_whether_it_is_asked_for_or_not(bot, key, shown):
    assert evidence(bot.state.choose(key)) == shown


def test_the_evidence_of_a_belief_is_that_of_the_tasks_it_rests_on(bot):
    rests_on = ("rds.multi-az", "rds.gone")
    belief = Boundary("rds.b", "rds", "backups", "It is so", Reply.NO, Owner.CUSTOMER, "No.", duties=rests_on)
    answer = replace(bot.state.choose("rds/backups"), boundary=belief)
    assert evidence(answer)[0] == "Security Hub control RDS.5"


MANY = tuple(f"https://docs.aws.amazon.com/{number}" for number in range(9))


def test_no_answer_links_more_pages_than_are_read(bot):
    chosen = bot.state.choose("rds.retention")
    belief = Boundary("rds.b", "rds", "backups", "It is so", Reply.NO, Owner.CUSTOMER, "No.", source=MANY)
    absent = AbsentTopic("rds", "backups", Owner.AWS, "There are none.", MANY)
    duty = replace(chosen.match.duty, source=MANY)
    made = [
        replace(chosen, boundary=belief),
        replace(chosen, match=Match("rds", "backups", Owner.AWS, None, None, 1.0, absent=absent)),
        replace(chosen, match=replace(chosen.match, duty=duty)),
    ]
    assert [sources(answer) for answer in made] == [MANY[:LINKED_PAGES]] * 3


def test_where_no_task_is_near_the_pages_of_both_sides_are_linked(bot):
    entry = bot.knowledge.entries["rds", "backups"]
    far = tuple(Ranked(duty, 0.0, 0.0, duty.duty) for duty in entry.duties)
    match = Match("rds", "backups", Owner.CUSTOMER, entry, None, 1.0, ranked=far)
    answer = Answer(Outcome.SURE, "zanzibar?", 1.0, bot.knowledge, match=match)
    assert answer.main_duty is None
    assert sources(answer) == (
        *bot.knowledge.by_id["rds.backups-run"].source,
        *bot.knowledge.by_id["rds.retention"].source,
    )


def test_evidence_is_of_the_nearest_tasks_of_the_owner_that_have_some(bot):
    papers = [
        ("aws", "A"),
        ("customer", "B"),
        ("customer", ""),
        ("customer", "C"),
        ("customer", "D"),
        ("customer", "E"),
    ]
    duty, near = bot.knowledge.by_id["rds.retention"], []
    for number, (owner, paper) in enumerate(papers):
        proof = (paper,) if paper else ()
        made = replace(duty, id=f"rds.p{number}", owner=Owner(owner), checked_by=(), proof=proof)
        near.append(Ranked(made, 0.5 - number / 10, 0.0, duty.duty))
    entry = replace(bot.knowledge.entries["rds", "backups"], duties=tuple(each.item for each in near))
    match = Match("rds", "backups", Owner.CUSTOMER, entry, None, 1.0, ranked=tuple(near))
    assert evidence(Answer(Outcome.SURE, "?", 1.0, bot.knowledge, match=match)) == ["B", "C", "D"][:EVIDENCED]


def test_no_more_evidence_is_given_than_is_read(bot):
    chosen = bot.state.choose("rds.retention")
    duty = replace(chosen.match.duty, proof=tuple(f"Paper {number}" for number in range(20)))
    shown = evidence(replace(chosen, match=replace(chosen.match, duty=duty)))
    assert shown[:3] == [*EVIDENCE[0][1][:2], "Paper 0"]
    assert len(shown) == MOST_EVIDENCE

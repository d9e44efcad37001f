"""Several services or topics in one answer: who owns which, and what a move from one service to another changes."""

from dataclasses import replace

import pytest

from srmbot.answer import Answer, Outcome
from srmbot.model import Owner, Reply, Topic
from srmbot.render.point import parts_sentences


def part(bot, key: str, owner: Owner | None = None) -> Answer:
    """One of several services or topics."""
    answer = bot.state.choose(key)
    return replace(answer, match=replace(answer.match, owner=owner or answer.match.owner))


SEVERAL = [
    # parts with their owners, the sentence
    ([("rds/backups", None), ("aurora/backups", None)], "RDS and Aurora: shared between AWS and you."),
    ([("rds/backups", Owner.AWS), ("aurora/backups", Owner.AWS)], "RDS and Aurora: AWS's."),
    ([("rds/backups", Owner.CUSTOMER), ("rds/patching", Owner.CUSTOMER)], "Backups and Patching: yours."),
    ([("rds/backups", Owner.AWS), ("aurora/backups", Owner.CUSTOMER)], "RDS: AWS; Aurora: you."),
    ([("rds/backups", None), ("rds/patching", Owner.AWS)], "Backups: both; Patching: AWS."),
    ([("rds/backups", None), ("aurora/patching", Owner.AWS)], "RDS · Backups: both; Aurora · Patching: AWS."),
]


@pytest.mark.parametrize(("parts", "expected"), SEVERAL)
def test_several_parts_are_named_in_one_sentence(bot, parts, expected):
    answer = Answer(Outcome.SURE, "?", 1.0, bot.knowledge, parts=tuple(part(bot, key, owner) for key, owner in parts))
    assert parts_sentences(answer) == [expected]
    assert parts_sentences(replace(answer, reply=Reply.PARTLY)) == ["Partly.", expected]


MOVES = [
    # the owners of backups and of patching on the first service, and on the last, what is said
    ("cc", "aa", ["From RDS to Aurora, backups and patching go to AWS."]),
    ("cc", "ac", ["From RDS to Aurora, backups goes to AWS.", "Patching stays as it is."]),
    ("cc", "bb", ["AWS then takes a part of backups and patching."]),
    ("bb", "bb", ["Backups and patching stay as they are."]),
]


@pytest.mark.parametrize(("first", "last", "expected"), MOVES)
def test_a_move_is_described_by_what_goes_what_is_shared_and_what_stays(bot, first, last, expected):
    assert parts_sentences(moved(bot, first, last)) == expected


def test_a_move_may_be_judged_and_tells_no_more_topics_than_are_read(bot):
    answer = moved(bot, "bb", "bb")
    assert parts_sentences(replace(answer, reply=Reply.PARTLY))[0] == "Partly."
    topics = {f"t{number}": Topic(f"t{number}", f"Topic {number}", ()) for number in range(9)}
    duty = bot.knowledge.by_id["rds.retention"]
    duties = [replace(duty, service=service, topic=topic) for topic in topics for service in ("rds", "aurora")]
    gone = replace(duty, service="rds", topic="t0", owner=Owner.AWS)
    known = replace(bot.knowledge, topics=topics, duties=(*duties[2:], gone), services=unrelated(bot))
    [expected] = parts_sentences(replace(answer, knowledge=known))
    assert expected == "Topic 1, topic 2, topic 3, topic 4, topic 5 and topic 6 stay as they are."


def unrelated(bot):
    """The services, none of which inherits anything."""
    return {slug: replace(each, falls_back=None) for slug, each in bot.knowledge.services.items()}


def test_a_move_that_brings_work_to_you_says_so(bot):
    [expected] = parts_sentences(moved(bot, "aa", "cc"))
    assert "you" in expected
    assert "backups" in expected


def moved(bot, first: str, last: str) -> Answer:
    """The answer on a move from RDS to Aurora, with these owners: AWS's, the customer's or both's."""
    duty, duties = bot.knowledge.duties[0], []
    for service, owners in (("rds", first), ("aurora", last)):
        for topic, kind in zip(("backups", "patching"), owners, strict=True):
            sides = {"a": [Owner.AWS], "c": [Owner.CUSTOMER], "b": [Owner.AWS, Owner.CUSTOMER]}[kind]
            duties += [replace(duty, service=service, topic=topic, owner=owner) for owner in sides]
    topics = {slug: bot.knowledge.topics[slug] for slug in ("backups", "patching")}
    known = replace(bot.knowledge, duties=tuple(duties), topics=topics)
    parts = tuple(part(bot, key) for key in ("rds", "aurora"))
    return Answer(Outcome.SURE, "?", 1.0, known, parts=parts)

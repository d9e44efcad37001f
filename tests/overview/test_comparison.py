"""What moves between services, and how each topic stands on them."""

from dataclasses import replace

import pytest

from srmbot.model import Duty, Owner
from srmbot.overview.comparison import compare, moves
from srmbot.overview.standing import Status, standing, standings

SEEN = ("status", "owner", "inherited_from")


def duty(identity, topic, owner, **more):
    service, _, _ = identity.partition(".")
    return Duty(identity, service, topic, owner, "Do it", "Because.", **more)


@pytest.fixture
def known(bot):
    """Two topics of the small folder: a shared one on RDS, AWS's on Aurora, and one that only RDS has."""
    duties = (
        duty("rds.window", "backups", Owner.CUSTOMER, holds_for=("managed",)),
        duty("rds.copies", "backups", Owner.AWS),
        duty("rds.patches", "patching", Owner.AWS, holds_for=("dynamodb",)),
        duty("aurora.copies", "backups", Owner.AWS),
    )
    return replace(bot.knowledge, duties=duties)


def test_small_folder_is_what_the_rows_expect(bot):
    assert {"rds", "aurora"} <= bot.knowledge.services.keys()
    assert bot.knowledge.services["aurora"].falls_back == "rds"
    assert {"backups", "patching"} <= bot.knowledge.topics.keys()


def test_own_duties_come_before_inherited_ones(known):
    found = standing(known, "aurora", "backups")
    assert [getattr(found, each) for each in SEEN] == [Status.OWN, Owner.AWS, None]


def test_a_duty_that_does_not_hold_leaves_the_cell_empty(known):
    found = standing(known, "aurora", "patching")
    assert [getattr(found, each) for each in SEEN] == [Status.EMPTY, None, None]


def test_a_duty_that_holds_is_inherited_with_where_it_is_from(known):
    held = tuple(replace(each, holds_for=("aurora",)) if each.topic == "patching" else each for each in known.duties)
    found = standing(replace(known, duties=held), "aurora", "patching")
    assert [getattr(found, each) for each in SEEN] == [Status.INHERITED, Owner.AWS, "rds"]


def test_a_topic_that_does_not_exist_says_why(full):
    absent = full.knowledge.absent[0]
    found = standing(full.knowledge, absent.service, absent.topic)
    assert (found.status, found.owner, found.because) == (Status.ABSENT, None, absent.because)


def test_every_topic_of_every_service_stands_somehow(known):
    found = list(standings(known, ["rds", "aurora"]))
    assert [(each.service, each.topic) for each in found] == [
        (service, topic) for service in ("rds", "aurora") for topic in known.topics
    ]


def test_what_moves_comes_apart_from_what_stays_and_what_is_unknown(known):
    found = compare(known, ["rds", "aurora"])
    assert [row.topic for row in found.moving] == ["backups"]
    assert found.staying == ()
    assert {row.topic for row in found.unknown} == known.topics.keys() - {"backups"}
    same = compare(known, ["rds", "rds"])
    assert [row.topic for row in same.staying] == ["patching", "backups"]
    assert same.moving == ()


def test_a_topic_that_one_does_not_have_moves(full):
    absent = full.knowledge.absent_topics["dax", "backups"]
    found = compare(full.knowledge, ["dynamodb", "dax"])
    assert "backups" in [row.topic for row in found.moving]
    assert found.moving[[row.topic for row in found.moving].index("backups")].standings[1].because == absent.because


def test_moves_are_from_the_first_service_to_the_last(known):
    assert moves(compare(known, ["rds", "aurora"])) == {(Owner.SHARED, Owner.AWS): ["backups"]}
    assert moves(compare(known, ["aurora", "dynamodb", "rds"])) == {(Owner.AWS, Owner.SHARED): ["backups"]}

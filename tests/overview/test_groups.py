"""Every service has a group: its own, or that of the service that it belongs to."""

from dataclasses import replace

import pytest

from srmbot.overview.groups import GROUPS, databases, group_of, services_by_group, shown_services


def test_every_built_in_service_says_its_group(known):
    assert [each.slug for each in known.listed_services if each.group not in GROUPS] == []
    assert known.services["general"].group is None


def test_groups_come_in_order_and_hold_each_service_once(known):
    found = services_by_group(known)
    assert list(found) == list(GROUPS)
    assert sorted(each.slug for services in found.values() for each in services) == sorted(
        each.slug for each in known.listed_services
    )
    assert databases(known)[:3] == ["rds", "aurora", "dynamodb"]


def test_where_nothing_is_a_database_every_service_is_shown(known, bot):
    assert shown_services(known) == databases(known)
    assert databases(bot.knowledge) == []
    assert shown_services(bot.knowledge) == [service.slug for service in bot.knowledge.listed_services]


ROWS = [
    # what a service of an organisation's own says, its group
    ({"falls_back": "rds"}, "databases"),
    ({"variant_of": "ec2", "falls_back": "rds"}, "compute"),
    ({"falls_back": "general"}, "others"),
    ({"falls_back": "rds", "group": "storage"}, "storage"),
    ({}, "others"),
]


@pytest.mark.parametrize(("says", "group"), ROWS)
def test_a_service_without_a_group_is_in_that_of_what_it_belongs_to(known, says, group):
    ours = replace(known.services["general"], slug="ours", **says)
    more = replace(known, services={**known.services, "ours": ours})
    assert group_of(more, "ours") == group
    assert ours in services_by_group(more)[group]

"""Services and topics, as people say them."""

import pytest

from srmbot.errors import UsageError
from srmbot.search.lookup import find_services, find_topic

ROWS = [
    # words, services
    (["rds", "aurora"], ["rds", "aurora"]),
    (["rds,", "aurora"], ["rds", "aurora"]),
    (["postgres on ec2", "dynamo"], ["ec2", "dynamodb"]),
    (["postgres", "on", "ec2", "dynamo"], ["ec2", "dynamodb"]),
    (["postgres", "on", "an", "ec2", "instance", "vs", "rds"], ["ec2", "rds"]),
    (["postgres", "dynamodb"], ["rds", "dynamodb"]),
    (["dynamodb", "postgres"], ["dynamodb", "rds"]),
    (["aurora", "postgres", "and", "rds", "postgres"], ["aurora", "rds"]),
    (["self-managed", "postgres", "versus", "rds"], ["ec2", "rds"]),
    (["rds", "custom", "aurora", "dsql"], ["rds-custom", "aurora-dsql"]),
    (["aurora", "dsql"], ["aurora", "aurora-dsql"]),
    (["from", "RDS", "to", "Aurora"], ["rds", "aurora"]),
    (["config", "backup"], ["config", "backup"]),
    (["AWS Config", "Amazon Elastic Compute Cloud"], ["config", "ec2"]),
    (["dynmodb", "redshfit"], ["dynamodb", "redshift"]),
    (["rds", "aurora", "rds"], ["rds", "aurora"]),
    (["rds", "aurora", "dynamodb"], ["rds", "aurora", "dynamodb"]),
]


@pytest.mark.parametrize(("words", "services"), ROWS)
def test_services_are_found_as_people_say_them(known, words, services):
    assert list(find_services(known, words, least=2)) == services


def test_every_name_of_a_service_names_it(known):
    for service in known.listed_services:
        for name in (service.slug, service.name, service.full_name, *service.aliases):
            assert find_services(known, [name]) == (service.slug,), name


UNKNOWN = [
    # words, what is wrong
    (["rdz", "aurora"], "unknown service 'rdz' (did you mean `rds`?)"),
    (["dynamodb", "backups"], "unknown service 'backups' (did you mean `backup`?)"),
    (["xyzzy", "rds"], "unknown service 'xyzzy' (one of acm, api-gateway, athena, aurora, aurora-dsql, backup, "),
    (["on", "ec2"], "only EC2 is named (name at least 2)"),
    (["and"], "no service is named (name at least 2)"),
]


@pytest.mark.parametrize(("words", "message"), UNKNOWN)
def test_what_names_no_service_is_one_clear_error(known, words, message):
    with pytest.raises(UsageError) as fault:
        find_services(known, words, least=2)
    assert str(fault.value).startswith(message)


def test_a_service_without_duties_is_named(known):
    alias, name = next(iter(known.uncovered.items()))
    with pytest.raises(UsageError, match=f"there is nothing on {name} here yet"):
        find_services(known, [alias])


TOPICS = [
    ("backups", "backups"),
    ("Backup", "backups"),
    ("high-availability", "high-availability"),
    ("OS", "operating-system"),
]


@pytest.mark.parametrize(("said", "topic"), TOPICS)
def test_topics_are_found_as_people_say_them(known, said, topic):
    assert find_topic(known, said) == topic


def test_every_name_of_a_topic_names_it(known):
    for topic in known.topics.values():
        for name in (topic.slug, topic.title, *topic.aliases):
            assert find_topic(known, name) == topic.slug, name


def test_an_unknown_topic_is_one_clear_error(known):
    with pytest.raises(UsageError) as fault:
        find_topic(known, "bakcups")
    assert str(fault.value) == "unknown topic 'bakcups' (did you mean `backups`?)"
    with pytest.raises(UsageError, match=r"unknown topic 'x' \(one of application, backups"):
        find_topic(known, "x")

"""Services found in text, however they are written."""

from dataclasses import replace

import pytest

from srmbot.query import tokenize
from srmbot.search.features import SERVICE_MASK
from srmbot.search.service_names import ServiceNames, mask_names, words_outside

FOUND = [
    # text, services named
    ("who patches rds?", ["rds"]),
    ("who patches RDS Custom for Oracle", ["rds-custom"]),
    ("aurora and dynamo", ["aurora", "dynamodb"]),
    ("our dynamodbs", ["dynamodb"]),
    ("dynmodb encryption", ["dynamodb"]),
    ("auroa failover", ["aurora"]),
    ("elasticahe patching", ["elasticache"]),
    ("mysql on ec2", ["ec2"]),
    ("the author of the book", []),
    ("I must document it, with documents", []),
    ("documntdb upgrade", ["documentdb"]),
    ("amber alert", []),
]


@pytest.fixture(scope="module")
def names(known):
    return ServiceNames(known)


@pytest.mark.parametrize(("text", "services"), FOUND)
def test_finds_the_service(names, text, services):
    assert [named.service for named in names.find(tokenize(text)) if named.strong] == services


def test_a_hint_is_not_a_name(names):
    (named,) = names.find(tokenize("our postgres"))
    assert (named.service, named.strong) == ("rds", False)


def test_names_are_masked_and_hints_are_not(names):
    words = tokenize("who backs up dynamodb and postgres")
    assert mask_names(words, names.find(words)) == ("who", "backs", "up", SERVICE_MASK, "and", "postgres")


def test_words_outside_names(names):
    words = tokenize("rds custom backups on ec2")
    assert words_outside(words, names.find(words)) == ("backups", "on")


def test_every_alias_finds_its_service(names, known):
    for slug, service in known.services.items():
        for alias in service.aliases:
            found = names.find(tokenize(alias))
            assert [named.service for named in found] == [slug], alias


LONGER = [
    # text, services with duties that it names, the one without that it names
    ("who patches aurora sandbox?", [], "Amazon Aurora Sandbox"),
    ("who patches AWS Aurora Sandbox on rds?", ["rds"], "Amazon Aurora Sandbox"),
    ("who patches aurora?", ["aurora"], None),
    ("is dynamodbx ours?", [], "AWS DynamoDBX"),
    ("is dynamodb ours?", ["dynamodb"], None),
]


@pytest.mark.parametrize(("text", "services", "uncovered"), LONGER)
def test_a_longer_name_of_a_service_without_duties_is_no_other_service(known, text, services, uncovered):
    more = {"aurora sandbox": "Amazon Aurora Sandbox", "dynamodbx": "AWS DynamoDBX"}
    names = ServiceNames(replace(known, uncovered=more))
    assert [named.service for named in names.find(tokenize(text)) if named.strong] == services
    assert names.find_uncovered(tokenize(text)) == uncovered

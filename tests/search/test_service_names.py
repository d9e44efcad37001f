"""Services found in text, however they are written."""

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

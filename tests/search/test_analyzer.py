"""The form in which a text is learned from and asked in."""

import pytest

from srmbot.query import LONG_MESSAGE, parse
from srmbot.search.analyzer import ask_plainly
from srmbot.search.features import NOT_AWS_MASK, SERVICE_MASK


def words_of_all(subject):
    return [word for words, _ in subject.parts for word in words]


def test_names_of_ours_and_of_others_are_masked(full):
    subject = full.state.matcher.analyzer.analyze(parse("who patches Azure SQL, and who patches RDS?"))
    assert words_of_all(subject) == ["who", "patches", NOT_AWS_MASK, "and", "who", "patches", SERVICE_MASK]
    assert [named.service for named in subject.named] == ["rds"]


def test_a_typo_is_corrected_and_reported(full):
    subject = full.state.matcher.analyzer.analyze(parse("who dose the bakcups on rds"))
    assert ("bakcups", "backups") in subject.corrections
    assert "backups" in subject.content


def test_a_name_is_not_mended_to_a_word(full):
    subject = full.state.matcher.analyzer.analyze(parse("dynamdb backups"))
    assert [named.service for named in subject.named] == ["dynamodb"]
    assert subject.corrections == ()


def test_it_stands_for_the_service_spoken_of_just_before(full):
    story = (
        "I am filling in the table of vulnerabilities and each row wants a name in its last column by Friday noon. "
        "EC2 was easy. Then there is DynamoDB without any version number. Who keeps the software behind it patched? "
        "The load balancers in front of Redshift come next week."
    )
    query = parse(story)
    assert len(query.words) >= LONG_MESSAGE
    named = full.state.matcher.analyzer.analyze(query).named
    assert [name.service for name in named] == ["dynamodb", "ec2", "elb", "redshift"]


PLAINLY = [
    # words, the same asked plainly
    ("who is responsible for the backups", "who the backups"),
    ("whos in charge of the backups", "who the backups"),
    ("whose job is it to patch", "who patch"),
    ("whose main responsibility is patching", "who patching"),
    ("who takes care of patching", "who patching"),
    ("who patches it", "who patches it"),
    ("is it our responsibility", "is it our responsibility"),
]


@pytest.mark.parametrize(("words", "plain"), PLAINLY)
def test_every_way_to_ask_whose_work_it_is_reads_the_same(words, plain):
    assert ask_plainly(tuple(words.split())) == tuple(plain.split())

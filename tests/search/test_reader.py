"""The form in which a text is learned from and asked in."""

from srmbot.query import LONG, parse
from srmbot.search.features import ELSEWHERE, NAMED


def words_of_all(subject):
    return [word for words, _ in subject.parts for word in words]


def test_names_of_ours_and_of_others_are_masked(full):
    subject = full.search.reader.read(parse("who patches Azure SQL, and who patches RDS?"))
    assert words_of_all(subject) == ["who", "patches", ELSEWHERE, "and", "who", "patches", NAMED]
    assert [named.service for named in subject.named] == ["rds"]


def test_a_slip_is_mended_and_told(full):
    subject = full.search.reader.read(parse("who dose the bakcups on rds"))
    assert ("bakcups", "backups") in subject.mended
    assert "backups" in subject.left


def test_a_name_is_not_mended_to_a_word(full):
    subject = full.search.reader.read(parse("dynamdb backups"))
    assert [named.service for named in subject.named] == ["dynamodb"]
    assert subject.mended == ()


def test_it_stands_for_the_service_spoken_of_just_before(full):
    story = (
        "I am filling in the table of vulnerabilities and each row wants a name in its last column by Friday noon. "
        "EC2 was easy. Then there is DynamoDB without any version number. Who keeps the software behind it patched? "
        "The load balancers in front of Redshift come next week."
    )
    query = parse(story)
    assert len(query.words) >= LONG
    named = full.search.reader.read(query).named
    assert [name.service for name in named] == ["dynamodb", "ec2", "redshift"]

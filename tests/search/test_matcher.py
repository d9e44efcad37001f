"""What a question is about, and whose work that is."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmbot.decide import IN_SCOPE_FROM
from srmbot.knowledge.load import load
from srmbot.model import Owner
from srmbot.search.evidence import is_title
from srmbot.search.learning.train import learn
from srmbot.search.matcher import Matcher
from srmbot.search.owners import Reading, choose_owner, other_owners
from srmbot.search.weights import Weights

# Questions that must never go wrong: the seed's statements and what the documents show.
MUST = [
    # question, service, topic, owner
    ("backups", "general", "backups", Owner.SHARED),
    ("rds backups", "rds", "backups", Owner.SHARED),
    ("who sets how long RDS backups are kept?", "rds", "backups", Owner.CUSTOMER),
    ("who takes the automated backups of our RDS instance", "rds", "backups", Owner.AWS),
    ("who patches the OS under RDS?", "rds", "operating-system", Owner.AWS),
    ("who replaces broken disks under RDS?", "rds", "infrastructure", Owner.AWS),
    ("who decides on Multi-AZ for RDS", "rds", "high-availability", Owner.CUSTOMER),
    ("who encrypts dynamodb tables at rest", "dynamodb", "encryption-at-rest", Owner.AWS),
    ("who manages IAM access to DynamoDB?", "dynamodb", "iam", Owner.CUSTOMER),
    ("who tunes slow queries on rds", "rds", "performance", Owner.CUSTOMER),
    ("who patches the guest OS of an EC2 instance?", "ec2", "operating-system", Owner.CUSTOMER),
]


@pytest.mark.parametrize(("question", "service", "topic", "owner"), MUST)
def test_understands(matcher, question, service, topic, owner):
    best = matcher.match(question).readings[0]
    assert (best.service, best.topic, best.owner) == (service, topic, owner)


ALONE = [
    "",
    "   ",
    "hello",
    "thanks!",
    "who has the keys to the meeting room?",
    "who patches Azure SQL?",
    "<@U1>",
    "???",
]


@pytest.mark.parametrize("text", ALONE)
def test_leaves_alone(matcher, text):
    matches = matcher.match(text)
    assert not matches.readings or matches.in_scope < IN_SCOPE_FROM


def test_service_alone_is_the_whole_service(matcher):
    best = matcher.match("rds").readings[0]
    assert (best.service, best.topic, best.owner) == ("rds", None, Owner.SHARED)


def test_asker_may_say_which_service(matcher):
    assert matcher.match("who takes the backups?", service="aurora").readings[0].service == "aurora"


THREADS = [
    # first message, reply, service, topic
    ("who patches the OS under RDS?", "<@U0BOT>", "rds", "operating-system"),
    ("who patches the OS under RDS?", "who owns this?", "rds", "operating-system"),
    ("who takes the backups in rds?", "and on aurora?", "aurora", "backups"),
    ("who takes the backups in rds?", "same for dynamo?", "dynamodb", "backups"),
    ("who takes the backups in rds?", "would that differ for Neptune?", "neptune", "backups"),
    ("who takes the backups in rds?", "ok now do redshift", "redshift", "backups"),
    ("we are planning the RDS rollout", "who enables multi-az?", "rds", "high-availability"),
    ("who patches the OS under RDS?", "who encrypts dynamodb at rest?", "dynamodb", "encryption-at-rest"),
]


@pytest.mark.parametrize(("first", "reply", "service", "topic"), THREADS)
def test_reads_a_reply_with_its_thread(matcher, first, reply, service, topic):
    best = matcher.match(reply, [first]).readings[0]
    assert (best.service, best.topic) == (service, topic)


def test_a_mention_below_a_report_asks_whose_it_is(matcher):
    matches = matcher.match("<@U0BOT>", ["RDS storage is full again, everything is read only"])
    assert matches.in_scope >= IN_SCOPE_FROM
    assert matches.readings[0].topic == "scaling"


def test_reply_that_leaves_nothing_open_needs_no_thread(matcher):
    assert not matcher.read("who encrypts dynamodb at rest?").needs_thread
    assert matcher.read("who enables multi-az?").needs_thread
    assert matcher.read("<@U0BOT>").needs_thread


def test_a_specific_question_pins_its_duty(matcher):
    best = matcher.match("who sets the backup retention period on rds").readings[0]
    assert best.duty is not None
    assert best.duty.id == "rds.retention"


def test_where_either_side_may_be_meant_both_are_named():
    owners = {"aws": 0.45, "customer": 0.45, "shared": 0.1}
    assert choose_owner(owners, [], {}) is Owner.SHARED
    assert choose_owner({"aws": 0.9, "customer": 0.05, "shared": 0.05}, [], {}) is Owner.AWS


def test_a_topics_title_is_broad_and_a_part_of_it_is_not(matcher):
    assert matcher.match("who patches rds").readings[0].owner is Owner.SHARED
    assert matcher.match("lambda os").readings[0].owner is Owner.AWS
    assert is_title(("back", "up"), "Backups")
    assert not is_title(("security", "groups"), "Network access")


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("backups", True),
        ("rds backups", True),
        ("rds vs aurora backups", True),
        ("backups for our rds and aurora", True),
        ("aurora vs rds", False),  # any comparison, mostly of the price
        ("rds vs aurora backups gone", False),
        ("how to do rds backups", False),
    ],
)
def test_names_alone_are_keywords_however_many_services(matcher, text, typed):
    assert matcher.match(text).evidence.keyword is typed


def test_each_other_owner_is_offered(matcher):
    best = matcher.match("who looks after multi-az for rds, is it automatic or do we set it up?").readings[0]
    reading = Reading(replace(best, owner=Owner.SHARED, duty=None), {"aws": 0.45, "customer": 0.45, "shared": 0.1})
    assert {match.owner for match in other_owners(reading)} == {Owner.AWS, Owner.CUSTOMER}
    assert all(match.duty and match.duty.owner is match.owner for match in other_owners(reading))


def test_knowledge_may_have_one_service_and_words_that_never_repeat(tmp_path):
    (tmp_path / "duties").mkdir()
    (tmp_path / "services.yaml").write_text(
        "- slug: general\n  name: AWS\n  full_name: Amazon Web Services\n  line: All of it.\n  aliases: [aws]\n"
    )
    (tmp_path / "topics.yaml").write_text("- slug: backups\n  title: Backups\n  aliases: [spares]\n")
    (tmp_path / "duties" / "general.yaml").write_text(
        "- id: one\n  topic: backups\n  owner: aws\n  duty: Keep copies\n  why: Disks die.\n  say: [spare tape]\n"
        "  source: [https://docs.aws.amazon.com/x]\n"
    )
    known = load([tmp_path])
    best = Matcher(known, Weights(learn(known, ()))).match("backups").readings[0]
    assert (best.service, best.topic, best.owner) == ("general", "backups", Owner.AWS)


def test_the_words_of_one_duty_alone_tell_topic_and_owner(full):
    own = replace(full.knowledge.by_id["rds.retention"], id="rds.kiosk", topic="cost", duty="Feed the harvest kiosk")
    known = replace(full.knowledge, duties=(*full.knowledge.duties, own))
    best = Matcher(known, full.state.matcher.weights).match("who looks after the harvest kiosk on rds?").readings[0]
    assert (best.topic, best.owner, best.duty) == ("cost", Owner.CUSTOMER, own)


def test_a_broad_question_pins_none(matcher):
    assert matcher.match("rds backups").readings[0].duty is None


@pytest.mark.parametrize("question", ["who does backups on aurora?", "who patches RDS?", "eks patching"])
def test_a_broad_question_gets_the_duties_in_their_order_those_of_special_things_last(full, question):
    match = full.state.match(question).readings[0]
    places = [(each.special, match.entry.duties.index(each.item)) for each in match.ranked]
    assert len(places) > 2
    assert places == sorted(places)


@settings(max_examples=100)
@given(text=st.text(max_size=300))
def test_any_text_gets_likelihoods(matcher, text):
    matches = matcher.match(text)
    assert 0 <= matches.in_scope <= 1
    assert 0 <= matches.confidence <= 1
    pairs = {(match.service, match.topic): match.likelihood for match in reversed(matches.readings)}
    assert sum(pairs.values()) <= 1.001  # the other side of an entry is a part of it


def test_weights_that_know_one_owner_alone_offer_no_other_side(bot):
    known = bot.knowledge
    yours = replace(known, duties=tuple(duty for duty in known.duties if duty.owner is Owner.CUSTOMER))
    old = Weights(learn(yours, ()))
    for match in Matcher(known, old).match("who sets how long rds backups are kept?").readings:
        assert match.owner in Owner


def test_a_service_that_was_chosen_counts_as_named(matcher):
    question = "who patches the OS?"
    assert matcher.match(question, service="rds").in_scope > matcher.match(question).in_scope


def test_the_same_question_gets_the_same_answer(matcher):
    assert matcher.match("who rotates the keys?") == matcher.match("who rotates the keys?")

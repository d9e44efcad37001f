"""Whether two phrases about one thing say the same or the opposite."""

from dataclasses import replace

import pytest

from srmbot.search.learning.sense import learn_sense
from srmbot.search.sense import NOTHING_LEARNED, SenseModel, pack_sense, pair_features, read_phrase

SENSES = [
    # two phrases about one thing, whether they say the same
    ("is the endpoint open to the internet", "the endpoint can be reached from anywhere", True),
    ("is the endpoint open to the internet", "the endpoint is private", False),
    ("do we have to patch the host", "AWS patches the host", False),
    ("do we have to patch the host", "patching the host is up to us", True),
    ("is encryption on by default", "encryption is off by default", False),
    ("the logs are kept forever", "the logs are deleted after a month", False),
    ("does it restart without us", "it needs no restart from us", True),
    ("does it restart without us", "it restarts by itself", True),
    ("old copies do not expire", "old copies are kept for ever", True),
    ("old copies do not expire", "old copies are deleted by AWS", False),
]


@pytest.mark.parametrize(("first", "second", "same"), SENSES)
def test_tells_the_same_from_the_opposite(full, first, second, same):
    model = full.state.matcher.weights.sense
    assert (model.agreement(read_phrase(first), read_phrase(second)) > 0) is same


def test_the_order_of_two_phrases_makes_no_difference():
    first, second = read_phrase("we patch it"), read_phrase("AWS does not patch it")
    assert sorted(pair_features(first, second)) == sorted(pair_features(second, first))


def test_what_was_packed_is_read_and_a_denial_turns_the_second_weight_round():
    model = SenseModel(pack_sense([(3, 5, 2), (7, -2, 1), (9, 300, 0)], 1.5))
    assert model.bias == 1.5
    assert [model.add_up([key], 1) for key in (2, 3, 5, 7, 9, 11)] == [0, 7, 0, -1, 127, 0]
    assert [model.add_up([key], -1) for key in (3, 7)] == [3, -3]


def test_the_nearest_phrases_have_the_most_to_say():
    model = SenseModel(NOTHING_LEARNED)  # a denial alone tells
    phrases = [("it is kept", False, 0.2), ("it is not kept", True, 0.1)]
    assert not model.puts_opposite("is it kept?", phrases)
    assert model.puts_opposite("it is not kept, right?", phrases)
    assert model.puts_opposite("is it kept?", [("it is lost", True, 0.9), *phrases])


def test_of_few_opposites_or_none_nothing_is_learned(full):
    assert learn_sense(full.knowledge.boundaries[:3]) == NOTHING_LEARNED
    many = [replace(each, contrary=()) for each in full.knowledge.boundaries]
    assert learn_sense(many) == NOTHING_LEARNED


def test_the_same_phrases_give_the_same_model(full):
    some = full.knowledge.boundaries[:150]
    assert learn_sense(some) == learn_sense(some) != NOTHING_LEARNED


def test_what_is_asked_as_the_other_half_is_left_out():
    assert read_phrase("does the disk grow by itself or must somebody add space?") == read_phrase(
        "does the disk grow by itself"
    )


EFFORTLESS = [
    # a phrase, the same said of what happens by itself
    ("readers are added, nobody has to set that up", "readers are added automatically"),
    ("the key is rotated without us touching it", "the key is rotated automatically"),
    ("a zone may fail with nothing set up by us", "a zone may fail automatically"),
]


@pytest.mark.parametrize(("phrase", "by_itself"), EFFORTLESS)
def test_that_nobody_needs_to_act_denies_nothing(phrase, by_itself):
    assert read_phrase(phrase) == read_phrase(by_itself)

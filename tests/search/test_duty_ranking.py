"""The one duty of an entry that a question is about."""

from dataclasses import replace

import pytest

from srmbot.search.duty_ranking import MAX_COMPARED, DutyRanker, PhraseIndex, cosine

ASKED = ((("how", "long", "are", "backups", "kept"), 1.0),)


@pytest.fixture(scope="module")
def pins(matcher):
    return DutyRanker(matcher.weights)


@pytest.fixture(scope="module")
def entry(known):
    return known.covering("rds", "backups")


def test_an_index_tells_the_cosine_of_the_nearest_phrase(pins, entry):
    asked = pins.vectorize(ASKED)
    vector = {
        text: pins.vectorize(((tuple(text.lower().split()), 1.0),)) for d in entry.duties for text in (d.duty, *d.say)
    }
    for pin in PhraseIndex(entry.duties, vector.__getitem__).rank(asked):
        nearest = max(cosine(asked, vector[text]) for text in (pin.duty.duty, *pin.duty.say))
        assert pin.nearness == pytest.approx(nearest)


def test_the_nearest_duty_comes_first(pins, entry):
    assert pins.rank(pins.vectorize(ASKED), entry, {})[0].duty.id == "rds.retention"


def test_of_very_many_duties_those_with_the_words_are_compared(pins, entry):
    many = tuple(replace(entry.duties[0], id=f"rds.made-{number}") for number in range(3 * MAX_COMPARED))
    recalled = {duty.id: number / 100 for number, duty in enumerate(many)}
    found = pins.rank(pins.vectorize(ASKED), replace(entry, duties=many), recalled)
    assert {pin.duty.id for pin in found} == {duty.id for duty in many[-MAX_COMPARED:]}
    assert len(pins.rank(pins.vectorize(ASKED), replace(entry, duties=many), {})) == MAX_COMPARED

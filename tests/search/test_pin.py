"""The one duty of an entry that a question is about."""

from dataclasses import replace

import pytest

from srmbot.search.pin import MANY, Phrases, Pins, cosine

ASKED = ((("how", "long", "are", "backups", "kept"), 1.0),)


@pytest.fixture(scope="module")
def pins(search):
    return Pins(search.weights)


@pytest.fixture(scope="module")
def entry(known):
    return known.covering("rds", "backups")


def test_an_index_tells_the_cosine_of_the_nearest_phrase(pins, entry):
    asked = pins.vector(ASKED)
    vector = {
        text: pins.vector(((tuple(text.lower().split()), 1.0),)) for d in entry.duties for text in (d.duty, *d.say)
    }
    for pin in Phrases(entry.duties, vector.__getitem__).pinned(asked):
        nearest = max(cosine(asked, vector[text]) for text in (pin.duty.duty, *pin.duty.say))
        assert pin.nearness == pytest.approx(nearest)


def test_the_nearest_duty_comes_first(pins, entry):
    assert pins.rank(pins.vector(ASKED), entry, {})[0].duty.id == "rds.retention"


def test_of_very_many_duties_those_with_the_words_are_compared(pins, entry):
    many = tuple(replace(entry.duties[0], id=f"rds.made-{number}") for number in range(3 * MANY))
    recalled = {duty.id: number / 100 for number, duty in enumerate(many)}
    found = pins.rank(pins.vector(ASKED), replace(entry, duties=many), recalled)
    assert {pin.duty.id for pin in found} == {duty.id for duty in many[-MANY:]}
    assert len(pins.rank(pins.vector(ASKED), replace(entry, duties=many), {})) == MANY

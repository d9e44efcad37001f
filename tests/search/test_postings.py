"""A question is compared with all phrases at once, and the frequent features in one step."""

import pytest

from srmbot.search import postings
from srmbot.search.postings import MANY, NEAR_STEPS, KeptPostings, make_postings

WORDS = {"backup": 1, "copy": 2, "region": 3}
PHRASES = 3 * MANY
TEXTS = [(("backup copy", "copy") if number % 3 else ("backup", "backup region"), "") for number in range(PHRASES // 2)]


def vectorize(text):
    words = text.split()
    return {WORDS[word]: len(words) ** -0.5 for word in words}


@pytest.fixture
def made():
    return make_postings(TEXTS, vectorize)


def test_a_phrase_is_as_near_as_the_cosine_says(made):
    near, covered = made.compare({1: 0.6, 3: 0.8})
    assert [steps / NEAR_STEPS for steps in near[:4]] == pytest.approx([0.6, 1.4 / 2**0.5, 0.6 / 2**0.5, 0.0], abs=1e-3)
    assert covered[:2] == pytest.approx([1.0, 0.36])
    assert list(made.compare({9: 1.0})[0]) == [0] * PHRASES


def test_frequent_features_are_added_up_to_the_same(made, monkeypatch):
    asked = {1: 0.5, 2: 0.5, 3: 0.5**0.5}
    together = made.compare(asked)
    assert made.rows.keys() == {1, 2}
    monkeypatch.setattr(postings, "MANY", PHRASES)
    assert make_postings(TEXTS, vectorize).compare(asked) == together


def test_what_was_kept_is_compared_the_same(made):
    asked = {1: 0.5, 2: 0.5, 3: 0.5**0.5}
    assert KeptPostings(made.to_bytes()).compare(asked) == made.compare(asked)

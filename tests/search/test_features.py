"""Words as hashed features."""

from hypothesis import given
from hypothesis import strategies as st

from srmbot.search.features import (
    SERVICE_MASK,
    comparison_features,
    context_features,
    cross_features,
    hash_subwords,
    ngram_counts,
    ngrams,
    sublinear,
    subwords,
    word_counts,
)

WORDS = st.lists(st.text("abcdeé", min_size=1, max_size=6), max_size=8).map(tuple)


def test_words_and_pairs():
    assert list(ngrams(("who", "patches", "rds"))) == ["who", "patches", "rds", "who patches", "patches rds"]


def test_pieces_mark_the_edges_of_a_word():
    assert list(subwords("os")) == ["~ os", "~os ", "~ os "]


def test_short_word_is_one_piece():
    assert list(subwords("a")) == ["~ a "]


def test_a_name_has_no_pieces():
    assert hash_subwords(SERVICE_MASK) == ()


def test_a_misspelt_word_shares_most_of_its_pieces():
    right, wrong = set(subwords("encryption")), set(subwords("encryptoin"))
    assert len(right & wrong) / len(right) > 0.5


def test_marks_tell_service_topic_and_both():
    assert len(context_features("rds", "backups")) == 3
    assert len(context_features("rds")) == 1
    assert context_features() == {}


def test_a_word_is_crossed_with_what_is_known_beside_it():
    parts = ((("who", "patches"), 1.0),)
    assert len(cross_features(parts, "rds")) == 2
    assert cross_features(parts, "rds").keys().isdisjoint(cross_features(parts, "ec2"))
    assert cross_features(parts, None) == {}


def test_words_that_begin_the_same_are_alike():
    shared = comparison_features(((("encrypt",), 1.0),)).keys() & comparison_features(((("encryption",), 1.0),)).keys()
    assert len(shared) == 2
    assert comparison_features((((SERVICE_MASK,), 1.0),)).keys() == ngram_counts((((SERVICE_MASK,), 1.0),)).keys()


@given(WORDS)
def test_counts_are_those_of_a_slow_count(words):
    of_words = ngram_counts(((words, 1.0),))
    assert sum(of_words.values()) == len(words) + max(len(words) - 1, 0)


@given(WORDS, WORDS)
def test_an_aside_counts_less(asks, aside):
    together = word_counts(((asks, 1.0), (aside, 0.5)))
    assert sum(together.values()) == len(asks) + len(aside) / 2


@given(st.floats(0.01, 100))
def test_damping_never_grows_faster_than_the_count(count):
    assert 0 < sublinear(count) <= max(count, 1)

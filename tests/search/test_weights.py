"""Weights in a flat file: what was packed is what comes out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmbot.search.features import hash_subwords, ngram_counts, word_counts
from srmbot.search.learning.matrix import count_words, spelling_rows
from srmbot.search.learning.write import LEAST_WEIGHT_STEPS, pack
from srmbot.search.shipped import COARSE
from srmbot.search.weights import Head, RowSum, Weights, place_blocks

HEADS = [Head("topic", ("backups", "patching"), (0.5, -0.25)), Head("ours", ("other", "ours"), (0.0, 0.0))]
PARTS = ((("nightly", "backup"), 1.0),)
PIECES = [key for word in PARTS[0][0] for key in hash_subwords(word)]
KEYS = [*ngram_counts(PARTS), *PIECES]


def content_of(rows):
    return pack(HEADS, list(rows), np.ones(len(rows)), np.array(list(rows.values())), ["backup", "nightly"])


def packed(rows):
    return Weights(content_of(rows))


def test_nothing_known_leaves_the_bias():
    scores = packed({1: [0.0] * 4}).scores(RowSum(0, 0))
    assert scores["topic"] == {"backups": 0.5, "patching": -0.25}


def test_the_file_is_refused_when_cut_off():
    content = content_of({1: [1.0] * 4})
    with pytest.raises(ValueError, match="cut off"):
        Weights(content[:-1])


def test_another_file_is_refused():
    with pytest.raises(ValueError, match="no weights of this version"):
        Weights(b"something else entirely, and long enough to have a header")


def test_a_block_is_read_back_beside_others_and_a_newer_one_replaces_it():
    file = content_of({1: [1.0] * 4})
    once = place_blocks(file, [("rds", "old", b"12"), ("aurora", "same", b"345")])
    weights = Weights(place_blocks(once, [("rds", "new", b"6789"), ("dax", "more", b"")]))
    found = {name: weights.kept_block(name, made_of) for name, (made_of, _, _) in weights.kept.items()}
    assert found == {"rds": b"6789", "aurora": b"345", "dax": b""}
    assert weights.kept_block("rds", "old") is None
    assert weights.heads == Weights(file).heads


def test_a_file_can_be_mapped(tmp_path):
    path = tmp_path / "weights.bin"
    path.write_bytes(content_of({KEYS[0]: [1.0, -1.0, 0.0, 0.5]}))
    weights = Weights.open(path)
    assert weights.rarity(KEYS[0]) == pytest.approx(1.0, abs=0.001)
    assert weights.rarity(KEYS[0] + 1) == 0.0
    assert weights.words == "backup nightly"


@settings(max_examples=50)
@given(st.lists(st.lists(st.floats(-3, 3), min_size=4, max_size=4), min_size=len(KEYS), max_size=len(KEYS)))
def test_scores_are_those_of_plain_arithmetic(table):
    """The sum of big integers against the formula written out: TF-IDF of length 1 a block, times weights."""
    rows = dict(zip(KEYS, table, strict=True))
    weights = packed(rows | {1: [15.0] * 4})
    step = COARSE / weights.scale
    rounded = {key: [kept_steps(weight / step) * step for weight in row] for key, row in rows.items()}
    assert scores_of(weights) == pytest.approx(written_out(rounded), abs=0.03)
    weights = spelt_out(rows)
    most = max(len(block) for block in (ngram_counts(PARTS), PIECES)) ** 0.5 * COARSE / weights.scale
    assert scores_of(weights) == pytest.approx(written_out(rows), abs=0.03 + most)


def kept_steps(steps):
    """What is kept of a weight."""
    return round(steps) if abs(steps) >= LEAST_WEIGHT_STEPS else 0


def scores_of(weights):
    """What the weights have for the text."""
    return list(weights.scores(weights.sum_text(PARTS))["topic"].values())


def written_out(rows):
    """What they should have."""
    want = [0.5, -0.25]
    for block in (ngram_counts(PARTS), PIECES):
        length = len(block) ** 0.5
        for lane in range(2):
            want[lane] += sum(rows[key][lane] for key in block) / length
    return want


def spelt_out(rows):
    """Weights with the words' pieces added up, as they are after learning."""
    columns = np.array(sorted(rows), dtype=np.uint32)
    table = np.array([rows[key] for key in columns.tolist()])
    more = spelling_rows(count_words([word_counts(PARTS)] * 2), columns, np.ones(len(columns)), table)
    assert len(more.keys) == 2
    keys, rarities = [*columns.tolist(), *more.keys.tolist()], [np.ones(len(columns)), more.lengths]
    return Weights(pack(HEADS, keys, np.concatenate(rarities), np.vstack([table, more.table])))


def test_rows_are_added_without_overflow():
    long = (tuple(f"word{number}" for number in range(3000)), 1.0)
    rows = {key: [3.0, -3.0, 0.0, 0.0] for key in ngram_counts((long,))}
    scores = packed(rows).scores(packed(rows).sum_text((long,)))["topic"]
    assert scores["backups"] > 100
    assert scores["patching"] < -100


def test_a_very_long_word_is_read():
    word = "ab" * 1000
    rows = {key: [3.0, -3.0, 0.0, 0.0] for key in hash_subwords(word)}
    scores = packed(rows).scores(packed(rows).sum_text((((word,), 1.0),)))["topic"]
    assert scores["backups"] > 3

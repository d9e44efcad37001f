"""Features of many texts as a sparse matrix."""

import numpy as np
import pytest

from srmbot.search.features import hash_subwords
from srmbot.search.learning.matrix import build_blocks, build_vocabulary, count_words, tfidf, tfidf_of_pieces

TEXTS = [{"text": ({7: 1.0, 3: 2.0},)}, {"text": ({3: 1.0, 9: 1.0},)}, {"text": ({},)}, {"text": ({7: 1.0, 3: 1.0},)}]


def test_features_of_one_text_alone_are_left_out():
    columns, idf = build_vocabulary(build_blocks(TEXTS)["text"], count_words([]), len(TEXTS))
    assert columns.tolist() == [3, 7]
    assert idf.tolist() == pytest.approx([np.log(5 / 4) + 1, np.log(5 / 3) + 1])


def test_rows_have_length_one_or_nothing():
    (block,) = build_blocks(TEXTS)["text"]
    columns, idf = build_vocabulary([block], count_words([]), len(TEXTS))
    rows = tfidf(block, columns, idf).toarray()
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1, 1, 0, 1])
    damped = np.array([(1 + np.log(2)) * idf[0], idf[1]])
    assert rows[0].tolist() == pytest.approx((damped / np.linalg.norm(damped)).tolist())


def test_unknown_features_are_nothing():
    (block,) = build_blocks([{"text": ({1: 1.0, 2: 1.0},)}])["text"]
    assert tfidf(block, np.array([5], dtype=np.uint32), np.array([1.0])).nnz == 0


def test_pieces_stand_in_texts_by_their_words():
    texts = [{"backup": 1.0}, {"backup": 1.0, "os": 2.0}, {"os": 1.0}, {"dba": 1.0}]
    words = count_words(texts)
    columns, idf = build_vocabulary([], words, len(texts))
    assert set(columns.tolist()) == {*hash_subwords("backup"), *hash_subwords("os")}
    rows = tfidf_of_pieces(words, columns, idf).toarray()
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1, 1, 1, 0])
    of_os = rows[2] * np.linalg.norm([idf[list(columns).index(key)] for key in hash_subwords("os")])
    assert of_os[of_os > 0].tolist() == pytest.approx(idf[of_os > 0].tolist())

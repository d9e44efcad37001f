"""bench.public: sets as their publishers lay them out, learned and asked by the product's own matcher."""

import json

import numpy as np
import pytest

from bench.public.__main__ import best_mcc, measure, right_beside
from bench.public.ask import Guess, guess, intents_of, learn_set
from bench.public.sets import NO_INTENT, PublicSet, find_sets

ORDERS = ["where is my order", "my order has not come", "has my order been sent", "when does my order come"]
REFUNDS = ["i want my money back", "give me my money back", "refund my money please", "when is my money back"]
LEARNED = [*((text, "ORDER") for text in ORDERS), *((text, "REFUND") for text in REFUNDS)]


def test_a_matcher_learns_intents_as_topics():
    matcher, intents = learn_set(LEARNED), intents_of(LEARNED)
    found = guess(matcher, intents, "where has my order been")
    assert (found.intent, found.ms > 0) == ("ORDER", True)
    assert guess(matcher, intents, "money back please").intent == "REFUND"
    assert found.score > guess(matcher, intents, "sing me a song of six pence").score


def test_the_names_of_intents_are_not_learned_from():
    renamed = [(text, {"ORDER": "money", "REFUND": "order"}[intent]) for text, intent in LEARNED]
    assert guess(learn_set(renamed), intents_of(renamed), "where is my order").intent == "money"


def guessed(intent, likelihood, score):
    return Guess(intent, likelihood, score, 1.0)


def test_right_answers_are_counted_above_what_leaves_so_many_alone():
    asked = [guessed("a", 1.0, score) for score in (0.2, 0.4, 0.6, 0.8)]
    right = np.array([True, True, False, True])
    assert right_beside(asked, right, [0.0, 0.1, 0.2, 0.3], 1.0) == "0.500"
    assert right_beside(asked, right, [], 0.9) == ""


def test_the_correlation_is_that_of_the_best_threshold():
    mixed = [("one", "a"), ("two", "b"), ("three", NO_INTENT)]
    given = PublicSet("x", (), (), mixed=mixed)
    found = [guessed("a", 0.9, 0.0), guessed("b", 0.8, 0.0), guessed("b", 0.35, 0.0)]
    assert best_mcc(given, found) == "1.000 at 0.4"
    assert best_mcc(given, []) == ""


def write_csv(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("text,label\n" + "".join(f'"{text}",{intent}\n' for text, intent in rows))


def write_lines(folder, rows):
    folder.mkdir(parents=True)
    (folder / "seq.in").write_text("".join(f"{text}\n" for text, _ in rows))
    (folder / "label").write_text("".join(f"{intent}\n" for _, intent in rows))


@pytest.fixture
def checkouts(tmp_path):
    """The four repositories, each with a few messages."""
    outside = [("sing me a song", "oos")]
    for shop in ("curekart", "powerplay11", "sofmattress"):
        write_csv(tmp_path / f"HINT3/dataset/v1/test/{shop}_test.csv", [*LEARNED, ("sing me a song", NO_INTENT)])
        for part in ("", "_subset"):
            write_csv(tmp_path / f"HINT3/dataset/v1/train/{shop}{part}_train.csv", LEARNED)
    (tmp_path / "oos-eval/data").mkdir(parents=True)
    held = {"train": LEARNED, "test": LEARNED, "oos_test": outside}
    (tmp_path / "oos-eval/data/data_full.json").write_text(json.dumps(held))
    for name in ("train", "test"):
        write_csv(tmp_path / f"task-specific-datasets/banking_data/{name}.csv", LEARNED)
        for kind in ("BANKING77-OOS", "HWU64"):
            write_lines(tmp_path / f"Few-Shot-Intent-Detection/Datasets/{kind}/{name}", LEARNED)
    for kind in ("id", "ood"):
        write_lines(tmp_path / f"Few-Shot-Intent-Detection/Datasets/BANKING77-OOS/{kind}-oos/test", outside)
    return tmp_path


def test_every_set_is_read_as_it_is_published(checkouts):
    found = {each.name: each for each in find_sets(checkouts)}
    shops = [f"HINT3 {shop}{part}" for shop in ("curekart", "powerplay11", "sofmattress") for part in ("", "_subset")]
    assert list(found) == [*shops, "CLINC150", "BANKING77", "BANKING77-OOS", "HWU64"]
    assert all(list(each.learned) == list(each.asked) == LEARNED for each in found.values())
    outside = {name: (list(each.near), list(each.far)) for name, each in found.items()}
    song = ["sing me a song"]
    assert outside["HINT3 curekart"] == (song, [])
    assert outside["CLINC150"] == ([], song)
    assert outside["BANKING77-OOS"] == (song, song)


def test_what_is_not_there_is_left_out(checkouts, tmp_path):
    (tmp_path / "HINT3").rename(tmp_path / "elsewhere")
    assert next(iter(find_sets(checkouts))).name == "CLINC150"


def test_a_line_has_the_figures_of_a_set(checkouts):
    line = measure(next(iter(find_sets(checkouts))))
    assert line.startswith("HINT3 curekart                   2     8  1.000")
    assert line.endswith("MCC .603")

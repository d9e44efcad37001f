"""Questions that ask nearly the same are one group."""

import pytest

from srmbot.misses.cluster import make_clusters
from srmbot.misses.miss import KeptMiss, Miss


def kept(*questions: str, **more: str) -> list[KeptMiss]:
    return [
        KeptMiss(f"m{number}", 100.0 - number, Miss("T1", "unclear", question=text, user=f"U{number}", **more))
        for number, text in enumerate(questions)
    ]


ALIKE = [
    ("who rotates the zanzibar keys?", "Zanzibar keys, who rotates them"),
    ("who rotates the zanzibar keys?", "who is responsible for rotating the zanzibar keys"),
    ("is the lamu gateway ours?", "lamu gateway: ours or AWS's?"),
]
DIFFERENT = [
    ("who rotates the zanzibar keys?", "who patches the lamu gateway?"),
    ("who rotates the zanzibar keys?", "who deletes the zanzibar logs?"),
    ("who owns backups", "who owns failover"),
]


@pytest.mark.parametrize("questions", ALIKE)
def test_questions_that_are_alike_are_one_group(questions):
    [cluster] = make_clusters(kept(*questions))
    assert cluster.times == 2
    assert sorted(cluster.questions) == sorted(questions)


@pytest.mark.parametrize("questions", DIFFERENT)
def test_questions_about_other_things_are_not(questions):
    assert len(make_clusters(kept(*questions))) == 2


def test_the_largest_group_comes_first_and_is_named_by_its_most_frequent_question():
    texts = ("lamu gateway?", "zanzibar keys rotate?", "who rotates zanzibar keys", "who rotates zanzibar keys")
    first, second = make_clusters(kept(*texts))
    assert (first.text, first.times, first.ids) == ("who rotates zanzibar keys", 3, ["m1", "m2", "m3"])
    assert (second.text, second.times) == ("lamu gateway?", 1)


def test_what_one_person_says_of_one_answer_counts_once():
    thumb, form = (
        kept("who rotates zanzibar keys")[0],
        kept("who rotates zanzibar keys", note="ours", owner="customer")[0],
    )
    [cluster] = make_clusters([thumb, form])
    assert (cluster.times, cluster.notes, cluster.owner, cluster.page) == (1, ["ours"], "customer", "")


def test_questions_of_nothing_but_small_words_are_told_apart():
    assert len(make_clusters(kept("who does that?", "is it ours or theirs or what?"))) == 2


def test_there_may_be_none():
    assert make_clusters([]) == []

"""Duties found by the words that they alone have, and how many duties are learned from."""

from dataclasses import replace

from srmbot.search.duty_words import WordIndex, index_phrases
from srmbot.search.learning.train import MAX_DUTIES, sample_duties


def renamed(duty, number, text):
    return replace(duty, id=f"rds.made-{number}", topic="backups", duty=text, say=(text,))


def test_a_duty_is_found_by_words_that_it_alone_has(known):
    made = replace(
        known.duties[0], id="rds.made", service="rds", topic="restore", duty="Rewind the harvest kiosk", say=()
    )
    found = WordIndex(replace(known, duties=(*known.duties, made))).find("rds", ("harvest", "kiosk"))
    assert found == {"rds.made": 1.0}


def test_words_of_no_duty_find_nothing(known):
    assert WordIndex(known).find("rds", ("zanzibar",)) == {}
    assert WordIndex(known).find("rds", ()) == {}


def test_a_part_of_a_word_is_not_the_word(known):
    made = replace(known.duties[0], service="rds", duty="Review the kiosks, kiosk-2 and kiosk_3", say=("kioskless",))
    found = index_phrases([made])
    assert list(found.lines_with("kiosk")) == [0]
    assert list(found.lines_with("kiosks")) == [0]
    assert list(found.lines_with("kio")) == []
    assert list(found.lines_with("3")) == [0]


def test_words_that_no_duty_has_make_the_share_smaller(known):
    found = WordIndex(known).find("rds", ("retention", "zanzibar"))
    assert 0 < max(found.values()) < max(WordIndex(known).find("rds", ("retention",)).values())


def test_a_word_that_few_phrases_have_counts_more(known):
    one, *others = [renamed(known.duties[0], number, f"Count the boats of berth{number}") for number in range(30)]
    found = WordIndex(replace(known, duties=(one, *others))).find(one.service, ("boats", "berth0"))
    assert found[one.id] == 1.0
    assert all(found.get(other.id, 0.0) < 0.5 for other in others)


def test_all_duties_are_learned_from_where_a_topic_has_few(known):
    assert {duty.id for duty in sample_duties(known.duties)} == {duty.id for duty in known.duties}


def test_of_a_topic_with_many_duties_the_first_and_some_from_everywhere_are_learned_from(known):
    many = [renamed(known.duties[0], number, f"Count to {number}") for number in range(10 * MAX_DUTIES)]
    chosen = sample_duties(many)
    assert len(chosen) == MAX_DUTIES
    assert chosen[0] == many[0]
    assert len({int(duty.id.rpartition("-")[2]) // MAX_DUTIES for duty in chosen}) == 10
    assert sample_duties(many) == chosen

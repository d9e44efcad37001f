"""The belief that a question is about."""

from types import MappingProxyType

import pytest

from srmbot.query import tokenize
from srmbot.search.confidence import TOPIC, meaning_score
from srmbot.search.duty_ranking import DutyRanker
from srmbot.search.meaning_ranking import MeaningRanker
from srmbot.search.word_vectors import similarity

ASKED = ((("how", "long", "are", "backups", "kept"), 1.0),)
ROUNDED = 1e-3  # shares are cut into steps


@pytest.fixture(scope="module")
def ranker(matcher):
    return MeaningRanker(DutyRanker(matcher.knowledge, matcher.weights))


def find(ranker, parts, services, likely=MappingProxyType({})):
    meaning = ranker.weights.word_vectors.of_text(parts)
    return ranker.find_boundary(ranker.ranker.vectorize(parts), meaning, services, likely)


def test_every_belief_is_the_nearest_to_its_own_words(ranker, known):
    """The first and the last of its phrases, which mostly puts it the other way round: all of them are 33,000."""
    for slug, beliefs in known.boundaries_by_service.items():
        for each in beliefs:
            for text in {each.phrases[0], each.phrases[-1]}:
                _, found = find(ranker, ((tokenize(text), 1.0),), [slug], {each.topic: 1.0})
                assert found.nearness == max(found.near) == pytest.approx(1.0, abs=ROUNDED), text


def test_beliefs_of_another_service_are_not_compared(ranker):
    for services, owner in ((["aurora"], "aurora"), (["nothing", "rds"], "rds")):
        assert find(ranker, ASKED, services)[1].item.service == owner
    assert find(ranker, ASKED, ["nothing"]) is None


def test_the_likelier_topic_decides_between_beliefs_that_are_about_as_near(ranker):
    plain, found = find(ranker, ASKED, ["rds"])
    assert find(ranker, ASKED, ["rds"], {found.item.topic: 1.0}) == (plain + TOPIC, found)
    others = {topic: 5.0 for topic in ranker.knowledge.topics if topic != found.item.topic}
    assert find(ranker, ASKED, ["rds"], others)[1].item.topic != found.item.topic


def test_none_scores_higher_than_the_one_that_is_found(ranker, known):
    index, vector = ranker.index("rds"), ranker.ranker.vectorize(ASKED)
    meaning = ranker.weights.word_vectors.of_text(ASKED)
    likely = {"backups": 0.7, "restore": 0.2}
    scores = [
        meaning_score(similarity(meaning, point), each.nearness, each.coverage, likely.get(each.item.topic, 0.0))
        for each, point in zip(index.phrases.rank(vector), index.meanings, strict=True)
    ]
    score, found = find(ranker, ASKED, ["rds"], likely)
    assert score == max(scores)
    assert found.item == known.boundaries_by_service["rds"][scores.index(score)]


def test_what_was_kept_is_what_would_be_made(ranker, known):
    index = ranker.index("rds")
    made = ranker.find_meanings((each, f"{each.because} {each.next or ''}") for each in index_items(known))
    for kept, new in zip(index.meanings, made, strict=True):
        assert kept == pytest.approx(new, abs=1e-3)  # two bytes a number


def index_items(known):
    return known.boundaries_by_service["rds"]

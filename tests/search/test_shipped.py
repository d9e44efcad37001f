"""The weights that come with srmbot: for the built-in knowledge, small, and the same as what was learned."""

import pytest

from srmbot.cache import Cache
from srmbot.knowledge.load import load
from srmbot.search import shipped
from srmbot.search.learning.cached import keep_indexes, load_or_learn
from srmbot.search.learning.ship import compress
from srmbot.search.learning.train import learn
from srmbot.search.matcher import Matcher
from srmbot.search.weights import SENSE, WORD_VECTORS, Weights

MOST_BYTES = 3_000_000
QUESTIONS = ("who patches the OS under RDS?", "aurora backups", "Multi-AZ is a backup, right?", "lunch?")


@pytest.fixture(scope="module")
def learned(bot):
    return learn(bot.knowledge, bot.state.examples())


@pytest.fixture
def packed(bot, learned, tmp_path):
    path = tmp_path / "some.weights"
    path.write_bytes(compress(learned, bot.knowledge.learned_from))
    return path


def test_what_is_shipped_is_for_the_built_in_knowledge(known):
    assert shipped.is_for(known.learned_from), "knowledge/ has changed: run `make weights`"
    assert shipped.SHIPPED.stat().st_size <= MOST_BYTES


def test_nothing_is_lost_on_the_way(bot, learned, packed):
    weights = Weights(shipped.unpack(packed))
    assert weights.kept.keys() == {WORD_VECTORS, SENSE}
    first, second = Matcher(bot.knowledge, Weights(learned)), Matcher(bot.knowledge, weights)
    for text in QUESTIONS:
        one, other = first.match(text), second.match(text)
        assert one.readings == other.readings, text
        assert one.in_scope == pytest.approx(other.in_scope, abs=1e-4), text  # blocks in the cache are rounded


def test_other_knowledge_and_other_features_are_not_answered_from_it(bot, packed, monkeypatch):
    assert shipped.is_for(bot.knowledge.learned_from, packed)
    assert not shipped.is_for("0" * 16, packed)
    monkeypatch.setattr(shipped, "FEATURES", 0)
    assert not shipped.is_for(bot.knowledge.learned_from, packed)


def test_a_missing_or_broken_file_is_no_error(bot, packed, tmp_path):
    assert not shipped.is_for(bot.knowledge.learned_from, tmp_path / "none")
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(ValueError, match=r"some\.weights"):
        shipped.unpack(packed)


def test_a_start_unpacks_instead_of_learning(bot, packed, tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "SHIPPED", packed)
    cache = Cache(tmp_path / "cache")
    weights = load_or_learn(bot.knowledge, tuple, cache, learn=pytest.fail)
    matcher = Matcher(bot.knowledge, weights)
    matcher.match(QUESTIONS[0])
    assert "rds" in matcher.meanings.indexed
    keep_indexes(matcher.meanings, cache)
    again = Matcher(bot.knowledge, load_or_learn(bot.knowledge, tuple, cache, learn=pytest.fail))
    assert again.match(QUESTIONS[0]).readings == matcher.match(QUESTIONS[0]).readings
    assert not again.meanings.indexed


def test_all_that_is_indexed_is_kept_beside_what_was_kept_before(bot, packed, tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "SHIPPED", packed)
    cache = Cache(tmp_path / "cache")
    matcher = Matcher(bot.knowledge, load_or_learn(bot.knowledge, tuple, cache, learn=pytest.fail))
    matcher.meanings.index_all()
    keep_indexes(matcher.meanings, cache)
    kept = load_or_learn(bot.knowledge, tuple, cache, learn=pytest.fail)
    assert {WORD_VECTORS, SENSE, "rds", "meanings rds", "rds/backups"} <= kept.kept.keys()
    again = Matcher(bot.knowledge, kept)
    again.meanings.index_all()
    assert not list(again.meanings.blocks_to_keep())


def test_a_folder_with_teams_alone_needs_no_learning(folder, tmp_path):
    (tmp_path / "teams.yaml").write_text("- service: rds\n  team: DBA\n  channel: dba\n")
    alone, both = load([folder]), load([folder, tmp_path])
    assert both.version != alone.version
    assert both.learned_from == alone.learned_from

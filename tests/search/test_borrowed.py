"""A bot that cannot learn: what it answers by, what it says of that, and what `srmbot learn` makes for it."""

import logging
import shutil

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.search import shipped
from srmbot.search.borrowed import BorrowedWeights
from srmbot.search.learning import process
from srmbot.search.learning.cached import NotLearnedError, has_learned, load_or_learn
from srmbot.search.learning.ship import compress

SERVICES = "- {slug: orchard, name: Orchard, full_name: The Orchard, line: Trees of ours., aliases: [orchard]}\n"
CELLAR = "- {slug: cellar, name: Cellar, full_name: The Cellar, line: Wine., aliases: [cellar], falls_back: orchard}\n"
TOPICS = "- slug: pruning\n  title: Pruning\n  aliases: [prune trees]\n"
DUTIES = """\
- id: prune
  topic: pruning
  owner: customer
  duty: Prune the quinces
  say: [prune the quinces, cut back quince branches]
  why: Quinces bear on old wood.
  source: [https://example.com/pruning]
- id: ladder
  topic: backups
  owner: aws
  duty: Carry the ladders to the quinces
  say: [carry the ladders, who brings ladders]
  why: They are heavy.
  source: [https://example.com/ladders]
"""


@pytest.fixture
def packed(bot, tmp_path):
    """The small folder's weights as a file."""
    path = tmp_path / "small.weights"
    path.write_bytes(compress(bytes(bot.state.matcher.weights.content), bot.knowledge.learned_from))
    return path


@pytest.fixture
def cannot_learn(packed, monkeypatch):
    """As where scikit-learn is not installed, and the small folder is what srmbot comes with."""
    monkeypatch.setattr(process, "find_spec", lambda name: None)
    monkeypatch.setattr(shipped, "SHIPPED", packed)


@pytest.fixture
def ours(tmp_path):
    """An organisation's own service and topic."""
    folder = tmp_path / "ours"
    (folder / "duties").mkdir(parents=True)
    for name, text in (("services", SERVICES), ("topics", TOPICS), ("duties/orchard", DUTIES)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def borrowing(cannot_learn, folder, ours, tmp_path):
    """A bot that answers from both folders by the weights of the lower one."""
    return Bot.from_folders([folder, ours], Cache(tmp_path / "cache"))


QUESTIONS = [
    # question, service, topic, owner
    ("who sets backup retention on rds?", "rds", "backups", "customer"),
    ("who carries the ladders in the orchard?", "orchard", "backups", "aws"),
    ("who prunes quinces of the orchard? cut back quince branches", "orchard", "pruning", "customer"),
    ("orchard pruning", "orchard", "pruning", "customer"),
    ("orchard: carry the laders", "orchard", "backups", "aws"),
]


@pytest.mark.parametrize(("question", "service", "topic", "owner"), QUESTIONS)
def test_names_and_words_of_own_duties_are_found(borrowing, question, service, topic, owner):
    answer = borrowing.state.reply(question)
    assert (answer.service, answer.topic, answer.owner) == (service, topic, owner)


def test_own_words_are_no_slips(borrowing):
    assert not borrowing.state.learned
    assert borrowing.state.read("quince ladders of the orchard").corrections == ()
    assert not super(BorrowedWeights, borrowing.state.matcher.weights).knows("ladders")


def test_names_that_are_not_known_here_have_no_score(bot, borrowing):
    weights = borrowing.state.matcher.weights
    scores = weights.scores(weights.sum_text(((("ladders",), 1.0),)))
    assert scores["topic"].keys() == borrowing.knowledge.topics.keys() == {*bot.knowledge.topics, "pruning"}
    assert scores["service"].keys() == borrowing.knowledge.services.keys()
    assert scores["topic"]["pruning"] == min(scores["topic"].values())


def test_it_says_so_at_the_start(cannot_learn, folder, ours, caplog):
    Bot.from_folders([folder], Cache(None))
    assert caplog.records == []
    Bot.from_folders([folder, ours], Cache(None))
    [record] = caplog.records
    assert (record.levelno, record.getMessage()) == (logging.WARNING, "not_learned")
    assert (record.weights, record.fix) == ("small.weights", "run `srmbot learn`, or install srmbot[learn]")


def test_teams_alone_need_no_learning(cannot_learn, folder, tmp_path):
    (tmp_path / "teams").mkdir()
    (tmp_path / "teams" / "teams.yaml").write_text("- service: rds\n  team: DBA\n  channel: dba\n")
    made = Bot.from_folders([folder, tmp_path / "teams"], Cache(None))
    assert made.state.learned
    assert made.state.reply("who sets backup retention on rds?").team.team == "DBA"


def test_what_was_borrowed_is_never_kept_as_learned(borrowing, ours):
    cache = borrowing.cache
    borrowing.keep_indexes()
    assert not has_learned(borrowing.knowledge, cache)
    with pytest.raises(NotLearnedError, match="scikit-learn is not installed"):
        load_or_learn(borrowing.knowledge, tuple, cache)


def test_a_change_is_answered_without_learning(borrowing, ours):
    path = ours / "duties" / "orchard.yaml"
    path.write_text(path.read_text().replace("Prune the quinces", "Trim the medlars"))
    assert borrowing.refresh() == ()
    assert borrowing.learner is None
    assert borrowing.state.reply("who cuts back quince branches in the orchard?").task == "Trim the medlars"
    assert not borrowing.state.learned


def test_a_new_service_is_answered_without_learning(borrowing, ours):
    path = ours / "services.yaml"
    path.write_text(SERVICES + CELLAR)
    assert borrowing.refresh() == ()
    assert borrowing.state.reply("who owns the cellar?").service == "cellar"


def test_of_two_files_the_own_one_is_borrowed(cannot_learn, folder, ours, tmp_path, caplog):
    own = shutil.copy(tmp_path / "small.weights", tmp_path / "of-yesterday.weights")
    Bot.from_folders([folder, ours], Cache(None), files=[own])
    assert [record.weights for record in caplog.records] == ["of-yesterday.weights"]


def test_without_any_file_there_is_no_answer(cannot_learn, folder, ours, packed):
    packed.write_bytes(b"0 0\n")
    with pytest.raises(NotLearnedError, match=r"^there are no weights to answer by, .*install srmbot\[learn\]"):
        Bot.from_folders([folder, ours], Cache(None))

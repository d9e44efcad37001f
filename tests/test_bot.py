"""Knowledge that changes while the bot runs: the new one answers, a broken one changes nothing, none are mixed."""

import json
import logging
import shutil
import threading
import time
from collections import Counter
from dataclasses import replace

import pytest

from srmbot import bot as module
from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.commands import answer
from srmbot.render.json import as_json
from srmbot.render.text import as_text
from srmbot.search.learning.train import learn
from srmbot.search.matcher import Matcher
from tests.support.served_app import LONG

QUESTION = "who sets backup retention on rds?"
RDS = "duties/rds.yaml"


@pytest.fixture
def ours(folder, tmp_path):
    """A copy of the small folder, to be changed."""
    shutil.copytree(folder, tmp_path / "ours")
    return tmp_path / "ours"


@pytest.fixture
def live(ours, cache_folder, monkeypatch):
    """A bot that knows it; nothing is still being learned at the end."""
    monkeypatch.setattr(module, "learn_in_process", learn)  # a process for each is too slow; test_apart.py has some
    bot = Bot.from_folders([ours], Cache(cache_folder))
    bot.cache = Cache(None)  # what is changed is learned from anew
    yield bot
    settled(bot)


def settled(bot: Bot) -> None:
    """Wait for what is being learned."""
    if thread := bot.learner:
        thread.join(30)
    assert bot.learner is None
    assert bot.state.learned


def edit(path, old: str, new: str) -> None:
    """Change a text that is there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def retention(bot: Bot) -> str:
    """What is said about the one duty that the tests change."""
    return bot.state.choose("rds.retention").task


def test_a_new_text_answers_at_once_and_is_learned_from_afterwards(live, ours, monkeypatch):
    go, old = threading.Event(), live.state.matcher.weights
    weights = module.load_or_learn
    monkeypatch.setattr(module, "load_or_learn", lambda *given: go.wait(30) and weights(*given))
    edit(ours / RDS, "Set the backup retention period", "Choose the retention period")
    assert live.refresh() == ()
    assert live.state.reply(QUESTION).task == "Choose the retention period"
    assert live.state.reply(QUESTION).knowledge is live.knowledge
    assert (live.state.matcher.weights, live.state.learned) == (old, False)
    go.set()
    settled(live)
    assert live.state.matcher.weights is not old
    assert live.state.reply(QUESTION).task == "Choose the retention period"


def test_files_that_say_the_same_change_nothing(live):
    before = live.state
    assert live.refresh() == ()
    assert live.state is before


BROKEN = [
    # what is written over `owner: customer`, where that is found (lines below it, column), what is said
    ("owner: costumer", "0:10: `owner` is 'costumer', not one of aws, customer"),
    ("owner: [", "2:6: not YAML: "),
]


@pytest.mark.parametrize(("broken", "said"), BROKEN)
def test_a_broken_edit_keeps_the_last_good_one_and_tells_where(live, ours, caplog, broken, said):
    caplog.set_level(logging.INFO, "srmbot")
    before = live.state
    edit(ours / RDS, "Set the backup retention period", "Choose the retention period")
    edit(ours / RDS, "owner: customer", broken)
    found = live.refresh()
    assert live.state is before
    assert live.problems == found
    assert len(found) == 1
    line = (ours / RDS).read_text(encoding="utf-8").splitlines().index(f"  {broken}") + 1
    below, _, rest = said.partition(":")
    problems = [f"{record.at}: {record.what}" for record in caplog.records if record.msg == "knowledge_problem"]
    assert any(f"/{RDS}:{line + int(below)}:{rest}" in text for text in problems), problems
    assert all(str(problem.at) in " ".join(problems) for problem in found)
    assert caplog.records[-1].getMessage() == "knowledge_invalid"

    caplog.clear()
    assert live.refresh() == found
    assert caplog.records == []  # logged once, however often the files are looked at

    edit(ours / RDS, broken, "owner: customer")
    assert live.refresh() == live.problems == ()
    assert retention(live) == "Choose the retention period"
    assert caplog.records[0].getMessage() == "knowledge_valid"


def test_a_folder_that_is_gone_keeps_the_last_good_one(live, ours):
    shutil.rmtree(ours)
    assert "there is no such folder" in [problem.what for problem in live.refresh()]
    assert retention(live) == "Set the backup retention period"


def test_a_file_that_is_deleted_answers_no_more(live, ours):
    assert live.state.reply("aurora backups").borrowed is None
    (ours / "duties" / "aurora.yaml").unlink()
    assert live.refresh() == ()
    assert live.state.reply("aurora backups").borrowed == "RDS"


def test_a_service_that_is_gone_is_learned_without_first(live, ours):
    for kind in ("duties", "absent"):
        (ours / kind / "aurora.yaml").unlink()
    text = (ours / "services.yaml").read_text(encoding="utf-8")
    rows = [row for row in text.split("- slug: ") if not row.startswith("aurora")]
    (ours / "services.yaml").write_text("- slug: ".join(rows), encoding="utf-8")
    people = ours / "asked" / "people.yaml"
    people.write_text("voice: Nobody in particular.\nours:\n  rds/backups:\n    customer:\n    - keep backups longer\n")
    old = live.state.matcher.weights
    assert live.refresh() == ()
    assert live.state.learned
    assert live.state.matcher.weights is not old
    assert "aurora" not in live.knowledge.services
    assert live.state.reply("who does backups of the writer endpoint?").service != "aurora"


def test_of_two_quick_edits_the_last_one_stays(live, ours, monkeypatch):
    go, begun, learned = threading.Event(), threading.Event(), []
    weights = module.load_or_learn

    def slowly(knowledge, *given):
        learned.append(knowledge.version)
        begun.set()
        assert go.wait(30)
        return weights(knowledge, *given)

    monkeypatch.setattr(module, "load_or_learn", slowly)
    edit(ours / RDS, "Set the backup retention period", "Choose the retention period")
    live.refresh()
    first = live.knowledge.version
    assert begun.wait(30)  # else the second edit may come before anything is learned from the first
    edit(ours / RDS, "Choose the retention period", "Decide on the retention period")
    live.refresh()
    assert retention(live) == "Decide on the retention period"
    go.set()
    settled(live)
    assert learned == [first, live.knowledge.version]
    assert retention(live) == "Decide on the retention period"


def test_what_cannot_be_learned_is_logged_and_the_old_weights_stay(live, ours, monkeypatch, caplog):
    with monkeypatch.context() as broken:
        broken.setattr(module, "load_or_learn", lambda *_: 1 / 0)
        edit(ours / RDS, "Set the backup retention period", "Choose the retention period")
        live.refresh()
        live.learner and live.learner.join(30)
    assert live.learner is None
    assert live.state.reply(QUESTION).task == "Choose the retention period"
    assert "ZeroDivisionError" in caplog.text
    edit(ours / RDS, "Choose the retention period", "Decide on the retention period")
    live.refresh()
    settled(live)


def test_an_answer_under_way_is_finished_from_the_state_it_was_begun_with(live, ours, monkeypatch):
    find = Matcher.match

    def find_and_change(matcher, *given):
        found = find(matcher, *given)
        edit(ours / RDS, "Set the backup retention period", "Choose the retention period")
        edit(ours / "services.yaml", "name: RDS", "name: The RDS")
        assert live.refresh() == ()
        return found

    old = live.knowledge
    with monkeypatch.context() as changing:
        changing.setattr(Matcher, "match", find_and_change)
        reply = live.state.reply(QUESTION)
    assert (reply.task, reply.label) == ("Set the backup retention period", "RDS · Backups")
    assert reply.knowledge is old
    assert live.state.reply(QUESTION).label == "The RDS · Backups"


def test_why_tells_of_one_state(live, ours, monkeypatch):
    find, asked = Matcher.match, []

    def find_and_change(matcher, *given):
        if not asked:
            edit(ours / RDS, "Set the backup retention period", "Choose the retention period")
            assert live.refresh() == ()
        asked.append(matcher)
        return find(matcher, *given)

    old = live.state.matcher
    monkeypatch.setattr(Matcher, "match", find_and_change)
    assert "rds.retention" in answer(live.state, f"why {QUESTION}")
    assert live.state.matcher is not old
    assert asked == [old, old]


def marked(bot: Bot, sign: str):
    """A state whose every word of an answer carries a sign."""
    known = bot.knowledge
    duties = tuple(replace(duty, duty=f"{sign} {duty.duty}", why=f"{sign} {duty.why}") for duty in known.duties)
    services = {slug: replace(each, name=f"{sign} {each.name}") for slug, each in known.services.items()}
    made = replace(known, duties=duties, services=services, version=sign * 16)
    return replace(bot.state, knowledge=made, matcher=Matcher(made, bot.state.matcher.weights))


def test_threads_never_see_a_mixture(live):
    states = [marked(live, sign) for sign in "§¶"]
    live.state = states[0]
    stop, mixed, asked = threading.Event(), [], Counter()

    def ask() -> None:
        while not stop.is_set():
            reply = live.state.reply(QUESTION)
            signs = set("§¶") & set(json.dumps(as_json(reply), ensure_ascii=False) + as_text(reply))
            mixed.extend([reply] if len(signs) != 1 else [])
            asked[threading.get_ident()] += 1

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    end = time.monotonic() + LONG
    while time.monotonic() < end and (len(asked) < len(threads) or min(asked.values()) <= 20):
        for state in states:
            live.state = state
            time.sleep(0.0005)
    stop.set()
    for each in threads:
        each.join()
    live.state = replace(states[0], learned=True)
    assert mixed == []
    assert min(asked.values()) > 20

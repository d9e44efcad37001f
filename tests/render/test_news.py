"""What is new in the knowledge since an earlier version, in lines."""

from dataclasses import replace

from srmbot.model import Owner, Reply
from srmbot.overview.news import hash_records
from srmbot.render.news import news_lines


def test_the_same_knowledge_is_no_news(bot):
    assert list(news_lines(hash_records(bot.knowledge), bot.knowledge)) == []


def test_a_changed_duty_and_a_moved_topic_are_named(bot):
    known = bot.knowledge
    duty = next(each for each in known.duties if each.id == "rds.retention")
    others = [each for each in known.duties if each is not duty]
    changed = replace(known, duties=(*others, replace(duty, why="Another reason.")))
    assert list(news_lines(hash_records(known), changed)) == [f"Changed: RDS · Backups: {duty.duty}"]

    gone = replace(known, duties=tuple(each for each in known.duties if each.owner is not Owner.CUSTOMER))
    lines = list(news_lines(hash_records(known), gone))
    assert "RDS · Backups: both → AWS" in lines
    assert "Gone: rds.retention" in lines
    assert f"New: RDS · Backups: {duty.duty}" in news_lines(hash_records(gone), known)


def test_a_new_belief_and_one_that_is_turned_round_are_named(bot):
    known = bot.knowledge
    first, *others = known.boundaries
    turned = replace(first, reply=next(each for each in Reply if each is not first.reply))
    changed = replace(known, boundaries=(turned, *others))
    assert list(news_lines(hash_records(known), changed)) == [f"Changed: “{first.belief}”: {turned.reply}"]
    fewer = hash_records(replace(known, boundaries=tuple(others)))
    assert list(news_lines(fewer, known)) == [f"New: “{first.belief}”: {first.reply}"]


def test_a_tip_or_another_page_is_no_news(bot):
    known = bot.knowledge
    other = replace(known, duties=tuple(replace(each, tip="A tip.", source=()) for each in known.duties))
    assert list(news_lines(hash_records(known), other)) == []

"""Entries that somebody should look at again."""

from dataclasses import replace
from datetime import date

from srmbot.overview.review import due_entries

NOW = date(2026, 11, 30)


def test_what_was_never_checked_comes_first_then_the_oldest(bot):
    fresh = [replace(each, as_of="2026-10", checked=True) for each in bot.knowledge.duties]
    assert due_entries(replace(bot.knowledge, duties=tuple(fresh)), NOW) == []
    topics = {each.topic: number for number, each in enumerate(fresh) if each.service == "rds"}
    for topic, change in (("backups", {"as_of": "2020"}), ("patching", {"as_of": "2021-02"})):
        fresh[topics[topic]] = replace(fresh[topics[topic]], **change)
    fresh[topics["monitoring"]] = replace(fresh[topics["monitoring"]], checked=False)
    due = due_entries(replace(bot.knowledge, duties=tuple(fresh)), NOW)
    assert [(each.entry.id, each.oldest, each.unchecked) for each in due] == [
        ("rds/monitoring", None, 1),
        ("rds/backups", "2020", 0),
        ("rds/patching", "2021-02", 0),
    ]

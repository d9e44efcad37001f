"""Pages older than two years are dated at the end of an answer."""

from dataclasses import replace

import pytest

from srmbot.render.point import point
from srmbot.render.sections import sections


def test_old_pages_are_dated_at_the_end_and_not_in_the_point(bot):
    answer = bot.state.choose("rds.retention")
    [section] = [each for each in sections(dated(answer, "2023-06")) if each.name == "old_pages"]
    assert section.lines == ["From pages as of 2023-06; they may have changed since."]
    assert "2023" not in point(dated(answer, "2023-06"))
    assert list(sections(dated(answer, "2023-06")))[-1].name == "old_pages"


@pytest.mark.parametrize("as_of", [None, "2024-11", "2026"])
def test_newer_pages_are_not_dated(bot, as_of):
    answer = bot.state.choose("rds.retention")
    assert [each.name for each in sections(dated(answer, as_of)) if each.name == "old_pages"] == []


def test_several_vintages_are_named_from_the_oldest(bot):
    one, other = (dated(bot.state.choose("rds.retention"), as_of) for as_of in ("2023-06", "2022-01"))
    both = replace(one, parts=(one, other))
    [section] = [each for each in sections(both) if each.name == "old_pages"]
    assert section.lines == ["From pages as of 2022-01 and 2023-06; they may have changed since."]


def dated(answer, as_of):
    """An answer whose main duty was read in a page of some vintage."""
    return replace(answer, match=replace(answer.match, duty=replace(answer.match.duty, as_of=as_of)))

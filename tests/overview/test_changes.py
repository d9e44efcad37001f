"""What changed between two states of the knowledge."""

from dataclasses import replace

import pytest

from srmbot.model import Owner, Reply, Team
from srmbot.overview.changes import find_changes
from srmbot.render.changes import as_text


def changed(known, **fields):
    """The known duty `rds.retention` with other fields."""
    return replace(
        known,
        duties=tuple(replace(duty, **fields) if duty.id == "rds.retention" else duty for duty in known.duties),
    )


@pytest.fixture
def known(bot):
    return bot.knowledge


def test_nothing_changed(known):
    assert as_text(find_changes(known, replace(known, version="other")), known) == "No difference."


def test_a_line_further_down_is_no_change(known):
    assert not find_changes(known, changed(known, at="duties/rds.yaml:99")).any


FIELDS = [
    # what is changed, what is said
    ({"why": "New."}, ["why - {why}", "why + New."]),
    ({"facts": ("new",)}, ["facts - {fact}", "facts + new"]),
    ({"source": ("https://example.com/new",)}, ["source - {source}", "source + https://example.com/new"]),
    ({"as_of": "2026-11"}, ["as_of + 2026-11"]),
    ({"checked": False}, ["checked - true", "checked + false"]),
]


@pytest.mark.parametrize(("fields", "lines"), FIELDS)
def test_a_changed_field_is_shown_with_what_is_gone_and_what_is_new(known, fields, lines):
    known = changed(known, facts=("old",), source=("https://example.com/old",), as_of=None)
    old = known.by_id["rds.retention"]
    after = changed(known, **fields)
    expected = [each.format(why=old.why, fact="old", source="https://example.com/old") for each in lines]
    assert as_text(find_changes(known, after), after).splitlines() == [
        "Duties changed (1):",
        "  rds.retention",
        *(f"    {line}" for line in expected),
    ]


def test_facts_in_another_order_are_a_change(known):
    before, after = changed(known, facts=("a", "b")), changed(known, facts=("b", "a"))
    assert "    facts - a\n    facts - b\n    facts + b\n    facts + a" in as_text(find_changes(before, after), after)


def test_whose_it_is_comes_first(known):
    after = changed(known, owner=Owner.AWS, why="New.")
    text = as_text(find_changes(known, after), after)
    assert text.startswith("Owner changed (")
    retention = known.by_id["rds.retention"]
    assert f"\n  rds.retention: you → AWS ({retention.duty})\n" in text.partition("\n\n")[0] + "\n"
    assert text.index("Owner changed") < text.index("Duties changed (1):")
    assert "    owner" not in text


def test_a_topic_whose_owner_changes_is_named_by_its_service(known):
    backups = [duty for duty in known.duties if (duty.service, duty.topic) == ("rds", "backups")]
    assert {duty.owner for duty in backups} == {Owner.AWS, Owner.CUSTOMER}
    after = replace(known, duties=tuple(replace(duty, owner=Owner.AWS) for duty in known.duties))
    assert "  RDS · Backups: both → AWS\n" in as_text(find_changes(known, after), after)


def test_a_topic_that_loses_its_duties_is_known_no_more(known):
    after = replace(known, duties=tuple(duty for duty in known.duties if duty.topic != "backups"))
    text = as_text(find_changes(known, after), after)
    assert "  RDS · Backups: both → nothing is known\n" in text
    assert "\n- rds.retention (you): " in text


def test_a_verdict_that_is_turned_round_is_said_first(known):
    boundary = known.boundaries[0]
    after = replace(known, boundaries=(replace(boundary, reply=Reply.PARTLY), *known.boundaries[1:]))
    assert as_text(find_changes(known, after), after) == (
        f"Owner changed (1):\n  {boundary.id}: {boundary.reply} → partly ({boundary.belief})"
    )


def test_records_that_come_and_go_are_listed_by_kind(known):
    after = replace(
        known,
        topics={slug: topic for slug, topic in known.topics.items() if slug != "backups"},
        teams=(Team("Databases", "rds", None, None, None),),
        boundaries=known.boundaries[1:],
    )
    text = as_text(find_changes(known, after), after)
    assert f"Topics gone (1):\n- backups: {known.topics['backups'].title}\n" in text
    assert f"Boundaries gone (1):\n- {known.boundaries[0].id} (" in text
    assert text.endswith("Teams added (1):\n+ rds/any: Databases")
    assert as_text(find_changes(after, known), known).endswith("Teams gone (1):\n- rds/any: Databases")

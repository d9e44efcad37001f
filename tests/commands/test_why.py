"""How a question was understood, line by line."""

import pytest

from srmbot.commands.why import explain

LINES = [
    # question, how it asks, the belief that comes nearest
    ("multi-az is a backup, right?", "form: yes-no", "rds.multi-az-backup no 1.00 by 'Multi-AZ is a backup' (tests"),
    (
        "we don't have to patch it, correct?",
        "form: yes-no; of customer's act; asks a duty; negated; nothing left to do",
        "rds.",
    ),
    ("does AWS patch the OS of rds by itself?", "form: yes-no; of aws's act; asks a duty", "rds.os-by-itself yes "),
    ("patching", "form: nothing in particular", "rds."),
]


@pytest.mark.parametrize(("question", "form", "belief"), LINES)
def test_shows_how_a_question_asks_and_which_belief_is_near(bot, question, form, belief):
    matches = bot.state.match(question)
    lines = list(explain(bot.state, matches, bot.state.reply(question)))
    assert form in lines
    assert any(line.startswith(f"belief: {belief}") for line in lines)


def test_says_when_a_belief_is_put_the_other_way_round(bot):
    question = "rds snapshots are a must beside a standby, right?"
    lines = list(explain(bot.state, bot.state.match(question), bot.state.reply(question)))
    assert any("put the other way round" in line for line in lines) is bot.state.match(question).near.opposed is True

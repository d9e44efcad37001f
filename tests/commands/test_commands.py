"""Subcommands, and what only looks like one."""

import pytest

from srmbot.answer import Answer
from srmbot.commands import COMMANDS, answer

TEXT = "text"
ANSWER = "answer"
ROWS = [
    # typed, what comes
    ("", TEXT),
    ("help", TEXT),
    ("HELP", TEXT),
    ("help me with backups", ANSWER),
    ("why who patches rds", TEXT),
    ("why backups", TEXT),
    ("why do we patch the os", ANSWER),
    ("why is the database encrypted?", ANSWER),
    ("why", ANSWER),
    ("backups", ANSWER),
]


@pytest.mark.parametrize(("typed", "kind"), ROWS)
def test_first_word_is_a_subcommand_only_when_the_rest_fits(full, typed, kind):
    assert isinstance(answer(full.state, typed), Answer if kind == ANSWER else str)


def test_names_are_unique_and_sorted():
    names = [command.name for command in COMMANDS]
    assert names == sorted(set(names))


def test_help_names_every_command_and_service(full):
    text = answer(full.state, "help")
    for command in COMMANDS:
        assert f"`{command.name}" in text
    for service in full.knowledge.services.values():
        assert service.slug == "general" or service.name in text


def test_why_shows_names_scores_and_the_line(full):
    text = answer(full.state, "why who patches the OS under RDS?")
    assert "names: RDS" in text or "names: rds → rds" in text
    assert "1. rds/operating-system aws" in text
    assert "duties/rds.yaml:" in text

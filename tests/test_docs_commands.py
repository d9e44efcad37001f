"""docs/commands.md tells of every command, option and subcommand, and of every place where people meet the bot."""

import argparse
import json
import re
from pathlib import Path

import pytest

from srmbot.cli.parser import parser
from srmbot.commands import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS_DOC = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
IN_SLACK = COMMANDS_DOC.partition("## In Slack")[2]


def cli_commands():
    [commands] = [each for each in parser()._actions if isinstance(each, argparse._SubParsersAction)]
    return commands.choices


def sections(name):
    """The part of docs/commands.md below the heading of a command."""
    found = re.search(rf"^### `srmbot {name}\b.*?(?=^##)", COMMANDS_DOC, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize("name", cli_commands())
def test_every_command_is_documented_with_its_options(name):
    section = sections(name)
    assert section, f"docs/commands.md has no heading `srmbot {name}`"
    options = {option for action in cli_commands()[name]._actions for option in action.option_strings}
    listed = set(re.findall(r"(?:^\| |Takes )`(--[a-z-]+)", section, re.MULTILINE))
    missing = options - {"-h", "--help"} - listed
    assert not missing, f"docs/commands.md does not tell of {missing} below `srmbot {name}`"
    assert f"`srmbot {name}" in README


def test_no_command_or_option_is_documented_that_is_not_there():
    listed = re.findall(r"^### `srmbot (\w+)", COMMANDS_DOC, re.MULTILINE)
    assert listed == list(dict.fromkeys(listed))
    assert set(listed) == set(cli_commands())
    known = {option for each in cli_commands().values() for action in each._actions for option in action.option_strings}
    options = set(re.findall(r"`(?:srmbot )?(?:\w+ )?(--[a-z-]+)", COMMANDS_DOC + README))
    assert options <= known | {"--version"}


def test_top_options_are_documented():
    for action in parser()._actions:
        for option in action.option_strings:
            assert option == "-h" or option in COMMANDS_DOC, option


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_subcommand_is_documented(command):
    usage = re.match(r"`([^`]+)`", command.help)[1]
    assert f"| `/srm {usage}` |" in IN_SLACK


def test_no_subcommand_is_documented_that_is_not_there():
    assert set(re.findall(r"^\| `/srm ([a-z]+)", IN_SLACK, re.MULTILINE)) == {command.name for command in COMMANDS}


WHERE = {
    # what Slack tells of, where people meet the bot
    "app_context_changed": "the pane beside a channel",
    "app_home_opened": "the Home tab",
    "app_mention": "a mention",
    "function_executed": "the step “Who owns this?” in a workflow",
    "member_joined_channel": "a channel that it is added to",
    "message.im": "a direct message",
    "message.mpim": "a direct message of several people",
}


def test_every_place_where_people_meet_the_bot_is_documented():
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    table = IN_SLACK.partition("| command |")[0]
    listed = re.findall(r"^\| (.+?) \|", table, re.MULTILINE)[1:]
    shortcuts = {
        "message": "the shortcut “{}” on a message",
        "global": "the shortcut “{}” from anywhere",
    }
    features = manifest["features"]
    expected = {f"a slash command, `{each['command']}`" for each in features["slash_commands"]}
    expected |= {shortcuts[each["type"]].format(each["name"]) for each in features["shortcuts"]}
    expected |= {f"the step “{each['title']}” in a workflow" for each in manifest["functions"].values()}
    expected |= {WHERE[name] for name in manifest["settings"]["event_subscriptions"]["bot_events"]}
    assert set(listed) == expected
    assert len(listed) == len(expected)

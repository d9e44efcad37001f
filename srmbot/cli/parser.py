"""The commands and their options; the help of each is its docstring."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

import srmbot
from srmbot.cli.ask import ask, prompt, why
from srmbot.cli.check import check
from srmbot.cli.diff import diff
from srmbot.cli.misses import misses
from srmbot.cli.overview import JSON, MARKDOWN, TEXT, compare, matrix, sources
from srmbot.cli.run import manifest, migrate, playground, run, serve, tips

Parser = argparse.ArgumentParser
Command = Callable[[argparse.Namespace], int]
Commands = argparse._SubParsersAction  # argparse has no public name for what `add_subparsers` gives


def parser() -> Parser:
    """Every command with its options."""
    top = Parser(prog="srmbot", description="Who owns what under the AWS Shared Responsibility Model.")
    top.add_argument("--version", action="version", version=f"srmbot {srmbot.__version__}")
    top.set_defaults(run=lambda args: print(top.format_help(), end="", file=sys.stderr) or 2)
    commands = top.add_subparsers(metavar="COMMAND")
    add_questions(commands)
    add_overviews(commands)
    add_checks(commands)
    add_running(commands)
    return top


def add(commands: Commands[Parser], run: Command, *, knows: bool = True) -> Parser:
    """Add a command that is called as its function is; one that knows takes overlays."""
    command = commands.add_parser(run.__name__, help=run.__doc__, description=run.__doc__)
    command.set_defaults(run=run)
    if knows:
        command.add_argument(
            "--knowledge", action="append", metavar="DIR", help="overlay this knowledge folder on the built-in one"
        )
    return command


def add_questions(commands: Commands[Parser]) -> None:
    """Add what answers questions."""
    asking = add(commands, ask)
    form = asking.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the answer as a JSON object")
    form.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"id", "text", "thread"} objects, one per line, and print an answer for each',
    )
    asking.add_argument("--parent", metavar="TEXT", help="the first message of the thread")
    asking.add_argument("--service", metavar="SLUG", help="the service the question is about: rds, aurora, dynamodb, …")
    asking.add_argument("text", nargs="*", metavar="TEXT", help="the question, such as: who patches RDS?")
    add(commands, why).add_argument("text", nargs="+", metavar="TEXT", help="the question")
    add(commands, prompt)


def add_overviews(commands: Commands[Parser]) -> None:
    """Add what shows all of the knowledge."""
    matrices = add(commands, matrix)
    add_format(matrices)
    matrices.add_argument("services", nargs="*", metavar="SERVICE", help="default: the databases")
    comparing = add(commands, compare)
    add_format(comparing)
    comparing.add_argument("--topic", metavar="TOPIC", help="show this topic of each service in full: backups")
    comparing.add_argument("services", nargs="+", metavar="SERVICE", help='at least two: rds "postgres on ec2"')
    add_format(add(commands, sources), TEXT, JSON)


def add_format(command: Parser, *formats: str) -> None:
    """Add the option of what a command prints: for people, for documents, for programs."""
    given = formats or (TEXT, MARKDOWN, JSON)
    command.add_argument("--format", choices=given, default=TEXT, help=f"what to print (default: {TEXT})")


def add_checks(commands: Commands[Parser]) -> None:
    """Add what is for those who write knowledge."""
    checking = add(commands, check, knows=False)
    checking.add_argument("--coverage", action="store_true", help="count what is known of each service instead")
    checking.add_argument("folders", nargs="*", metavar="DIR", help="default: the built-in folder")
    comparing = add(commands, diff, knows=False)
    comparing.add_argument("before", metavar="A", help="a knowledge folder, or a git revision of one: HEAD~1")
    comparing.add_argument("after", metavar="B", help="the same, later")


def add_running(commands: Commands[Parser]) -> None:
    """Add what runs the bot, and what it needs."""
    serving = add(commands, serve)
    way = serving.add_mutually_exclusive_group(required=True)
    way.add_argument("--socket", action="store_true", help="Socket Mode: no public address needed")
    way.add_argument("--http", action="store_true", help="listen for Slack's requests over HTTP")
    serving.add_argument("--port", metavar="N", help="port to listen on (overrides PORT)")
    add_tips_options(add(commands, tips))
    add_misses_options(add(commands, misses))
    add(commands, migrate, knows=False)
    add_playground_options(add(commands, playground))
    add(commands, run)
    add(commands, manifest, knows=False)


def add_tips_options(command: Parser) -> None:
    """Add the options of `tips`: which channel is meant, and what to do."""
    command.add_argument("--channel", metavar="C", help="the channel's ID, C… or D…")
    command.add_argument("--team", metavar="T", help="the workspace's ID, T…; only if several have tips")
    command.add_argument(
        "--days", metavar="N", type=int, default=14, help="how many days `preview` covers (default: 14)"
    )
    command.add_argument("words", nargs="*", metavar="WORD", help="on 09:00 Europe/Lisbon weekdays rds | off | preview")


def add_misses_options(command: Parser) -> None:
    """Add the options of `misses`: which workspace is meant, and what to print."""
    add_format(command, TEXT, JSON)
    command.add_argument("--team", metavar="T", help="the workspace's ID, T…; only if several have misses")
    command.add_argument("--days", metavar="N", type=int, default=30, help="how many days are counted (default: 30)")


def add_playground_options(command: Parser) -> None:
    """Add the options of `playground`."""
    command.add_argument("--port", metavar="N", help="port of the page (overrides PORT)")
    command.add_argument("--script", metavar="FILE", help="play the messages in this file first")
    command.add_argument("--transcript", metavar="OUT.html", help="record the conversation as one HTML file, then exit")

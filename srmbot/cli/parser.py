"""The commands and their options; the help of each is its docstring."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NoReturn

import srmbot
from srmbot.cli.ask import ask, why
from srmbot.cli.check import check, test
from srmbot.cli.completion import SHELLS, completion
from srmbot.cli.convert import EXPORT_FORMATS, export, import_
from srmbot.cli.diff import diff
from srmbot.cli.examples import COMMAND_EXAMPLES
from srmbot.cli.learn import learn
from srmbot.cli.mcp import mcp
from srmbot.cli.misses import misses
from srmbot.cli.overview import JSON, MARKDOWN, TEXT, compare, matrix, sources
from srmbot.cli.prompt import prompt
from srmbot.cli.run import doctor, forget, manifest, migrate, newkey, playground, rekey, run, serve, stored, tips
from srmbot.errors import UsageError
from srmbot.knowledge.problem import did_you_mean, find_nearest, shorten

Command = Callable[[argparse.Namespace], int]
HELP_WIDTH = 80  # characters of a line of a description
Commands = argparse._SubParsersAction  # argparse has no public name for what `add_subparsers` gives


class Parser(argparse.ArgumentParser):
    """A parser whose errors are ours."""

    def error(self, message: str) -> NoReturn:
        """Wrong usage, in one line.

        Raises:
            UsageError: always.
        """
        raise UsageError(message, f"`{self.prog} --help` shows how")


def read_arguments(given: Sequence[str]) -> argparse.Namespace:
    """What was typed, as a command with its options.

    Raises:
        UsageError: it is none; with what was probably meant.
    """
    top = parser()
    commands = find_commands(top)
    first = next((word for word in given if not word.startswith("-")), None)
    if first is not None:
        check_command(first, given, commands)
    args, unknown = top.parse_known_args(given)
    if unknown:
        raise UsageError(*explain_unknown(unknown[0], commands[first] if first else top))
    return args


def find_commands(top: Parser) -> Mapping[str, Parser]:
    """Every command's own parser, by its name."""
    [commands] = [each for each in top._actions if isinstance(each, argparse._SubParsersAction)]
    return commands.choices


def check_command(word: str, given: Sequence[str], commands: Collection[str]) -> None:
    """Take a word for a command.

    Raises:
        UsageError: it is none; with what to type instead.
    """
    if word not in commands:
        raise UsageError(f"unknown command '{shorten(word)}'", suggest_command(word, given, commands))


def suggest_command(word: str, given: Sequence[str], commands: Collection[str]) -> str:
    """What to type instead of an unknown command: the one that was meant, or a question as a question."""
    meant = find_nearest(word, commands)
    asking = f'srmbot ask "{shorten(" ".join(given))}"' if len(given) > 1 else "srmbot help"
    return f"did you mean `{meant}`, or `{asking}`?" if meant else f"try `{asking}`"


def explain_unknown(word: str, command: Parser) -> tuple[str, str]:
    """What is wrong with a word that no option or argument takes, and what to do about it."""
    if not word.startswith("-"):
        return f"unexpected argument '{shorten(word)}'", "put options before the rest"
    options = [option for action in command._actions for option in action.option_strings]
    said = word.partition("=")[0]
    return f"unknown option '{shorten(said)}'", did_you_mean(said, options, f"`{command.prog} --help` lists them")


def parser() -> Parser:
    """Every command with its options."""
    top = Parser(
        prog="srmbot",
        description="Who owns what under the AWS Shared Responsibility Model.",
        epilog='To begin with: srmbot ask "who patches RDS?"',
    )
    top.add_argument("--version", action="version", version=f"srmbot {srmbot.__version__}")
    top.set_defaults(run=lambda args: print(top.format_help(), end="", file=sys.stderr) or 2)
    commands = top.add_subparsers(metavar="COMMAND")
    add_questions(commands)
    add_overviews(commands)
    add_checks(commands)
    add_conversions(commands)
    add_running(commands)
    return top


def add(commands: Commands[Parser], run: Command, *, knows: bool = True) -> Parser:
    """Add a command that is called as its function is; one that knows takes overlays."""
    name = run.__name__.rstrip("_")
    command = commands.add_parser(
        name,
        help=run.__doc__,
        description=textwrap.fill(run.__doc__ or "", HELP_WIDTH),
        epilog="\n  ".join(["examples:", *COMMAND_EXAMPLES[name]]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    if knows:
        command.add_argument(
            "--knowledge", action="append", metavar="DIR", help="overlay this knowledge folder on the built-in one"
        )
        command.add_argument("--bare", action="store_true", help="of the built-in folder, use only names and questions")
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
    text = "the question; without it, or as -, it is read from standard input"
    asking.add_argument("text", nargs="*", metavar="TEXT", help=text)
    add(commands, why).add_argument("text", nargs="*", metavar="TEXT", help=text)
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


def add_conversions(commands: Commands[Parser]) -> None:
    """Add what brings knowledge in and out."""
    importing = add(commands, import_)
    importing.add_argument("--into", metavar="DIR", required=True, help="the knowledge folder to write to")
    importing.add_argument("--service", metavar="SLUG", help="the service of what names none: rds")
    importing.add_argument("--dry-run", action="store_true", help="report, and write nothing")
    importing.add_argument(
        "files", nargs="+", metavar="FILE", help="Markdown, CSV, .xlsx, catalog-info.yaml, CODEOWNERS"
    )

    exporting = add(commands, export)
    exporting.add_argument("--format", choices=EXPORT_FORMATS, required=True, help="what to write")
    exporting.add_argument("--into", metavar="DIR", help="the folder to write to; csv and json may be printed instead")
    exporting.add_argument("services", nargs="*", metavar="SERVICE", help="default: all")


def add_format(command: Parser, *formats: str) -> None:
    """Add the option of what a command prints: for people, for documents, for programs."""
    given = formats or (TEXT, MARKDOWN, JSON)
    command.add_argument("--format", choices=given, default=TEXT, help=f"what to print (default: {TEXT})")


def add_checks(commands: Commands[Parser]) -> None:
    """Add what is for those who write knowledge."""
    checking = add(commands, check, knows=False)
    checking.add_argument("--coverage", action="store_true", help="count what is known of each service instead")
    checking.add_argument("folders", nargs="*", metavar="DIR", help="default: the built-in folder")
    testing = add(commands, test, knows=False)
    testing.add_argument("folders", nargs="+", metavar="DIR", help="a knowledge folder with questions/*.yaml in it")
    learning = add(commands, learn, knows=False)
    learning.add_argument("--out", metavar="FILE", required=True, help="the file to write, for SRMBOT_WEIGHTS")
    learning.add_argument("--bare", action="store_true", help="for a bot that is run with --bare")
    learning.add_argument("knowledge", nargs="*", metavar="DIR", help="laid over the folders of SRMBOT_KNOWLEDGE")
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
    add_mcp_options(add(commands, mcp))
    add_tips_options(add(commands, tips))
    add_misses_options(add(commands, misses))
    add(commands, migrate, knows=False)
    add_playground_options(add(commands, playground))
    add(commands, run)
    add(commands, doctor).add_argument("--url", metavar="URL", help="the bot's public address, https://…, to call")
    making = add(commands, manifest, knows=False)
    making.add_argument("--url", metavar="URL", help="for HTTP: the bot's public address, https://…")
    making.add_argument("--many", action="store_true", help="for an app that people install in their own workspaces")
    for about in (add(commands, stored, knows=False), add(commands, forget, knows=False)):
        about.add_argument("--team", metavar="T", required=True, help="the workspace's ID, T…")
        about.add_argument("--user", metavar="U", help="a person's ID, U…; default: the whole workspace")
    add(commands, newkey, knows=False)
    add(commands, rekey, knows=False)
    add(commands, completion).add_argument("shell", choices=SHELLS, help="which shell")
    add(commands, help, knows=False).add_argument("command", nargs="?", metavar="COMMAND", help="default: all of them")


def help(args: argparse.Namespace) -> int:
    """show what a command does, or which there are"""
    top = parser()
    commands = find_commands(top)
    if args.command is not None:
        check_command(args.command, [args.command], commands)
    print((commands[args.command] if args.command else top).format_help(), end="")
    return 0


def add_mcp_options(command: Parser) -> None:
    """Add the options of `mcp`: how it is reached."""
    command.add_argument("--http", action="store_true", help="listen on 127.0.0.1 instead of standard input")
    command.add_argument("--port", metavar="N", help="with --http: port to listen on (overrides PORT)")
    command.add_argument(
        "--public", metavar="HOST", help="with --http: let Slackbot in from outside, under this host name"
    )


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

"""The commands and their options; the help of each is its docstring."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

import srmbot
from srmbot.cli.ask import ask, prompt, why
from srmbot.cli.check import check
from srmbot.cli.run import manifest, migrate, playground, run, serve, tips


def parser() -> argparse.ArgumentParser:
    """The commands and their options; the help of each is its docstring."""
    top = argparse.ArgumentParser(prog="srmbot", description="Who owns what under the AWS Shared Responsibility Model.")
    top.add_argument("--version", action="version", version=f"srmbot {srmbot.__version__}")
    top.set_defaults(run=lambda args: print(top.format_help(), end="", file=sys.stderr) or 2)
    commands = top.add_subparsers(metavar="COMMAND")

    def add(run: Callable[[argparse.Namespace], int], *, knows: bool = True) -> argparse.ArgumentParser:
        command = commands.add_parser(run.__name__, help=run.__doc__, description=run.__doc__)
        command.set_defaults(run=run)
        if knows:
            command.add_argument(
                "--knowledge", action="append", metavar="DIR", help="overlay this knowledge folder on the built-in one"
            )
        return command

    asking = add(ask)
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
    add(why).add_argument("text", nargs="+", metavar="TEXT", help="the question")
    add(check, knows=False).add_argument("folders", nargs="*", metavar="DIR", help="default: the built-in folder")
    serving = add(serve)
    way = serving.add_mutually_exclusive_group(required=True)
    way.add_argument("--socket", action="store_true", help="Socket Mode: no public address needed")
    way.add_argument("--http", action="store_true", help="listen for Slack's requests over HTTP")
    serving.add_argument("--port", metavar="N", help="port to listen on (overrides PORT)")
    add_tips_options(add(tips))
    add(migrate, knows=False)
    add(prompt)
    add_playground_options(add(playground))
    add(run)
    add(manifest, knows=False)
    return top


def add_tips_options(command: argparse.ArgumentParser) -> None:
    """The options of `tips`: which channel is meant, and what to do."""
    command.add_argument("--channel", metavar="C", help="the channel's ID, C… or D…")
    command.add_argument("--team", metavar="T", help="the workspace's ID, T…; only if several have tips")
    command.add_argument(
        "--days", metavar="N", type=int, default=14, help="how many days `preview` covers (default: 14)"
    )
    command.add_argument("words", nargs="*", metavar="WORD", help="on 09:00 Europe/Lisbon weekdays rds | off | preview")


def add_playground_options(command: argparse.ArgumentParser) -> None:
    """The options of `playground`."""
    command.add_argument("--port", metavar="N", help="port of the page (overrides PORT)")
    command.add_argument("--script", metavar="FILE", help="play the messages in this file first")
    command.add_argument("--transcript", metavar="OUT.html", help="record the conversation as one HTML file, then exit")

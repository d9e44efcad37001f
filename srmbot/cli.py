"""The command line: words in, a command run, an exit code out."""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import srmbot
from srmbot.errors import SrmbotError, UsageError

if TYPE_CHECKING:
    from srmbot.bot import Bot
    from srmbot.config import Settings

# Each command imports what it needs when it runs: `ask` starts in a tenth of the time that Slack's libraries take.

PROMPT = "srm> "
AFRESH = ("", "new")  # what is typed to begin a new conversation


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when done, 1 for an expected failure, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that cannot show "·" gets another sign, not a traceback
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    args = parser().parse_args(arguments)
    from srmbot.slack.serve.logging_setup import TerminalLine, make_handler

    logging.basicConfig(handlers=[make_handler(sys.stderr, TerminalLine())], level=logging.INFO)
    try:
        return int(args.run(args))
    except UsageError as fault:
        print(f"srmbot: {fault}", file=sys.stderr)
        return 2
    except SrmbotError as fault:
        print(f"srmbot: {fault}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output is gone, as in `srmbot ask --jsonl … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def ask(args: argparse.Namespace) -> int:
    """answer a question"""
    if args.jsonl and args.text:
        raise UsageError("--jsonl reads questions from standard input", "remove TEXT")
    bot = make_bot(args)
    if args.jsonl:
        return ask_lines(bot, args.service)
    answer = bot.state.reply(
        " ".join(args.text), [args.parent] if args.parent else [], check_service(bot, args.service)
    )
    print(json.dumps(as_json(answer), ensure_ascii=False) if args.json else as_text(answer))
    return 0


def ask_lines(bot: Bot, service: str | None) -> int:
    """Answer one JSON object a line with one a line, in the same order."""
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        row = read_row(number, line)
        answer = bot.state.reply(row.text, row.thread, check_service(bot, service))
        print(json.dumps(as_json(answer, row.id), ensure_ascii=False), flush=True)
    return 0


class JsonRow(NamedTuple):
    """One line of `ask --jsonl`."""

    id: Any
    text: str
    thread: Sequence[str]  # earlier messages of people, oldest first


def read_row(number: int, line: str) -> JsonRow:
    """A line of `ask --jsonl`.

    Raises:
        SrmbotError: it is no JSON object, or a field is of the wrong kind; with the line's number.
    """
    try:
        row = json.loads(line)
        text, parent, thread = row.get("text") or "", row.get("parent"), row.get("thread")
    except (ValueError, AttributeError) as fault:
        raise SrmbotError(f"line {number} is not a JSON object", 'write {"id": …, "text": "…"}') from fault
    if not isinstance(text, str) or not isinstance(parent, str | None):
        raise SrmbotError(f"line {number}: `text` and `parent` must be strings", "put them in quotes")
    if thread is None:
        thread = [parent] if parent else []
    if not isinstance(thread, list) or not all(isinstance(each, str) for each in thread):
        raise SrmbotError(
            f"line {number}: `thread` must be a list of strings", "write the earlier messages, oldest first"
        )
    return JsonRow(row.get("id"), text, thread)


def why(args: argparse.Namespace) -> int:
    """explain how a question was understood: names, scores, phrases and lines of YAML"""
    from srmbot.commands import why as command
    from srmbot.request import ANONYMOUS

    print(command.run(make_bot(args).state, args.text, ANONYMOUS))
    return 0


def check(args: argparse.Namespace) -> int:
    """report every problem in knowledge folders"""
    from srmbot.cache import Cache
    from srmbot.knowledge.load import built_in
    from srmbot.knowledge.report import check_folders
    from srmbot.misfiled import misfiled_examples

    folders = [Path(folder) for folder in args.folders] or [built_in()]
    found = check_folders(folders)
    problems = found.problems or misfiled_examples(found, Cache(read_environment().cache))
    for problem in problems:
        print(problem)
    names = ", ".join(map(str, folders))
    print(f"{names}: {found.count}, {len(problems) or 'no'} problem{'s' * (len(problems) != 1)}")
    return 1 if problems else 0


def prompt(args: argparse.Namespace) -> int:
    """answer questions interactively, as `/srm` would; each is read with those before it"""
    from srmbot.commands.conversation import Conversation

    bot, conversation = make_bot(args), Conversation()
    print("Ask who owns what on AWS, and follow up. A blank line or `new` starts afresh; `help`; Ctrl-D exits.")
    while True:
        try:
            text = input(PROMPT)
        except EOFError:
            print()
            return 0
        if text.strip().lower() in AFRESH:
            conversation = Conversation()
            continue
        try:
            print(as_text(conversation.reply(bot.state, text)), end="\n\n")
        except SrmbotError as fault:  # what cannot be done here, such as tips
            print(fault, end="\n\n")


def tips(args: argparse.Namespace) -> int:
    """manage a channel's daily tips: on, off, now, next, skip, status; `preview` lists upcoming tips"""
    from srmbot.commands import tips as command
    from srmbot.commands.preview import preview
    from srmbot.request import Requester, Resources
    from srmbot.store.store import Store

    settings = read_environment()
    known = make_bot(args, settings).state
    with closing(Store(settings.database or "")) as store:
        asker = Requester(
            args.team or "", args.channel or "", "", Resources(store, None, settings.timezone, settings.holidays)
        )
        if args.words == ["preview"]:
            print(*preview(known, asker, args.days), sep="\n")
            return 0
        if not command.accepts(known, args.words):
            raise UsageError(f"unknown tips command '{' '.join(args.words)}'", f"try {command.EXAMPLES}")
        print(as_text(command.run(known, args.words, command.resolve_workspace(asker))))
    return 0


def migrate(args: argparse.Namespace) -> int:
    """create or upgrade the database tables"""
    from srmbot.store.store import Store

    with closing(Store(read_environment().database or "")) as store:
        store.migrate()
        print(f"the database schema is up to date ({store.revision()})")
    return 0


def serve(args: argparse.Namespace) -> int:
    """connect to Slack: --socket (Socket Mode) or --http"""
    from srmbot.config import port
    from srmbot.slack.serve.http import serve_http
    from srmbot.slack.serve.socket import serve_socket

    settings = read_environment()
    if args.port is not None:
        settings = replace(settings, port=port(args.port, "--port"))
    bot = make_bot(args, settings)
    return serve_http(bot, settings) if args.http else serve_socket(bot, settings)


def playground(args: argparse.Namespace) -> int:
    """try the whole bot in your browser, without Slack"""
    from srmbot.config import port
    from srmbot.playground.serve import serve_page, write_transcript

    if args.transcript and not args.script:
        raise UsageError("--transcript needs a script to record", "add --script FILE")
    settings = read_environment()
    listening = settings.port if args.port is None else port(args.port, "--port")
    bot = make_bot(args, settings)
    script = Path(args.script) if args.script else None
    if script and args.transcript:
        print(write_transcript(bot, script, Path(args.transcript)))
    else:
        serve_page(bot, listening, lambda text: print(text, flush=True), script)
    return 0


def run(args: argparse.Namespace) -> int:
    """connect to Slack if tokens are set, otherwise open the playground"""
    settings = read_environment()
    if settings.bot_token and settings.app_token:
        print("Slack tokens found: connecting in Socket Mode.")
        return serve(argparse.Namespace(http=False, port=None, knowledge=args.knowledge))
    if settings.bot_token and settings.signing_secret:
        print(f"Slack tokens found: listening for Slack on port {settings.port}.")
        return serve(argparse.Namespace(http=True, port=None, knowledge=args.knowledge))
    print("No Slack tokens in the environment or .env (see .env.example): opening the playground.", flush=True)
    return playground(argparse.Namespace(port=None, script=None, transcript=None, knowledge=args.knowledge))


def manifest(args: argparse.Namespace) -> int:
    """print the manifest that creates the Slack app"""
    from srmbot.slack.manifest import read_manifest

    print(read_manifest(), end="")
    return 0


def make_bot(args: argparse.Namespace, settings: Settings | None = None) -> Bot:
    """A bot that knows the built-in folder, those of the environment and those of the command line."""
    from srmbot.bot import Bot
    from srmbot.cache import Cache
    from srmbot.knowledge.load import built_in

    settings = settings or read_environment()
    extra = [Path(folder) for folder in args.knowledge or ()]
    return Bot.from_folders([built_in(), *settings.knowledge, *extra], Cache(settings.cache))


def read_environment() -> Settings:
    """The settings in the environment, and in a file .env in the current folder."""
    from platformdirs import user_cache_path, user_data_path

    from srmbot.config import read_settings

    environment = dict(os.environ)
    if Path(".env").is_file():
        from dotenv import dotenv_values

        environment = {name: value for name, value in dotenv_values(".env").items() if value} | environment
    return read_settings(environment, user_cache_path("srmbot"), user_data_path("srmbot"))


def check_service(bot: Bot, slug: str | None) -> str | None:
    """A service's slug as given on the command line.

    Raises:
        UsageError: it is unknown.
    """
    if slug is None or slug in bot.knowledge.services:
        return slug
    from srmbot.knowledge.problem import did_you_mean, join_names

    known = list(bot.knowledge.services)
    raise UsageError(f"unknown service '{slug}'", did_you_mean(slug, known, f"one of {join_names(known, len(known))}"))


def as_text(reply: Any) -> str:
    """What a question or a command got, as text."""
    from srmbot.render import text, tip

    if isinstance(reply, str):
        return reply
    return tip.as_text(reply) if isinstance(reply, tip.Tip) else text.as_text(reply)


def as_json(answer: Any, identity: Any = None) -> dict[str, Any]:
    """The answer as plain data."""
    from srmbot.render.json import as_json

    return as_json(answer, identity)


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

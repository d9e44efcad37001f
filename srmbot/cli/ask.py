"""`ask`, `why` and `prompt`: questions in, answers out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from srmbot.cli import setup
from srmbot.errors import SrmbotError, UsageError

if TYPE_CHECKING:
    from srmbot.bot import Bot

PROMPT = "srm> "
AFRESH = ("", "new")  # what is typed to begin a new conversation


def ask(args: argparse.Namespace) -> int:
    """answer a question"""
    if args.jsonl and args.text:
        raise UsageError("--jsonl reads questions from standard input", "remove TEXT")
    bot = setup.make_bot(args)
    if args.jsonl:
        ask_lines(bot, args.service)
    else:
        answer = bot.state.reply(
            " ".join(args.text), [args.parent] if args.parent else [], check_service(bot, args.service)
        )
        print(json.dumps(as_json(answer), ensure_ascii=False) if args.json else as_text(answer), flush=True)
    bot.complete_cache()
    return 0


def ask_lines(bot: Bot, service: str | None) -> None:
    """Answer one JSON object a line with one a line, in the same order."""
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        row = read_row(number, line)
        answer = bot.state.reply(row.text, row.thread, check_service(bot, service))
        print(json.dumps(as_json(answer, row.id), ensure_ascii=False), flush=True)


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

    print(command.run(setup.make_bot(args).state, args.text, ANONYMOUS))
    return 0


def prompt(args: argparse.Namespace) -> int:
    """answer questions interactively, as `/srm` would; each is read with those before it"""
    from srmbot.commands.conversation import Conversation

    bot, conversation = setup.make_bot(args), Conversation()
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

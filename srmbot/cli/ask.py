"""`ask` and `why`: questions in, answers out."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from srmbot.cli import setup
from srmbot.cli.terminal import BOLD, show, show_reply
from srmbot.errors import SrmbotError, UsageError

if TYPE_CHECKING:
    from srmbot.bot import Bot

FROM_INPUT = "-"  # as TEXT: the question is on standard input
NUMBERED = re.compile(r"\d+\. ")
LINE_LABEL = re.compile(r"(outcome|in scope|confidence|names|slips|form|belief|duty|words|topic|service): ")
LABEL_WIDTH = 12  # characters of the longest label and a gap


def ask(args: argparse.Namespace) -> int:
    """answer a question"""
    if args.jsonl and args.text:
        raise UsageError("--jsonl reads questions from standard input", "remove TEXT")
    text = "" if args.jsonl else read_text(args.text)
    bot = setup.make_bot(args)
    if args.jsonl:
        ask_lines(bot, args.service)
    else:
        answer = bot.state.reply(text, [args.parent] if args.parent else [], check_service(bot, args.service))
        if args.json:
            print(json.dumps(as_json(answer), ensure_ascii=False), flush=True)
        else:
            show_reply(answer)
            sys.stdout.flush()
    bot.keep_indexes()
    return 0


def read_text(words: Sequence[str]) -> str:
    """The question: the words of the command line, or standard input where there are none, or only `-`.

    Raises:
        UsageError: there are none, and a terminal would wait for them without a word.
    """
    if words and list(words) != [FROM_INPUT]:
        return " ".join(words)
    if not words and sys.stdin.isatty():
        raise UsageError("no question", 'add one, such as "who patches RDS?", or `-` to type it on standard input')
    return sys.stdin.read().strip()


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

    question = read_text(args.text)
    show(lay_out(command.run(setup.make_bot(args).state, question.split(), ANONYMOUS)), BOLD)
    return 0


def lay_out(explained: str) -> str:
    """An explanation with its labels in a column, and a blank line before what begins something new."""
    lines = list(filter(None, explained.split("\n")))
    return "\n".join("\n" * (number > 0 and begins(lines, number)) + align(line) for number, line in enumerate(lines))


def begins(lines: Sequence[str], number: int) -> bool:
    """Whether a line begins a group: a reading, what decided, the examples."""
    line, before = lines[number], lines[number - 1]
    first = line.startswith("like ") and not before.startswith("like ")
    return first or bool(NUMBERED.match(line)) or line.startswith("decided ")


def align(line: str) -> str:
    """A line with its label in a column of its own."""
    found = LINE_LABEL.match(line)
    return f"{found[1]:<{LABEL_WIDTH}}{line[found.end() :]}" if found else line


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


def as_json(answer: Any, identity: Any = None) -> dict[str, Any]:
    """The answer as plain data."""
    from srmbot.render.json import as_json

    return as_json(answer, identity)

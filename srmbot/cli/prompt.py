"""`prompt`: a conversation in the terminal, with the arrow keys and the Tab key of a shell."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from srmbot.cli import setup
from srmbot.cli.terminal import show, show_reply
from srmbot.errors import SrmbotError

if TYPE_CHECKING:
    from srmbot.model import Knowledge

Completer = Callable[[str, int], str | None]

PROMPT = "srm> "
AFRESH = ("", "new")  # what is typed to begin a new conversation
EXIT_WORDS = ("exit", "quit")
WELCOME = (
    "Ask who owns what on AWS, and follow up. A blank line or `new` starts afresh; `help`; `exit` or Ctrl-D ends."
    " Tab completes services and topics."
)


def prompt(args: argparse.Namespace) -> int:
    """answer questions interactively, as `/srm` would; each is read with those before it"""
    from srmbot.commands.conversation import Conversation

    bot, conversation = setup.make_bot(args), Conversation()
    set_up_keys(complete_from(words_of(bot.knowledge)))
    show(WELCOME)
    for text in read_lines():
        if text.lower() in AFRESH:
            conversation = Conversation()
            continue
        try:
            show_reply(conversation.reply(bot.state, text), end="\n\n")
        except SrmbotError as fault:  # what cannot be done here, such as tips
            show(str(fault), end="\n\n")
    return 0


def read_lines() -> Iterator[str]:
    """What is typed, line by line, until the end. Ctrl-C throws a line away, as in a shell."""
    while True:
        try:
            text = input(PROMPT).strip()
        except EOFError:
            print()
            return
        except KeyboardInterrupt:
            print()
            continue
        if text.lower() in EXIT_WORDS:
            return
        yield text


def words_of(known: Knowledge) -> Sequence[str]:
    """What the Tab key completes: subcommands, services and topics, as they are typed."""
    from srmbot.commands import COMMANDS

    commands = (*(each.name for each in COMMANDS), *filter(None, AFRESH), *EXIT_WORDS)
    services = (name for each in known.listed_services for name in (each.slug, each.name.lower()))
    topics = (name for each in known.topics.values() for name in (each.slug, each.title.lower()))
    return sorted({*commands, *services, *topics})


def complete_from(words: Sequence[str]) -> Completer:
    """Make what readline asks for its next suggestion."""

    def complete(typed: str, number: int) -> str | None:
        fitting = [word for word in words if word.startswith(typed.lower())]
        return fitting[number] + " " * (len(fitting) == 1) if typed and number < len(fitting) else None

    return complete


def set_up_keys(complete: Completer) -> None:
    """Let arrows edit and go back to what was typed before, and Tab complete. Nothing typed is kept on disk."""
    try:
        import readline  # Windows has none; there its console edits the line
    except ImportError:
        return
    readline.set_completer(complete)
    readline.set_completer_delims(" \t\n?,.")
    editline = getattr(readline, "backend", "readline") == "editline"  # macOS
    readline.parse_and_bind("bind ^I rl_complete" if editline else "tab: complete")

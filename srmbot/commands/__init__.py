"""Text as it was typed -> a subcommand or a question, and its reply; the same in Slack and in a terminal."""

from __future__ import annotations

from srmbot.bot import State
from srmbot.commands import compare, forget, help, matrix, misses, services, tips, why
from srmbot.commands.command import AnyReply, Command, Invocation, Question
from srmbot.request import ANONYMOUS, Requester

COMMANDS: tuple[Command, ...] = (
    Command("compare", compare.HELP, compare.accepts, compare.run),
    Command("forget", forget.HELP, forget.accepts, forget.run, slow=True),
    Command("help", help.HELP, help.accepts, help.run),
    Command("matrix", matrix.HELP, matrix.accepts, matrix.run),
    Command("misses", misses.HELP, misses.accepts, misses.run, slow=True),
    Command("services", services.HELP, services.accepts, services.run),
    Command("tips", tips.HELP, tips.accepts, tips.run, slow=True),
    Command("why", why.HELP, why.accepts, why.run, slow=True),
)


def resolve(known: State, text: str, *, in_thread: bool = False) -> Invocation | Question:
    """Decide what a text is; it is read once, on one state of the knowledge.

    The first word is a subcommand only when the rest fits it: "help me with backups" is a question.

    Args:
        known: what it is read and answered with.
        text: as it was typed.
        in_thread: other messages came before it, so that a blank text asks about these, and not for help.
    """
    first, *rest = text.split() or ([""] if in_thread else ["help"])
    for command in COMMANDS:
        if command.name == first.lower() and command.accepts(known, rest):
            return Invocation(known, command, rest)
    return Question(known, known.read(text))


def answer(known: State, text: str, requester: Requester = ANONYMOUS) -> AnyReply:
    """Reply to what was typed outside any thread, as `/srm TEXT` does."""
    return resolve(known, text).reply(requester)

"""Subcommands that work the same in Slack and in a terminal; no Slack in here."""

from __future__ import annotations

from srmbot.bot import Bot
from srmbot.commands import help, tips, why
from srmbot.commands.command import Command, Reply
from srmbot.request import ANONYMOUS, Requester

COMMANDS: tuple[Command, ...] = (
    Command("help", help.HELP, help.accepts, help.run),
    Command("tips", tips.HELP, tips.accepts, tips.run, slow=True),
    Command("why", why.HELP, why.accepts, why.run),
)


def find_command(bot: Bot, text: str) -> Command | None:
    """The subcommand that a text is, if it is one.

    The first word is a subcommand only when the rest fits it: "help me with backups" is a question.
    """
    first, *rest = text.split() or [""]
    return next((each for each in COMMANDS if each.name == first.lower() and each.accepts(bot, rest)), None)


def answer(bot: Bot, text: str, asker: Requester = ANONYMOUS) -> Reply:
    """What `/srm TEXT` gets: what the subcommand says where the words fit one, else an answer."""
    text = text if text.strip() else "help"
    command = find_command(bot, text)
    return bot.state.reply(text) if command is None else command.run(bot, text.split()[1:], asker)

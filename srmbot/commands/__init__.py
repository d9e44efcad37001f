"""Subcommands that work the same in Slack and in a terminal; no Slack in here."""

from __future__ import annotations

from srmbot.answer import Answer
from srmbot.bot import Bot
from srmbot.commands import help, why
from srmbot.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command("help", help.HELP, help.fits, help.run),
    Command("why", why.HELP, why.fits, why.run),
)


def answer(bot: Bot, text: str) -> Answer | str:
    """What `/srm TEXT` gets: the subcommand's text where the words fit one, else an answer.

    The first word is a subcommand only when the rest fits it: "help me with backups" is a question.
    """
    first, *rest = text.split() or ["help"]
    for command in COMMANDS:
        if command.name == first.lower() and command.fits(rest):
            return command.run(bot, rest)
    return bot.reply(text)

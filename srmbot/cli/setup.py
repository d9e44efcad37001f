"""Options and environment -> what commands work with: settings, knowledge, a bot."""

from __future__ import annotations

import argparse
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from srmbot.cli.progress import progress
from srmbot.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from srmbot.bot import Bot
    from srmbot.config import Settings
    from srmbot.model import Knowledge
    from srmbot.store.store import Store


def make_bot(args: argparse.Namespace, settings: Settings | None = None) -> Bot:
    """A bot that knows the built-in folder, those of the environment and those of the command line."""
    from srmbot.bot import Bot
    from srmbot.cache import Cache

    settings = settings or read_environment()
    with progress("Learning from the knowledge, once for each version of it"):
        folders, files = knowledge_folders(args, settings), weights_files(settings)
        return Bot.from_folders(folders, Cache(settings.cache), bare=args.bare, files=files)


def load_knowledge(args: argparse.Namespace) -> Knowledge:
    """What a bot would know; nothing is learned from it."""
    from srmbot.cache import Cache
    from srmbot.knowledge.files import read_folders
    from srmbot.knowledge.load import load_layers

    settings = read_environment()
    return load_layers(read_folders(knowledge_folders(args, settings), bare=args.bare), Cache(settings.cache))


def knowledge_folders(args: argparse.Namespace, settings: Settings) -> list[Path]:
    """The built-in folder, those of the environment and those of the command line, the lowest first."""
    from srmbot.knowledge.load import built_in

    return [built_in(), *settings.knowledge, *(Path(folder) for folder in args.knowledge or ())]


def weights_files(settings: Settings) -> tuple[Path, ...]:
    """The files of weights that the environment names.

    Raises:
        ConfigError: there is no such file.
    """
    for file in settings.weights:
        if not file.is_file():
            raise ConfigError(f"SRMBOT_WEIGHTS: there is no file {file}", "write it with `srmbot learn`")
    return settings.weights


def read_port(args: argparse.Namespace, settings: Settings) -> int:
    """The port to listen on: the option's, else that of the environment.

    Raises:
        UsageError: the option is no port.
    """
    from srmbot.config import port

    if args.port is None:
        return settings.port
    try:
        return port(args.port, "--port")
    except ConfigError as fault:
        raise UsageError(fault.what, fault.fix) from fault


def open_store(settings: Settings) -> closing[Store]:
    """The database of the environment, which is closed at the end."""
    from srmbot.store.store import Store

    return closing(Store(settings.database or ""))


def read_environment() -> Settings:
    """The settings in the environment, and in a file .env in the current folder."""
    from platformdirs import user_cache_path, user_data_path

    from srmbot.config import read_settings

    environment = dict(os.environ)
    if Path(".env").is_file():
        from dotenv import dotenv_values

        environment = {name: value for name, value in dotenv_values(".env").items() if value} | environment
    return read_settings(environment, user_cache_path("srmbot"), user_data_path("srmbot"))

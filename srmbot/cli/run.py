"""`serve`, `playground`, `run` and what goes with them: the bot where people meet it, and its database."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from srmbot.cli import setup
from srmbot.cli.terminal import show_reply
from srmbot.errors import UsageError


def tips(args: argparse.Namespace) -> int:
    """manage a channel's daily tips: on, off, now, next, skip, status; `preview` lists upcoming tips"""
    from srmbot.commands import tips as command
    from srmbot.commands.preview import preview
    from srmbot.request import Requester, Resources

    settings = setup.read_environment()
    known = setup.make_bot(args, settings).state
    with setup.open_store(settings) as store:
        asker = Requester(
            args.team or "", args.channel or "", "", Resources(store, None, settings.timezone, settings.holidays)
        )
        if args.words == ["preview"]:
            print(*preview(known, asker, args.days), sep="\n")
            return 0
        if not command.accepts(known, args.words):
            raise UsageError(f"unknown tips command '{' '.join(args.words)}'", f"try {command.TIPS_EXAMPLES}")
        show_reply(command.run(known, args.words, command.resolve_workspace(asker)))
    return 0


def migrate(args: argparse.Namespace) -> int:
    """create or upgrade the database tables"""
    with setup.open_store(setup.read_environment()) as store:
        store.migrate()
        print(f"the database schema is up to date ({store.revision()})")
    return 0


def serve(args: argparse.Namespace) -> int:
    """connect to Slack: --socket (Socket Mode) or --http"""
    from srmbot.slack.serve.http import serve_http
    from srmbot.slack.serve.socket import serve_socket

    settings = setup.read_environment()
    settings = replace(settings, port=setup.read_port(args, settings))
    bot = setup.make_bot(args, settings)
    return serve_http(bot, settings) if args.http else serve_socket(bot, settings)


def playground(args: argparse.Namespace) -> int:
    """try the whole bot in your browser, without Slack"""
    from srmbot.playground.serve import serve_page, write_transcript

    if args.transcript and not args.script:
        raise UsageError("--transcript needs a script to record", "add --script FILE")
    settings = setup.read_environment()
    listening = setup.read_port(args, settings)
    bot = setup.make_bot(args, settings)
    script = Path(args.script) if args.script else None
    if script and args.transcript:
        print(write_transcript(bot, script, Path(args.transcript)))
    else:
        serve_page(bot, listening, lambda text: print(text, flush=True), script)
    return 0


def run(args: argparse.Namespace) -> int:
    """connect to Slack if tokens are set, otherwise open the playground"""
    settings = setup.read_environment()
    if settings.bot_token and settings.app_token:
        print("Slack tokens found: connecting in Socket Mode.")
        return serve(argparse.Namespace(**vars(args), http=False, port=None))
    if (settings.bot_token or settings.client_id) and settings.signing_secret:
        print(f"Slack tokens found: listening for Slack on port {settings.port}.")
        return serve(argparse.Namespace(**vars(args), http=True, port=None))
    print("No Slack tokens in the environment or .env (see .env.example): opening the playground.", flush=True)
    return playground(argparse.Namespace(**vars(args), port=None, script=None, transcript=None))


def doctor(args: argparse.Namespace) -> int:
    """check tokens, scopes, clock, database, knowledge and address, and say what to do"""
    from srmbot.slack.doctor import Patient, SetupVerdict, examine

    settings, worst = setup.read_environment(), SetupVerdict.GOOD
    for finding in examine(Patient(settings, setup.knowledge_folders(args, settings), args.url, args.bare)):
        print(finding, flush=True)
        worst = finding.verdict if finding.verdict is SetupVerdict.BAD else worst
    return 1 if worst is SetupVerdict.BAD else 0


def manifest(args: argparse.Namespace) -> int:
    """print the manifest that creates the Slack app"""
    import json

    from srmbot.slack.install.flow import REDIRECT
    from srmbot.slack.install.lifecycle import INSTALL_EVENTS
    from srmbot.slack.manifest import for_http, for_many, load_manifest, read_manifest

    if args.many and not args.url:
        raise UsageError("--many needs the bot's address", "add --url https://YOUR-HOST")
    if not args.url:
        print(read_manifest(), end="")
        return 0
    made = for_http(load_manifest(), args.url)
    print(
        json.dumps(
            for_many(made, args.url, REDIRECT, INSTALL_EVENTS) if args.many else made, indent=2, ensure_ascii=False
        )
    )
    return 0


def stored(args: argparse.Namespace) -> int:
    """print all that is stored of a workspace, or of one person in it, as JSON"""
    import json

    with setup.open_store(setup.read_environment()) as store:
        held = store.privacy.export(args.team, args.user) if store.exists else {}
    print(json.dumps(held, indent=2, ensure_ascii=False))
    return 0


def forget(args: argparse.Namespace) -> int:
    """delete all that is stored of a workspace, or of one person in it"""
    with setup.open_store(setup.read_environment()) as store:
        count = store.privacy.forget(args.team, args.user) if store.exists else 0
    rows = f"{count} row{'s' * (count != 1)}"
    print(f"{args.user} taken out of {rows}" if args.user else f"{rows} of {args.team} deleted")
    return 0


def newkey(args: argparse.Namespace) -> int:
    """print a new key for SRMBOT_SECRET_KEY"""
    from srmbot.store.sealing import make_key

    print(make_key())
    return 0


def rekey(args: argparse.Namespace) -> int:
    """encrypt all stored tokens with the first key of SRMBOT_SECRET_KEY"""
    from srmbot.errors import ConfigError
    from srmbot.store.sealing import Sealer

    settings = setup.read_environment()
    if not settings.secret_keys:
        raise ConfigError("SRMBOT_SECRET_KEY is not set", "make a key with `srmbot newkey`")
    sealer = Sealer(settings.secret_keys)
    with setup.open_store(settings) as store:
        if not store.exists:
            print("there is no database, and so nothing to encrypt")
            return 0
        store.prepare()
        count = store.installations.reseal(sealer)
    print(f"{count} installation{'s' * (count != 1)} encrypted with the first key; the other keys can go")
    return 0

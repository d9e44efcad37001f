"""`import` and `export`: other people's tables in, knowledge out; and the other way round."""

from __future__ import annotations

import argparse
from pathlib import Path

from srmbot.cli import setup
from srmbot.errors import UsageError

EXPORT_FORMATS = ("markdown", "html", "csv", "json", "oscal")  # as srmbot/exporting/exporter.py has them


def import_(args: argparse.Namespace) -> int:
    """read tables of who does what, and of who owns what, into a knowledge folder"""
    from srmbot.cli.ask import check_service
    from srmbot.importing.importer import Importer
    from srmbot.importing.report import report_lines

    bot = setup.make_bot(args)
    importer = Importer(bot.state, check_service(bot, args.service), Path(args.into))
    for name in args.files:
        importer.read(Path(name))
    for line in report_lines(importer.reports):
        print(line)
    if args.dry_run:
        print("nothing was written (--dry-run)")
        return 0
    written = importer.write()
    print(f"{args.into}: " + (f"wrote to {', '.join(written)}" if written else "nothing to write"))
    print(f"next: srmbot check {args.into}")
    return 0


def export(args: argparse.Namespace) -> int:
    """write the knowledge as pages, as a sheet, as JSON or as OSCAL"""
    from srmbot.exporting.exporter import SINGLE, export, write_files
    from srmbot.search.lookup import find_services

    known = setup.load_knowledge(args)
    services = find_services(known, args.services) if args.services else list(known.services)
    files = export(known, args.format, services)
    if args.into:
        write_files(Path(args.into), files)
        print(f"{args.into}: wrote {len(files)} file{'s' * (len(files) != 1)}")
    elif args.format in SINGLE:
        print(*files.values(), end="")
    else:
        raise UsageError(f"{args.format} makes {len(files)} files", "name a folder for them: --into DIR")
    return 0

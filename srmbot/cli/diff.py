"""`diff`: two states of a knowledge folder in, what changed between them out."""

from __future__ import annotations

import argparse


def diff(args: argparse.Namespace) -> int:
    """say what changed between two knowledge folders, or git revisions of one: whose it is first"""
    from srmbot.knowledge.revisions import read_revision
    from srmbot.overview.changes import find_changes
    from srmbot.render import changes

    before, after = read_revision(args.before, args.after), read_revision(args.after, args.before)
    print(changes.as_text(find_changes(before, after), after))
    return 0

"""`matrix`, `compare` and `sources`: all of the knowledge at a glance, without a question."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import Any

from srmbot.cli import setup
from srmbot.cli.terminal import terminal_width

TEXT, MARKDOWN, JSON = "text", "markdown", "json"


def matrix(args: argparse.Namespace) -> int:
    """show whose each topic is on some services; without SERVICE, on the databases"""
    from srmbot.overview.groups import shown_services
    from srmbot.render import matrix as render
    from srmbot.search.lookup import find_services

    known = setup.load_knowledge(args)
    services = find_services(known, args.services) if args.services else shown_services(known)
    return show(
        args.format,
        text=lambda: render.as_text(known, services, terminal_width()),
        markdown=lambda: render.as_markdown(known, services),
        json=lambda: render.as_json(known, services),
    )


def compare(args: argparse.Namespace) -> int:
    """show where the line between AWS and you moves from one service to another"""
    from srmbot.overview.comparison import compare
    from srmbot.render import comparison, topic_comparison
    from srmbot.search.lookup import find_services, find_topic

    known = setup.load_knowledge(args)
    services = find_services(known, args.services, least=2)
    if args.topic:
        topic = find_topic(known, args.topic)
        return show(
            args.format,
            text=lambda: topic_comparison.as_text(known, services, topic, terminal_width()),
            markdown=lambda: topic_comparison.as_markdown(known, services, topic),
            json=lambda: topic_comparison.as_json(known, services, topic),
        )
    found = compare(known, services)
    return show(
        args.format,
        text=lambda: comparison.as_text(known, found, terminal_width()),
        markdown=lambda: comparison.as_markdown(known, found),
        json=lambda: comparison.as_json(known, found),
    )


def sources(args: argparse.Namespace) -> int:
    """list every page that the knowledge rests on, with what rests on it"""
    from srmbot.render import pages

    known = setup.load_knowledge(args)
    return show(args.format, text=lambda: pages.as_text(known), json=lambda: pages.as_json(known))


def show(form: str, **renderings: Callable[[], str | dict[str, Any]]) -> int:
    """Print one of several renderings; plain data is printed as JSON, on one line."""
    made = renderings[form]()
    print(made if isinstance(made, str) else json.dumps(made, ensure_ascii=False))
    return 0

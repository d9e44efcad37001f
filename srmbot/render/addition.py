"""A group of missed questions -> the form that adds them to the knowledge, and the patch that comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from srmbot.knowledge.problem import Problem
from srmbot.misses.addition import Addition, Patch, pull_request_link
from srmbot.model import Knowledge
from srmbot.render.blocks import SECTION_LIMIT, Action, Block, context, escape, section, shorten_escaped
from srmbot.render.controls import MOST_OPTIONS, chosen_first, field, modal, option, plain, radios
from srmbot.render.rich_text import preformatted, rich_text

View = dict[str, Any]

ADD_FORM, ADDED = "add_form", "added"  # callback_ids
QUESTIONS, SERVICE, TOPIC, OWNER, TASK, WHY, SAY, PAGE = (
    "questions service topic owner task why say page".split()
)  # block_ids of its fields; the action_ids are the same
FORM_TEXTS: Mapping[str, tuple[str, str, int]] = {  # label, example, characters
    TASK: ("The task, as an order", "Rotate the keys of the gateway", 300),
    WHY: ("Why is it theirs?", "AWS does not see them.", 300),
    SAY: ("How people name it, in a few words", "gateway keys", 80),
}
MOST_TEXT = 2900  # characters of a field
OWNER_LABELS = {"aws": "AWS", "customer": "You", "shared": "Both"}
NEW_DUTY = "If no duty answers it yet, fill in the rest, too: it becomes a new one."
SHOWN_PATCH = 2500  # characters of a patch in a message or form
TITLE, MAKE = "Add to knowledge", "Make the patch"
CHECKING = "Checking…"
CHECKED_PATCH = (
    "Checked with the rules of `srmbot check`: no problems. Review it, and put it where your knowledge folder is kept."
)


def add_form(known: Knowledge, wanted: Addition, place: str, problems: Sequence[str] = ()) -> View:
    """Build the form, filled in with what is known of the group.

    Args:
        known: offers services and topics.
        wanted: what is in the form.
        place: comes back with the form.
        problems: what was wrong with it when it was sent last.
    """
    services = [option(each.name, each.slug) for each in known.services.values()][:MOST_OPTIONS]
    topics = [option(each.title, each.slug) for each in known.topics.values()][:MOST_OPTIONS]
    owners = [option(label, owner) for owner, label in OWNER_LABELS.items()]
    questions = multiline(QUESTIONS, "\n".join(wanted.questions))
    fields = [
        field(QUESTIONS, "Questions, one a line", questions),
        field(SERVICE, "Service", menu(SERVICE, services, wanted.service)),
        field(TOPIC, "Topic", menu(TOPIC, topics, wanted.topic)),
        field(OWNER, "Whose is it?", radios(OWNER, owners, wanted.owner)),
        context(NEW_DUTY),
        *(
            field(name, label, line(name, example, most, getattr(wanted, name))) | {"optional": True}
            for name, (label, example, most) in FORM_TEXTS.items()
        ),
        field(PAGE, "The AWS page that says so", address(wanted.page)) | {"optional": True},
    ]
    wrong = [section(shorten_escaped(escape("\n".join(problems)), SECTION_LIMIT))] if problems else []
    return modal(ADD_FORM, TITLE, [*wrong, *fields]) | {"private_metadata": place, "submit": plain(MAKE)}


def checking_view() -> View:
    """What the form turns into while the knowledge is checked."""
    return modal(ADDED, TITLE, [section(CHECKING)])


def patch_view(patch: Patch, repository: str | None, where: str) -> View:
    """What the form turns into: the patch.

    Args:
        patch: a valid one.
        repository: of the folder, if one is set.
        where: the patch was sent, as a sentence.
    """
    blocks = [section(CHECKED_PATCH), *patch_blocks(patch, repository), context(escape(where))]
    return modal(ADDED, TITLE, blocks)


def patch_message(patch: Patch, repository: str | None, *, whole: bool) -> dict[str, Any]:
    """The patch as a message.

    Args:
        patch: a valid one.
        repository: of the folder, if one is set.
        whole: with its text; else only where it belongs.
    """
    places = [f"{patch.folder}/{change.name}:{change.line}" for change in patch.changes]
    text = f"A patch for the knowledge: {', '.join(places)}"
    blocks = [section(f"*{escape(text)}*\n{CHECKED_PATCH}"), *patch_blocks(patch, repository, whole=whole)]
    return {"text": escape(text), "blocks": blocks}


def patch_blocks(patch: Patch, repository: str | None, *, whole: bool = True) -> list[Block]:
    """Each file with its line, what is added there, and a way to propose it."""
    made: list[Block] = []
    for change in patch.changes:
        made.append(section(f"`{escape(change.name)}`, from line {change.line}"))
        if whole:
            made.append(rich_text([preformatted(shorten_lines(change.text))]))
        if repository:
            made.append(actions(pull_request_link(repository, change), change.name))
    return made


def shorten_lines(text: str) -> str:
    """As much of a text as is shown."""
    return text if len(text) <= SHOWN_PATCH else text[: SHOWN_PATCH - 1] + "…"


def actions(link: str, name: str) -> Block:
    """A button that opens a page on which the change can be proposed."""
    label = plain("Propose it in the repository")
    element = {"type": "button", "action_id": str(Action.PROPOSE), "text": label, "url": link}
    return {"type": "actions", "elements": [element | {"accessibility_label": shorten_escaped(f"Propose {name}", 75)}]}


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """What is wrong with what was filled in, without places in files that nobody sees."""
    lines = ["That would not be valid knowledge:"]
    lines += [f"• {each.what} ({each.fix})" for each in problems[:5]]
    return lines


def menu(name: str, options: Sequence[Block], chosen: str) -> Block:
    """A menu with one option chosen, if it is one of them."""
    made: Block = {"type": "static_select", "action_id": name, "options": list(options)}
    return made | chosen_first(options, chosen)


def line(name: str, example: str, most: int, value: str) -> Block:
    """An input of one line."""
    made: Block = {"type": "plain_text_input", "action_id": name, "max_length": most, "placeholder": plain(example)}
    return made | ({"initial_value": value[:most]} if value else {})


def multiline(name: str, value: str) -> Block:
    """An input of several lines."""
    return {"type": "plain_text_input", "action_id": name, "multiline": True, "initial_value": value[:MOST_TEXT]}


def address(value: str) -> Block:
    """An input for an address."""
    return {"type": "url_text_input", "action_id": PAGE} | ({"initial_value": value} if value else {})

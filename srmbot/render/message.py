"""Answer -> the message that a channel gets: whose it is, the point, what can be done; the rest one click away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from srmbot.answer import Answer, Outcome
from srmbot.model import Owner, Team
from srmbot.overview import age
from srmbot.overview.comparison import compare
from srmbot.render import words
from srmbot.render.blocks import (
    SECTION_LIMIT,
    TEXT_LIMIT,
    Action,
    Block,
    context,
    escape,
    link,
    pack_lines,
    section,
    shorten_escaped,
)
from srmbot.render.carried import INTERNAL, Carried
from srmbot.render.chat_table import comparison_grid
from srmbot.render.controls import MOST_OPTIONS, button, example_buttons, option, overflow, plain, select
from srmbot.render.grid import Grid, as_table
from srmbot.render.labels import LONGEST_LABEL, Offered, short_labels, shorten
from srmbot.render.parts_table import parts_table
from srmbot.render.point import REPLIES, glance
from srmbot.render.rich_text import Part, bullets, channel, heading, rich_text, text
from srmbot.render.sections import dates, sources, titles, wants_both
from srmbot.render.statement import listed, lower_first
from srmbot.render.tables import TABLE, TABLES
from srmbot.render.text import as_spoken

SIDE_IN_BRIEF = 2  # tasks of each side that a message lists
DETAILS, MATRIX, SHARE, ASK_TEAM = "Details", "Matrix", "Share here", "Ask {}"
TAKE_BACK, ASK_ANEW = "Take back", "Ask in other words"
BACK, ANEW = "back", "anew"  # what these options mean; after it comes the id of the person who may
PICK_TOPIC, ALL_OF = "Pick a topic", "All of {}"
OLD_NOTE = "may have changed since"
MOST_NAMED = 80  # characters of a channel's name, which Slack lets have as many
ASKED_IN = "This posts your question and this answer in {}, with your name."


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a message stands, which decides what can be done with it."""

    alone: bool = False  # only the asker sees it, and may share it
    asker: str = ""  # id of the person who may take it back; blank where nobody can
    internal: bool = False  # people of this workspace alone read it: teams may be named
    modal: bool = False
    row: Sequence[Answer] = ()  # the readings that it was chosen from
    service: str = ""  # whose topics it was chosen from


ANYWHERE = Setting()


def as_blocks(
    answer: Answer, setting: Setting = ANYWHERE, *, echo: bool = False, tables: Collection[str] = ()
) -> list[Block]:
    """The answer as blocks.

    Args:
        answer: any.
        setting: where they stand.
        echo: repeat the question above it, for an answer that is shown alone.
        tables: the types of tables that several parts may be: only in a message, not in a view.
    """
    answer = as_read_by(answer, setting)
    made = list(answer_blocks(answer, setting, tables) if answer.answered else unknown_blocks(answer, setting))
    return [context(answer.question, plain=True), *made] if echo and answer.question.strip() else made


def as_message(
    answer: Answer, setting: Setting = ANYWHERE, *, echo: bool = False, tables: Collection[str] = TABLES
) -> dict[str, Any]:
    """The parts of a Slack message: its blocks, and the text that is complete without them."""
    answer = as_read_by(answer, setting)  # once, so that blocks and text share what is composed of it
    blocks = as_blocks(answer, setting, echo=echo, tables=tables)
    return {"text": shorten_escaped(escape(as_spoken(answer)), TEXT_LIMIT), "blocks": blocks}


def as_read_by(answer: Answer, setting: Setting) -> Answer:
    """An answer without the names of teams, where people of other organisations may read it."""
    if setting.internal or answer.discreet:
        return answer
    return replace(answer, discreet=True, parts=tuple(as_read_by(part, setting) for part in answer.parts))


def unknown_blocks(answer: Answer, setting: Setting) -> Iterator[Block]:
    """What is said when nothing is claimed, with the nearest, or with examples, as buttons."""
    yield section(escape(words.say(answer)))
    if suggestions := words.suggestions(answer):
        yield context(f"{words.TRY}:")
        yield (
            choices(answer.alternatives, "", answer.question, setting) if answer.alternatives else examples(suggestions)
        )


def examples(questions: Sequence[str]) -> Block:
    """Things to ask as buttons; what is answered opens above the message."""
    return {"type": "actions", "elements": example_buttons(questions)}


def answer_blocks(answer: Answer, setting: Setting, tables: Collection[str]) -> Iterator[Block]:
    """An answer that claims something: the headline and the point, or both sides; the page; what can be done."""
    said, shown = whole_services(answer, tables)
    shown = shown or (parts_table(answer) if TABLE in tables else None) or listed_parts(answer) or both_sides(answer)
    lines = [headline(answer), *map(escape, [*point_lines(answer, shown), *said])]
    yield from map(section, pack_lines(lines, SECTION_LIMIT))
    if shown:
        yield shown
    yield from small_print(answer)
    yield from controls(answer, setting)


def whole_services(answer: Answer, tables: Collection[str]) -> tuple[Sequence[str], Block | None]:
    """Services that are compared as a whole: what is said of them, and the table of what moves."""
    services = list(dict.fromkeys(part.service for part in answer.parts if part.service and not part.topic))
    if len(services) < 2 or len(services) < len(answer.parts):
        return (), None
    grid = comparison_grid(answer.knowledge, compare(answer.knowledge, services))
    shown = as_table(grid, tables) if isinstance(grid, Grid) else None
    return (grid.above, shown) if isinstance(grid, Grid) and shown else ((), None)


def point_lines(answer: Answer, shown: Block | None) -> list[str]:
    """The point, unless what is listed says it."""
    if shown is None:
        return [glance(answer)]
    return [REPLIES[answer.reply]] if answer.reply and not answer.in_turn else []


def headline(answer: Answer) -> str:
    """Sign, word and task, told apart in passing; and who does it on the customer's side."""
    owners = dict.fromkeys(part.owner for part in answer.parts or (answer,))
    signs = "".join(words.SIGN[owner] for owner in owners if owner)
    team = f" · {team_mrkdwn(answer.team)}" if answer.team and not both_sides(answer) else ""
    about = f": {parts_label(answer)}" if answer.parts else ""
    return f"{signs} *{escape(words.verdict_line(answer) + about)}*{team}"


def parts_label(answer: Answer) -> str:
    """What several parts are about: "RDS and Aurora · Backups", "RDS · Backups and monitoring"."""
    pairs = [part.label.rpartition(" · ") for part in answer.parts]
    services = list(dict.fromkeys(service for service, dot, _ in pairs if dot))
    first, *others = dict.fromkeys(topic for *_, topic in pairs)
    if services and (len(services) == 1 or not others):
        return f"{listed(services)} · {listed([first, *map(lower_first, others)])}"
    return listed([part.label for part in answer.parts])


def team_mrkdwn(team: Team) -> str:
    """A team with its channel, as a link where Slack's id of it is known."""
    where = f"<#{team.channel_id}>" if team.channel_id else escape(team.channel or "")
    return " ".join(filter(None, (escape(team.team), where)))


def team_parts(team: Team) -> list[Part]:
    """The same in rich text."""
    where = [channel(team.channel_id)] if team.channel_id else [text(team.channel)] if team.channel else []
    return [text(f" · {team.team}{' ' if where else ''}"), *where]


def both_sides(answer: Answer) -> Block | None:
    """The first tasks of both sides as lists, where both are asked for: a keyword, or which half is whose."""
    if not wants_both(answer) or answer.entry is None:
        return None
    elements: list[Block] = []
    for owner, title in ((Owner.AWS, words.AWS_SIDE), (Owner.CUSTOMER, words.YOUR_SIDE)):
        if tasks := answer.side(owner)[:SIDE_IN_BRIEF]:
            team = team_parts(answer.team) if answer.team and owner is Owner.CUSTOMER else []
            elements += [heading(text(title, bold=True), *team), bullets([[text(task)] for task in tasks])]
    return rich_text(elements)


def listed_parts(answer: Answer) -> Block | None:
    """Several topics or services as a list; None for whole services, of which the point says what moves."""
    if not answer.parts or not all(part.topic for part in answer.parts):
        return None
    lines = [(f"{words.SIGN[part.owner]} {words.verdict_line(part)}. ", glance(part)) for part in owned(answer)]
    return rich_text([bullets([[text(verdict, bold=True), text(said)] for verdict, said in lines])])


def owned(answer: Answer) -> Iterator[Any]:
    """The parts that are somebody's, which all are."""
    return (part for part in answer.parts if part.owner)


def small_print(answer: Answer) -> Iterator[Block]:
    """Where it is from, where that is not as expected, and the page with its date."""
    yield from map(context, filter(None, (" · ".join(footnotes(answer)),)))


def footnotes(answer: Answer) -> Iterator[str]:
    """What is read last."""
    if answer.borrowed:
        yield escape(words.BORROWED.format(answer.borrowed))
    if answer.unchecked:
        yield words.UNCHECKED
    for page, title in list(zip(sources(answer), titles(answer), strict=True))[:1]:
        yield f"{link(page, title)} · {escape(page_kind(page, dates(answer).get(page)))}"
    if answer.team and answer.team.runbook:
        yield link(answer.team.runbook, "Runbook")


def page_kind(page: str, as_of: str | None) -> str:
    """Whose page it is, when it was read, and whether that is long ago."""
    kind = ", ".join(filter(None, (words.page_of(page), as_of)))
    return f"{kind}, {OLD_NOTE}" if as_of and age.is_old(as_of, age.today()) else kind


def controls(answer: Answer, setting: Setting) -> Iterator[Block]:
    """The other readings, then what can be done."""
    offered: Sequence[Offered] = (answer, *answer.alternatives) if answer.outcome is Outcome.CHOICE else ()
    if row := setting.row or offered:
        yield context(words.DID_YOU_MEAN)
        yield choices(row, answer.reading, answer.question, setting)
    if service := setting.service or whole_service(answer):
        yield topic_menu(answer, service, setting)
    yield verbs(answer, setting)


def whole_service(answer: Answer) -> str:
    """The slug of the service that is asked about as a whole; blank for any other answer."""
    return answer.match.service if answer.match and answer.match.topic is None else ""


def choices(row: Sequence[Offered], chosen: str, question: str, setting: Setting) -> Block:
    """A row of buttons, one a reading; each knows the others, so that one may come back."""
    keys = [one.reading if isinstance(one, Answer) else one.key for one in row]
    buttons = [
        button(
            f"{Action.CHOOSE}:{number}",
            f"{words.CHOSEN if key == chosen else ''}{label}",
            Carried((key, *(other for other in keys if other != key)), question, setting.internal).as_value(),
        )
        for number, (key, label) in enumerate(zip(keys, short_labels(row), strict=True))
    ]
    return {"type": "actions", "elements": buttons}


def topic_menu(answer: Answer, service: str, setting: Setting) -> Block:
    """The topics of a service as a menu, each with whose it is; the one that is shown is chosen."""
    known = answer.knowledge
    everything = option(shorten(ALL_OF.format(known.services[service].name), LONGEST_LABEL), service)
    topics = [
        option(shorten(known.topics[topic].title, LONGEST_LABEL), f"{service}/{topic}", words.WHOSE[entry.owner])
        for topic in known.topics
        if (entry := known.covering(service, topic))
    ]
    shown = f"{service}/{answer.match.topic}" if answer.match and answer.match.topic else service
    options = [everything, *topics][:MOST_OPTIONS]
    chosen = next((each for each in options if each["value"] == shown), None)
    menu = select(Action.TOPIC, PICK_TOPIC, options, chosen if shown != service else None)
    return {"type": "actions", "block_id": f"{Action.TOPIC}:{INTERNAL if setting.internal else ''}", "elements": [menu]}


def verbs(answer: Answer, setting: Setting) -> Block:
    """What can be done with an answer: at most three buttons, and a menu for the person who asked."""
    value = Carried((answer.reading,), answer.question, setting.internal).as_value()
    buttons = [button(Action.DETAILS, MATRIX if whole_service(answer) else DETAILS, value)]
    if setting.alone:
        buttons.append(button(Action.SHARE, SHARE, value))
    if answer.team and answer.team.channel_id and not setting.modal:
        label = shorten(ASK_TEAM.format(answer.team.team), LONGEST_LABEL)
        buttons.append(button(Action.ASK_TEAM, label, value) | {"confirm": confirm_asking(answer.team)})
    if setting.asker:
        own = [option(TAKE_BACK, f"{BACK}:{setting.asker}"), option(ASK_ANEW, f"{ANEW}:{setting.asker}")]
        buttons.append(overflow(Action.OWN, own))
    return {"type": "actions", "elements": buttons}


def confirm_asking(team: Team) -> Block:
    """What is asked before a team is."""
    where = ASKED_IN.format(shorten(team.channel, MOST_NAMED) if team.channel else "the team's channel")
    return {
        "title": plain(shorten(f"Ask {team.team}?", LONGEST_LABEL)),
        "text": plain(where),
        "confirm": plain("Ask them"),
        "deny": plain("Not now"),
    }

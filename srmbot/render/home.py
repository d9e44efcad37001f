"""What is known for one person -> their Home tab; a service -> the line between AWS and you, topic by topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from srmbot.model import Knowledge, Owner, Service
from srmbot.overview.groups import GROUPS, services_by_group
from srmbot.overview.review import DueEntry
from srmbot.overview.standing import standings
from srmbot.render import words
from srmbot.render.blocks import SECTION_LIMIT, Action, Block, context, escape, notice, pack_lines, section
from srmbot.render.controls import MOST_OPTIONS, button, example_buttons, header, modal, option, plain, select
from srmbot.render.misses import MissReport, cluster_blocks, subject_lines, total_line
from srmbot.render.tip_status import describe_subscription
from srmbot.tips import Subscription

View = dict[str, Any]

SERVICE_VIEW = "service"  # callback_id
MOST_VIEW_BLOCKS = 100  # of a view
MOST_BUTTONS = 25  # of a row
MOST_SERVICES = 50  # of one kind; the others are counted
MOST_LABEL = 40  # characters of a button, so that a row stays short
MOST_ASKED, MOST_NEWS, MOST_DUE, MOST_TIPS = 6, 6, 8, 10
OTHERS_HEADING = "Others"
WHAT = "I say who owns what on AWS: AWS, you, or both.\nWith the reason, and the AWS page that says so."
WHERE = (
    "`/srm who patches RDS?` in any channel: only you see the answer",
    "`@srmbot` with a question, in a channel I'm in: I answer in a thread that everyone sees",
    "`@srmbot` alone in a thread: I answer the last message that asks",
    "the shortcut “Who owns this?” in any message's menu, even where I'm not a member",
    "a direct message to me",
)
NO_TIPS_YET = "None yet. `/srm tips on 09:00` in a channel, or in a direct message to me, brings one a day."
COUNTS_EXPLAINED = "How many topics of each are AWS's, yours, or both's. A button shows which."
LINE = {Owner.AWS: "AWS does", Owner.CUSTOMER: "You do", Owner.SHARED: "Both have a part"}
TITLE, CHOOSE_TOPIC = "Who owns what?", "A topic in full"


@dataclass(frozen=True, slots=True)
class Desk:
    """What those who look after the knowledge see besides."""

    report: MissReport | None  # None where it cannot be read
    due: Sequence[DueEntry]
    health: Sequence[str]


@dataclass(frozen=True, slots=True)
class HomeContent:
    """All that a Home tab shows of a person's own, and of their workspace."""

    tips: Sequence[Subscription] = ()  # those that they have switched on
    asked: Sequence[tuple[str, str, int]] = ()  # service, topic, and how often, lately
    news: Sequence[str] = ()  # what changed in the knowledge last
    news_at: float | None = None  # seconds since 1970
    kept_days: int | None = None  # that text of misses is kept
    desk: Desk | None = None  # None for all others


def home_view(known: Knowledge, content: HomeContent) -> View:
    """The Home tab: a box to ask in, what is the person's own, what is new, the services."""
    blocks = [
        *asking_blocks(),
        *own_blocks(known, content),
        *(desk_blocks(known, content.desk) if content.desk else ()),
        *service_blocks(known),
        {"type": "divider"},
        section("\n".join(("*Where you can ask*", *(f"• {way}" for way in WHERE)))),
        context(footer(known, content), plain=True),
    ]
    return {"type": "home", "blocks": blocks[:MOST_VIEW_BLOCKS]}


def asking_blocks() -> Iterator[Block]:
    """A box to ask in, and examples."""
    box = {
        "type": "plain_text_input",
        "action_id": str(Action.SEARCH),
        "placeholder": plain(f"{words.EXAMPLE_QUESTIONS[1]} Press Enter to ask."),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    yield header("Who owns this on AWS?")
    yield section(WHAT)
    label = plain("Ask in your own words")
    yield {"type": "input", "block_id": str(Action.SEARCH), "dispatch_action": True, "label": label, "element": box}
    ask = button(Action.ASK, "Ask in a form")
    yield {"type": "actions", "elements": [*example_buttons(words.EXAMPLE_QUESTIONS), ask]}


def own_blocks(known: Knowledge, content: HomeContent) -> Iterator[Block]:
    """The person's tips, what is asked most, what changed."""
    tips = [f"• <#{each.channel}>: {escape(tip_line(each, known))}" for each in content.tips[:MOST_TIPS]]
    yield section("\n".join(("*Your tips*", *(tips or [NO_TIPS_YET]))))
    labels = [(each, label_of(known, *each[:2])) for each in content.asked]
    if asked := [(key, label) for (service, topic, _), label in labels if label for key in [f"{service}/{topic}"]]:
        buttons = [button(f"{Action.ENTRY}:{at}", label, key) for at, (key, label) in enumerate(asked[:MOST_ASKED])]
        yield section("*Asked most in the last 30 days*")
        yield {"type": "actions", "elements": buttons}
    if content.news:
        day = f", {day_of(content.news_at)}" if content.news_at else ""
        more = len(content.news) - MOST_NEWS
        lines = [f"• {escape(each)}" for each in content.news[:MOST_NEWS]] + (
            [f"… and {more} more"] if more > 0 else []
        )
        yield section("\n".join((f"*Changed in what I know{day}*", *lines)))


def day_of(seconds: float) -> str:
    """A day as people write it: "30 November"."""
    at = datetime.fromtimestamp(seconds, UTC)
    return f"{at.day} {at:%B}"


def tip_line(subscription: Subscription, known: Knowledge) -> str:
    """A person's tips in one channel."""
    paused = "; paused" if subscription.paused else ""
    return f"{describe_subscription(subscription, known)}{paused}"


def label_of(known: Knowledge, service: str, topic: str) -> str:
    """What a service and topic are called; blank where they are gone."""
    return known.label(service, topic) if service in known.services and topic in known.topics else ""


def desk_blocks(known: Knowledge, desk: Desk) -> Iterator[Block]:
    """What those who look after the knowledge see: misses, entries due for review, health."""
    yield header("For you who look after the knowledge")
    if desk.report:
        subjects = [f"• {line}" for line in subject_lines(desk.report, known)]
        yield section(escape("\n".join(("*Misses*", total_line(desk.report), *subjects))))
        if desk.report.kept_days:
            yield from cluster_blocks(desk.report.clusters)
        else:
            yield context("No text is kept. `/srm misses text on` keeps the questions from now on.")
    due = [f"• {escape(due_line(each, known))}" for each in desk.due[:MOST_DUE]]
    more = [f"… and {len(desk.due) - MOST_DUE} more"] if len(desk.due) > MOST_DUE else []
    yield section("\n".join(("*Due for review*", *(due or ["Nothing."]), *more)))
    yield section("\n".join(("*Health*", *(f"• {escape(line)}" for line in desk.health))))


def due_line(due: DueEntry, known: Knowledge) -> str:
    """Why an entry is due: "RDS · Backups: a page of 2023-06; 2 tasks never checked"."""
    why = [f"a page of {due.oldest}"] if due.oldest else []
    why += [f"{due.unchecked} task{'s' * (due.unchecked != 1)} never checked"] if due.unchecked else []
    return f"{known.label(due.entry.service, due.entry.topic)}: {'; '.join(why)}"


def service_blocks(known: Knowledge) -> Iterator[Block]:
    """The services by their kind: how many topics are whose, and a button for each that shows them."""
    yield header("Services")
    yield context(COUNTS_EXPLAINED)
    for group, all_of_it in services_by_group(known).items():
        services, more = all_of_it[:MOST_SERVICES], len(all_of_it) - MOST_SERVICES
        lines = [f"*{GROUPS.get(group, OTHERS_HEADING)}*", *(escape(line_of(known, each)) for each in services)]
        lines += [f"… and {more} more"] if more > 0 else []
        yield from map(section, pack_lines(lines, SECTION_LIMIT))
        for start in range(0, len(services), MOST_BUTTONS):
            row = services[start : start + MOST_BUTTONS]
            yield {"type": "actions", "elements": [service_button(each) for each in row]}


def service_button(service: Service) -> Block:
    """A button that shows the line of a service."""
    return button(f"{Action.SERVICE}:{service.slug}", service.name[:MOST_LABEL], service.slug)


def line_of(known: Knowledge, service: Service) -> str:
    """How many topics of a service are whose: "RDS: AWS 4, you 9, both 12"."""
    owners = [each.owner for each in standings(known, [service.slug]) if each.owner]
    counts = [f"{words.WHOSE[owner]} {owners.count(owner)}" for owner in Owner if owner in owners]
    return f"{service.name}: {', '.join(counts) or 'nothing yet'}"


def service_view(known: Knowledge, slug: str) -> View:
    """A service in a modal: which topics are AWS's, yours, and both's; each can be opened."""
    found = [each for each in standings(known, [slug]) if each.owner]
    blocks: list[Block] = [section(f"*{escape(known.services[slug].full_name)}*\n{escape(known.services[slug].line)}")]
    for owner, title in LINE.items():
        if topics := [known.topics[each.topic].title for each in found if each.owner is owner]:
            blocks += map(section, pack_lines([f"*{title}*", *(f"• {escape(each)}" for each in topics)], SECTION_LIMIT))
    options = [option(known.topics[each.topic].title, f"{slug}/{each.topic}") for each in found]
    if options:
        menu = select(Action.HOME_TOPIC, CHOOSE_TOPIC, options[:MOST_OPTIONS])
        blocks.append({"type": "actions", "elements": [menu]})
    return modal(SERVICE_VIEW, TITLE, blocks[:MOST_VIEW_BLOCKS])


def footer(known: Knowledge, content: HomeContent) -> str:
    """What is known, and what is stored."""
    count = f"{len(known.duties)} duties on {len(known.listed_services)} services"
    if not content.kept_days:
        kept = "Your questions are not stored."
    else:
        kept = f"Questions that I did not answer are kept for {content.kept_days} days; `/srm forget me` deletes yours."
    return f"Knowledge {known.version[:7]}: {count}. No language model. {kept}"


def home_notice(text: str) -> View:
    """The Home tab where only that can be said."""
    return {"type": "home", "blocks": notice(text)["blocks"]}

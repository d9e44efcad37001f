"""The Home tab: published when a user opens it, so that it shows what is known now; and what its controls do."""

from __future__ import annotations

from typing import Any

from srmbot.answer import Answer
from srmbot.commands.maintainers import is_maintainer
from srmbot.commands.misses import read_report
from srmbot.overview import age
from srmbot.overview.review import due_entries
from srmbot.render import home, views
from srmbot.render.misses import LOOKED_BACK_DAYS
from srmbot.request import Resources
from srmbot.slack.choice import ANSWER_GONE
from srmbot.slack.clicked import chosen_option
from srmbot.slack.error_reports import log_expected
from srmbot.slack.outcomes import sending
from srmbot.slack.question_form import ONCE, read_question
from srmbot.slack.request import Request
from srmbot.slack.retry import run_with_retry
from srmbot.store.database import StoreError


def on_home(request: Request) -> None:
    """Publish the tab for the person who opened it."""

    def show(view: home.View) -> None:
        with sending():
            request.client.views_publish(user_id=request.requester.user, view=view)

    def tell(text: str) -> None:
        show(home.home_notice(text))

    def publish() -> None:
        show(home.home_view(request.known.knowledge, read_content(request)))

    run_with_retry("home", publish, tell, request.runtime.later)


def is_home(event: dict[str, Any]) -> bool:
    """Whether the Home tab was opened, and not the tab of messages."""
    return event.get("tab") == "home"


def read_content(request: Request) -> home.HomeContent:
    """Read what the tab shows beside the knowledge; without a store, or while it is away, nothing of that.

    A store that does not answer is waited for once.
    """
    desk, failed = read_desk(request) if is_maintainer(request.known.knowledge, request.requester) else (None, None)
    resources, storage = request.requester.resources, request.runtime.storage
    if resources is None or storage.is_away or not resources.store.exists:
        if failed:
            log_expected(failed, "home")
        return home.HomeContent(desk=desk)
    try:
        if failed:
            raise failed
        return read_stored(request, resources, desk)
    except StoreError as fault:
        storage.note_away(fault, "home")
        return home.HomeContent(desk=desk)


def read_stored(request: Request, resources: Resources, desk: home.Desk | None) -> home.HomeContent:
    """Read what is a person's own, and their workspace's.

    Raises:
        StoreError: the store does not answer.
    """
    store, team = resources.store, request.requester.team
    store.prepare()
    version = store.versions.newest()
    return home.HomeContent(
        store.subscriptions.of_user(team, request.requester.user),
        store.history.asked_most(team, resources.now()),
        version.changes if version else (),
        version.at if version else None,
        store.misses.kept_days(team),
        desk,
    )


def read_desk(request: Request) -> tuple[home.Desk, StoreError | None]:
    """Read what those who look after the knowledge see besides, and why the store did not answer, if so."""
    known, resources = request.known.knowledge, request.requester.resources
    report, failed = None, None
    if resources and resources.store.exists:
        try:
            resources.store.prepare()
            report = read_report(resources, request.requester.team, LOOKED_BACK_DAYS)
        except StoreError as fault:
            failed = fault
    return home.Desk(report, due_entries(known, age.today()), read_health(request)), failed


def read_health(request: Request) -> list[str]:
    """Read what is wrong, or that nothing is."""
    bot, storage = request.runtime.bot, request.runtime.storage
    problems = bot.problems
    learning = "" if request.known.learned else "; the newest texts are still being learned from"
    lines = [f"Knowledge {request.known.knowledge.version[:7]} answers{learning}."]
    if problems:
        count = f"{len(problems)} problem{'s' * (len(problems) != 1)}"
        lines.append(f"{count} in newer files, which are not used, the first at {problems[0].at}: {problems[0].what}")
    if storage.store is None:
        lines.append("No database: tips and misses are not stored.")
    elif storage.is_away:
        lines.append("The database does not answer.")
    return lines if len(lines) > 1 else [*lines, "No problems."]


def on_search(request: Request) -> None:
    """Answer what was typed in the box of the tab, in a modal."""
    text = request.value
    if not text.strip():
        return
    make_reply, _ = read_question(request, text)

    def show(reply: Answer | str) -> None:
        request.open_modal(views.answer_view(reply))

    request.deliver(make_reply, show, request.post_direct, ONCE)


def on_service(request: Request) -> None:
    """Show whose each topic of a service is, in a modal."""
    known = request.known.knowledge

    def show() -> None:
        slug = request.value
        request.open_modal(home.service_view(known, slug) if slug in known.services else views.answer_view(ANSWER_GONE))

    run_with_retry(request.surface, show, request.post_direct, request.runtime.later, ONCE)


def on_entry(request: Request) -> None:
    """Open the answer to something that is often asked, in a modal."""

    def show(reply: Answer | str) -> None:
        request.open_modal(views.answer_view(reply, echo=False))

    request.deliver(lambda: request.known.choose(request.value) or ANSWER_GONE, show, request.post_direct, ONCE)


def on_home_topic(request: Request) -> None:
    """Show a topic of a service in full, in the place of its list."""
    key = chosen_option(request.action)

    def show(reply: Answer | str) -> None:
        request.update_modal(views.answer_view(reply, echo=False))

    request.deliver(lambda: request.known.choose(key) or ANSWER_GONE, show, request.post_direct)

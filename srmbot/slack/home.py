"""The Home tab: published when a user opens it, so that it shows what is known now."""

from __future__ import annotations

from typing import Any

from srmbot.render import views
from srmbot.slack.outcomes import sending
from srmbot.slack.request import Request
from srmbot.slack.retry import run_with_retry


def on_home(request: Request) -> None:
    """Publish the tab for the person who opened it."""

    def show(view: views.View) -> None:
        with sending():
            request.client.views_publish(user_id=request.requester.user, view=view)

    def tell(text: str) -> None:
        show(views.home_notice(text))

    run_with_retry("home", lambda: show(views.home_view(request.known.knowledge)), tell, request.runtime.later)


def is_home(event: dict[str, Any]) -> bool:
    """Whether the Home tab was opened, and not the tab of messages."""
    return event.get("tab") == "home"

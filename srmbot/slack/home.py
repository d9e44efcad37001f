"""The Home tab: published when somebody opens it, so that it shows what is known now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient

from srmbot.bot import Bot
from srmbot.render import views
from srmbot.slack.retry import DelayedWork, run_with_retry


def on_home(bot: Bot, later: DelayedWork) -> Callable[..., None]:
    """What the opening of the Home tab gets."""

    def publish(event: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        def show(view: views.View) -> None:
            client.views_publish(user_id=event["user"], view=view)

        run_with_retry(
            "home", lambda: show(views.home_view(bot.knowledge)), lambda text: show(views.home_notice(text)), later
        )

    return publish


def is_home(event: dict[str, Any]) -> bool:
    """Whether the Home tab was opened, and not the tab of messages."""
    return event.get("tab") == "home"

"""The buttons of a tip: what it is about, and a form to choose other topics and times."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from time import perf_counter
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from srmbot.bot import Bot
from srmbot.commands import tips
from srmbot.commands.tip_options import TipOptions
from srmbot.errors import SrmbotError
from srmbot.model import GENERAL
from srmbot.render.tip_form import DAYS, SERVICES, TIME, ZONE, Form, as_view
from srmbot.slack.answer_log import log_answer
from srmbot.slack.choice import GONE
from srmbot.slack.error_reports import report_errors
from srmbot.slack.message import as_message
from srmbot.slack.post import respond
from srmbot.slack.retry import DelayedWork, run_with_retry
from srmbot.slack.tips.runtime import TipsRuntime
from srmbot.tips import When, known_zones

EPHEMERAL = {"response_type": "ephemeral", "replace_original": False}


def on_tip_entry(bot: Bot, later: DelayedWork) -> Callable[..., None]:
    """What “Who owns what here?” gets: both sides, for whoever clicked alone."""

    def answer_it(action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        started = perf_counter()
        url = body.get("response_url", "")

        def work() -> None:
            reply = bot.state.choose(str(action.get("value", ""))) or GONE
            respond(url, **EPHEMERAL, **as_message(reply))
            team, channel = body.get("team") or {}, body.get("channel") or {}
            log_answer("tip", reply, started, team=team.get("id"), channel=channel.get("id"))

        run_with_retry("tip", work, lambda text: respond(url, **EPHEMERAL, **as_message(text)), later)

    return answer_it


def on_tip_less(bot: Bot, tipping: TipsRuntime) -> Callable[..., None]:
    """What “Less / other topics” gets: a form with what is set now."""

    def open_it(action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        team, channel = (body.get("team") or {}).get("id"), (body.get("channel") or {}).get("id")
        with report_errors("tip", lambda text: respond(body.get("response_url", ""), **EPHEMERAL, **as_message(text))):
            asker = tipping.make_asker(team, channel, (body.get("user") or {}).get("id"))
            if asker.resources is None:
                raise SrmbotError("there is no store for tips here")
            here = tips.current_subscription(asker)
            when = here.when if here else When(zone=asker.resources.zone or When().zone)
            services = bot.knowledge.services.values()
            names = [(each.slug, each.name) for each in services if each.slug != GENERAL]
            chosen = here.services if here else ()
            form = Form(names, chosen, when.days, f"{when.at:%H:%M}", when.zone, f"{team}/{channel}")
            client.views_open(trigger_id=body.get("trigger_id", ""), view=as_view(form))

    return open_it


def on_tip_form(bot: Bot, tipping: TipsRuntime, executor: Executor) -> Callable[..., None]:
    """What a submitted form gets: faults are shown in it; else it closes, and the tips are changed."""

    def listener(ack: Ack, view: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        values = view.get("state", {}).get("values", {})
        zone = known_zones().get(str(values[ZONE][ZONE].get("value") or "").strip().lower())
        days = frozenset(int(each["value"]) for each in values[DAYS][DAYS].get("selected_options") or ())
        if zone is None:
            ack(response_action="errors", errors={ZONE: "That is no time zone that I know; Europe/Lisbon is one."})
            return
        ack()
        services = tuple(each["value"] for each in values[SERVICES][SERVICES].get("selected_options") or ())
        at = When().at.fromisoformat(values[TIME][TIME].get("selected_time") or "09:00")
        executor.submit(save, TipOptions(at, zone, days, services), view, body, client)

    def save(wish: TipOptions, view: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        team, _, channel = str(view.get("private_metadata", "")).partition("/")
        user = str((body.get("user") or {}).get("id"))

        def tell(text: str) -> None:
            client.chat_postMessage(channel=user, unfurl_links=False, unfurl_media=False, **as_message(text))

        with report_errors("tip_form", tell):
            tips.change_subscription(bot.state, wish, tipping.make_asker(team, channel, user))

    return listener

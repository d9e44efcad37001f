"""The buttons of a tip: what it is about, and a form to choose other topics and times."""

from __future__ import annotations

from dataclasses import replace

from slack_bolt import Ack

from srmbot.commands import tips
from srmbot.commands.tip_options import TipOptions
from srmbot.errors import SrmbotError
from srmbot.render.tip_form import DAYS, SERVICES, TIME, ZONE, Form, as_view
from srmbot.slack.choice import GONE
from srmbot.slack.error_reports import report_errors
from srmbot.slack.request import Payload, Request
from srmbot.tips import When, known_zones

UNKNOWN_ZONE = "I don't know that time zone. Use a name such as Europe/Lisbon."


def on_tip_entry(request: Request) -> None:
    """Show both sides of what a tip is about: “Who owns what here?” was clicked."""
    request.deliver(
        lambda: request.known.choose(request.value) or GONE,
        lambda reply: request.respond(reply, replace_original=False),
    )


def on_tip_less(request: Request) -> None:
    """Open the form with what is set now: “Fewer or other tips” was clicked."""
    with report_errors(request.surface, lambda text: request.respond(text, replace_original=False)):
        request.open_modal(as_view(make_form(request)))


def make_form(request: Request) -> Form:
    """Fill in the form as the tips of the channel are set.

    Raises:
        SrmbotError: there is no store.
    """
    requester = request.requester
    if requester.resources is None:
        raise SrmbotError("daily tips need a database, and none is configured", "set DATABASE_URL", "no_database")
    here = tips.current_subscription(requester)
    when = here.when if here else When(zone=requester.resources.zone or When().zone)
    names = [(each.slug, each.name) for each in request.known.knowledge.listed_services]
    place = f"{requester.team}/{requester.channel}"
    return Form(names, here.services if here else (), when.days, f"{when.at:%H:%M}", when.zone, place)


def on_tip_form(request: Request, ack: Ack) -> None:
    """Take the form: its faults are shown in it; without any it closes, and the tips are changed."""
    options = read_form(request.body["view"].get("state", {}).get("values", {}))
    if options is None:
        ack(response_action="errors", errors={ZONE: UNKNOWN_ZONE})
        return
    ack()
    request.runtime.submit(save_form, request, options)


def read_form(values: Payload) -> TipOptions | None:
    """Read what was chosen in the form; None where its time zone is not known."""
    zone = known_zones().get(str(values[ZONE][ZONE].get("value") or "").strip().lower())
    if zone is None:
        return None
    days = frozenset(int(each["value"]) for each in values[DAYS][DAYS].get("selected_options") or ())
    services = tuple(each["value"] for each in values[SERVICES][SERVICES].get("selected_options") or ())
    at = When().at.fromisoformat(values[TIME][TIME].get("selected_time") or "09:00")
    return TipOptions(at, zone, days, services)


def save_form(request: Request, options: TipOptions) -> None:
    """Change the tips of the channel that the form came from; what goes wrong is said in a direct message."""
    team, _, channel = str(request.body["view"].get("private_metadata", "")).partition("/")
    with report_errors(request.surface, request.post_direct):
        tips.change_subscription(request.known, options, replace(request.requester, team=team, channel=channel))

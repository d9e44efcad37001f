"""The buttons of a tip: what it is about, and a form to choose other topics and times."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from slack_bolt import Ack

from srmbot.commands import tips
from srmbot.commands.tip_options import TipOptions
from srmbot.errors import SrmbotError, UsageError
from srmbot.model import Knowledge
from srmbot.render.tip_form import DAYS, SERVICES, TIME, ZONE, TipForm, as_view
from srmbot.slack.choice import ANSWER_GONE
from srmbot.slack.error_reports import report_errors
from srmbot.slack.request import Payload, Request
from srmbot.tips import When, known_zones

UNKNOWN_SERVICE = "I no longer know one of these services. Close the form and open it again."
UNKNOWN_ZONE = "I don't know that time zone. Use a name such as Europe/Lisbon."


def on_tip_entry(request: Request) -> None:
    """Show both sides of what a tip is about: “Who owns what here?” was clicked."""
    request.deliver(
        lambda: request.known.choose(request.value) or ANSWER_GONE,
        lambda reply: request.respond(reply, replace_original=False),
    )


def on_tip_less(request: Request) -> None:
    """Open the form with what is set now: “Fewer or other tips” was clicked."""
    with report_errors(request.surface, lambda text: request.respond(text, replace_original=False)):
        if not request.is_insider:
            raise UsageError("only people of my own workspace can change its daily tips", "ask one of them")
        request.open_modal(as_view(make_form(request)))


def make_form(request: Request) -> TipForm:
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
    return TipForm(names, here.services if here else (), when.days, f"{when.at:%H:%M}", when.zone, place)


def on_tip_form(request: Request, ack: Ack) -> None:
    """Take the form: its faults are shown in it; without any it closes, and the tips are changed."""
    refuse = partial(ack, response_action="errors")
    with report_errors(request.surface, lambda text: refuse(errors={ZONE: text})):
        options, mistakes = read_form(values_of(request.body["view"]), request.known.knowledge)
        if mistakes:
            refuse(errors=mistakes)
            return
        ack()
        request.runtime.submit(save_form, request, options)


def values_of(view: Payload) -> Payload:
    """What was filled in, by block; nothing where a form says nothing of it."""
    return (view.get("state") or {}).get("values") or {}


def read_form(values: Payload, knowledge: Knowledge) -> tuple[TipOptions, dict[str, str]]:
    """Read what was chosen in the form, and what is wrong with it by field."""
    filled = {name: values.get(name, {}).get(name, {}) for name in (ZONE, DAYS, SERVICES, TIME)}
    zone = known_zones().get(str(filled[ZONE].get("value") or "").strip().lower())
    days = frozenset(int(each["value"]) for each in filled[DAYS].get("selected_options") or ())
    services = tuple(each["value"] for each in filled[SERVICES].get("selected_options") or ())
    at = When().at.fromisoformat(filled[TIME].get("selected_time") or "09:00")
    gone = [slug for slug in services if slug not in knowledge.services]
    mistakes = {} if zone else {ZONE: UNKNOWN_ZONE}
    return TipOptions(at, zone, days, services), mistakes | ({SERVICES: UNKNOWN_SERVICE} if gone else {})


def save_form(request: Request, options: TipOptions) -> None:
    """Change the tips of the channel that the form came from; what goes wrong is said in a direct message."""
    team, _, channel = str(request.body["view"].get("private_metadata", "")).partition("/")
    with report_errors(request.surface, request.post_direct):
        tips.change_subscription(request.known, options, replace(request.requester, team=team, channel=channel))

"""The app was taken out of a workspace -> its tokens deleted, its tips paused."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.request.internals import extract_enterprise_id, extract_is_enterprise_install, extract_team_id
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from srmbot.slack.install.as_sdk import place_of
from srmbot.slack.install.workspaces import Workspaces
from srmbot.store.rows import InstallPlace

log = logging.getLogger("srmbot.slack")

UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"
WITHDRAWN = "team_access_revoked"  # a workspace leaves an organisation's app
INSTALL_EVENTS = (UNINSTALLED, WITHDRAWN, REVOKED)


def on_uninstalled(workspaces: Workspaces, body: dict[str, Any]) -> None:
    """Delete what belongs to an installation that ended.

    Slack sends these events in any order, more than once, and perhaps after the app is installed again. So Slack is
    asked whether the stored token still opens its API; if it does, nothing is deleted.
    """
    event, place = body.get("event") or {}, where(body)
    if event.get("type") == REVOKED and not (event.get("tokens") or {}).get("bot"):
        return
    if still_works(workspaces, place):
        return
    if workspaces.store.installations.remove(place):
        log.info("app_uninstalled", extra={"team": place.team or None, "enterprise": place.enterprise or None})
    workspaces.forget()


def on_withdrawn(workspaces: Workspaces, body: dict[str, Any]) -> None:
    """Pause the tips of workspaces that an organisation has taken the app away from."""
    teams = [str(team) for team in (body.get("event") or {}).get("team_ids") or ()]
    enterprise = where(body).enterprise
    workspaces.store.installations.withdraw(enterprise, teams)
    workspaces.noted.clear()
    workspaces.forget()
    log.info("app_withdrawn", extra={"enterprise": enterprise, "count": len(teams)})


def where(body: dict[str, Any]) -> InstallPlace:
    """Read which installation an event is about."""
    return place_of(extract_enterprise_id(body), extract_team_id(body), extract_is_enterprise_install(body))


def still_works(workspaces: Workspaces, place: InstallPlace) -> bool:
    """Whether Slack surely accepts the stored token; not where it cannot be asked, because it said that all ended."""
    found = workspaces.store.installations.find(place.enterprise, place.team, workspaces.sealer)
    if found is None or found.place.team != place.team:
        return False
    client: WebClient = workspaces.client
    try:
        return bool(client.auth_test(token=found.tokens.access)["ok"])
    except (SlackApiError, SlackClientError, OSError, ValueError):
        return False

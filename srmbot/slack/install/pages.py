"""The pages that a person sees who installs the app: plain HTML, without a script or anything from elsewhere."""

from __future__ import annotations

import html

from slack_bolt import BoltResponse
from slack_sdk.oauth.installation_store import Installation

BEGIN_AGAIN = "Begin again"
INSTALL_REASONS = {  # Bolt's word, ours or Slack's -> what a person can do
    "access_denied": "You did not allow it in Slack, so nothing was installed.",
    "invalid_browser": "This page was reloaded, opened in another browser, or is not reached by https.",
    "invalid_code": "Slack did not accept the permission that it had given. It is good for ten minutes, and once.",
    "invalid_state": "The permission took longer than ten minutes, or was used before.",
    "missing_code": "Slack sent no permission along.",
    "not_allowed": "This bot may not be installed in that workspace. Ask the person who runs it.",
    "slack_unreachable": "Slack could not be reached. Wait a minute.",
    "storage_error": "The bot could not store the permission. Wait a minute; if it fails again, tell who runs it.",
}
STYLE = "body{font:1.1em/1.5 sans-serif;max-width:36em;margin:4em auto;padding:0 1em}"
CONTENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": CONTENT_POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page(title: str, *paragraphs: str) -> str:
    """Draw a page; the paragraphs are HTML."""
    inside = "".join(f"<p>{each}</p>" for each in paragraphs)
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{STYLE}</style>'
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body><h1>{html.escape(title)}</h1>{inside}</body></html>'
    )


def link(url: str, text: str) -> str:
    """Draw a link."""
    return f'<a href="{html.escape(url)}">{html.escape(text)}</a>'


def install_page(url: str) -> str:
    """Draw the page that leads to Slack's question whether the app is allowed."""
    about = "srmbot says who owns a task on AWS: AWS, you, or both. It reads only what is written to it."
    return page("Add srmbot to Slack", about, link(url, "Add to Slack"))


def success_page(installation: Installation) -> str:
    """Draw the page for an app that is installed."""
    if installation.is_enterprise_install:
        name = installation.enterprise_name or "your organisation"
        where = (
            f"{installation.enterprise_url or ''}manage/organization/apps/profile/{installation.app_id}/workspaces/add"
        )
        return page("srmbot is installed", f"It is part of {html.escape(name)}.", link(where, "Add it to workspaces"))
    url = f"slack://app?team={installation.team_id}&id={installation.app_id}"
    name = installation.team_name or "your workspace"
    return page("srmbot is installed", f"It is in {html.escape(name)}.", link(url, "Open it in Slack"))


def failure_page(reason: str, again: str) -> str:
    """Draw the page for an app that is not installed."""
    said = INSTALL_REASONS.get(reason) or f"Slack says {html.escape(reason[:100])}."
    return page("srmbot was not installed", said, link(again, BEGIN_AGAIN))


def respond(body: str, status: int, cookie: str | None = None) -> BoltResponse:
    """Make the response with a page."""
    return BoltResponse(status=status, body=body, headers={**HEADERS, **({"Set-Cookie": cookie} if cookie else {})})

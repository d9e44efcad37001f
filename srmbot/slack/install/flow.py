"""`/slack/install` and `/slack/oauth_redirect`: a person's consent in Slack -> an installation in the store."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection
from contextlib import suppress

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.oauth import OAuthStateStore
from slack_sdk.oauth.installation_store import Installation

from srmbot.config import Settings
from srmbot.slack.install.installation_store import StoredInstallations
from srmbot.slack.install.pages import failure_page, install_page, respond, success_page
from srmbot.slack.install.workspaces import Workspaces
from srmbot.slack.manifest import load_manifest
from srmbot.store.database import StoreError
from srmbot.store.sealing import Sealer, SealError
from srmbot.store.store import Store

log = logging.getLogger("srmbot.slack")

STATE_AGE = 600  # seconds that a person may take in Slack
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
API, AUTHORIZE = "api/", "oauth/v2/authorize"  # below Slack's own address


class RefusedInstallError(Exception):
    """An installation is not accepted; the text is the reason's name."""


class SignedStates(OAuthStateStore):
    """States that are encrypted and dated instead of stored, so that a visitor writes nothing; each is good once."""

    def __init__(self, sealer: Sealer, store: Store) -> None:
        """Sign with a key, and remember in a store which states were used."""
        self.sealer, self.store = sealer, store

    @property
    def logger(self) -> logging.Logger:
        """Where the SDK logs."""
        return log

    def issue(self, *args: object, **options: object) -> str:
        """Make a state."""
        return self.sealer.seal("state", {"id": secrets.token_hex(16)})

    def consume(self, state: str) -> bool:
        """Use a state up. Returns whether it was ours, young enough, and not used yet.

        Raises:
            StoreError: that cannot be looked up just now.
        """
        try:
            known = self.sealer.unseal("state", state, STATE_AGE)
        except (SealError, ValueError):
            return False
        self.store.prepare()
        return self.store.history.is_new_event(f"state/{known['id']}")


class InstallFlow(OAuthFlow):
    """Bolt's flow, with pages of our own, and with a list of who may install the app."""

    def __init__(self, workspaces: Workspaces, settings: OAuthSettings, allowed: Collection[str]) -> None:
        """Begin nothing yet.

        Args:
            workspaces: where installations go.
            settings: of the flow.
            allowed: IDs of workspaces and organisations that may install the app; empty: any.
        """
        super().__init__(client=workspaces.client, logger=log, settings=settings)
        self.workspaces, self.allowed = workspaces, allowed

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        """Draw the page that leads to Slack."""
        return install_page(url)

    def handle_callback(self, request: BoltRequest) -> BoltResponse:
        """Take a person who comes back from Slack; whatever goes wrong is a page that says so."""
        try:
            return super().handle_callback(request)
        except RefusedInstallError as refused:
            return self.fail(request, str(refused), 403)
        except (StoreError, SealError) as fault:
            log.warning("expected_error", extra={"surface": "install", "key": fault.key, "what": fault.what})
            return self.fail(request, "storage_error", 503)
        except (SlackApiError, SlackClientError, OSError, ValueError) as fault:
            log.warning("expected_error", extra={"surface": "install", "what": type(fault).__name__})
            return self.fail(request, "slack_unreachable", 502)

    def fail(self, request: BoltRequest, reason: str, status: int) -> BoltResponse:
        """Answer with the page for a reason."""
        given = FailureArgs(
            request=request,
            reason=reason,
            suggested_status_code=status,
            settings=self.settings,
            default=self.default_callback_options,
        )
        return self.failure_handler(given)

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """Store an installation, if its workspace may have one.

        Raises:
            RefusedInstallError: it may not; the app is taken out of it again.
            StoreError: it cannot be stored.
        """
        where = {"team": installation.team_id, "enterprise": installation.enterprise_id}
        if self.allowed and not {*where.values()} & {*self.allowed}:
            log.warning("install_refused", extra={**where, "what": "not_allowed"})
            self.give_back(installation)
            raise RefusedInstallError("not_allowed")
        super().store_installation(request, installation)
        log.info("app_installed", extra={**where, "installer": installation.user_id})

    def give_back(self, installation: Installation) -> None:
        """Uninstall the app where it may not be; if that fails, its token is unknown to everybody all the same."""
        known = self.workspaces.credentials
        with suppress(SlackApiError, SlackClientError, OSError):
            self.client.apps_uninstall(
                client_id=known.client_id, client_secret=known.client_secret, token=installation.bot_token
            )


def on_success(args: SuccessArgs) -> BoltResponse:
    """Show that the app is installed."""
    return respond(success_page(args.installation), 200, args.settings.state_utils.build_set_cookie_for_deletion())


def on_failure(args: FailureArgs) -> BoltResponse:
    """Show why the app is not installed."""
    log.warning("install_refused", extra={"what": args.reason[:100]})
    page = failure_page(args.reason, INSTALL)
    return respond(page, args.suggested_status_code, args.settings.state_utils.build_set_cookie_for_deletion())


def make_flow(workspaces: Workspaces, settings: Settings) -> InstallFlow:
    """Make the flow, with the scopes of the manifest."""
    scopes = load_manifest()["oauth_config"]["scopes"]
    made = OAuthSettings(
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        scopes=[*scopes["bot"], *scopes["bot_optional"]],
        user_scopes=[],
        install_path=INSTALL,
        redirect_uri_path=REDIRECT,
        callback_options=CallbackOptions(success=on_success, failure=on_failure),
        authorization_url=authorization_url(settings.slack_api_url),
        installation_store=StoredInstallations(workspaces),
        installation_store_bot_only=True,
        state_store=SignedStates(workspaces.sealer, workspaces.store),
        state_expiration_seconds=STATE_AGE,
        logger=log,
    )
    return InstallFlow(workspaces, made, settings.workspaces)


def authorization_url(api_url: str | None) -> str | None:
    """Where people consent, beside the Web API of a fake Slack; None for Slack itself."""
    return api_url.removesuffix(API) + AUTHORIZE if api_url else None

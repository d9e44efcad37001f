"""A workspace -> the token that opens Slack's API there, replaced before it expires."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError, SlackTokenRotationError
from slack_sdk.oauth.token_rotation import TokenRotator

from srmbot.errors import SrmbotError
from srmbot.slack.error_reports import log_expected
from srmbot.slack.install.as_sdk import as_bot, tokens_of
from srmbot.slack.storage import Storage
from srmbot.store.database import StoreError
from srmbot.store.rows import Installed, InstallPlace, Tokens
from srmbot.store.sealing import Sealer, SealError
from srmbot.store.store import Store

log = logging.getLogger("srmbot.slack")

TOKEN_FRESH_FOR = 5.0  # seconds that what was read is used without a look: another process may have replaced a token
MOST_WORKSPACES = 10_000  # workspaces that are kept in memory
AHEAD = 7200.0  # seconds before its end in which a token is replaced, while nobody waits for it
URGENT = 60.0  # seconds before its end in which a request replaces it itself
NOTE_EVERY = 600.0  # seconds between two notes that a workspace belongs to an organisation
CLEAR_EVERY = 3600.0  # seconds between two looks for workspaces that are long gone
A_ROUND = 50  # tokens that are replaced in one round
RETRY = 600.0  # seconds until Slack is asked again that has refused a new token
WAIT = 2.0  # seconds that a request waits for another process to replace a token
ALWAYS_DUE = 10**9  # minutes: the SDK is to replace a token whatever its end, which was looked at already


class NotInstalledError(SrmbotError):
    """Slack sent something from a workspace that there is no token for."""


@dataclass(frozen=True)
class AppCredentials:
    """What Slack knows the app by."""

    client_id: str
    client_secret: str = field(repr=False)


class Workspaces:
    """All places where the app is installed. Made before a fork; safe to use from many threads."""

    def __init__(self, storage: Storage, sealer: Sealer, credentials: AppCredentials, client: WebClient) -> None:
        """Read nothing yet.

        Args:
            storage: has the installations.
            sealer: decrypts their tokens.
            credentials: the app's own.
            client: makes each call once, and has no token.
        """
        self.storage, self.sealer, self.credentials, self.client = storage, sealer, credentials, client
        self.lock = threading.Lock()
        self.known: OrderedDict[tuple[str, str], tuple[float, Installed | None]] = OrderedDict()
        self.cleared_at = float("-inf")  # by the monotonic clock: when workspaces that are gone were looked for
        self.noted: dict[tuple[str, str], float] = {}  # organisation and workspace -> when the store was given them

    @property
    def store(self) -> Store:
        """The store, which there must be.

        Raises:
            StoreError: there is none.
        """
        if self.storage.store is None:
            raise StoreError("many workspaces need a database, and none is configured", "set DATABASE_URL")
        return self.storage.store

    def get(self, enterprise: str, team: str) -> Installed:
        """Find what opens a workspace, with a token that has not expired if Slack gives one.

        Args:
            enterprise: the organisation's ID; blank where it has none, or it is not known.
            team: the workspace's ID; blank for the organisation itself.

        Raises:
            NotInstalledError: the app is not installed there.
            StoreError: that cannot be read just now, and is not known from before.
            SealError: the token cannot be decrypted.
        """
        found = self.read(enterprise, team)
        if found is None:
            raise NotInstalledError("I'm not installed in this workspace any more", "ask an admin to install me again")
        if is_ending(found.tokens, self.storage.now() + URGENT):
            found = self.await_new_token(found, enterprise, team)
        self.note_team(found.place, team)
        return found

    def read(self, enterprise: str, team: str) -> Installed | None:
        """Read an installation, or remember it while the store is away."""
        key, now = (enterprise, team), time.monotonic()
        at, known = self.known.get(key, (float("-inf"), None))
        if now - at < TOKEN_FRESH_FOR or (known is not None and self.storage.is_away):
            return known
        try:
            found = self.store.installations.find(enterprise, team, self.sealer)
        except StoreError as fault:
            self.storage.note_away(fault, "install")
            if known is None:
                raise
            return known
        with self.lock:
            self.known[key] = (now, found)
            self.known.move_to_end(key)
            while len(self.known) > MOST_WORKSPACES:
                self.known.popitem(last=False)
        return found

    def forget(self) -> None:
        """Read every installation anew: one has changed."""
        with self.lock:
            self.known.clear()

    def note_team(self, place: InstallPlace, team: str) -> None:
        """Store that an organisation's installation is used in a workspace, from time to time."""
        pair, now = (place.enterprise, team), time.monotonic()
        if place.team or not team or now - self.noted.get(pair, float("-inf")) < NOTE_EVERY:
            return
        try:
            self.store.installations.note_team(*pair)
            self.noted[pair] = now
        except StoreError as fault:
            self.storage.note_away(fault, "install")

    def await_new_token(self, old: Installed, enterprise: str, team: str) -> Installed:
        """Replace a token that ends now, or wait a little for the process that does; the old one if there is no new."""
        until = time.monotonic() + WAIT
        while True:
            self.rotate(old.place, URGENT)
            self.forget()
            found = self.read(enterprise, team)
            if found is None or not is_ending(found.tokens, self.storage.now() + URGENT):
                return found or old
            if time.monotonic() > until:
                return found
            time.sleep(0.1)

    def rotate_due(self) -> None:
        """Replace tokens that will end in the next hours; for a background thread.

        One that cannot be decrypted holds up no other.

        Raises:
            StoreError: the store cannot be used.
        """
        for place in self.store.installations.expiring(self.storage.now() + AHEAD, A_ROUND):
            try:
                self.rotate(place, AHEAD)
            except SealError as fault:
                log_expected(fault, "install")
                self.store.installations.release(place, RETRY)

    def forget_departed(self) -> None:
        """Delete what is stored of workspaces that are long gone, once an hour; for a background thread.

        Raises:
            StoreError: the store cannot be used.
        """
        if time.monotonic() - self.cleared_at < CLEAR_EVERY:
            return
        for team in self.store.privacy.forget_departed(self.storage.now()):
            log.info("workspace_forgotten", extra={"team": team})
        self.cleared_at = time.monotonic()

    def rotate(self, place: InstallPlace, ahead: float) -> None:
        """Replace a token that ends within some seconds, unless another process does."""
        installations = self.store.installations
        claimed = installations.claim(place, self.storage.now() + ahead, self.sealer)
        if claimed is None or claimed.tokens.refresh is None:
            return
        about = {"team": place.team or None, "enterprise": place.enterprise or None}
        try:
            tokens = self.ask_for_token(claimed)
        except (SlackApiError, SlackClientError, OSError, ValueError) as fault:
            what = fault.response.get("error") if isinstance(fault, SlackApiError) else type(fault).__name__
            log.error("token_rotation_failed", extra={**about, "what": what})
            installations.release(place, RETRY if isinstance(fault, SlackApiError) else URGENT)
            return
        if installations.replace(claimed, tokens, self.sealer):
            log.info("token_rotated", extra=about)
        self.forget()

    def ask_for_token(self, old: Installed) -> Tokens:
        """Exchange the refresh token, which Slack takes once.

        Raises:
            SlackApiError: Slack refuses.
            OSError, SlackClientError, ValueError: it is not known what came of it.
        """
        rotator = TokenRotator(
            client_id=self.credentials.client_id, client_secret=self.credentials.client_secret, client=self.client
        )
        try:
            new = rotator.perform_bot_token_rotation(bot=as_bot(old), minutes_before_expiration=ALWAYS_DUE)
        except SlackTokenRotationError as fault:
            raise fault.api_error from fault
        if new is None:
            raise ValueError("Slack gave another kind of token")
        return tokens_of(new, self.storage.now())


def is_ending(tokens: Tokens, before: float) -> bool:
    """Whether a token ends before some second."""
    return tokens.expires_at is not None and tokens.expires_at < before

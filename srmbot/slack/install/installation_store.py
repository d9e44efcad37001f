"""The SDK's interface for installations, over our store: encrypted, migrated, without a time zone in any time."""

from __future__ import annotations

import logging
from dataclasses import replace

from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore

from srmbot.slack.install.as_sdk import as_bot, as_installation, from_bot, place_of
from srmbot.slack.install.workspaces import Workspaces
from srmbot.store.rows import Installed


class StoredInstallations(InstallationStore):
    """The installations as Bolt reads and writes them; people's own tokens are never asked for, and never kept."""

    def __init__(self, workspaces: Workspaces) -> None:
        """Use the same store and key."""
        self.workspaces = workspaces

    @property
    def logger(self) -> logging.Logger:
        """Where the SDK logs."""
        return logging.getLogger("srmbot.slack")

    def save(self, installation: Installation) -> None:
        """Store what an installation gave.

        Raises:
            StoreError: it cannot be stored.
        """
        self.put(from_bot(installation.to_bot(), installation.user_id or "", self.workspaces.storage.now()))

    def save_bot(self, bot: Bot) -> None:
        """Store a bot's token; who installed it stays."""
        new = from_bot(bot, "", self.workspaces.storage.now())
        old = self.find(bot.enterprise_id, bot.team_id, bot.is_enterprise_install)
        self.put(replace(new, installer=old.installer) if old else new)

    def put(self, new: Installed) -> None:
        """Store an installation."""
        self.workspaces.store.prepare()
        self.workspaces.store.installations.save(new, self.workspaces.sealer)
        self.workspaces.forget()

    def find(self, enterprise_id: str | None, team_id: str | None, whole: bool | None) -> Installed | None:
        """Find the installation of a workspace, or of an organisation as a whole."""
        place = place_of(enterprise_id, team_id, whole)
        return self.workspaces.read(place.enterprise, place.team)

    def find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """Find a bot's token."""
        found = self.find(enterprise_id, team_id, is_enterprise_install)
        return as_bot(found) if found else None

    def find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """Find an installation; that of another person than `user_id` too, as it is the bot's."""
        found = self.find(enterprise_id, team_id, is_enterprise_install)
        return as_installation(found) if found else None

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Delete a bot's token, and pause the tips that need it."""
        self.workspaces.store.installations.remove(place_of(enterprise_id, team_id))
        self.workspaces.forget()

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Delete an installation; nothing if one person's token is meant, because none is kept."""
        if user_id is None:
            self.delete_bot(enterprise_id=enterprise_id, team_id=team_id)

"""A request from Slack -> the token of the workspace that it came from, without a call to Slack."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize

from srmbot.slack.install.workspaces import Workspaces


class WorkspaceAuthorize(Authorize):
    """Authorizes requests by what was stored when the app was installed.

    Bolt's own asks Slack about the token at every request (`auth.test`), before a command is acknowledged.
    """

    def __init__(self, workspaces: Workspaces) -> None:
        """Look tokens up there."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.workspaces = workspaces

    def __call__(
        self,
        *,
        context: BoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **actor: Any,
    ) -> AuthorizeResult:
        """Authorize one request.

        Raises:
            NotInstalledError, StoreError, SealError: there is no token for it, or none that can be read just now.
        """
        found = self.workspaces.get(enterprise_id or "", team_id or "")
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=found.bot,
            bot_user_id=found.bot_user,
            bot_token=found.tokens.access,
            bot_scopes=found.scopes,
            user_id=user_id,
        )

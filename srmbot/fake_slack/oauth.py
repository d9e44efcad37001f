"""oauth.v2.access: a code that a person's consent gave, or a refresh token -> the bot's token. And that consent."""

from __future__ import annotations

import secrets
from base64 import b64decode
from dataclasses import dataclass, field

from .model import APP, BOT_USER, TEAM, Json, RefusedError
from .workspace import Workspace

CODE_LIFE = 600  # seconds
TOKEN_LIFE = 12 * 3600  # seconds, where tokens are rotated


@dataclass(slots=True)
class Tokens:
    """What opens the API: the bot's token (calls), the app's (only for a socket)."""

    bot: str
    app: str


@dataclass(slots=True)
class Consent:
    """What a person allowed; good for one exchange."""

    user: str
    redirect_uri: str
    at: float


@dataclass(slots=True)
class OAuth:
    """The app's credentials, the codes that are out, and the tokens that were given for them.

    With `rotates` each exchange gives a new token, and only the newest one opens the API.
    """

    workspace: Workspace
    tokens: Tokens
    client_id: str = "1111111111.2222222222"
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    rotates: bool = False
    refresh_token: str = ""
    codes: dict[str, Consent] = field(default_factory=dict)

    def consent(self, user: str, redirect_uri: str = "") -> str:
        """Let a person allow the app. Returns the code that Slack would send to its redirect URL."""
        code = secrets.token_hex(12)
        self.codes[code] = Consent(user, redirect_uri, self.workspace.clock.now())
        return code

    def access(self, params: Json) -> Json:
        """One exchange.

        Raises:
            RefusedError: bad_client_secret, invalid_code, code_already_used, bad_redirect_uri, invalid_refresh_token …
        """
        if params.get("client_id") != self.client_id:
            raise RefusedError("invalid_client_id")
        if params.get("client_secret") != self.client_secret:
            raise RefusedError("bad_client_secret")
        if params.get("grant_type") == "refresh_token":
            return self.refreshed(str(params.get("refresh_token")))
        consent = self.codes.pop(str(params.get("code")), None)
        if consent is None:
            raise RefusedError("invalid_code")
        if self.workspace.clock.now() - consent.at > CODE_LIFE:
            raise RefusedError("code_expired")
        if consent.redirect_uri != params.get("redirect_uri", ""):
            raise RefusedError("bad_redirect_uri")
        return {**self.granted(), "authed_user": {"id": consent.user}}

    def refreshed(self, token: str) -> Json:
        """A new token for a refresh token, which is then used up. Raises RefusedError: invalid_refresh_token."""
        if not self.rotates or not self.refresh_token or token != self.refresh_token:
            raise RefusedError("invalid_refresh_token")
        return self.granted()

    def granted(self) -> Json:
        """What an exchange gives."""
        answer = {
            "app_id": APP,
            "team": {"id": TEAM, "name": "Stand-in"},
            "enterprise": None,
            "is_enterprise_install": False,
            "scope": ",".join(sorted(self.workspace.scopes)),
            "token_type": "bot",
            "access_token": self.tokens.bot,
            "bot_user_id": BOT_USER,
        }
        if not self.rotates:
            return answer
        self.tokens.bot, self.refresh_token = f"xoxe.xoxb-{secrets.token_hex(16)}", f"xoxe-1-{secrets.token_hex(16)}"
        rotating = {"access_token": self.tokens.bot, "refresh_token": self.refresh_token, "expires_in": TOKEN_LIFE}
        return answer | rotating


def credentials(scheme: str, encoded: str) -> Json:
    """The client's id and secret from HTTP's basic authentication, as the SDK sends them; nothing in any other."""
    if scheme.lower() != "basic":
        return {}
    try:
        client_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client_id, "client_secret": secret}

"""oauth.v2.access: a code that a person's consent gave, or a refresh token -> a bot's token. And that consent."""

from __future__ import annotations

import secrets
from base64 import b64decode
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .model import APP, BOT_USER, HOME_TEAM, Json, RefusedCallError
from .workspace import Workspace

CODE_LIFE = 600  # seconds
TOKEN_LIFE = 12 * 3600  # seconds, where tokens are rotated


@dataclass(slots=True)
class Tokens:
    """What opens the API: the bot's token (calls), the app's (only for a socket)."""

    bot: str
    app: str


@dataclass(frozen=True, slots=True)
class Site:
    """A workspace, or an organisation; all of them share the channels and people of this one."""

    team: str = HOME_TEAM
    enterprise: str = ""  # the organisation that it belongs to
    whole: bool = False  # whether the app is installed in the organisation, for all its workspaces
    name: str = "Stand-in"

    @property
    def key(self) -> str:
        """What the app is installed in."""
        return self.enterprise if self.whole else self.team

    def as_json(self) -> Json:
        """As oauth.v2.access names it."""
        team = None if self.whole else {"id": self.team, "name": self.name}
        enterprise = {"id": self.enterprise, "name": self.name} if self.enterprise else None
        return {"team": team, "enterprise": enterprise, "is_enterprise_install": self.whole}


HOME_SITE = Site()


@dataclass(slots=True)
class Consent:
    """What a person allowed; good for one exchange."""

    user: str
    redirect_uri: str
    at: float
    site: Site


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
    redirect_url: str = ""  # the app's, as its manifest has it
    codes: dict[str, Consent] = field(default_factory=dict)
    given: dict[str, Site] = field(default_factory=dict)  # by token, where the app is installed
    refreshing: dict[str, Site] = field(default_factory=dict)  # by refresh token

    def consent(self, user: str, redirect_uri: str = "", site: Site = HOME_SITE) -> str:
        """Let a person allow the app. Returns the code that Slack would send to its redirect URL."""
        code = secrets.token_hex(12)
        self.codes[code] = Consent(user, redirect_uri, self.workspace.clock.now(), site)
        return code

    def authorize(self, user: str, params: Json, site: Site = HOME_SITE) -> str:
        """Let a person allow the app on Slack's page. Returns where Slack sends their browser.

        Raises:
            RefusedError: invalid_client_id, or scopes that the app has not.
        """
        if params.get("client_id") != self.client_id:
            raise RefusedCallError("invalid_client_id")
        if set(str(params.get("scope")).split(",")) - self.workspace.scopes:
            raise RefusedCallError("invalid_scope")
        uri = str(params.get("redirect_uri", ""))
        query = urlencode({"code": self.consent(user, uri, site), "state": params.get("state", "")})
        return f"{uri or self.redirect_url}?{query}"

    def access(self, params: Json) -> Json:
        """One exchange.

        Raises:
            RefusedError: bad_client_secret, invalid_code, code_already_used, bad_redirect_uri, invalid_refresh_token …
        """
        self.check_credentials(params)
        if params.get("grant_type") == "refresh_token":
            return self.refreshed(str(params.get("refresh_token")))
        consent = self.codes.pop(str(params.get("code")), None)
        if consent is None:
            raise RefusedCallError("invalid_code")
        if self.workspace.clock.now() - consent.at > CODE_LIFE:
            raise RefusedCallError("code_expired")
        if consent.redirect_uri != params.get("redirect_uri", ""):
            raise RefusedCallError("bad_redirect_uri")
        return {**self.granted(consent.site), "authed_user": {"id": consent.user}}

    def check_credentials(self, params: Json) -> None:
        """Raise RefusedError unless the app's own id and secret are given: invalid_client_id, bad_client_secret."""
        if params.get("client_id") != self.client_id:
            raise RefusedCallError("invalid_client_id")
        if params.get("client_secret") != self.client_secret:
            raise RefusedCallError("bad_client_secret")

    def refreshed(self, token: str) -> Json:
        """A new token for a refresh token, which is then used up. Raises RefusedError: invalid_refresh_token."""
        site = self.refreshing.pop(token, None)
        if not self.rotates or site is None:
            raise RefusedCallError("invalid_refresh_token")
        return self.granted(site)

    def granted(self, site: Site) -> Json:
        """What an exchange gives; a token that was given before for the same site is no longer good."""
        if site == HOME_SITE and not self.rotates:
            token = self.tokens.bot
        else:
            token = f"{'xoxe.' if self.rotates else ''}xoxb-{secrets.token_hex(16)}"
        self.end(site)
        self.given[token] = site
        if site == HOME_SITE:
            self.tokens.bot = token
        answer = {
            "app_id": APP,
            **site.as_json(),
            "scope": ",".join(sorted(self.workspace.scopes)),
            "token_type": "bot",
            "access_token": token,
            "bot_user_id": BOT_USER,
        }
        if not self.rotates:
            return answer
        refresh = f"xoxe-1-{secrets.token_hex(16)}"
        self.refreshing[refresh] = site
        return answer | {"refresh_token": refresh, "expires_in": TOKEN_LIFE}

    def end(self, site: Site) -> None:
        """Let no token of a site open the API any more."""
        self.given = {token: held for token, held in self.given.items() if held.key != site.key}
        self.refreshing = {token: held for token, held in self.refreshing.items() if held.key != site.key}

    def uninstall(self, params: Json, token: str) -> Json:
        """apps.uninstall: the app takes itself out. Raises RefusedError."""
        self.check_credentials(params)
        self.take_out(self.site_of(token))
        return {}

    def take_out(self, site: Site) -> None:
        """Let an admin, or the app itself, take the app out of a site."""
        self.end(site)
        if site == HOME_SITE:
            self.tokens.bot = f"xoxb-{secrets.token_hex(16)}"  # what another consent would give

    def site_of(self, token: str) -> Site:
        """Where a token belongs; home, for that of an app that was not installed by consent."""
        return self.given.get(token, HOME_SITE)


def credentials(scheme: str, encoded: str) -> Json:
    """The client's id and secret from HTTP's basic authentication, as the SDK sends them; nothing in any other."""
    if scheme.lower() != "basic":
        return {}
    try:
        client_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client_id, "client_secret": secret}

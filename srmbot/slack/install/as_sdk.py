"""An installation as the store has it <-> as Slack's SDK has it."""

from __future__ import annotations

import time

from slack_sdk.oauth.installation_store import Bot, Installation

from srmbot.store.rows import Installed, InstallPlace, Tokens


def as_bot(installed: Installed) -> Bot:
    """An installation as the SDK's Bot."""
    place, tokens = installed.place, installed.tokens
    return Bot(
        app_id=installed.app,
        enterprise_id=place.enterprise or None,
        team_id=place.team or None,
        team_name=installed.name or None,
        bot_token=tokens.access,
        bot_id=installed.bot,
        bot_user_id=installed.bot_user,
        bot_scopes=installed.scopes,
        bot_refresh_token=tokens.refresh,
        bot_token_expires_at=int(tokens.expires_at) if tokens.expires_at is not None else None,
        is_enterprise_install=not place.team,
        installed_at=installed.installed_at,
    )


def as_installation(installed: Installed) -> Installation:
    """An installation as the SDK's Installation, with the bot's token alone."""
    known = as_bot(installed).to_dict_for_copying()
    return Installation(user_id=installed.installer, token_type="bot", **known)  # noqa: S106  # nosec B106 - a kind, no token


def from_bot(bot: Bot, installer: str, now: float) -> Installed:
    """The SDK's Bot as an installation."""
    return Installed(
        place_of(bot.enterprise_id, bot.team_id, bot.is_enterprise_install),
        tokens_of(bot, now),
        (bot.enterprise_name if bot.is_enterprise_install else bot.team_name) or "",
        bot.app_id or "",
        bot.bot_id or "",
        bot.bot_user_id or "",
        ",".join(bot.bot_scopes or ()),
        installer,
        bot.installed_at,
    )


def tokens_of(bot: Bot, now: float) -> Tokens:
    """The tokens of the SDK's Bot.

    Args:
        bot: as the SDK has it; when its token ends is by this machine's clock.
        now: what time it is for the store.
    """
    ends = bot.bot_token_expires_at
    return Tokens(bot.bot_token, bot.bot_refresh_token, None if ends is None else ends - time.time() + now)


def place_of(
    enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
) -> InstallPlace:
    """Where something is installed."""
    return InstallPlace(enterprise_id or "", "" if is_enterprise_install else team_id or "")

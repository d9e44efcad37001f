"""Secrets at rest: encrypted with a key of the environment, which can be replaced while old ones still open."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from srmbot.errors import ConfigError, SrmbotError

KEY_FIX = "make a key with `srmbot newkey`"
OLD_KEY = "add the key that it was encrypted with to SRMBOT_SECRET_KEY, after the new one and a comma"


class SealError(SrmbotError):
    """What was stored cannot be read with the keys that there are."""


class Sealer:
    """Encrypts with the first of some keys, and decrypts with any of them. Safe to use from many threads."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the keys, the newest first.

        Raises:
            ConfigError: one of them is none; it is not shown.
        """
        try:
            self.fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as fault:
            raise ConfigError("SRMBOT_SECRET_KEY has a part that is not a key", KEY_FIX) from fault

    def seal(self, place: str, secret: dict[str, Any]) -> str:
        """Encrypt a secret for one place; copied to another place, it does not open there."""
        return self.fernet.encrypt(json.dumps([place, secret]).encode()).decode()

    def unseal(self, place: str, sealed: str, age: int | None = None) -> dict[str, Any]:
        """Decrypt what was sealed for a place.

        Args:
            place: as it was given to `seal`.
            sealed: what it returned.
            age: how many seconds ago it may have been sealed, at most.

        Raises:
            SealError: no key fits, it is for another place, it is too old, or it was changed.
        """
        try:
            of, secret = json.loads(self.fernet.decrypt(sealed.encode(), age))
        except InvalidToken as fault:
            raise SealError(f"cannot decrypt what is stored for {place}", OLD_KEY, "wrong_key") from fault
        if of != place:
            raise SealError(
                f"what is stored for {place} belongs elsewhere", "install the app there again", "moved_seal"
            )
        return dict(secret)

    def reseal(self, sealed: str) -> str:
        """Encrypt with the first key what was encrypted with any.

        Raises:
            SealError: no key fits.
        """
        try:
            return self.fernet.rotate(sealed.encode()).decode()
        except InvalidToken as fault:
            raise SealError("cannot decrypt a stored token", OLD_KEY, "wrong_key") from fault


def make_key() -> str:
    """Make a key, for SRMBOT_SECRET_KEY."""
    return Fernet.generate_key().decode()

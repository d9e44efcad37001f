"""What was parsed or learned, kept in the user's cache folder by content hash; losing it costs time only."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import srmbot

PACKAGE = Path(srmbot.__file__).parent
KEPT_FILES = 6  # files of a kind, the newest; a change to the knowledge makes one of each
ABANDONED = 3600  # seconds after which a half-written file is abandoned
OUR_FILES = re.compile(r"(?P<kind>\w+)-[0-9a-f]{16}-[0-9a-f]{16}\.(json|bin)")
HALF_WRITTEN = ".srmbot-"


def digest(parts: Iterable[bytes]) -> str:
    """A short name for some bytes: 16 hex digits."""
    hashed = hashlib.blake2b(digest_size=8)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.hexdigest()


def fingerprint(*patterns: str) -> str:
    """A name for some code of ours: what other code has put into the cache is not read.

    Args:
        patterns: which files, below the package: "knowledge/*.py".
    """
    files = sorted(path for pattern in patterns for path in PACKAGE.glob(pattern))
    return digest(path.read_bytes() for path in files)


class Cache:
    """A folder of files named by what they were made from. Every failure is a miss, never an error."""

    def __init__(self, folder: Path | None) -> None:
        """Keep files in a folder, made when first needed; None keeps nothing."""
        self.folder = folder

    def path(self, name: str) -> Path | None:
        """Where a file is, or None when it is not there."""
        path = self.folder / name if self.folder else None
        with suppress(OSError):
            return path if path and path.is_file() else None
        return None

    def json(self, name: str) -> Any | None:
        """What was put under a name, or None."""
        path = self.path(name)
        with suppress(OSError, ValueError, RecursionError):
            return json.loads(path.read_bytes()) if path else None
        return None

    def put(self, name: str, content: bytes) -> Path | None:
        """Keep some bytes under a name, whole or not at all.

        Only the user may read the file: it says what an organisation calls its things.

        Returns:
            The file; None if it cannot be written.
        """
        if self.folder is None:
            return None
        half = self.folder / f"{HALF_WRITTEN}{os.getpid()}-{time.monotonic_ns()}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
                opened.write(content)
            os.replace(half, self.folder / name)
        except OSError:
            with suppress(OSError):
                half.unlink()
            return None
        self.tidy()
        return self.folder / name

    def tidy(self) -> None:
        """Delete the oldest of our files, so that editing knowledge does not fill the disk."""
        assert self.folder is not None
        kinds: dict[str, list[tuple[float, Path]]] = {}
        with suppress(OSError):
            for path in self.folder.iterdir():
                made = path.lstat().st_mtime
                if match := OUR_FILES.fullmatch(path.name):
                    kinds.setdefault(match["kind"], []).append((made, path))
                elif path.name.startswith(HALF_WRITTEN) and made < time.time() - ABANDONED:
                    path.unlink(missing_ok=True)
            for found in kinds.values():
                for _, path in sorted(found, reverse=True)[KEPT_FILES:]:
                    path.unlink(missing_ok=True)

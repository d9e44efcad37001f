"""Which versions of the knowledge were answered from, and what was new in each; hashes of records, and lines of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from srmbot.store.database import Database
from srmbot.store.schema import knowledge_versions

KEPT_VERSIONS = 5  # versions


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the knowledge."""

    version: str
    records: Mapping[str, str]  # hashes by ID
    changes: Sequence[str]  # what was new in it, in lines
    at: float  # seconds since 1970, when it was first answered from


class VersionStore:
    """The versions of the knowledge, for all workspaces."""

    def __init__(self, database: Database) -> None:
        """Speak to a database; nothing is read yet."""
        self.database = database

    def newest(self) -> Version | None:
        """Read the version that is answered from; None before any was noted."""
        with self.database.reading() as connection:
            newest = select(knowledge_versions).order_by(knowledge_versions.c.at.desc()).limit(1)
            row = connection.execute(newest).first()
        return Version(row.version, json.loads(row.records), json.loads(row.changes), row.at) if row else None

    def note(self, version: Version) -> None:
        """Note a version, and forget all but the newest few."""
        texts = {"records": json.dumps(version.records), "changes": json.dumps(list(version.changes)), "at": version.at}
        with self.database.writing() as connection:
            new = self.database.insert(knowledge_versions).values(version=version.version, **texts)
            connection.execute(new.on_conflict_do_update(index_elements=["version"], set_=texts))
            kept = select(knowledge_versions.c.version).order_by(knowledge_versions.c.at.desc()).limit(KEPT_VERSIONS)
            names = list(connection.scalars(kept))
            connection.execute(delete(knowledge_versions).where(knowledge_versions.c.version.not_in(names)))

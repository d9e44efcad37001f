"""A minimal valid knowledge folder, and a way to write others."""

from collections.abc import Callable
from pathlib import Path

import pytest

SERVICES = """\
- slug: general
  name: Any AWS service
  full_name: AWS shared responsibility model
  line: The model itself, not tied to one service.
  aliases: [aws, in general]

- slug: rds
  name: RDS
  full_name: Amazon Relational Database Service
  line: Managed databases.
  aliases: [rds, amazon rds]
  hints: [postgres]
  falls_back: general

- slug: aurora
  name: Aurora
  full_name: Amazon Aurora
  line: Databases on AWS's own storage.
  aliases: [aurora, rds aurora]
  falls_back: rds
"""
TOPICS = """\
- slug: backups
  title: Backups
  aliases: [backup, backups]

- slug: patching
  title: Patching
  aliases: [patch, patches]
"""
GENERAL = """\
- id: copies
  topic: backups
  owner: customer
  duty: Decide what is backed up
  why: Only you know what you cannot lose.
  say: [what to back up]
  source: [https://aws.amazon.com/compliance/shared-responsibility-model/]
"""
RDS = """\
- id: retention
  topic: backups
  owner: customer
  duty: Set the backup retention period
  why: RDS keeps automated backups only as long as you ask.
  say: [backup retention, keep backups longer]
  source: [https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/]
"""
CONTROLS = """\
- page: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html
  as_of: 2026-03
  ids: [RDS.11]
"""
MINIMAL = {"services.yaml": SERVICES, "topics.yaml": TOPICS, "duties/general.yaml": GENERAL, "duties/rds.yaml": RDS}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a folder of files, text or bytes, and names it as seen from the folder above it."""
    monkeypatch.chdir(tmp_path)

    def write_folder(files: dict[str, str | bytes], name: str = "folder") -> Path:
        for inside, content in files.items():
            path = tmp_path / name / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (tmp_path / name).mkdir(exist_ok=True)
        return Path(name)

    return write_folder


@pytest.fixture
def minimal(write: Write) -> Path:
    """The minimal folder, written."""
    return write(MINIMAL)

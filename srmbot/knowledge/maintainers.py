"""What maintainers.yaml holds, field by field."""

from __future__ import annotations

from srmbot.knowledge.schema import PHRASE, Field, Kind, RecordSchema

REPOSITORY = r"^https://[^\s<>|/]+/[^\s<>|?#]*[^\s<>|?#/]$"
USER_ID, GROUP_ID, CHANNEL_ID = r"^[UW][A-Z0-9]{2,}$", r"^S[A-Z0-9]{2,}$", r"^[CG][A-Z0-9]{2,}$"

MAINTAINERS = RecordSchema(
    "record",
    (
        Field(
            "users",
            "Members who look after the knowledge, by their IDs.",
            kind=Kind.TEXTS,
            longest=PHRASE,
            pattern=USER_ID,
            pattern_says="a member's ID such as `U012AB3CD`, from “Copy member ID” in their profile",
        ),
        Field(
            "groups",
            "User groups who look after it, by their IDs.",
            kind=Kind.TEXTS,
            longest=PHRASE,
            pattern=GROUP_ID,
            pattern_says="a user group's ID such as `S012AB3CD`, from “Copy group ID” in its menu",
        ),
        Field(
            "channel",
            "Where they get the weekly digest, by its ID.",
            longest=PHRASE,
            pattern=CHANNEL_ID,
            pattern_says="a channel's ID such as `C012AB3CD`, from the end of its “About” tab",
        ),
        Field(
            "repository",
            "The knowledge folder's own repository, on GitHub or GitLab.",
            pattern=REPOSITORY,
            pattern_says="https://github.com/owner/name, with /tree/branch/folder where it is not the whole of it",
        ),
    ),
)

"""Who looks after the knowledge: by their own ID, or as a member of a user group."""

from __future__ import annotations

from srmbot.errors import UsageError
from srmbot.model import Knowledge
from srmbot.request import Requester

NO_MAINTAINERS = (
    "nobody is set to look after my knowledge",
    "add maintainers.yaml to your knowledge folder",
    "no_maintainers",
)
NOT_YOU = ("only those who look after my knowledge may do that", "ask one of them", "not_maintainer")


def is_maintainer(known: Knowledge, requester: Requester) -> bool:
    """Whether a person looks after the knowledge; their user groups are looked up in Slack."""
    named = known.maintainers
    if not requester.user or not named.any:
        return False
    slack = requester.resources.slack if requester.resources else None
    return requester.user in named.users or bool(
        slack and any(requester.user in slack.members_of(group) for group in named.groups)
    )


def require_maintainer(known: Knowledge, requester: Requester) -> None:
    """Make sure that a person looks after the knowledge.

    Raises:
        UsageError: they do not.
    """
    if not known.maintainers.any:
        raise UsageError(*NO_MAINTAINERS)
    if not is_maintainer(known, requester):
        raise UsageError(*NOT_YOU)

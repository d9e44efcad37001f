"""Slack's words for a refusal, by what they concern: a channel for good or for a while, or a whole workspace."""

from __future__ import annotations

# Why Slack takes no message for a channel, now or later.
CHANNEL_CLOSED = frozenset(
    """
    channel_not_found not_in_channel is_archived restricted_action restricted_action_read_only_channel
    restricted_action_thread_only_channel restricted_action_non_threadable_channel user_not_found cannot_dm_bot
    messages_tab_disabled
    """.split()
)
# Why it takes none for a whole workspace, until an admin does something about it.
BARRED = frozenset(
    """
    account_inactive invalid_auth not_authed token_revoked token_expired missing_scope no_permission
    org_login_required team_access_not_granted access_denied ekm_access_denied enterprise_is_restricted
    """.split()
)
LATER = frozenset(("restricted_too_many", "rate_limited"))  # too many messages in this channel just now

"""Daily tips in Slack: planned ahead with Slack's own scheduler, kept in step with the store."""

"""A local stand-in for Slack, with the real app behind it."""

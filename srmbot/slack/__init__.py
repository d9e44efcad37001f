"""Slack: one file a surface, listeners that delegate, render and acknowledge."""

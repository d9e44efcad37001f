"""Serving Slack until stopped: over HTTP with gunicorn, or over Socket Mode."""

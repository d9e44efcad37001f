"""Serving Slack until told to stop: over HTTP with gunicorn, or over Socket Mode."""

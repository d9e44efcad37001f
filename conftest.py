"""What holds for all tests: their fixtures, and how many of them run at once."""

import os

import pytest

pytest_plugins = ["tests.fixtures_builtin"]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: most tests of Slack wait for a socket half of their time."""
    return 1 + (os.cpu_count() or 1)

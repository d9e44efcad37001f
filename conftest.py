"""What holds for all tests: their fixtures, how many of them run at once, and that none is timed."""

import os

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine breaks no test
settings.load_profile("untimed")

pytest_plugins = ["tests.fixtures_builtin"]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: most tests of Slack wait for a socket half of their time."""
    return 1 + (os.cpu_count() or 1)

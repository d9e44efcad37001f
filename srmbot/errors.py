"""Expected failures: each says what went wrong, and what to do about it."""

import re

KEY = re.compile(r"(?<=[a-z])(?=[A-Z])")  # between the words of a class's name


class SrmbotError(Exception):
    """A failure with a way out. Caught once at each door; anything else is a bug."""

    def __init__(self, what: str, fix: str = "", key: str = "") -> None:
        """Keep both halves apart, so that each door can lay them out its own way.

        Args:
            what: what is wrong and where, in one line.
            fix: what to do about it, in one line; empty where nothing can be done.
            key: a name for the log, which stays the same; the class's own, if it is left out.
        """
        super().__init__(f"{what} ({fix})" if fix else what)
        self.what = what
        self.fix = fix
        self.key = key or KEY.sub("_", type(self).__name__).lower()


class ConfigError(SrmbotError):
    """A setting that cannot be used."""


class UsageError(SrmbotError):
    """A command whose words do not fit it; its text may quote them, so only its key is logged."""

"""Two texts side by side in `[…]` -> whether a comma without quotes has cut one text in two."""

from __future__ import annotations

import re

# A text that goes on from another: "not both", "cannot be turned off", "7 by default", "which is the default".
GOES_ON = re.compile(
    r"(?:and|or|but|nor|then|so|because|unless|except|including|such as|than|can|cannot|may|must|will|is|are|was|were"
    r"|has|have|which (?:is|are|was|were|has|have|can|cannot|may|must|will|means?))\b"
    r"|not \w+$|(?:[\d.,]+ )?(?:by default|at most|at least|otherwise)$",
    re.IGNORECASE,
)
# A text that waits for its end: "when a table is deleted", "2019 or 2022; Enterprise".
WAITS = re.compile(r"(?:when|if|while|unless|although|because)(?: [^\s,;:]+){1,7}$|.*; \w+$", re.IGNORECASE)
THOUSANDS = re.compile(r"(?:.*\s)?\d{1,3}$"), re.compile(r"\d{3}\b")  # "up to 25" and "000 events"


def is_cut(before: str, after: str) -> bool:
    """Whether two texts were one."""
    ends, begins = THOUSANDS
    return bool(
        GOES_ON.match(after)
        or WAITS.match(before)
        or (ends.match(before) and begins.match(after))
        or (before.count("(") > before.count(")") and after.count("(") < after.count(")"))
    )

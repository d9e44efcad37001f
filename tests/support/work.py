"""How much work something is, in calls: a busy machine makes no more of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def count_calls(function: Callable[[], object], weigh: Callable[[FrameType], int] = lambda frame: 1) -> int:
    """How many functions a function calls, and those in turn.

    Args:
        function: is called, with nothing.
        weigh: what a call counts, by its frame; that of Python where it calls what is written in C.
    """
    weights, before = [], sys.getprofile()

    def count(frame: FrameType, event: str, arg: object) -> None:
        if event in ("call", "c_call"):
            weights.append(weigh(frame))

    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(before)
    return sum(weights)

"""Something composed of an answer, once for all sections that need it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from srmbot.answer import Answer

T = TypeVar("T")


def once(compose: Callable[[Answer], T]) -> Callable[[Answer], T]:
    """Compose something of an answer once, and keep it with that: several sections ask what the point says."""
    name = f"composed {compose.__name__}"

    @wraps(compose)
    def kept(answer: Answer) -> T:
        composed: dict[str, T] = answer.__dict__
        if name not in composed:
            composed[name] = compose(answer)
        return composed[name]

    return kept

"""What was measured, beside what it should be."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles


def check(name: str, value: float, aim: float, *, least: bool = False) -> bool:
    """Print a figure with its aim.

    Args:
        name: of the figure.
        value: as measured.
        aim: the most that it may be.
        least: the aim is the least that it may be.

    Returns:
        Whether the aim is met.
    """
    met = value >= aim if least else value <= aim
    print(f"  {name:52} {value:8.2f}   aim {'≥' if least else '≤'} {aim:<6g} {'ok' if met else 'missed'}")
    return met


def percentile(values: Sequence[float], percent: int) -> float:
    """A percentile; 50 is the median."""
    return median(values) if percent == 50 else quantiles(values, n=100)[percent - 1]

"""Daily tips under faults: planners as real processes, killed and held up at every step: `python -m bench.tips`."""

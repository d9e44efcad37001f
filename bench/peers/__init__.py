"""Ready-made ways to find the nearest phrase, and ours: what `bench.matching` compares."""

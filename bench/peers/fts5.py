"""SQLite's full-text matcher over every phrase."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence

from bench.peers.peer import HITS, Hit, Phrase

SHORTEST = 3  # letters that a trigram needs


class Fts5:
    """FTS5 with one of its tokenizers, ranked by its BM25."""

    keeps_names = True

    def __init__(self, tokenizer: str) -> None:
        self.tokenizer = tokenizer

    def build(self, phrases: Sequence[Phrase]) -> None:
        """Make a table in memory."""
        self.base = sqlite3.connect(":memory:")
        self.base.execute(
            f"CREATE VIRTUAL TABLE phrase USING fts5(text, service UNINDEXED, tokenize='{self.tokenizer}')"
        )
        rows = ((number, phrase.text, phrase.service) for number, phrase in enumerate(phrases))
        self.base.executemany("INSERT INTO phrase (rowid, text, service) VALUES (?, ?, ?)", rows)
        self.base.execute("INSERT INTO phrase (phrase) VALUES ('optimize')")

    def nearest(self, text: str, services: frozenset[str] | None) -> Iterable[Hit]:
        """The phrases that have any of the words, or of their trigrams."""
        terms = dict.fromkeys(term for word in re.findall(r"\w+", text) for term in self.terms(word))
        if not terms:
            return []
        match = " OR ".join(f'"{term}"' for term in terms)
        wanted = sorted(services or ())
        among = f"AND service IN ({', '.join('?' * len(wanted))})" if wanted else ""
        query = f"SELECT rowid, -rank FROM phrase WHERE phrase MATCH ? {among} ORDER BY rank LIMIT {HITS}"
        return list(self.base.execute(query, (match, *wanted)))

    def terms(self, word: str) -> list[str]:
        """What of a word is looked up."""
        if self.tokenizer != "trigram":
            return [word]
        return [word[at : at + SHORTEST] for at in range(len(word) - SHORTEST + 1)]


def porter() -> Fts5:
    """Stemmed words."""
    return Fts5("porter unicode61")


def trigram() -> Fts5:
    """Pieces of three letters, which forgive typing errors."""
    return Fts5("trigram")

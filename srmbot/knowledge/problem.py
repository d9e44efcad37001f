"""What is wrong with the knowledge, as data: where, what, and how to fix it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from srmbot.errors import SrmbotError


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A place in a file; lines and columns count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in the knowledge."""

    at: At
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.at}: {self.what}\n    fix: {self.fix}"


class KnowledgeError(SrmbotError):
    """Knowledge that cannot be used, with every problem in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep all problems, sorted by place; the first one speaks for them.

        Args:
            problems: at least one.
        """
        self.problems = sorted(problems)
        first = self.problems[0]
        more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        super().__init__(f"{first.at}: {first.what}{more}", first.fix)


def find_nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that was probably meant, or None when none is near."""
    from rapidfuzz import process  # only a fault needs it, and it takes 10 ms to import
    from rapidfuzz.distance import DamerauLevenshtein

    found = process.extractOne(word, list(known), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Collection[str], otherwise: str) -> str:
    """A fix that names the word probably meant, or says something else when none is near."""
    meant = find_nearest(word, known)
    return f"did you mean `{shorten(meant)}`?" if meant else otherwise


def join_names(names: Collection[str], most: int = 8) -> str:
    """Names in one line, cut after a few."""
    shown = sorted(names)[:most]
    return ", ".join(map(shorten, shown)) + (", …" if len(names) > most else "")


def shorten(text: str, most: int = 60) -> str:
    """A text as one line of a message: shortened, and without anything that a terminal would act on."""
    return printable(text if len(text) <= most else text[: most - 1] + "…")


def printable(text: str) -> str:
    """A text in which a character that cannot be seen is written out, as in Python: no message has two lines."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)

"""Words -> the words that were probably meant: a typo is corrected where only one known word is near."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from srmbot.search.features import CACHED_WORDS

SHORTEST = 5  # letters of a word that is corrected; shorter ones are near to too many others
LONG = 9  # letters from which on a second slip is forgiven
Words = tuple[str, ...]


class Spelling:
    """Corrects words to those that people have used before."""

    def __init__(self, frequent: Callable[[], Sequence[str]], known: Callable[[str], bool]) -> None:
        """Nothing is read yet: most questions have no slip.

        Args:
            frequent: gives the words to correct to, the most frequent first.
            known: whether a word needs no correction.
        """
        self.frequent, self.known = frequent, known
        self.by_letter: dict[str, list[str]] = {}
        self.meant = lru_cache(CACHED_WORDS)(self.nearest_word)

    def correct(self, words: Words) -> Words:
        """The words, each as it was probably meant."""
        return tuple(word if len(word) < SHORTEST or self.known(word) else self.meant(word) for word in words)

    def nearest_word(self, word: str) -> str:
        """The frequent word that is one edit away, or two from a long one; the word itself where there is none."""
        if not word.isalpha():
            return word
        from rapidfuzz import process  # most questions have no such word, and start 10 ms sooner without
        from rapidfuzz.distance import OSA

        most = 2 if len(word) >= LONG else 1
        near = [other for other in self.candidates(word) if abs(len(other) - len(word)) <= most]
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=most)
        return found[0] if found else word

    def candidates(self, word: str) -> list[str]:
        """The frequent words with the same first letter, or with the first two letters the other way round."""
        if not self.by_letter:
            for other in self.frequent():
                self.by_letter.setdefault(other[0], []).append(other)
        swapped = (other for other in self.by_letter.get(word[1], ()) if other[1] == word[0])
        return [*self.by_letter.get(word[0], ()), *swapped]

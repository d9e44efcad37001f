"""A text that is too long to be read whole -> its beginning, the sentences in between that ask, and its end."""

from __future__ import annotations

from srmbot.query import MAX_CHARACTERS, SENTENCE, asks_who

END = MAX_CHARACTERS // 4  # characters of the beginning, and of the end, that are always read
LONGEST = MAX_CHARACTERS // 8  # characters of one sentence
ASKING = MAX_CHARACTERS - 2 * END - 2  # characters of all that asks; two line breaks are around it


def condense(text: str) -> str:
    """What is read of a text: all of it, unless it has more than MAX_CHARACTERS."""
    if len(text) <= MAX_CHARACTERS:
        return text
    return f"{text[:END]}\n{asking_part(text[END:-END])}\n{text[-END:]}"


def asking_part(text: str) -> str:
    """The sentences of a text that ask, those first that ask most plainly, as many as may be read, in their order."""
    sentences = [sentence.strip()[:LONGEST] for sentence in SENTENCE.split(text)]
    asking = [(("?" in each) + asks_who(each), -place) for place, each in enumerate(sentences)]
    left, kept = ASKING, []
    for asks, place in sorted(asking, reverse=True):
        if asks and len(sentences[-place]) < left:
            left -= len(sentences[-place]) + 1
            kept.append(-place)
    return "\n".join(sentences[place] for place in sorted(kept))

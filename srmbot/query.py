"""Text as it was typed in Slack or a terminal -> Query: cleaned, split, the asking part found."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

MAX_CHARACTERS = 4_000  # characters that are looked at; a Slack message may have ten times as many
END = MAX_CHARACTERS // 4  # characters of the beginning of a longer one, and of its end, that are always read
LONGEST_SENTENCE = MAX_CHARACTERS // 8  # characters of a sentence between them
ASKING_CHARACTERS = MAX_CHARACTERS - 2 * END - 2  # characters of all that asks there; two line breaks are around it
LONG_MESSAGE = 30  # words; from here on a message is taken apart into sentences
# What a sentence counts beside the one that asks most plainly (measured: bench/voices.py)
HALF_WEIGHT = 0.5  # one that asks less plainly: without a question mark, or without a word such as "who"
ASIDE_WEIGHT = 1 / 3  # one that does not ask

LINK = re.compile(r"<(?:https?|mailto|tel):[^|>\s]*(?:\|([^>]*))?>", re.IGNORECASE)
MENTION = re.compile(r"<[@#!][^>]*>")
OUR_MENTION = re.compile(r"(?<!\S)@(?:srm|bot|srmbot)\b", re.IGNORECASE)  # as it is typed in a terminal
WEB_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
EMPHASIS = re.compile(r"(?<!\w)(?P<mark>[*_~])(?=\S)(?P<said>[^*_~\n]{1,200})(?<=\S)(?P=mark)(?!\w)")  # "*we*", "_no_"
EMOJI_NAME = re.compile(r"(?<!\w):[a-z0-9_+-]*[a-z][a-z0-9_+-]*:(?!\w)", re.IGNORECASE)  # not inside an ARN
ARN = re.compile(r"\barn:aws[\w-]*:(?P<service>[a-z0-9-]+):[^\s\"'`,;)\]]*(?<!\.)")  # says which service, and no more
IDENTIFIER = re.compile(  # of a resource or a moment: "i-0abcd1234efgh5678", a UUID, "2026-10-02T04:11:09Z"
    r"\b(?:[a-z]{1,8}-(?=[a-z]*\d)[0-9a-f]{8,17}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\dT[\d:.]+Z?)(?!\w)",
    re.IGNORECASE,
)
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "´": "'", "`": " "})
WORD = re.compile(r"[^\W_]+", re.UNICODE)
SENTENCE_END = re.compile(  # an arrow points from what is asked to a line that was pasted before it
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"')]))(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bresp\.)(?<!\bvs\.)\s+|\n+|(?<=\))\s+(?=[A-Z])"
    r"|\s{0,9}<-+\s*|\s{1,9}\^+\s+"  # bounded: to look along a long run of spaces from each of them would take minutes
)
WHO = re.compile(
    r"\b(?:who(?:se|m|s|'s)?(?!-)|which (?:side|party|team|one)|part(?:y|ies) (?:\w+ing|who|that|responsible)"
    r"|us or|ours?|theirs?|them|responsib\w*|accountab\w*"
    r"|in charge|on us|up to us|(?:do|are|should|must) we|do i|am i|is it|aws|amazon|provider|vendor"
    r"|customers?|owns?)\b",
    re.IGNORECASE,
)
ASKS_HOW_OR_WHAT = re.compile(
    r"\b(?:ho?w (?:do|to|can|does|would|should|much|many|long)|wh?at(?:'?s| is| are| does| do| would| version| size)"
    r"|where (?:can|do|is|are)|when (?:will|is|does)|which (?:\w+ ){0,3}(?:should|can|would|is best|provides?|services?"
    r"|tools?|features?)|why|best|maximum|minimum|limits?|quotas?|steps|examples?|syntax|tutorial|commands?|errors?"
    r"|difference|pric(?:e|ing)|costs?|cheaper|convert|explain|mean(?:s|ing)|defin(?:e|ition))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the search sees it."""

    original: str  # as it was typed
    cleaned: str  # as a person reads it, line by line
    text: str  # the same in one line, as it may be shown again (after escaping)
    parts: tuple[tuple[tuple[str, ...], float], ...]  # words in lower case, and what they count: 1 or less

    @property
    def words(self) -> tuple[str, ...]:
        """All words, in order."""
        return tuple(word for words, _ in self.parts for word in words)

    @property
    def blank(self) -> bool:
        """Whether nothing is left to be understood."""
        return not self.parts


def parse(text: str) -> Query:
    """Clean a text and find the part of it that asks.

    Args:
        text: anything at all, Slack's markup included.

    Returns:
        A query whose words are lower case, without punctuation, mentions, links and emoji.
    """
    cleaned = clean(text)
    return Query(text, cleaned, " ".join(cleaned.split()), weigh_sentences(cleaned))


def clean(text: str) -> str:
    """The text as a person reads it: no markup, no addresses, one kind of quotes."""
    text = unicodedata.normalize("NFKC", condense(text))
    text = LINK.sub(lambda link: f" {link[1] or ''} ", text)
    text = html.unescape(MENTION.sub(" ", OUR_MENTION.sub(" ", text)))
    text = INVISIBLE.sub("", WEB_ADDRESS.sub(" ", text).translate(QUOTES))
    if WORD.search(ARN.sub("", text)):  # an ARN alone asks nothing
        text = ARN.sub(r" \g<service> ", text)
    text = EMPHASIS.sub(r"\g<said>", IDENTIFIER.sub(" ", text))
    return EMOJI_NAME.sub(" ", text).strip()


def condense(text: str) -> str:
    """What is read of a text: of one that is too long its beginning, the sentences in between that ask, and its end."""
    if len(text) <= MAX_CHARACTERS:
        return text
    return f"{text[:END]}\n{asking_part(text[END:-END])}\n{text[-END:]}"


def asking_part(text: str) -> str:
    """The sentences of a text that ask, those first that ask most plainly, as many as may be read, in their order."""
    sentences = [sentence.strip()[:LONGEST_SENTENCE] for sentence in SENTENCE_END.split(text)]
    asking = [(("?" in each) + asks_who(each), -place) for place, each in enumerate(sentences)]
    left, kept = ASKING_CHARACTERS, []
    for asks, place in sorted(asking, reverse=True):
        if asks and len(sentences[-place]) < left:
            left -= len(sentences[-place]) + 1
            kept.append(-place)
    return "\n".join(sentences[place] for place in sorted(kept))


def tokenize(text: str) -> tuple[str, ...]:
    """The words of a text: runs of letters and digits, in lower case."""
    return tuple(WORD.findall(fold_case(text)))


def fold_case(text: str) -> str:
    """A text in lower case without apostrophes: "Who's" -> "whos"."""
    return text.casefold().replace("'", "")


def asks_who(text: str) -> bool:
    """Whether a text has words that ask whose work something is."""
    return bool(WHO.search(text))


def asks_how(text: str) -> bool:
    """Whether a text has words that ask how something is done, or what it is."""
    return bool(ASKS_HOW_OR_WHAT.search(text))


def weigh_sentences(cleaned: str) -> tuple[tuple[tuple[str, ...], float], ...]:
    """The sentences of a long text with what each counts; a short one is one part."""
    words = tokenize(cleaned)
    if len(words) < LONG_MESSAGE:
        return ((words, 1.0),) if words else ()
    sentences = [sentence for sentence in SENTENCE_END.split(cleaned) if tokenize(sentence)]
    asking = [("?" in sentence) + asks_who(sentence) for sentence in sentences]
    most = max(asking, default=0)
    if not most:
        return ((words, 1.0),)
    counts = {0: ASIDE_WEIGHT, 1: HALF_WEIGHT} | {most: 1.0}
    return tuple((tokenize(sentence), counts[asks]) for sentence, asks in zip(sentences, asking, strict=True))


# Words that ask, point or join, and tell nothing of what is asked about.
STOP_WORDS = frozenset(
    """
    a about accountability accountable after again all also am amazon amazons an and answer answers any anybody
    anyone are as aspect aspects at aws awss be been belong belongs between bot btw business but by can care case
    channel charge cheers cloud completely cool customer customers deal dealing deals did differ difference
    different divided division do does done duties duty either else entirely equal everything exactly exclusively
    explain fall falls for from fully fyi general get gets give had hand handle handled handles hands has have
    hello help here hey hi hmm how i idk if in inside instead into involved is isnt it its job jobs just know
    liability liable line lol look looked looking looks made maintain maintained maintains make makes manage
    managed management manages many matter me meant mine model most must my need needs no normal not now
    obligation obligations of ok okay on one ones or ordinary other our ours ourselves out outside over overall
    own owned owner owners ownership owning owns part parts party people person plain please pls plz problem
    provider providers question questions quick recap regarding regular responsibilities responsibility
    responsible role run runs said same say service services shall share shared should side sides so solely some
    somebody someone split srm srmbot still stuff summary supposed swap ta take takes taking task tasks tbh team
    tell tells than thank thanks that thats the their theirs them then there these they thing things this those
    thx to too topic totally ty uh um under up us usual vanilla versus vs was we well were what whats when where
    which who whod wholl wholly whom whos whose why will with within work works would ya yeah yep yes you your
    yours
    """.split()
)


def content_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that tell what a text is about: all but those that only ask, point or join."""
    return tuple(word for word in words if word not in STOP_WORDS)

"""What is typed after `tips on` -> a time, a zone, weekdays and services, or a kind word on what is not understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

from srmbot.errors import UsageError
from srmbot.knowledge.problem import find_nearest, shorten
from srmbot.model import Knowledge
from srmbot.search.lookup import service_names
from srmbot.tips import DAILY, DAY_NAMES, WEEKDAYS, known_zones

EXAMPLE = "for example `tips on 09:00 Europe/Lisbon weekdays rds aurora`"
CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?h?(am|pm)?|(\d{2})(\d{2})")
HOURS = ("o'clock", "o’clock", "oclock", "h", "uhr", "hrs", "hours")  # after a number: "9 o'clock"
NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
WEEKEND = frozenset((5, 6))
NAMED_DAYS = {"weekdays": WEEKDAYS, "weekday": WEEKDAYS, "daily": DAILY, "everyday": DAILY, "weekends": WEEKEND}
LONG_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FILLERS = frozenset("at on in and about for every day each the time zone".split())
ALL = ("all", "everything", "anything")


@dataclass(frozen=True, slots=True)
class TipOptions:
    """What was typed after `tips on`; None for what was left out."""

    at: time | None = None
    zone: str | None = None
    days: frozenset[int] | None = None
    services: tuple[str, ...] | None = None


def parse_options(words: Sequence[str], knowledge: Knowledge) -> TipOptions:
    """Parse what was typed after `tips on`.

    Raises:
        UsageError: a word that is no time, zone, day or service, with what may have been meant.
    """
    rest, options, known = list(split_words(words)), TipOptions(), service_names(knowledge)
    if "every day" in " ".join(words).lower():
        options = replace(options, days=DAILY)
    while rest:
        taken, options = parse_next(rest, options, known)
        del rest[:taken]
    return options


def looks_like_options(words: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether words are options, perhaps with a mistake in them, and not a question: "tips on backups?"."""
    try:
        parse_options(words, knowledge)
    except UsageError:
        first = next(iter(split_words(words)), "")
        looks = CLOCK.match(first) or "/" in first or first.lower() in known_zones() or parse_days(first.lower())
        return bool(looks) and not words[-1].endswith("?")
    return True


def split_words(words: Sequence[str]) -> list[str]:
    """Split what was typed: "mon,wed" is two words, and words that only join others are dropped."""
    parts = re.split(r"[\s,;]+", " ".join(words).strip())
    return [part for part in parts if part and part.lower() not in FILLERS]


def parse_next(rest: Sequence[str], options: TipOptions, known: Mapping[str, str]) -> tuple[int, TipOptions]:
    """Parse the next word or words. Returns how many they are, and the options with them.

    Raises:
        UsageError: nothing that is known.
    """
    word = rest[0].lower()
    if word in NAMED_TIMES:
        return 1, replace(options, at=NAMED_TIMES[word])
    if CLOCK.match(word) or re.fullmatch(r"[\d:.]+", word):
        return parse_time(rest, options)
    if days := parse_days(word):
        return 1, replace(options, days=(options.days or frozenset()) | days)
    if word in ALL:
        return 1, replace(options, services=())
    for size in range(min(len(rest), 5), 0, -1):
        said = [each.lower() for each in rest[:size]]
        if (slug := known.get(" ".join(said))) and (size == 1 or not all(each in known for each in said)):
            return size, replace(options, services=tuple(dict.fromkeys((*(options.services or ()), slug))))
    if word in known_zones():
        return 1, replace(options, zone=known_zones()[word])
    raise unknown_word(rest[0], known)


def parse_time(rest: Sequence[str], options: TipOptions) -> tuple[int, TipOptions]:
    """Parse a time of day, with a word after it that belongs to it: "9 o'clock", "9 pm".

    Raises:
        UsageError: "25:00".
    """
    word, after = rest[0].lower(), rest[1].lower() if len(rest) > 1 else ""
    found = CLOCK.fullmatch(word)
    if found is None:
        raise UsageError(f"'{shorten(rest[0])}' is not a valid time", EXAMPLE, "invalid_time")
    hour, minute = int(found[1] or found[4]), int(found[2] or found[5] or 0)
    half = found[3] or (after if after in ("am", "pm") else "")
    taken = 2 if after and (after == half or after in HOURS) and not (found[3] and after in ("am", "pm")) else 1
    if half and not 1 <= hour <= 12:
        raise UsageError(
            f"'{shorten(rest[0])}' is not a valid time: with {half}, hours go from 1 to 12", EXAMPLE, "invalid_time"
        )
    if half:
        hour = hour % 12 + 12 * (half == "pm")
    if (hour, minute) == (24, 0):
        raise UsageError("24:00 is not a valid time", "use 00:00 for midnight", "invalid_time")
    if hour > 23 or minute > 59:
        said = f"'{shorten(rest[0])}' is not a valid time: hours go from 00 to 23, minutes from 00 to 59"
        raise UsageError(said, EXAMPLE, "invalid_time")
    return taken, replace(options, at=time(hour, minute))


def parse_days(word: str) -> frozenset[int]:
    """Parse weekdays: "weekdays", "mon", "Mondays", "mon-fri"; none for another word."""
    if word in NAMED_DAYS:
        return NAMED_DAYS[word]
    first, dash, last = word.partition("-")
    if dash and (one := parse_day(first)) is not None and (other := parse_day(last)) is not None:
        return frozenset((one + parse_next) % 7 for parse_next in range((other - one) % 7 + 1))
    one = parse_day(word)
    return frozenset() if one is None else frozenset((one,))


def parse_day(word: str) -> int | None:
    """Parse one weekday, Monday is 0; None for another word."""
    word = word.removesuffix("s") if word.removesuffix("s") in LONG_DAYS else word
    for number, (short, long) in enumerate(zip(DAY_NAMES, LONG_DAYS, strict=True)):
        if word == short or (len(word) > 3 and long.startswith(word)):
            return number
    return None


def unknown_word(word: str, known: Mapping[str, str]) -> UsageError:
    """Make the error for a word that is no option."""
    kind = "time zone" if "/" in word else "time, time zone, day or service"
    candidates = known_zones() if "/" in word else [*known_zones(), *known, *NAMED_DAYS]
    meant = find_nearest(word.lower(), candidates)
    return UsageError(
        f"'{shorten(word)}' is not a {kind} I know",
        f"did you mean `{known_zones().get(meant, meant)}`?" if meant else EXAMPLE,
        "unknown_word",
    )

"""Misses -> what maintainers read of them: lines for a terminal and a command, the weekly digest, parts of the Home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from srmbot.misses.cluster import Cluster
from srmbot.misses.miss import MISSES, REPORTS, UNANSWERED, MissCount, Verdict
from srmbot.model import Knowledge
from srmbot.render.blocks import Action, Block, context, escape, section
from srmbot.render.controls import button
from srmbot.render.statement import listed

LOOKED_BACK_DAYS = 30  # days that are looked back to
WEEK = 7
SHOWN_GROUPS = 8  # groups, and subjects, that are listed
MOST_IDS = 60  # of one button
NO_TEXT = "No text is kept here, so the questions can't be shown. `/srm misses text on` keeps them from now on."
NOTHING_MISSED = "Nothing was missed."
REASON_WORDS: Mapping[str, str] = {
    **dict.fromkeys(map(str, UNANSWERED), "not answered"),
    Verdict.WRONG: "marked wrong",
    Verdict.HELPED: "marked helpful",
    Verdict.CHOICE: "another reading chosen",
    Verdict.WRONG_OWNER: "wrong owner",
    Verdict.WRONG_SUBJECT: "about something else",
    Verdict.OUTDATED: "out of date",
    Verdict.INCOMPLETE: "incomplete",
    Verdict.OTHER: "wrong otherwise",
}


@dataclass(frozen=True, slots=True)
class MissReport:
    """What was missed in a workspace."""

    days: int  # that the counts are of
    counts: Sequence[MissCount]
    clusters: Sequence[Cluster]
    kept_days: int | None  # that text is kept; None where none is

    @property
    def missed(self) -> int:
        """How often something was missed."""
        return sum(each.times for each in self.counts if each.reason in MISSES)


def report_lines(report: MissReport, known: Knowledge) -> Iterator[str]:
    """A report as lines: how much was missed, of what, and which questions."""
    yield total_line(report)
    if subjects := subject_lines(report, known):
        yield "About:"
        yield from (f"• {line}" for line in subjects)
    if report.kept_days is None:
        yield NO_TEXT
    elif report.clusters:
        yield "Questions:"
        yield from (f"• {cluster_line(each)}" for each in report.clusters[:SHOWN_GROUPS])
        if (rest := len(report.clusters) - SHOWN_GROUPS) > 0:
            yield f"… and {rest} more"


def total_line(report: MissReport) -> str:
    """How often something was missed, and what else people said."""
    counted: Counter[str] = Counter()
    for each in report.counts:
        if each.reason not in REPORTS:  # the thumb down before it is counted
            counted[REASON_WORDS.get(each.reason, each.reason)] += each.times
    if not counted:
        return f"Last {report.days} days: {NOTHING_MISSED.lower()}"
    return f"Last {report.days} days: {listed([f'{times} {what}' for what, times in counted.most_common()])}."


def subject_lines(report: MissReport, known: Knowledge) -> list[str]:
    """What was missed most, by what it is about and why."""
    counted: Counter[str] = Counter()
    for each in report.counts:
        if each.reason in MISSES:  # several reasons are the same to a reader
            counted[f"{subject(each, known)}, {REASON_WORDS[each.reason]}"] += each.times
    return [f"{times}× {what}" for what, times in counted.most_common(SHOWN_GROUPS)]


def subject(count: MissCount, known: Knowledge) -> str:
    """What a count is about: "RDS · Backups"; a service or topic that is gone is named by its slug."""
    if not count.service and not count.topic:
        return "nothing that I know"
    if count.service in known.services and (not count.topic or count.topic in known.topics):
        return known.label(count.service, count.topic or None)
    return " · ".join(filter(None, (count.service, count.topic)))


def cluster_line(cluster: Cluster) -> str:
    """A group of questions in one line."""
    return f"{cluster.times}× {cluster.text} ({reasons_of(cluster)})"


def reasons_of(cluster: Cluster) -> str:
    """Why a group's questions are misses, the most frequent reason first."""
    return ", ".join(dict.fromkeys(REASON_WORDS[each] for each in cluster.reasons))


def as_json(report: MissReport) -> dict[str, Any]:
    """A report as plain data."""
    return {
        "days": report.days,
        "text_kept_for_days": report.kept_days,
        "counts": [
            {"reason": each.reason, "service": each.service or None, "topic": each.topic or None}
            | {"times": each.times, "questions": each.questions}
            for each in report.counts
        ],
        "clusters": [
            {"question": each.text, "times": each.times, "reasons": each.reasons, "questions": each.questions}
            | {"owner": each.owner or None, "notes": each.notes, "page": each.page or None}
            for each in report.clusters
        ],
    }


def cluster_blocks(clusters: Sequence[Cluster]) -> Iterator[Block]:
    """Groups of questions, each with a button that adds it to the knowledge."""
    for each in clusters[:SHOWN_GROUPS]:
        add = button(Action.ADD, "Add to knowledge", "|".join(each.ids[:MOST_IDS]))
        lines = [f"*{escape(each.text)}*", escape(details(each))]
        yield section("\n".join(filter(None, lines))) | {"accessory": add}


def details(cluster: Cluster) -> str:
    """How often, why, and what people said of the answers."""
    return "\n".join((f"{cluster.times}×, {reasons_of(cluster)}", *(f"“{note}”" for note in cluster.notes[:3])))


def digest_message(report: MissReport, known: Knowledge, due: int) -> dict[str, Any]:
    """The weekly digest as a message.

    Args:
        report: of a week.
        known: names services and topics.
        due: how many entries rest on old pages or were never checked.
    """
    review = f"{due} entries are due for review; my Home tab lists them." if due else ""
    subjects = "\n".join(f"• {escape(line)}" for line in subject_lines(report, known))
    lines = ("*What I missed this week*", escape(total_line(report)), subjects)
    blocks: list[Block] = [section("\n".join(filter(None, lines)))]
    blocks += cluster_blocks(report.clusters) if report.kept_days else [context(escape(NO_TEXT))]
    blocks += [context(escape(review))] if review else []
    text = "\n".join(filter(None, ("What I missed this week", *report_lines(report, known), review)))
    return {"text": escape(text), "blocks": blocks}

"""Files and a knowledge folder -> the folder with what the files say, and a report of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from srmbot.bot import State
from srmbot.errors import SrmbotError
from srmbot.importing.catalog import read_backstage, read_codeowners
from srmbot.importing.data_file import read_data
from srmbot.importing.document import Document, Table
from srmbot.importing.duties import Drafter, DutyDraft
from srmbot.importing.folder import append_records, names_taken, read_into
from srmbot.importing.html_page import read_html
from srmbot.importing.markdown import read_markdown
from srmbot.importing.oscal_file import read_oscal
from srmbot.importing.placing import Placer
from srmbot.importing.recognise import LARGEST_DOCUMENT, Source, recognise
from srmbot.importing.report import FileReport
from srmbot.importing.sheets import read_csv, read_xlsx
from srmbot.importing.statements import FilePlace, Left, Reading, read_statements
from srmbot.importing.teams import (
    Claims,
    TeamDraft,
    TeamReading,
    claim_keys,
    drop_taken,
    is_team_table,
    join_teams,
    read_team_table,
)
from srmbot.importing.yaml_text import duty_text, team_text
from srmbot.knowledge.draft import Draft
from srmbot.knowledge.files import show_path
from srmbot.model import GENERAL, Owner

READABLE_KINDS = (
    "Markdown (.md, .mdx), HTML, CSV, Excel (.xlsx), a Backstage catalog-info.yaml, CODEOWNERS, or what was exported"
)


@dataclass
class Importer:
    """Reads files one after the other; what the first says, the next does not say again."""

    state: State  # what is known without the files
    service: str | None  # where nothing names one
    into: Path
    reports: list[FileReport] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read what the folder has already."""
        self.found = read_into(self.into)
        self.drafter = Drafter(self.state.knowledge, names_taken(self.found))
        self.claims = Claims(self.state.knowledge)
        self.taken = set(claims_of(self.found))
        self.records: list[Mapping[str, str]] = []  # of other kinds, by their files

    def read(self, path: Path) -> FileReport:
        """Read one file.

        Raises:
            SrmbotError: it cannot be read, or is of no kind that can be imported.
        """
        source = require_source(path)
        shown = shown_path(path)
        report = FileReport(shown, source.value)
        if source in (Source.BACKSTAGE, Source.CODEOWNERS):
            reader = read_backstage if source is Source.BACKSTAGE else read_codeowners
            self.add_teams(report, reader(read_text(path), shown, self.claims))
        elif source is Source.OSCAL:
            self.add_duties(report, read_oscal(read_text(path), shown))
        elif source is Source.EXPORT:
            texts, report.records = read_data(read_text(path), shown, self.state.knowledge, self.found)
            self.records.append(texts)
        else:
            self.add_document(report, read_document(path, source, shown))
        self.reports.append(report)
        return report

    def add_document(self, report: FileReport, document: Document) -> None:
        """The duties and teams of a document."""
        teams = TeamReading()
        others: list[Table] = []
        for table in document.tables:
            if is_team_table(table):
                read_team_table(teams, table, document.path, self.claims)
            else:
                others.append(table)
        self.add_duties(report, read_statements(replace(document, tables=tuple(others))))
        self.add_teams(report, teams)

    def add_duties(self, report: FileReport, found: Reading) -> None:
        """The duties of a document's statements."""
        placer = Placer(self.state, self.service, found.document.title)
        report.statements += len(found.statements)
        report.left += found.left
        for statement in found.statements:
            for placed in placer.place(statement):
                made = list(self.drafter.draft(placed))
                report.duties += made
                report.known += [] if made else [placed]
        self.add_teams(report, teams_of(report.duties))

    def add_teams(self, report: FileReport, found: TeamReading) -> None:
        """The teams of a file, whose claims nobody had."""
        report.teams += join_teams(drop_taken(found.teams, found, self.taken))
        report.left += found.left

    def write(self) -> Sequence[str]:
        """Write everything into the folder.

        Returns:
            The names of the files that were written to.

        Raises:
            SrmbotError: a file that cannot be written.
        """
        files = self.files()
        append_records(self.into, files)
        return list(files)

    def files(self) -> Mapping[str, str]:
        """What is to be added to each file, by its name in the folder."""
        texts: dict[str, list[str]] = {}
        for report in self.reports:
            for duty in report.duties:
                block = texts.setdefault(f"duties/{duty.service}.yaml", [])
                block += heading(block, report.path)
                block.append(duty_text(duty))
            for team in report.teams:
                block = texts.setdefault("teams.yaml", [])
                block += heading(block, report.path)
                block.append(team_text(team))
        for records in self.records:
            for name, text in records.items():
                texts.setdefault(name, []).append(text)
        return {name: "\n".join(block) for name, block in sorted(texts.items())}


def teams_of(duties: Sequence[DutyDraft]) -> TeamReading:
    """The teams that a table names for tasks: one for each topic of a service, where its rows agree on it."""
    named: dict[tuple[str, str], dict[str, DutyDraft]] = {}
    for duty in duties:
        for team in duty.placed.statement.teams if duty.owner is Owner.CUSTOMER else ():
            named.setdefault((duty.service, duty.placed.topic), {}).setdefault(team, duty)
    found = TeamReading()
    for (service, topic), teams in named.items():
        place = next(iter(teams.values())).placed.statement.place
        if len(teams) == 1:
            found.teams.append(TeamDraft(next(iter(teams)), place, None if service == GENERAL else service, topic))
        else:
            found.left.append(Left(place, ", ".join(teams), f"several teams for {service}/{topic}, which takes one"))
    return found


def heading(block: Sequence[str], path: str) -> Iterator[str]:
    """A remark on where the records after it are from, once."""
    remark = f"# Imported from {path}\n"
    if remark not in block:
        yield remark


def claims_of(found: Draft) -> Iterable[tuple[str, ...]]:
    """What is claimed in a folder already."""
    for row in found.teams:
        team = TeamDraft("", FilePlace("", 0), row.text("service"), row.text("topic"), owns=row.texts("owns"))
        yield from claim_keys(team)


def require_source(path: Path) -> Source:
    """What kind of file it is.

    Raises:
        SrmbotError: there is none, it is too large, or of another kind.
    """
    if not path.is_file():
        raise SrmbotError(f"{path}: there is no such file", "give a file")
    if path.stat().st_size > LARGEST_DOCUMENT:
        raise SrmbotError(f"{path}: it has more than {LARGEST_DOCUMENT:,} bytes", "split it")
    source = recognise(path)
    if source is None:
        raise SrmbotError(f"{path}: nothing here reads such a file", f"give {READABLE_KINDS}")
    return source


def read_document(path: Path, source: Source, shown: str) -> Document:
    """The tables and lists of a file."""
    if source is Source.XLSX:
        return read_xlsx(path, shown)
    readers = {Source.CSV: read_csv, Source.HTML: read_html, Source.MARKDOWN: read_markdown}
    return readers[source](read_text(path), shown)


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        SrmbotError: it cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise SrmbotError(f"{path}: cannot be read: {fault.strerror}", "see that it may be read") from fault
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # what Excel saves CSV in


def shown_path(path: Path) -> str:
    """A file's path as it is cited: from the current folder, else its name alone."""
    shown = show_path(path)
    return path.name if Path(shown).is_absolute() else shown

"""Document -> statements: who does what, as it was written, with its place; and what was left, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from srmbot.importing.columns import (
    LETTER,
    OWNING_ROLES,
    RACI,
    ROLE_SIDES,
    Column,
    Role,
    is_mark,
    is_matrix,
    names_only_owner,
    owner_named,
    owners_of_mark,
    read_columns,
)
from srmbot.importing.document import Document, Item, Row, Table, cell_lines, is_nothing
from srmbot.importing.subjects import heading_owner, split_label, split_subject
from srmbot.model import Owner

DETAILS = (  # what a column says of its row beside the task
    Role.ID,
    Role.TOPIC,
    Role.WHY,
    Role.FACTS,
    Role.SAY,
    Role.NEXT,
    Role.EVIDENCE,
    Role.CONTROLS,
    Role.PAGE,
    Role.DATE,
    Role.CHECKED,
    Role.TIP,
    Role.DOES,
    Role.HOLDS_FOR,
)


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where something stands in a file."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that somebody does, as it was written."""

    text: str
    owner: Owner  # shared, where the row says so and not which part is whose
    place: FilePlace
    category: str = ""  # what its row or list is about
    service: str = ""  # what names the service, in its row
    headings: tuple[str, ...] = ()
    details: Mapping[Role, str] = field(default_factory=dict)
    teams: tuple[str, ...] = ()  # who does it on the customer's side
    lead: str = ""  # what announces it in its cell: "Fargate"


@dataclass(frozen=True, slots=True)
class Left:
    """What was not read, and why."""

    place: FilePlace
    text: str
    reason: str


@dataclass(slots=True)
class Reading:
    """What a document says of who does what."""

    document: Document
    statements: list[Statement] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def leave(self, line: int, text: str, reason: str) -> None:
        """Note what was left."""
        self.left.append(Left(FilePlace(self.document.path, line), text, reason))


def read_statements(document: Document) -> Reading:
    """Every statement of a document, in its order."""
    found = Reading(document)
    for table in document.tables:
        read_table(found, table)
    for item in document.items:
        read_item(found, item)
    found.statements.sort(key=lambda each: each.place.line)
    found.left.sort(key=lambda each: each.place.line)
    return found


def read_table(found: Reading, table: Table) -> None:
    """The statements of a table; one that names no owner is left as a whole."""
    columns = read_columns(table)
    if is_matrix(table):
        found.leave(table.line, " | ".join(table.columns), "a matrix, which says whose a row is and names no task")
        return
    if not any(each.role in OWNING_ROLES for each in columns):
        found.leave(table.line, " | ".join(table.columns), "a table whose columns name no owner")
        return
    group = ""
    for row in table.rows:
        filled = [cell for cell in row.cells if not is_nothing(cell)]
        if not filled:
            continue
        if len(filled) == 1 and len(columns) > 1 and row.cells[0] == filled[0] and columns[0].role not in ROLE_SIDES:
            group = filled[0]  # a row that is a heading
        else:
            read_row(found, RowReader(table, columns, row, group, FilePlace(found.document.path, row.line)))


def read_row(found: Reading, row: RowReader) -> None:
    """The statements of one row, or the reason why it has none."""
    statements = list(row.statements())
    found.statements += statements
    if not statements:
        found.leave(row.place.line, " | ".join(filter(None, row.row.cells)), row.reason)


@dataclass(slots=True)
class RowReader:
    """One row with what its columns say."""

    table: Table
    columns: Sequence[Column]
    row: Row
    group: str
    place: FilePlace
    reason: str = "nothing says whose it is"

    def text(self, *roles: Role) -> str:
        """The first filled cell of some kinds of columns."""
        for role in roles:
            for each in self.columns:
                if each.role is role and (cell := self.cell(each)):
                    return cell
        return ""

    def cell(self, column: Column) -> str:
        """The text of one cell; empty where it says that there is nothing."""
        return self.row.cell(column.number)

    def statements(self) -> Iterator[Statement]:
        """What the row says: prose in its side columns, or a task with marks or with an owner."""
        sides = [each for each in self.columns if each.role in ROLE_SIDES and self.cell(each)]
        prose = [each for each in sides if not self.is_sign(each)]
        if prose:
            for each in sides:
                yield from (
                    self.prose(each, ROLE_SIDES[each.role])
                    if each in prose
                    else self.marked(each, ROLE_SIDES[each.role])
                )
        elif task := self.task():
            for owner, teams in self.owners():
                yield self.make(task, owner, teams)

    def prose(self, column: Column, side: Owner) -> Iterator[Statement]:
        """What a side's cell lists: "AWS runs it", in AWS's own column, is "runs it"."""
        for lead, line in cell_lines(self.cell(column)):
            owner, rest = split_subject(line)
            yield replace(self.make(rest if owner is side else line, side), lead=lead)

    def marked(self, column: Column, side: Owner) -> Iterator[Statement]:
        """The row's task, where a side's cell marks it as that side's beside what the other one's says."""
        if (owner := owners_of_mark(self.cell(column), side)) and (task := self.task()):
            yield self.make(task, owner)

    def is_sign(self, column: Column) -> bool:
        """Whether a side's cell is a mark, or says only whose the row is."""
        cell = self.cell(column)
        return is_mark(cell) or (names_only_owner(cell) and bool(self.task()))

    def task(self) -> str:
        """What the row is about, as a task."""
        return " ".join(self.text(Role.TASK, Role.CATEGORY, Role.SERVICE, Role.OTHER).split())

    def owners(self) -> Iterator[tuple[Owner, tuple[str, ...]]]:
        """Whose the row's task is: by the owner's column, by marks, by the letters of a RACI table."""
        if said := self.text(Role.OWNER):
            yield from self.named_owner(said)
            return
        signs = {each: self.sign(each) for each in self.columns if each.role in OWNING_ROLES}
        owners = {owner for owner, _ in signs.values() if owner}
        teams = tuple(team for owner, team in signs.values() if owner and team)
        if not owners:
            self.reason = "no one does it, by its marks"
        elif len(owners) > 1 or Owner.SHARED in owners:
            yield Owner.SHARED, teams
        else:
            yield owners.pop(), teams

    def named_owner(self, said: str) -> Iterator[tuple[Owner, tuple[str, ...]]]:
        """The owner that a cell names; a name that is neither side's is taken for a team of the customer's."""
        owner = owner_named(said)
        if owner is not None:
            yield owner, ()
        elif said:
            yield Owner.CUSTOMER, (said,)

    def sign(self, column: Column) -> tuple[Owner | None, str]:
        """Whose the row is by one column's mark, and which team it names."""
        side = ROLE_SIDES.get(column.role) or owner_named(column.heading) or Owner.CUSTOMER
        letters = self.letters(column)
        if letters is not None:
            owner = side if letters & self.doing() else None
        else:
            owner = owners_of_mark(self.cell(column), side)
        team = column.heading if column.role is Role.PARTY and owner_named(column.heading) is None else ""
        return owner, team

    def letters(self, column: Column) -> set[str] | None:
        """The RACI letters of a cell; None where it is no such cell."""
        cell = self.cell(column)
        return set(LETTER.findall(cell)) if cell and RACI.match(cell) else None

    def doing(self) -> set[str]:
        """The letter of who does the task: R, or A where nobody has R."""
        held = {letter for each in self.columns for letter in self.letters(each) or ()}
        return {"R"} if "R" in held else {"A"}

    def make(self, text: str, owner: Owner, teams: tuple[str, ...] = ()) -> Statement:
        """A statement of this row."""
        category = self.text(Role.CATEGORY, Role.RESOURCE) or self.group
        return Statement(
            text=text,
            owner=owner,
            place=self.place,
            category=category if category != text else self.group,
            service=self.text(Role.SERVICE),
            headings=self.table.headings,
            details={role: cell for role in DETAILS if (cell := self.text(role))},
            teams=teams or tuple(filter(None, [self.text(Role.TEAM)])),
        )


def read_item(found: Reading, item: Item) -> None:
    """The statement of a list's item: whose it is says its beginning, or what it stands under."""
    owner, text = split_subject(item.text)
    if owner is None:
        owner = next(filter(None, map(heading_owner, reversed(item.headings))), None)
    if owner is not None and item.is_list:
        category, text = split_label(text)
        place = FilePlace(found.document.path, item.line)
        found.statements.append(Statement(text, owner, place, category, headings=item.headings))
    elif owner is not None:
        found.leave(item.line, item.text, "prose")
    elif item.is_list:
        found.leave(item.line, item.text, "it says not whose it is")

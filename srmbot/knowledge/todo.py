"""Files -> what a person has yet to do in them: no fault, but something to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srmbot.knowledge.files import File
from srmbot.knowledge.problem import At, shorten

# A remark, or the beginning of a text.
TODO_MARK = re.compile(r"(?:# *|: |- |^|[\"'])(?P<todo>TODO\b.*?)(?:[\"']?\s*)$")
SHOWN_TODOS = 10  # of a file; the others are counted


@dataclass(frozen=True, slots=True, order=True)
class Todo:
    """A place where a person must read, and what is to be done there."""

    at: At
    what: str

    def __str__(self) -> str:
        return f"{self.at}: {self.what}"


def find_todos(files: Sequence[File]) -> list[Todo]:
    """Every TODO in some files, by place; questions that people asked are not looked through."""
    return [todo for file in files if file.kind != "asked" for todo in todos_of(file)]


def todos_of(file: File) -> Iterator[Todo]:
    """The TODOs of one file."""
    for number, line in enumerate(file.content.decode("utf-8", "replace").splitlines(), 1):
        if "TODO" in line and (found := TODO_MARK.search(line)):
            yield Todo(At(file.path, number, found.start("todo") + 1), shorten(found["todo"], 120))


def todo_lines(todos: Sequence[Todo]) -> Iterator[str]:
    """A line for each of the first of a file, and one that counts the others."""
    for path in dict.fromkeys(todo.at.path for todo in todos):
        of_file = [todo for todo in todos if todo.at.path == path]
        yield from (f"warning: {each}" for each in of_file[:SHOWN_TODOS])
        if len(of_file) > SHOWN_TODOS:
            yield f"warning: {path}: {len(of_file) - SHOWN_TODOS} more TODO"

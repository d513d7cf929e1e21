"""Reads a register file: schools (open or closed) or links, row by row, with every problem named.

Promise: one pass, one row in memory; a row whose required columns are good goes in even if an optional value is bad
(the value is left out and reported); a file that is no register raises `NotThisFile` with one sentence. Source of the
layout: 'Get Information About Schools', columns as published up to November 2026.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from services.programmes.domain.register import layout, values
from services.programmes.domain.register.layout import FileKind
from services.programmes.domain.register.links import Link, link_of
from services.programmes.domain.register.school import School
from services.programmes.domain.tables.problems import NotThisFile, Problem
from services.programmes.domain.tables.records import Record, separated
from services.programmes.domain.tables.text import REPLACEMENT, lines_of

__all__ = ["Entry", "RegisterFile", "open_register"]

_UNREADABLE = "It holds a character that could not be read in the file's encoding."


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line of the file gave: the school or link, if it could be read, and what was wrong."""

    line: int
    school: School | None = None
    link: Link | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """An opened file: what it is, which optional columns it lacks, which fields it tells, and its entries (once)."""

    kind: FileKind
    missing: tuple[str, ...]
    told: frozenset[str]
    entries: Iterator[Entry]


def open_register(data: bytes) -> RegisterFile:
    """Recognise the file by its header. Raises `NotThisFile`."""
    rows = separated(lines_of(data))
    header = next(rows, None)
    if not isinstance(header, Record):
        raise NotThisFile("The file is no school register: its first line cannot be read.")
    kind = layout.recognise(header.cells)
    first = next(rows, None)
    if first is None:
        raise NotThisFile("The file has a register's header and no rows.")
    rows, places, width = chain([first], rows), layout.positions(header.cells), len(header.cells)
    if kind is FileKind.LINKS:
        return RegisterFile(kind, (), frozenset(), _links(rows, places, width))
    columns = layout.columns_in(places)
    if isinstance(first, Record) and _is_closed(first, places):
        kind = FileKind.CLOSED_SCHOOLS
    told = frozenset(column.field for column, _ in columns)
    return RegisterFile(kind, tuple(layout.missing_optional(header.cells)), told, _schools(rows, columns, width))


def _is_closed(row: Record, places: dict[str, int]) -> bool:
    at = layout.position(places, "EstablishmentStatus (code)")
    return at is not None and row.cells[at : at + 1] == ["2"]


def _schools(rows: Iterator[Record | Problem], columns: list[tuple[layout.Column, int]], width: int) -> Iterator[Entry]:
    seen: dict[int, int] = {}
    for row in rows:
        entry = _unread(row, width) or _school(row, columns)  # type: ignore[arg-type]  # what is none, `_unread` took
        if entry.school is not None:
            before = seen.setdefault(entry.school.urn, entry.line)
            if before != entry.line:
                twice = Problem(entry.line, "URN", f"URN {entry.school.urn} already stands on line {before}.")
                entry = Entry(entry.line, problems=(twice,))
        yield entry


def _unread(row: Record | Problem, width: int) -> Entry | None:
    """An entry for a row that cannot be taken apart: unreadable, or with another number of cells than the header."""
    if isinstance(row, Problem):
        return Entry(row.line, problems=(row,))
    found = len(row.cells)
    if found == width or (found > width and not any(row.cells[width:])):
        return None
    reason = f"The row has {found} columns where the header has {width}" + (
        "; the file may be cut off here." if found < width else "."
    )
    return Entry(row.line, problems=(Problem(row.line, "whole row", reason),))


def _school(row: Record, columns: list[tuple[layout.Column, int]]) -> Entry:
    told: dict[str, object] = {}
    problems: list[Problem] = []
    refused = False
    broken = REPLACEMENT in "".join(row.cells)
    for column, place in columns:
        text = row.cells[place].strip()
        if not text and not column.required:
            continue
        try:
            told[column.field] = column.read(text)
        except ValueError as error:
            problems.append(Problem(row.line, column.name, str(error), row_kept=True))
            refused = refused or column.required
        else:
            if broken and REPLACEMENT in text:
                problems.append(Problem(row.line, column.name, _UNREADABLE, row_kept=True))
    if refused:
        return Entry(row.line, problems=tuple(Problem(p.line, p.column, p.reason) for p in problems))
    return Entry(row.line, school=School(**told), problems=tuple(problems))  # type: ignore[arg-type]  # each column has its type


def _links(rows: Iterator[Record | Problem], places: dict[str, int], width: int) -> Iterator[Entry]:
    for row in rows:
        yield _unread(row, width) or _link(row, places)  # type: ignore[arg-type]  # what is none, `_unread` took


def _link(row: Record, places: dict[str, int]) -> Entry:
    cells = {
        name: row.cells[at].strip() for name in layout.LINK_COLUMNS if (at := layout.position(places, name)) is not None
    }
    column = "URN"
    try:
        urn = layout.read_urn(cells[column])
        column = "LinkURN"
        other = layout.read_other_urn(cells[column], urn)
        column = "LinkType"
        kind = layout.filled(cells[column])
    except ValueError as error:
        return Entry(row.line, problems=(Problem(row.line, column, str(error)),))
    try:
        return Entry(row.line, link=link_of(urn, other, kind, values.date(cells.get("LinkEstablishedDate", ""))))
    except ValueError as error:
        problem = Problem(row.line, "LinkEstablishedDate", str(error), row_kept=True)
        return Entry(row.line, link=link_of(urn, other, kind, None), problems=(problem,))

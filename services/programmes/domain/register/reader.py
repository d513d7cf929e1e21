"""Reads a register file: schools (open or closed) or links, row by row, with every problem named.

Promise: one pass, one row in memory; a row whose required columns are good goes in even if an optional value is bad
(the value is left out and reported); a file that is no register raises `NotThisFile` with one sentence. Source of the
layout: 'Get Information About Schools', columns as published up to November 2026.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice

from services.programmes.domain.register import layout, values
from services.programmes.domain.register.doubts import either_way, month_first
from services.programmes.domain.register.layout import FileKind
from services.programmes.domain.register.links import Link, link_of
from services.programmes.domain.register.school import School
from services.programmes.domain.tables.headings import FIRST_LINES
from shared.tables.cells import REPLACEMENT, cell_fault, code_page_fault, shown
from shared.tables.passed import Passed
from shared.tables.problems import NotThisFile, Problem
from shared.tables.records import Record, separated
from shared.tables.text import lines_of

__all__ = ["Entry", "RegisterFile", "open_register"]

_UNREADABLE = "It holds a character that could not be read in the file's encoding."


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line of the file gave: the school or link, if it could be read, and what was wrong.

    `unsure`: the school's fields whose value is not to be trusted; they replace nothing that is known. `cells`: the row
    as it stands, where something is wrong with it.
    """

    line: int
    school: School | None = None
    link: Link | None = None
    problems: tuple[Problem, ...] = ()
    unsure: frozenset[str] = frozenset()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """An opened file: what it is, which optional columns it lacks, which fields it states, and its entries (once).

    `passed` is filled while entries are read. `doubt`: why its dates may be wrong, '' where nothing speaks for it.
    """

    kind: FileKind
    missing: tuple[str, ...]
    stated: frozenset[str]
    entries: Iterator[Entry]
    header: tuple[str, ...] = ()
    passed: Passed = field(default_factory=Passed)
    doubt: str = ""


def open_register(data: bytes) -> RegisterFile:
    """Recognise the file by its header. Raises `NotThisFile`."""
    passed = Passed()
    rows = separated(lines_of(data), passed)
    header, kind = _header(rows, passed)
    first = next(rows, None)
    if first is None:
        raise NotThisFile("The file has a register's header and no rows.")
    rows, places = chain([first], rows), layout.positions(header)
    if kind is FileKind.LINKS:
        return RegisterFile(kind, (), frozenset(), _links(rows, places, len(header)), header, passed)
    columns = layout.columns_in(places)
    if isinstance(first, Record) and _is_closed(first, places):
        kind = FileKind.CLOSED_SCHOOLS
    stated = frozenset(column.field for column, _ in columns)
    doubt = month_first(partial(lines_of, data), [at for column, at in columns if column.read is values.date])
    entries = _schools(rows, columns, width=len(header), doubtful=bool(doubt))
    return RegisterFile(kind, tuple(layout.missing_optional(list(header))), stated, entries, header, passed, doubt)


def _header(rows: Iterator[Record | Problem], passed: Passed) -> tuple[tuple[str, ...], FileKind]:
    """The headings among the first rows, and whose they are. Raises `NotThisFile` as the likeliest of them says."""
    refused: list[NotThisFile] = []
    for row in islice(rows, FIRST_LINES):
        if not isinstance(row, Record):
            refused.append(NotThisFile("The file is no school register: its first line cannot be read."))
            continue
        try:
            return tuple(row.cells), layout.recognise(row.cells)
        except NotThisFile as error:
            refused.append(error)
            passed.above.append((row.line, " ".join(filter(None, row.cells))[:60]))
    if not refused:
        raise NotThisFile("The file is no school register: its first line cannot be read.")
    raise max(refused, key=lambda each: "header lacks" in str(each))


def _is_closed(row: Record, places: dict[str, int]) -> bool:
    at = layout.position(places, "EstablishmentStatus (code)")
    return at is not None and row.cells[at : at + 1] == ["2"]


def _schools(
    rows: Iterator[Record | Problem], columns: list[tuple[layout.Column, int]], *, width: int, doubtful: bool
) -> Iterator[Entry]:
    seen: dict[int, int] = {}
    for row in rows:
        entry = _unread(row, width) or _school(row, columns, doubtful)  # type: ignore[arg-type]  # what is none, `_unread` took
        if entry.school is not None:
            before = seen.setdefault(entry.school.urn, entry.line)
            if before != entry.line:
                twice = Problem(entry.line, "URN", f"URN {entry.school.urn} already stands on line {before}.")
                entry = Entry(entry.line, problems=(twice,), cells=entry.cells or _cells(row))
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
    return Entry(row.line, problems=(Problem(row.line, "whole row", reason),), cells=tuple(row.cells))


def _cells(row: Record | Problem) -> tuple[str, ...]:
    return tuple(row.cells) if isinstance(row, Record) else ()


def _school(row: Record, columns: list[tuple[layout.Column, int]], doubtful: bool) -> Entry:
    values: dict[str, object] = {}
    problems: list[Problem] = []
    unsure: set[str] = set()
    refused = False
    odd = not "".join(row.cells).isascii()
    for column, place in columns:
        text = row.cells[place].strip()
        if not text and not column.required:
            continue
        try:
            values[column.field] = _trusted(column, text, doubtful)
        except ValueError as error:
            problems.append(Problem(row.line, column.name, str(error), row_kept=True))
            unsure.add(column.field)
            refused = refused or column.required
        else:
            if odd and (fault := _broken(text)):
                problems.append(Problem(row.line, column.name, fault, row_kept=True))
                unsure.add(column.field)
    cells = tuple(row.cells) if problems else ()
    if refused:
        return Entry(row.line, problems=tuple(Problem(p.line, p.column, p.reason) for p in problems), cells=cells)
    school = School(**values)  # type: ignore[arg-type]  # each column has its type
    return Entry(row.line, school=school, problems=tuple(problems), unsure=frozenset(unsure), cells=cells)


def _broken(text: str) -> str | None:
    """Why the characters of a cell are not those that somebody wrote."""
    return _UNREADABLE if REPLACEMENT in text else code_page_fault(text)


def _trusted(column: layout.Column, text: str, doubtful: bool) -> object:
    if doubtful and column.read is values.date and either_way(text):
        raise ValueError(f"{shown(text)} may have its month or its day first.")
    if text[:1] in {"#", "E"} and (fault := cell_fault(text)):
        raise ValueError(fault)
    return column.read(text)


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
        return Entry(row.line, problems=(Problem(row.line, column, str(error)),), cells=tuple(row.cells))
    try:
        return Entry(row.line, link=link_of(urn, other, kind, values.date(cells.get("LinkEstablishedDate", ""))))
    except ValueError as error:
        problem = Problem(row.line, "LinkEstablishedDate", str(error), row_kept=True)
        link = link_of(urn, other, kind, None)
        return Entry(row.line, link=link, problems=(problem,), cells=tuple(row.cells))

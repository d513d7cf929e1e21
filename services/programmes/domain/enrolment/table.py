"""A file that people fill in by hand, as rows of cells by column, and what was passed over or not understood.

Promise: every row and cell of the file is a row here, a sentence in `notes` (passed over, and why), or a question in
`questions` (not understood; nothing goes in before somebody says yes).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.programmes.domain.enrolment.columns import EXAMPLE_ROW
from services.programmes.domain.tables.choosing import Chosen, chosen_sheet
from services.programmes.domain.tables.cut import cut_rows
from services.programmes.domain.tables.headings import Heading
from shared.tables.cells import cell_fault, is_blank, name_fault, shown, tidy
from shared.tables.passed import Passed, counted, lines_named
from shared.tables.problems import NotThisFile, Problem
from shared.tables.records import Record
from shared.tables.sheets import Sheet, column_letters

__all__ = [
    "MOST_ROWS",
    "HandRow",
    "HandTable",
    "hand_table",
    "is_example",
    "is_note",
    "with_faults",
]

MOST_ROWS = 5_000
_NOTE = "#"
_NOTHING: Mapping[int, Sequence[str]] = {}


@dataclass(frozen=True, slots=True)
class HandRow:
    """One row: its cells by column, what is wrong with single cells, and what is wrong with the row as a whole.

    `source` is the row as it stands in the file.
    """

    line: int
    cells: dict[str, str]
    problem: Problem | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandTable:
    """The rows below the headings. `columns` are those that the file has, `units` what their headings name.

    `names`: the form's name of each heading of the file; blank where it has none.
    """

    rows: list[HandRow]
    columns: frozenset[str]
    header: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def hand_table(
    sheets: Sequence[Sheet], wanted: Iterable[Heading], key: str, instead: Mapping[int, Sequence[str]] = _NOTHING
) -> HandTable:
    """The table below the headings asked for. Column `key` marks the form's example. Raises `NotThisFile`.

    `instead`: cells that stand in the place of the file's, by line.
    """
    wanted = list(wanted)
    chosen = _with(chosen_sheet(sheets, wanted), instead)
    passed = Passed(blank=chosen.sheet.blank, above=list(chosen.above))
    rows = list(_rows(chosen, wanted, key, passed))
    if len(rows) > MOST_ROWS:
        raise NotThisFile(f"The file has {len(rows):,} rows; at most {MOST_ROWS:,} are taken at once.")
    if not rows:
        raise NotThisFile("The file has headings but no row to import.")
    cut, said = cut_rows([(row.line, row.source) for row in rows], chosen.cells) if chosen.sheet.even else ({}, ())
    rows = [replace(row, problem=row.problem or cut.get(row.line)) for row in rows]
    passed.struck = sorted(chosen.sheet.struck_rows & {row.line for row in rows})
    passed.hidden = sorted(chosen.sheet.hidden_rows & {row.line for row in rows})
    passed.hidden_columns = [
        f"'{tidy(chosen.cells[at])}'"
        if at < len(chosen.cells) and not is_blank(chosen.cells[at])
        else column_letters(at)
        for at in sorted(chosen.sheet.hidden_columns)
        if _filled(rows, at)
    ]
    named = {at: name for name, at in chosen.header.places.items()}
    return HandTable(
        rows=rows,
        columns=frozenset(chosen.header.places),
        header=chosen.cells,
        names=tuple(named.get(at, "") for at in range(len(chosen.cells))),
        units=chosen.header.units,
        notes=(*chosen.notes, *passed.sentences(), *said),
        questions=(*_unread(chosen, rows), *_unheaded(chosen, rows), *chosen.questions),
    )


def _with(chosen: Chosen, instead: Mapping[int, Sequence[str]]) -> Chosen:
    rows = tuple(Record(row.line, list(instead[row.line])) if row.line in instead else row for row in chosen.rows)
    return replace(chosen, rows=rows) if instead else chosen


def _rows(chosen: Chosen, wanted: Sequence[Heading], key: str, passed: Passed) -> Iterator[HandRow]:
    people = {heading.name for heading in wanted if heading.person}
    for each in chosen.rows:
        if isinstance(each, Problem):
            yield HandRow(each.line, {}, each)
            continue
        cells = {name: each.cells[at] if at < len(each.cells) else "" for name, at in chosen.header.places.items()}
        if is_example(cells.get(key, "")):
            passed.examples.append(each.line)
        elif _headings_again(each.cells, chosen.cells):
            passed.headings.append(each.line)
        elif is_note(each.cells):
            passed.notes.append(each.line)
        else:
            faults = {
                name: said for name, at in chosen.header.places.items() if (said := _fault(each, at, name in people))
            }
            yield HandRow(each.line, cells, faults=faults, source=tuple(each.cells))


def _fault(row: Record, at: int, person: bool) -> str | None:
    text = row.cells[at] if at < len(row.cells) else ""
    found = row.faults.get(at) or cell_fault(text)
    return found or (name_fault(text) if person else None)


def is_example(cell: str) -> bool:
    """Whether this is the first cell of the form's own example row; no other row is taken for one."""
    return " ".join(tidy(cell).lstrip("'").casefold().split()) == EXAMPLE_ROW.casefold()


def _headings_again(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row says what the headings say, as where two files were put one below the other."""
    filled = [(tidy(cell), tidy(above)) for cell, above in zip(cells, header, strict=False) if not is_blank(cell)]
    return len(filled) > 2 and all(cell == above for cell, above in filled)


def is_note(cells: Sequence[str]) -> bool:
    """Whether the row's only filled cell begins with our note mark (`#N/A` is an error value, no note)."""
    filled = [tidy(cell).lstrip("'") for cell in cells if not is_blank(cell)]
    return len(filled) == 1 and filled[0].startswith(_NOTE) and cell_fault(filled[0]) is None


def _unread(chosen: Chosen, rows: Sequence[HandRow]) -> Iterator[str]:
    for at, said in zip(chosen.header.unread_at, chosen.header.unread, strict=True):
        yield f"Not understood: {said} ({counted(len(_filled(rows, at)), 'cell')} filled)."


def _unheaded(chosen: Chosen, rows: Sequence[HandRow]) -> Iterator[str]:
    known = {*chosen.header.places.values(), *chosen.header.unread_at}
    named = {at for at, text in enumerate(chosen.cells) if not is_blank(text)}
    most = max((len(row.source) for row in rows), default=0)
    for at in range(most):
        if at not in known | named and (lines := _filled(rows, at)):
            example = next(shown(tidy(row.source[at])) for row in rows if row.line == lines[0])
            yield (
                f"Not understood: column {column_letters(at)} has no heading, "
                f"but {counted(len(lines), 'cell')} filled ({lines_named(lines)}), such as {example}."
            )


def _filled(rows: Sequence[HandRow], at: int) -> list[int]:
    return [row.line for row in rows if at < len(row.source) and not is_blank(row.source[at])]


def with_faults(row: HandRow, faults: Mapping[str, str]) -> HandRow:
    """The row with more of its cells found wrong."""
    return replace(row, faults={**faults, **row.faults}) if faults else row

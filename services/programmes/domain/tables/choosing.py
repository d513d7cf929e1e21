"""Which sheet of a workbook is meant, and on which line its headings stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.programmes.domain.tables.headings import Header, Heading, header_of, header_row, known_in
from shared.tables.cells import is_blank, tidy
from shared.tables.passed import counted
from shared.tables.problems import NotThisFile, Problem
from shared.tables.records import Record
from shared.tables.sheets import MOST_COLUMNS, Sheet

__all__ = ["OWN_GUIDE", "OWN_LIST", "Chosen", "chosen_sheet"]

OWN_LIST = "Topics to choose from"
"""The first cell of the list that goes along with our own form."""
OWN_GUIDE = "How to fill in this form"
"""The first cell of the guide that goes along with our own form."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sheet with its headings (`cells`, `header`), the rows below and the lines above them."""

    sheet: Sheet
    header: Header
    cells: tuple[str, ...]
    rows: tuple[Record | Problem, ...]
    above: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = field(default=())


def chosen_sheet(sheets: Sequence[Sheet], wanted: Sequence[Heading]) -> Chosen:
    """The first visible sheet with the headings and a row below them.

    Raises `NotThisFile` where no visible sheet has the headings, with what the likeliest one lacks.
    """
    found: list[Chosen] = []
    refused: list[tuple[int, NotThisFile]] = []
    for sheet in sheets:
        try:
            found.append(_read(sheet, wanted))
        except NotThisFile as error:
            refused += [] if sheet.hidden else [(_known(sheet, wanted), error)]
    visible = [each for each in found if not each.sheet.hidden]
    if not visible:
        _refuse(found, refused)
    first = next((each for each in visible if each.rows), visible[0])
    if len(sheets) == 1:
        return first
    return Chosen(
        first.sheet, first.header, first.cells, first.rows, first.above, _named(first, sheets), _others(first, visible)
    )


def _read(sheet: Sheet, wanted: Sequence[Heading]) -> Chosen:
    records = [(at, row) for at, row in enumerate(sheet.rows) if isinstance(row, Record)][:20]
    place = header_row([row.cells for _, row in records], wanted)
    if place is None:
        if not records:
            raise NotThisFile("The file's first line cannot be read." if sheet.rows else "The file is empty.")
        header_of(records[0][1].cells, wanted)
        raise NotThisFile("The file has none of the columns asked for.")
    _refuse_wide(sheet)
    at, row = records[place]
    above = tuple(
        (each.line, " ".join(tidy(cell) for cell in each.cells if not is_blank(cell))[:60])
        for each in sheet.rows[:at]
        if isinstance(each, Record)
    )
    broken = tuple(each for each in sheet.rows[:at] if isinstance(each, Problem))
    cells = tuple(row.cells)
    return Chosen(sheet, header_of(cells, wanted), cells, (*broken, *sheet.rows[at + 1 :]), above)


def _refuse_wide(sheet: Sheet) -> None:
    if sheet.widest > MOST_COLUMNS:
        where = f"The sheet '{sheet.name}'" if sheet.name else "The file"
        raise NotThisFile(
            f"{where} has {sheet.widest:,} columns; at most {MOST_COLUMNS} are read. Delete those not asked for."
        )


def _known(sheet: Sheet, wanted: Sequence[Heading]) -> int:
    """How many of the columns asked for the sheet's likeliest header has."""
    rows = [row.cells for row in sheet.rows if isinstance(row, Record)][:20]
    place = header_row(rows, wanted)
    return 0 if place is None else known_in(rows[place], wanted)


def _refuse(hidden: Sequence[Chosen], refused: Sequence[tuple[int, NotThisFile]]) -> None:
    if hidden:
        raise NotThisFile(
            f"Only the hidden sheet '{hidden[0].sheet.name}' has the columns asked for. Unhide it if it is meant."
        )
    raise max(refused, key=lambda each: each[0])[1] if refused else NotThisFile("The file holds no sheet.")


def _named(first: Chosen, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    others = [each for each in sheets if each is not first.sheet and each.rows and not _is_our_own(each)]
    said = ", ".join(f"{'the hidden sheet ' if each.hidden else ''}'{each.name}'" for each in others)
    return (f"Read from the sheet '{first.sheet.name}'" + (f"; not read: {said}." if said else "."),)


def _is_our_own(sheet: Sheet) -> bool:
    top = sheet.rows[0]
    return isinstance(top, Record) and tidy(top.cells[0]) in {OWN_LIST, OWN_GUIDE}


def _others(first: Chosen, visible: Sequence[Chosen]) -> tuple[str, ...]:
    return tuple(
        f"The sheet '{each.sheet.name}' has the headings too; its {counted(len(each.rows), 'row')} would not be read."
        for each in visible
        if each is not first and each.rows
    )

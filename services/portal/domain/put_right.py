"""Rows of an imported file that are put right on a page: which cells are shown, why, and what was typed into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.commands.imports import CorrectedRow
from shared.commands.programmes import ProblemRow


@dataclass(frozen=True)
class Cell:
    """A cell to be put right: its own heading, what stands in it, and what is wrong with it."""

    name: str
    heading: str
    text: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A row with its cells at fault before the others. `reasons`: what concerns the row as a whole."""

    line: int
    row_is: str
    reasons: tuple[str, ...]
    faulty: tuple[Cell, ...]
    others: tuple[Cell, ...]


def shown(row: ProblemRow, header: Sequence[str], columns: Sequence[str]) -> Shown:
    """The row as the page shows it. `columns`: the form's own name of each heading, blank where it has none."""
    cells = list[Cell]()
    left = list(row.reasons)
    for at, heading in enumerate(header):
        name = columns[at] if at < len(columns) else ""
        mine = tuple(one for one in row.reasons if name and one.startswith(f"{name}: "))
        left = [one for one in left if one not in mine]
        text = row.cells[at] if at < len(row.cells) else ""
        said = tuple(one.removeprefix(f"{name}: ") for one in mine)
        cells.append(Cell(f"cell-{row.line}-{at}", heading or f"Column {at + 1}", text, said))
    faulty = tuple(one for one in cells if one.reasons)
    others = tuple(one for one in cells if not one.reasons)
    return Shown(row.line, row.row_is, tuple(one.removeprefix("whole row: ") for one in left), faulty, others)


def corrected(rows: Sequence[ProblemRow], width: int, posted: Mapping[str, str]) -> tuple[CorrectedRow, ...]:
    """The rows in which something else was typed than stands there."""
    found = []
    for row in rows:
        before = [row.cells[at] if at < len(row.cells) else "" for at in range(width)]
        cells = [posted.get(f"cell-{row.line}-{at}", text) for at, text in enumerate(before)]
        if [one.strip() for one in cells] != [one.strip() for one in before]:
            found.append(CorrectedRow(line=row.line, cells=tuple(cells)))
    return tuple(found)

"""Rows of a CSV file that have fewer or more cells than the headings.

A file that was cut off, or a comma inside a cell, shows in a row by itself. Programs that leave off empty cells at the
end of rows do it for rows in turn: those are read, and said.
"""

from collections.abc import Sequence

from shared.tables.cells import is_blank, shown
from shared.tables.passed import lines_named
from shared.tables.problems import Problem

__all__ = ["cut_rows"]

Row = tuple[int, Sequence[str]]


def cut_rows(rows: Sequence[Row], header: Sequence[str]) -> tuple[dict[int, Problem], tuple[str, ...]]:
    """What is wrong with rows, by line, and a sentence about those whose empty cells at the end were left off.

    `rows` are line and cells, in order.
    """
    width = max((at for at, text in enumerate(header) if not is_blank(text)), default=-1) + 1
    problems = {line: _too_long(line, cells, header) for line, cells in rows if _runs_over(cells, header)}
    shorter: list[int] = []
    for place, (line, cells) in enumerate(rows):
        if len(cells) >= width or not cells:
            continue
        around = [len(rows[near][1]) for near in (place - 1, place + 1) if 0 <= near < len(rows)]
        if len(cells) in around:
            shorter.append(line)
        else:
            problems[line] = _too_short(line, len(cells), header[:width])
    said = f"The rows end before the last headings in {lines_named(shorter)}; what is not there is blank."
    return problems, (said,) if shorter else ()


def _runs_over(cells: Sequence[str], header: Sequence[str]) -> bool:
    return any(not is_blank(cell) for cell in cells[len(header) :])


def _too_long(line: int, cells: Sequence[str], header: Sequence[str]) -> Problem:
    sentence = (
        f"The row has {len(cells)} cells where there are {len(header)} headings; the last is {shown(cells[-1])}. "
        "Put cells with a comma in them in quotation marks, or save the file as .xlsx."
    )
    return Problem(line, "whole row", sentence)


def _too_short(line: int, found: int, header: Sequence[str]) -> Problem:
    first = header[found].strip()
    more = f" and {len(header) - found - 1} more" if len(header) - found > 1 else ""
    sentence = f"The row is cut short: it ends before '{first}'{more}. Fill in these cells, or save the file as .xlsx."
    return Problem(line, first, sentence)

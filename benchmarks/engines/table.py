"""Rows of figures as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]


def markdown(rows: Sequence[Row], without: Iterable[str] = ()) -> str:
    """A table with every column that a row has, in the order in which they come up."""
    left_out = set(without)
    columns = list(dict.fromkeys(name for row in rows for name in row if name not in left_out))
    lines = [columns, ["---"] * len(columns)]
    lines += [[_cell(row.get(name)) for name in columns] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        text = f"{value:,.4f}" if abs(value) < 1 else f"{value:,.2f}"
        return text[:-2] if abs(value) < 1 and text.endswith("00") else text
    return f"{value:,}" if isinstance(value, int) else str(value)

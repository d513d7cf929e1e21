"""How answers are shown: a table or a sentence for people, JSON where `--json` was given."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:  # loading it costs more than many a command
    from pydantic import BaseModel


class Terminal(Console):
    """A console as wide as the environment says when something is shown; rich would keep what it was at the start."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr)
        self._width = None


out = Terminal()
err = Terminal(stderr=True)


class _Format:
    json = False


def as_json(on: bool) -> None:
    """Show everything that follows as JSON (or as text again)."""
    _Format.json = on


def wants_json() -> bool:
    """Tell whether `--json` was given."""
    return _Format.json


def emit(reply: "BaseModel | dict[str, object] | list[object]", *rendered: RenderableType) -> None:
    """Show an answer: its fields as JSON, or what was rendered from it."""
    if not _Format.json:
        for item in rendered:
            out.print(item, markup=False)  # names may hold square brackets
        return
    if isinstance(reply, dict | list):
        sys.stdout.write(json.dumps(reply, indent=2, default=str, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(reply.model_dump_json(indent=2) + "\n")


def hint(sentence: str) -> None:
    """Say what may come next, to a person; whoever reads JSON or only the answer gets none of it."""
    if not _Format.json:
        err.print(sentence, markup=False, highlight=False, style="dim")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table; a column whose name starts with `#` holds numbers and is set to the right."""
    built = Table(title=Text(title), title_justify="left", header_style="bold")
    for column in columns:
        number = column.startswith("#")
        built.add_column(column.removeprefix("#"), justify="right" if number else "left", overflow="fold")
    for row in rows:
        built.add_row(*(Text(_cell(value)) for value in row))
    return built


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    return str(value)


def megabytes(size: int) -> str:
    """A number of bytes for people: `0.3 MB`."""
    return f"{size / 1_000_000:,.1f} MB"


def short(identifier: str) -> str:
    """The beginning of an id, enough to name it again on the command line."""
    return identifier[:12]

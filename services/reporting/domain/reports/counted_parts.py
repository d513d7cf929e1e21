"""Blocks of what was only counted: a part of the report for each question, or why there is none."""

from collections.abc import Callable, Sequence

from services.reporting.domain.counting.rounds import alike_in, rounds
from services.reporting.domain.counting.sheets import Sheet
from services.reporting.domain.counting.tables import CountTable, Shown, in_bands, shown_of, tables, withheld
from services.reporting.domain.reports import last_year, rubric_parts
from services.reporting.domain.reports.blocks import BlockPart, PointsPart, TablePart, TextPart
from services.reporting.domain.reports.material import Material
from shared.template import Form
from shared.template.reports import Block


def counts(block: Block, material: Material) -> list[BlockPart]:
    """How many gave which answer in the latest round. Answers to other words stand apart, and are never added up."""
    return _latest(block, material, material.sheets.get(block.form or "", ()))


def before(block: Block, material: Material) -> list[BlockPart]:
    """What people answered last time; without a form how many took part."""
    if block.form is None:
        return last_year.figures(block, material)
    found = material.last_year
    parts = _latest(block, material, found.sheets.get(block.form, ())) if found else []
    return [part for part in parts if not isinstance(part, PointsPart)]  # counts alone: what people wrote is theirs


def _latest(block: Block, material: Material, sheets: Sequence[Sheet]) -> list[BlockPart]:
    form = material.programme.template.form(block.form or "")
    latest = rounds(sheets)[-1:]
    if form is None or not latest:
        return []
    alike = alike_in(latest[0])
    return [
        part
        for place, sheets in enumerate(alike, start=1)
        for part in _tables(block, form, shown_of(sheets, material.asked), material, earlier=place < len(alike))
    ]


MAKERS: dict[str, Callable[[Block, Material], list[BlockPart]]] = {
    "counts": counts,
    "last-year": before,
    "rubric": rubric_parts.rubric,
    "movement": rubric_parts.movement,
}


def _tables(block: Block, form: Form, shown: Shown, material: Material, *, earlier: bool) -> list[BlockPart]:
    title = block.title or form.title
    if not shown.cells:
        return [TextPart(title=title, text=withheld(shown))]
    before = f" In the wording before it was changed, asked from {shown.begun} on." if earlier else ""
    found = tables(form, material.programme.template, shown, material.options_of(form), block.field or "")
    return [
        part
        for one in found
        for part in _parts(f"{title}: {one.question}" if block.title else one.question, one, before, block.bands)
    ]


def _parts(title: str, table: CountTable, also: str, bands: Sequence[int]) -> list[BlockPart]:
    note = f"{table.note}{also}"
    if table.texts:
        return [PointsPart(title=title, lines=table.texts), TextPart(title="", text=note)]
    if not table.rows:
        return [TextPart(title=title, text=note)]
    return [_count_table(title, table, note, bands)]


def _count_table(title: str, table: CountTable, note: str, bands: Sequence[int]) -> TablePart:
    """A question as a table: numbers, or shares in bands."""
    counted = tuple((words, *(f"{number:,}" for number in numbers)) for words, numbers in table.rows)
    rows = in_bands(table, bands) if bands else counted
    columns = ("Answer", *table.columns)
    return TablePart(title=title, columns=columns, rows=rows, numbers=tuple(range(1, len(columns))), note=note)

"""Blocks of what was only counted: a part of the report for each question, or why there is none."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from services.reporting.domain.counting.sheets import Sheet
from services.reporting.domain.counting.tables import CountTable, Shown, shown_of, tables, withheld
from services.reporting.domain.reports.blocks import BlockPart, PointsPart, TablePart, TextPart
from services.reporting.domain.reports.material import Material
from shared.template import Form
from shared.template.reports import Block


def counts(block: Block, material: Material) -> list[BlockPart]:
    """How many gave which answer in the latest round. Answers to other words stand apart, and are never added up."""
    form = material.programme.template.form(block.form or "")
    latest = rounds(material.sheets.get(block.form or "", ()))[-1:]
    if form is None or not latest:
        return []
    alike = list(_alike(latest[0]))
    return [
        part
        for place, sheets in enumerate(alike, start=1)
        for part in _tables(block, form, shown_of(sheets, material.asked), material, earlier=place < len(alike))
    ]


MAKERS: dict[str, Callable[[Block, Material], list[BlockPart]]] = {"counts": counts}


def rounds(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Sheets by the round of the form, the first one first."""
    return [list(each) for _, each in groupby(sorted(sheets, key=lambda one: one.period), key=lambda one: one.period)]


def options_of(form: Form, material: Material) -> dict[str, Mapping[str, str]]:
    """Question -> the words of what can be chosen."""
    return {field.key: material.options.get(f"{form.key}.{field.key}", {}) for field in form.fields}


def _alike(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Sheets with the same words and promise, the earlier wording first."""
    marks = dict.fromkeys(one.mark for one in sorted(sheets, key=lambda one: (one.wording, one.mark)))
    return [[one for one in sheets if one.mark == mark] for mark in marks]


def _tables(block: Block, form: Form, shown: Shown, material: Material, *, earlier: bool) -> list[BlockPart]:
    title = block.title or form.title
    if not shown.cells:
        return [TextPart(title=title, text=withheld(shown))]
    before = f" In the wording before it was changed, asked from {shown.begun} on." if earlier else ""
    found = tables(form, shown, options_of(form, material), block.field or "")
    return [_part(f"{title}: {one.question}" if block.title else one.question, one, before) for one in found]


def _part(title: str, table: CountTable, also: str) -> BlockPart:
    note = f"{table.note}{also}"
    if table.texts:
        return PointsPart(title=title, lines=(*table.texts, note))
    if not table.rows:
        return TextPart(title=title, text=note)
    rows = tuple((words, *(f"{number:,}" for number in numbers)) for words, numbers in table.rows)
    columns = ("Answer", *table.columns)
    return TablePart(title=title, columns=columns, rows=rows, numbers=tuple(range(1, len(columns))), note=note)

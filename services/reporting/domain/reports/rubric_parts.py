"""Blocks of rubrics: how many see it at which stage, how far they agree, who is missing, and what has moved."""

from collections.abc import Iterator, Mapping, Sequence

from services.reporting.domain.counting.agreement import in_words
from services.reporting.domain.counting.pairing import DOWN, SAME, UP
from services.reporting.domain.counting.rounds import alike_in, round_before, rounds
from services.reporting.domain.counting.sheets import Counted, Sheet
from services.reporting.domain.counting.tables import Shown, shown_of, tables, withheld
from services.reporting.domain.reports.blocks import BlockPart, TablePart, TextPart
from services.reporting.domain.reports.material import Material
from services.reporting.domain.words import count, sentence
from shared.template import Form, FormField
from shared.template.answers import descriptors
from shared.template.reports import Block
from shared.template.template import Listed, ListEntry

REWORDED = "The wording has changed since the round before, so the two cannot be compared."
TOO_FEW = "Too few people answered one of the two rounds, so they are not compared."
_WAYS = {UP: "A higher stage", SAME: "The same stage", DOWN: "A lower stage"}


def rubric(block: Block, material: Material) -> list[BlockPart]:
    """A table for each thing that is judged in the latest round, in its latest wording, and who has answered."""
    form, field, listed = _of(block, material)
    latest = rounds(material.sheets.get(block.form or "", ()))[-1:]
    if form is None or field is None or listed is None or not latest:
        return []
    sheets = alike_in(latest[0])[-1]
    shown = shown_of(sheets, material.asked)
    if not shown.cells:
        first: list[BlockPart] = [TextPart(title=block.title or form.title, text=withheld(shown))]
    else:
        first = [_judged(entry, field, shown, block, material) for entry in listed.entries]
    return [*first, *_answered(sheets, material)]


def movement(block: Block, material: Material) -> list[BlockPart]:
    """The latest round beside the one before, all apart and pairs of the same people; nothing before a second round."""
    form, field, listed = _of(block, material)
    found = rounds(material.sheets.get(block.form or "", ()))
    if form is None or field is None or listed is None or len(found) < 2:
        return []
    title = block.title or "What has moved"
    now = alike_in(found[-1])[-1]
    before = [one for sheet in now if (one := round_before(sheet, found[-2]))]
    if len(before) < len(now):
        return [TextPart(title=title, text=REWORDED)]
    shown = (shown_of(before, material.asked), shown_of(now, material.asked))
    if not all(one.cells for one in shown):
        return [TextPart(title=title, text=TOO_FEW)]
    names = (_round(found[-2][0].period), _round(found[-1][0].period))
    parts: list[BlockPart] = [
        _moved(f"{title}: {entry.title}", f"{field.key}:{entry.key}", listed, shown, names) for entry in listed.entries
    ]
    return [*parts, *_pairs(title, field, listed, now)]


def _of(block: Block, material: Material) -> tuple[Form | None, FormField | None, Listed | None]:
    template = material.programme.template
    form = template.form(block.form or "")
    field = form.field(block.field or "") if form else None
    return form, field, template.rubric(field.of) if field else None


def _judged(entry: ListEntry, field: FormField, shown: Shown, block: Block, material: Material) -> BlockPart:
    form, _, listed = _of(block, material)
    assert form is not None
    assert listed is not None
    found = tables(form, material.programme.template, shown, material.options_of(form), field.key)
    key = f"{field.key}:{entry.key}"
    table = next((one for one in found if one.key == key), None)
    if table is None or not table.rows:
        return TextPart(title=entry.title, text=table.note if table else "Nobody has answered this.")
    whole = descriptors(field, material.programme.template).get(entry.key, {})
    numbers = dict(table.rows)
    rows = tuple(
        (stage.title, whole.get(stage.key, ""), *(f"{one:,}" for one in numbers.get(stage.title, ())))
        for stage in listed.stages
    )
    columns = ("Stage", "What it looks like", *table.columns)
    said = in_words(_chosen(shown, key), {stage.key: stage.title for stage in listed.stages})
    return TablePart(
        title=entry.title,
        columns=columns,
        rows=rows,
        numbers=tuple(range(2, len(columns))),
        note=f"{said} {table.note}",
    )


def _answered(sheets: Sequence[Sheet], material: Material) -> Iterator[BlockPart]:
    """How many of each role have answered, so that it shows who is missing; of one school only."""
    if len(sheets) != 1 or not sheets[0].groups:
        return
    sheet, asked = sheets[0], material.asked.get(sheets[0].sheet_id, {})
    have = {group: sheet.tallies[group].people if group in sheet.tallies else 0 for group in sheet.groups}
    rows = tuple(
        (title, f"{have[group]}", f"{max(asked.get(group, 0), have[group])}")
        for group, title in sheet.groups.items()
        if asked.get(group, 0) or have[group]
    )
    missing = sum(max(asked.get(group, 0) - have[group], 0) for group in sheet.groups)
    note = f"{sentence(count(missing, 'person is', 'people are'))} missing." if missing else "Nobody is missing."
    columns = ("Role", "Have answered", "Were asked")
    yield TablePart(title="Who has answered", columns=columns, rows=rows, numbers=(1, 2), note=note)


def _moved(title: str, key: str, listed: Listed, shown: tuple[Shown, Shown], names: tuple[str, str]) -> TablePart:
    chosen = [_chosen(one, key) for one in shown]
    rows = tuple((stage.title, *(f"{one.get(stage.key, 0):,}" for one in chosen)) for stage in listed.stages)
    note = "Everybody who answered, in each round apart: they need not be the same people."
    return TablePart(title=title, columns=("Stage", *names), rows=rows, numbers=(1, 2), note=note)


def _pairs(title: str, field: FormField, listed: Listed, now: Sequence[Sheet]) -> Iterator[BlockPart]:
    """Of those who gave the same word in both rounds; of one school only."""
    moved = now[0].moved if len(now) == 1 else None
    if moved is None:
        return
    found = [moved.ways.get(f"{field.key}:{entry.key}", {}) for entry in listed.entries]
    rows = tuple((words, *(f"{one.get(way, 0)}" for one in found)) for way, words in _WAYS.items())
    columns = ("Now they chose", *(entry.title for entry in listed.entries))
    said = f"{sentence(count(moved.pairs, 'person', 'people'))} gave the same word of their own in both rounds."
    numbers = tuple(range(1, len(columns)))
    yield TablePart(title=f"{title}: the same people", columns=columns, rows=rows, numbers=numbers, note=said)


def _chosen(shown: Shown, key: str) -> Mapping[str, int]:
    total = Counted()
    for cell in shown.cells.values():
        total = total.plus(cell.tally.questions.get(key, Counted()))
    return total.chosen


def _round(period: str) -> str:
    year, _, term = period.removeprefix("y").partition("t")
    return f"Year {year}, term {term}" if term else f"Year {year}"

"""How the numbers of a school have changed from term to term: a row a question, a column an entry.

A question that was not asked, because of the answer that it hangs on, has no number: of a group of few none is kept.
"""

from collections.abc import Sequence

from services.reporting.domain.entries.records import Entry
from services.reporting.domain.reports.blocks import TablePart
from services.reporting.domain.reports.material import Material
from shared.template import FormField
from shared.template.reports import Block

__all__ = ["trend"]

MOST_COLUMNS = 6
"""Two school years."""
NOT_ASKED, NOT_GIVEN = "\N{EN DASH}", ""


def trend(block: Block, material: Material) -> TablePart | None:
    """The numbers of the latest entries, the oldest first, and how far each has changed since the first shown."""
    form = material.programme.template.form(block.form or "")
    given = [one for one in material.entries.get(block.form or "", ()) if one.submitted]
    given = sorted(given, key=lambda one: one.submitted.at if one.submitted else one.changed_at)[-MOST_COLUMNS:]
    asked = [one for one in (form.fields if form else ()) if one.kind == "number" and block.field in {None, one.key}]
    if not form or not given or not asked:
        return None
    rows = tuple((one.label or one.key, *_cells(one, given)) for one in asked)
    when = tuple(f"{one.submitted.at:%b %Y}" for one in given if one.submitted)
    said = [*block.text, *(["The change is since the first column that has a number."] if len(given) > 1 else [])]
    return TablePart(
        title=block.title or form.title,
        columns=("", *when, *(["Change"] if len(given) > 1 else [])),
        rows=rows,
        numbers=tuple(range(1, len(given) + 1 + (len(given) > 1))),
        note=" ".join(said),
    )


def _cells(field: FormField, given: Sequence[Entry]) -> list[str]:
    shown = [_cell(field, one) for one in given]
    if len(given) < 2:
        return shown
    numbers = [float(one) for one in shown if one not in {NOT_ASKED, NOT_GIVEN}]
    change = f"{numbers[-1] - numbers[0]:+.1f}".removesuffix(".0") if len(numbers) > 1 else ""
    return [*shown, "0" if change in {"+0", "-0"} else change]


def _cell(field: FormField, entry: Entry) -> str:
    answers = entry.submitted.answers if entry.submitted else {}
    answer = answers.get(field.key)
    if isinstance(answer, str) and answer:
        return answer
    waits = field.shown_if
    if waits is not None and answers.get(waits.field.rpartition(".")[2]) not in waits.equals:
        return NOT_ASKED
    return NOT_GIVEN

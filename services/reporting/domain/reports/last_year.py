"""The block that says how many took part last time: counts alone, and none of a few.

Whoever reads a brochure knows some of the schools, so that a count of one to four could be somebody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.reporting.domain.reports.blocks import BlockPart, TablePart
from services.reporting.domain.reports.material import LastYear, Material
from services.reporting.domain.words import academic_year, spelt
from shared.template.reports import Block

LEAST = 5
"""The smallest count that is shown."""
_FEW = f"fewer than {spelt(LEAST)}"


@dataclass(frozen=True)
class Figure:
    """How many of something there were."""

    label: str
    number: int


def figures(block: Block, material: Material) -> list[BlockPart]:
    """Return how many took part in the latest earlier year; nothing where there was none or nothing to count."""
    before = material.last_year
    if before is None:
        return []
    found = [one for one in counted(before) if one.number]
    if not found:
        return []
    rows = tuple((one.label, f"{one.number:,}" if one.number >= LEAST else _FEW) for one in found)
    year = academic_year(before.year)
    return [
        TablePart(title=block.title or "Last year", columns=("What", year), rows=rows, numbers=(1,), note=_note(before))
    ]


def counted(before: LastYear) -> Sequence[Figure]:
    """What is counted: schools, people, what took place, placements, findings."""
    took_place = dict.fromkeys(one.activity for one in before.held)
    return [
        Figure("Schools that took part", before.schools),
        Figure("People of theirs who took part", before.people),
        *(_held(before, activity) for activity in took_place),
        *(Figure(title, number) for title, number in before.placed.items()),
        *(Figure(f"{title}: agreed", number) for title, number in before.finished.items()),
    ]


def _held(before: LastYear, activity: str) -> Figure:
    number = sum(one.activity == activity for one in before.held)
    return Figure(f"{before.titles.get(activity, activity)}: days that took place", number)


def _note(before: LastYear) -> str:
    several = f" Of {spelt(before.programmes)} programmes together." if before.programmes > 1 else ""
    return f"Counts alone; what is fewer than {spelt(LEAST)} is not shown as a number.{several}"

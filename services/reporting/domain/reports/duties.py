"""Blocks about duties: how they stand by strand, what stands out, and a line a school. Nobody is named in them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from services.reporting.domain.reports.blocks import PointsPart, TablePart
from services.reporting.domain.reports.material import Material
from services.reporting.domain.words import count, day
from shared.commands.duties import DutySum, DutySums
from shared.template.reports import Block

K = TypeVar("K")
BELOW = 80
"""Percent done below which a strand at a school stands out, where the template says nothing else."""
STRANDS = "strands"
"""The list of a template in which its strands stand."""
_NOT_RECEIVED = "Not received"


@dataclass(frozen=True)
class _Days:
    """Days of duties, counted."""

    due: int = 0
    done: int = 0
    missed: int = 0
    excused: int = 0

    def with_(self, one: DutySum) -> "_Days":
        return _Days(self.due + one.due, self.done + one.done, self.missed + one.missed, self.excused + one.excused)

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(f"{number:,}" for number in (self.due, self.done, self.missed, self.excused))


def duties(block: Block, material: Material) -> TablePart | None:
    """By strand what was due, done, missed and excused; of one school also by whom, by their roles."""
    sums = material.duties
    if sums is None or not sums.sums:
        return None
    found = _by(_all(sums), lambda one: one.strand)
    rows = [(strand or "Other", *found[strand].cells) for strand in sorted(found, key=_order(material))]
    if not material.whole_programme:
        whose = _by(_named(sums), lambda one: material.roles.get(one.person_id, "somebody"))
        rows += [(f"by {role}", *days.cells) for role, days in sorted(whose.items())]
    return TablePart(
        title=block.title or "Duties",
        columns=("Strand", "Due", "Done", "Missed", "Excused"),
        rows=tuple(rows),
        numbers=(1, 2, 3, 4),
        note=f"{_span(sums)} What is not ticked off yet is due, and neither done nor missed.",
    )


def _order(material: Material) -> Callable[[str], tuple[bool, int]]:
    """The order in which the template lists its strands; what belongs to none comes last."""
    titles = [one.title for one in material.programme.template.entries(STRANDS)]
    return lambda strand: (strand not in titles, titles.index(strand) if strand in titles else 0)


def schools(block: Block, material: Material) -> TablePart | None:
    """A line a school: how its duties stand, and whether what it was asked for has come."""
    if not (known := _schools(material)):
        return None
    received, asked = _received(block, material), block.form is not None
    days = _by(_all(material.duties), lambda one: one.school_id) if material.duties else {}
    title = _form(block, material)
    rows = tuple(
        (name, *days.get(school, _Days()).cells[:3], *([received.get(school, _NOT_RECEIVED)] if asked else []))
        for school, name in known
    )
    return TablePart(
        title=block.title or "School by school",
        columns=("School", "Due", "Done", "Missed", *([title] if asked else [])),
        rows=rows,
        numbers=(1, 2, 3),
        note=_span(material.duties) if material.duties else "",
    )


def exceptions(block: Block, material: Material) -> PointsPart | None:
    """What stands out: what was asked for and has not come, and strands of which too little was done."""
    lines = []
    if block.form:
        received = _received(block, material)
        late = [name for school, name in _schools(material) if school not in received]
        if late:
            lines.append(f"{_form(block, material)} not received from {count(len(late), 'school')}: {', '.join(late)}.")
    lines += _short(material.duties, BELOW if block.below is None else block.below) if material.duties else []
    return PointsPart(title=block.title or "What stands out", lines=tuple(lines or ["Nothing stands out."]))


def _short(sums: DutySums, least: int) -> list[str]:
    """A line for each school with strands of which less than that percentage was done, the least first."""
    names = {one.school_id: one.school or "All schools" for one in sums.sums}
    stands = _by(_all(sums), lambda one: (one.school_id, one.strand))
    found = defaultdict[str, list[tuple[int, str]]](list)
    for (school, strand), days in stands.items():
        settled = _settled(days)
        share = days.done * 100 // settled if settled else 100
        if share < least:
            words = f"{strand or 'other duties'} {days.done:,} of {settled:,} done ({share} %)"
            found[school].append((share, words))
    ordered = sorted(found.items(), key=lambda row: (min(row[1])[0], names[row[0]], row[0]))
    return [f"{names[school]}: {'; '.join(words for _, words in sorted(short))}." for school, short in ordered]


def _settled(days: _Days) -> int:
    """Days of which it is known whether they were done."""
    return days.done + days.missed


def _all(sums: DutySums) -> Iterable[DutySum]:
    return (one for one in sums.sums if not one.person_id)


def _named(sums: DutySums) -> Iterable[DutySum]:
    return (one for one in sums.sums if one.person_id)


def _by(found: Iterable[DutySum], key: Callable[[DutySum], K]) -> dict[K, _Days]:
    days: dict[K, _Days] = defaultdict(_Days)
    for one in found:
        days[key(one)] = days[key(one)].with_(one)
    return dict(days)


def _schools(material: Material) -> list[tuple[str, str]]:
    """The schools with duties and those that take part, by name."""
    known = dict(material.schools)
    if material.duties:
        known |= {one.school_id: one.school for one in material.duties.sums if one.school_id}
    return sorted(known.items(), key=lambda row: (row[1], row[0]))


def _received(block: Block, material: Material) -> Mapping[str, str]:
    """School -> when the entry of this term came."""
    first = material.duties.first if material.duties else None
    return {
        entry.school_id or entry.about_id: day(entry.submitted.at.date())
        for entry in material.entries.get(block.form or "", ())
        if entry.submitted and (first is None or entry.submitted.at.date() >= first)
    }


def _form(block: Block, material: Material) -> str:
    form = material.programme.template.form(block.form or "")
    return form.title if form else ""


def _span(sums: DutySums) -> str:
    return f"{day(sums.first)} to {day(sums.last)}."

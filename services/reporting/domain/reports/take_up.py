"""How far something spread: which schools took an entry up, after one, two and three terms, each counted once."""

import datetime as dt
from collections.abc import Collection, Iterable

from services.reporting.domain.entries.records import SubmittedVersion
from services.reporting.domain.reports.blocks import TablePart
from services.reporting.domain.reports.material import Material, TakenUp
from services.reporting.domain.words import count, day, listed
from shared.template.answers import choices
from shared.template.days import shifted
from shared.template.moments import Offset
from shared.template.reports import Block

TERMS = (1, 2, 3)
WITHDRAWN = "withdrawn"


def take_up(block: Block, material: Material) -> TablePart | None:
    """A row an entry: where it comes from, how many schools had taken it up by when, and how it stands in each."""
    found = material.taken_up.get(block.form or "", ())
    if not found:
        return None
    rows = tuple(_row(block, material, one) for one in found)
    reached = {school for one in found for school in _reached(block, one.said, None)}
    withdrawn = sum(one.entry.state == WITHDRAWN for one in found)
    note = f"{count(len(reached), 'school')} took up something, each counted once, as on {day(material.today)}."
    if withdrawn:
        note += f" {count(withdrawn, 'entry', 'entries')} withdrawn since; who had taken it up is still counted."
    return TablePart(
        title=block.title or "What was taken up",
        columns=("From", "Since", *(f"After {count(one, 'term')}" for one in TERMS), "How it stands"),
        rows=rows,
        numbers=(2, 3, 4),
        note=note[:1].upper() + note[1:],
    )


def _row(block: Block, material: Material, one: TakenUp) -> tuple[str, ...]:
    entry = one.entry
    since = entry.submitted.at.date() if entry.submitted else entry.changed_at.date()
    ends = [shifted(since, Offset(number, "terms")) for number in TERMS]
    reach = [
        f"{len(_reached(block, one.said, end))}" if begun <= material.today else "not yet"
        for begun, end in zip([since, *ends], ends, strict=False)
    ]
    origin = material.schools.get(entry.school_id or "", "")
    gone = " (withdrawn)" if entry.state == WITHDRAWN else ""
    return f"{origin}{gone}", day(since), *reach, _stands(block, material, one)


def _reached(block: Block, said: Iterable[tuple[str, Collection[SubmittedVersion]]], until: dt.date | None) -> set[str]:
    """The schools that said so by that day, whatever they said later."""
    return {
        school
        for school, versions in said
        for version in versions
        if (until is None or version.at.date() <= until) and _counts(block, version)
    }


def _counts(block: Block, version: SubmittedVersion) -> bool:
    answer = version.answers.get(block.field or "", "")
    return bool(answer) and (not block.counts or answer in block.counts)


def _stands(block: Block, material: Material, one: TakenUp) -> str:
    """Each answer with the schools that gave it last."""
    form = material.programme.template.form(block.form or "")
    field = form.field(block.field or "") if form else None
    words = (choices(field, material.programme.template) or {}) if field else {}
    last = {school: str(versions[-1].answers.get(block.field or "", "")) for school, versions in one.said if versions}
    parts = []
    for key, title in words.items():
        schools = sorted(material.schools.get(school, "a school") for school, said in last.items() if said == key)
        if schools:
            parts.append(f"{title}: {listed(schools)}.")
    return " ".join(parts)

"""Blocks that are tables: who was there, who gave and received, and the dates of the programme."""

import datetime as dt
from collections import Counter

from services.reporting.domain.reports.blocks import TablePart
from services.reporting.domain.reports.material import Material
from services.reporting.domain.words import count, day, sentence
from shared.template.days import day_of
from shared.template.reports import Block


def attendance(block: Block, material: Material) -> TablePart | None:
    """Every day of an activity that took place: of a person whether they were there, else how many were."""
    activity = material.programme.template.activity(block.activity or "")
    held = [one for one in material.meetings if one.activity == block.activity and one.held and not one.cancelled]
    if activity is None or not held:
        return None
    person = material.subject.situation.person_id
    rows = []
    for meeting in sorted(held, key=lambda one: (one.on, one.target_id)):
        place = material.schools.get(meeting.host_school_id or "", meeting.title)
        was_there = any(one.person_id == person for one in meeting.present)
        otherwise = "Made up for" if person in meeting.caught_up else "No"
        there = ("Yes" if was_there else otherwise) if person else f"{len(meeting.present)}"
        rows.append((day(meeting.on), place, there))
    return TablePart(
        title=block.title or activity.title,
        columns=("Day", "Where", "Was there" if person else "Were there"),
        rows=tuple(rows),
        note=f"{sentence(count(len(held), 'day'))} of “{activity.title}”.",
    )


def ledger(block: Block, material: Material) -> TablePart | None:
    """Every school with how often it gave and received: in placements that stand, or in offers that were taken up."""
    pairs = [(one.school_id, one.host_school_id) for one in material.placements if not one.ended]
    note = "A school gives when a colleague works on something elsewhere, and receives when somebody comes to it."
    if block.form:
        pairs = list(material.helped.get(block.form, ()))
        note = "A school gives with each offer that another has taken up, and receives with each that it takes up."
    gives, receives = Counter(giver for giver, _ in pairs), Counter(taker for _, taker in pairs)
    schools = sorted({*gives, *receives}, key=lambda one: (material.schools.get(one, ""), one))
    if not schools:
        return None
    rows = tuple(
        (material.schools.get(one, "A school"), f"{gives[one]}", f"{receives[one]}", f"{gives[one] - receives[one]:+d}")
        for one in schools
    )
    return TablePart(
        title=block.title or "Who gave and who received",
        columns=("School", "Gave", "Received", "Difference"),
        rows=rows,
        numbers=(1, 2, 3),
        note=note,
    )


def dates(block: Block, material: Material) -> TablePart | None:
    """The moments of the programme's clock, the windows of what is dated, and what has a day already.

    For all together only what is dated for all: a course's days and those that two schools agree on are theirs.
    """
    programme, template = material.programme, material.programme.template
    rows = [
        (first, when, moment.title)
        for moment in template.clock.moments
        if (found := _span(material, moment.at, moment.opens, moment.closes))
        for first, when in [found]
    ]
    rows += [
        (meeting.on, day(meeting.on), meeting.title)
        for meeting in material.meetings
        if meeting.title and not meeting.cancelled and (meeting.cohort_id or not material.whole_programme)
    ]
    if not rows:
        return None
    listed = tuple((when, what) for _, when, what in sorted(rows))
    return TablePart(title=block.title or programme.name, columns=("When", "What"), rows=listed)


def _span(material: Material, at: str, opens: str, closes: str) -> tuple[dt.date, str] | None:
    """The first day, and the span in words; None where no day is known before things have happened."""
    programme = material.programme
    first, last = (
        day_of(text, programme.template, programme.year, programme.pauses) if text else None
        for text in (at or opens, closes)
    )
    if first and last:
        return first, f"{day(first)} to {day(last)}"
    if first:
        return first, day(first)
    return (last, f"until {day(last)}") if last else None

"""September: duties are laid out over each school's own year, and nobody has one with themselves."""

import datetime as dt
from collections import Counter

from kindred.demo.round import Round
from kindred.demo.trust.story import Trust, line_of, person, trust
from shared.commands.duties import DutyRow, DutyRows, DutyWeek, ListDuties, ShowDutyWeek
from shared.errors import Rejected

DAILY = ("lesson-drop-in", "break-duty", "start-of-day", "end-of-day", "modelling-teaching")
TIMES = {"pupil-progress": 6, "termly-look": 3, "learning-walk": 3, "outside-view": 1, "quality-visit": 1}
"""Duty -> how often it comes in a whole year, where that is a number and not a rhythm."""
APART = 8


async def laid_out(this: Round) -> None:
    """Look at the year before it begins."""
    mine = trust(this)
    await _with_others(this, mine)
    daily = {row.school: row.days for row in await rows(this, "break-duty")}
    this.checks.true("heads are out at break every school day", all(days > 180 for days in daily.values()), str(daily))
    this.checks.equal("every head has the five daily duties", await _daily(this), {len(mine.heads)})
    for activity, times in TIMES.items():
        found = Counter(row.days + len(row.gaps) for row in await rows(this, activity))
        this.checks.equal(f"{activity} comes {times} times a year in every school", set(found), {times})
    weekly = {row.days for row in await rows(this, "data")}
    this.checks.true("what is weekly comes in every week of school", weekly <= {38, 39, 40}, str(weekly))
    reasons = [one.why for row in await rows(this) for one in row.moved if not one.why]
    this.checks.equal("every day that had to move says why", reasons, [])
    await _no_closed_day(this)
    await _one_meeting_at_a_time(this)


async def rows(this: Round, activity: str = "", school_id: str = "") -> list[DutyRow]:
    """The duties of the year, of one kind or all."""
    found: list[DutyRow] = []
    while True:
        query = ListDuties(
            programme_id=trust(this).programme_id, activity=activity, school_id=school_id, limit=500, offset=len(found)
        )
        page: DutyRows = await this.client.find(query)
        found += page.duties
        if len(found) >= page.total or not page.duties:
            return found


async def _with_others(this: Round, mine: Trust) -> None:
    meetings = {row.school_id: set(row.person_ids) for row in await rows(this, "head-meeting")}
    eve, own = mine.executives[-1], mine.urns[-1]
    expected = {
        mine.ids[urn]: {person(this, head), person(this, line_of(mine, urn))}
        for urn, head in mine.heads.items()
        if head != eve
    }
    this.checks.equal("each head meets whom they report to", meetings, expected)
    this.checks.true("who is executive head and head meets nobody alone", mine.ids[own] not in meetings)


async def _daily(this: Round) -> set[int]:
    return {len(await rows(this, activity)) for activity in DAILY}


async def _no_closed_day(this: Round) -> None:
    """In the holidays nobody has a duty."""
    mine, year = trust(this), this.story.first_year
    found = []
    for monday in (dt.date(year, 12, 28), dt.date(year + 1, 8, 2)):
        query = ShowDutyWeek(
            programme_id=mine.programme_id, person_id=person(this, mine.heads[mine.urns[0]]), week=monday
        )
        try:
            week: DutyWeek = await this.client.find(query)
        except Rejected:
            continue
        found += [day for duty in week.duties for day in duty.days]
    this.checks.equal("no duty falls into the holidays", found, [])


async def _one_meeting_at_a_time(this: Round) -> None:
    """The executive head of several schools has no two meetings with heads on one day."""
    mine, year = trust(this), this.story.first_year
    twice = []
    for week in range(4):
        monday = dt.date(year, 9, 20) + dt.timedelta(weeks=week)
        query = ShowDutyWeek(programme_id=mine.programme_id, person_id=person(this, mine.executives[0]), week=monday)
        found: DutyWeek = await this.client.find(query)
        days = Counter(day for duty in found.duties for day in duty.days if duty.title.endswith("headteacher meet"))
        twice += [day for day, count in days.items() if count > 1]
    this.checks.equal("the executive head of four schools is never in two meetings at once", twice, [])

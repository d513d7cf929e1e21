"""The courses of a programme in a list."""

import datetime as dt

import pytest

from shared.commands.courses_listed import BrowseCourses, CourseRow
from shared.errors import Rejected
from tests.unit.courses.leaders import Leaders


async def listed(this: Leaders, **asked):
    return await this.town.find(BrowseCourses(programme_id=this.programme_id, **asked))


async def test_a_course_nobody_has_planned_is_listed_with_how_many_days_it_has(leaders: Leaders):
    found = await listed(leaders)
    assert [(one.activity, one.days, one.planned, one.next_on) for one in found.courses][:1] == [
        ("trainings", 4, 0, None)
    ]
    assert [one.activity for one in found.declared][:1] == ["trainings"]


async def test_planned_then_published_days_and_places_are_counted(leaders: Leaders):
    await leaders.plan()
    (row,) = (await listed(leaders, activity="trainings")).courses
    first = (await leaders.shown()).sessions[0].on
    assert (row.planned, row.published, row.next_on, row.taken) == (4, 0, first, 0)
    await leaders.publish()
    (row,) = (await listed(leaders, activity="trainings")).courses
    kept = (await leaders.shown()).places
    assert (row.planned, row.published, row.held, row.next_on) == (0, 4, 0, first)
    assert (row.taken, row.asked) == tuple(sum(one.state == state for one in kept) for state in ("taken", "asked"))
    assert isinstance(row, CourseRow)
    assert isinstance(row.next_on, dt.date)


async def test_a_page_of_them_and_what_is_unknown(leaders: Leaders):
    found = await listed(leaders, offset=1, limit=1)
    assert len(found.courses) == max(0, min(1, found.total - 1))
    assert (await listed(leaders, activity="nothing")).total == 0
    with pytest.raises(Rejected, match="There is no such programme"):
        await leaders.town.find(BrowseCourses(programme_id="prg-x"))

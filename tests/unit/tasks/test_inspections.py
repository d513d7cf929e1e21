"""A task that an inspection excuses is not owed where it is due in a week of one; nobody else's is touched."""

import datetime as dt

import pytest

from shared.events.base import DateSpan
from shared.events.inspections import SchoolInspected
from shared.template.excuses import in_weeks_of, weeks_of
from tests.unit.tasks import world
from tests.unit.tasks.office import Office
from tests.unit.tasks.world import SCHOOLS, lead

DUE = dt.date(2026, 9, 21)
"""Ten working days after the programme's start, a Monday."""
THAT_WEEK, BEFORE = dt.date(2026, 9, 24), dt.date(2026, 9, 18)


def inspected(*days, version=1, school="sch-1"):
    windows = tuple(DateSpan(first=day, last=day) for day in days)
    return SchoolInspected(version=version, school_id=school, windows=windows)


@pytest.fixture
async def office():
    made = Office()
    await made.tell(world.opened(world.task(excused=["inspected"])), *world.staff(), world.came())
    made.told()
    return made


async def test_that_week_s_task_is_excused_at_that_school_alone(office):
    await office.tell(inspected(THAT_WEEK))
    assert office.told() == [("TaskExcused", "note", (lead("sch-1"),))]
    assert {about for _, _, about in office.stand()} == set(SCHOOLS) - {"sch-1"}


async def test_another_week_excuses_nothing(office):
    await office.tell(inspected(BEFORE))
    assert office.told() == []


async def test_it_is_owed_again_when_there_is_no_inspection(office):
    await office.tell(inspected(THAT_WEEK), inspected(version=2))
    assert [name for name, *_ in office.told()] == ["TaskExcused", "TaskReopened"]
    assert office.stand()["note", (lead("sch-1"),), "sch-1"] == ("open", DUE)


async def test_an_older_version_that_comes_late_changes_nothing(office):
    await office.tell(inspected(version=2), inspected(THAT_WEEK))
    assert office.told() == []


async def test_a_school_that_told_before_it_joined_is_excused_too():
    made = Office()
    await made.tell(inspected(THAT_WEEK))
    await made.tell(world.opened(world.task(excused=["inspected"])), *world.staff(), world.came())
    assert ("TaskAsked", "note", (lead("sch-1"),)) not in made.told()
    assert "sch-1" not in {about for _, _, about in made.stand()}


async def test_a_task_that_no_inspection_excuses_stays():
    made = Office()
    await made.tell(world.opened(world.task()), *world.staff(), world.came())
    made.told()
    await made.tell(inspected(THAT_WEEK))
    assert made.told() == []


def test_weeks_are_whole():
    (week,) = weeks_of([DateSpan(first=THAT_WEEK, last=THAT_WEEK)])
    assert (week.first, week.last) == (DUE, dt.date(2026, 9, 27))
    assert in_weeks_of([DateSpan(first=THAT_WEEK, last=THAT_WEEK)], DUE)
    assert not in_weeks_of([DateSpan(first=THAT_WEEK, last=THAT_WEEK)], dt.date(2026, 9, 28))

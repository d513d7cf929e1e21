"""A school tells that it is being inspected: nobody visits it then, its visits move, and services hear of it."""

import datetime as dt

import pytest

from services.scheduling.domain.calendars.inspections import Inspections, noted, stretches, taken_back
from shared.commands.inspections import ListInspections, NoteInspection, TakeBackInspection
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.inspections import SchoolInspected
from shared.events.scheduling import VisitMoved

TODAY = dt.date(2026, 10, 1)
NONE = Inspections(school_id="sch-1")


def day(number):
    return dt.date(2026, 10, number)


async def test_the_visit_that_it_hosts_moves_and_no_reason_is_given_away(published):
    visit = (await published.visits())[0].visit
    told = NoteInspection(school_id=visit.host_school_id, first=visit.on, last=visit.on)
    done = await published.client.ask(told)
    (moved,) = await published.until(VisitMoved)
    assert (moved.visit_id, moved.why) == (visit.visit_id, "inspection")
    assert moved.on != visit.on
    assert done.sentence.startswith("The inspection is noted. Moves from")
    (event,) = published.of(SchoolInspected)
    assert event.windows == (DateSpan(first=visit.on, last=visit.on),)
    again = await published.client.ask(told)
    assert again.sentence == "The inspection is noted. No published visit clashes."
    assert len(published.of(SchoolInspected)) == 1


async def test_no_visit_is_put_on_its_days(published):
    visit = (await published.visits())[0].visit
    week = DateSpan(first=visit.on, last=visit.on + dt.timedelta(days=20))
    await published.client.ask(NoteInspection(school_id=visit.host_school_id, first=week.first, last=week.last))
    closed = await published.stores.days_off.closures([visit.host_school_id])
    assert closed == {visit.host_school_id: week.days()}
    for shown in await published.visits():
        if shown.visit.host_school_id == visit.host_school_id and shown.state == "published":
            assert shown.visit.on not in week.days()


async def test_it_is_taken_back_and_days_are_free_again(published):
    school = "sch-0"
    await published.client.ask(NoteInspection(school_id=school, first=day(13), last=day(14)))
    rows = (await published.client.find(ListInspections())).schools
    assert [(row.school_id, row.windows) for row in rows] == [(school, (DateSpan(first=day(13), last=day(14)),))]
    await published.client.ask(TakeBackInspection(school_id=school, first=day(14)))
    assert [one.windows for one in published.of(SchoolInspected)] == [(DateSpan(first=day(13), last=day(14)),), ()]
    assert await published.stores.days_off.closures([school]) == {}
    assert (await published.client.find(ListInspections())).schools == ()
    with pytest.raises(Rejected, match="No inspection is noted on"):
        await published.client.ask(TakeBackInspection(school_id=school, first=day(14)))


@pytest.mark.parametrize(
    ("first", "last", "rule"),
    [
        (day(9), day(8), "ends-before-it-begins"),
        (day(5), dt.date(2027, 10, 5), "too-long"),
        (dt.date(2026, 9, 29), dt.date(2026, 9, 30), "date-passed"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(first, last, rule):
    with pytest.raises(Rejected) as refused:
        noted(NONE, first, last, TODAY)
    assert refused.value.rule == rule


def test_days_that_overlap_or_follow_are_one_inspection():
    first = noted(NONE, day(6), day(7), TODAY)
    second = noted(first, day(8), day(9), TODAY)
    assert second.windows == (DateSpan(first=day(6), last=day(9)),)
    assert noted(second, day(7), day(8), TODAY) == second
    third = noted(second, day(20), day(20), TODAY)
    assert [one.version for one in (first, second, third)] == [1, 2, 3]
    assert taken_back(third, day(7)).windows == (DateSpan(first=day(20), last=day(20)),)


def test_days_are_told_as_stretches():
    assert stretches([day(8), day(6), day(7), day(12)]) == [(day(6), day(8)), (day(12), day(12))]

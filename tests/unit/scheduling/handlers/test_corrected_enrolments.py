"""Impossible dates that are put right after enrolment has closed: drafts and published visits follow."""

import datetime as dt

import pytest

from shared.commands.scheduling import DraftCalendar
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.programmes import EnrolmentAmended
from shared.events.scheduling import CoordinatorAsked, VisitMoved
from tests.unit.scheduling import facts


def amended(school, *days, role=None, version=2):
    """The enrolment with these days ruled out, for the school or for one role."""
    told = facts.enrolled(school, away=[(role, day, day) for day in days] if role else ())
    own = () if role else tuple(DateSpan(first=day, last=day) for day in days)
    return EnrolmentAmended(**told.model_dump() | {"version": version, "dates_not_possible": own})


async def visits(world, group="grp-1"):
    return sorted((row.visit for row in await world.visits(group_id=group)), key=lambda visit: visit.on)


async def test_a_draft_with_a_date_that_is_now_impossible_is_not_published_and_drafting_again_heeds_it(drafted):
    first = (await visits(drafted))[0]
    await drafted.tell(amended("sch-1", first.on))
    with pytest.raises(Rejected, match="school-closed"):
        await drafted.publish()
    await drafted.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    assert first.on not in {visit.on for visit in await visits(drafted)}
    await drafted.publish()


@pytest.mark.parametrize("role", [None, "headteacher"])
async def test_a_published_visit_moves_and_only_its_people_are_told(published, role):
    before, others = await visits(published), await visits(published, "grp-2")
    await published.tell(amended("sch-1", before[1].on, role=role))
    after = await visits(published)
    assert before[1].on not in {visit.on for visit in after}
    assert {visit.visit_id for visit in after} == {visit.visit_id for visit in before}
    assert await visits(published, "grp-2") == others
    moved = published.of(VisitMoved)
    assert {event.visit_id for event in moved} <= {visit.visit_id for visit in before}
    assert moved[0].why == ("decline" if role else "closure")


async def test_a_date_of_somebody_who_need_not_come_moves_nothing(published):
    before = await visits(published)
    await published.tell(amended("sch-1", before[1].on, role="chair-of-governors"))
    assert await visits(published) == before


async def test_what_was_impossible_before_and_dates_elsewhere_move_nothing(published):
    before = await visits(published)
    await published.tell(amended("sch-1", dt.date(2027, 8, 2)), amended("sch-1", dt.date(2027, 8, 2), version=3))
    assert (await visits(published), published.of(VisitMoved), published.of(CoordinatorAsked)) == (before, [], [])

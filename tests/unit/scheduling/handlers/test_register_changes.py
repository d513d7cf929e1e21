"""Scheduling heeds what the register says of schools after they have enrolled."""

import datetime as dt

from shared.commands.scheduling import DraftCalendar
from shared.events.programmes import SchoolClosed, SchoolFactsChanged
from shared.events.scheduling import CoordinatorAsked
from tests.unit.scheduling import facts


def closed(school, day):
    return SchoolClosed(version=1, school_id=school, urn=100000, closed_on=day)


def changed(school, **told):
    kept = facts.enrolled(school).school
    return SchoolFactsChanged(version=1, school_id=school, school=kept.model_copy(update=told), changed=tuple(told))


async def test_no_date_is_found_for_a_school_from_the_day_it_closes(drafted):
    day = min(row.visit.on for row in await drafted.visits(group_id="grp-1"))
    await drafted.tell(closed("sch-0", day))
    await drafted.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    after = [row.visit.on for row in await drafted.visits(group_id="grp-1")]
    assert all(on < day for on in after)
    assert len(await drafted.visits(group_id="grp-2")) == 3


async def test_published_visits_after_it_are_left_to_the_coordinator_once(published):
    visits = sorted((row.visit for row in await published.visits(group_id="grp-1")), key=lambda visit: visit.on)
    event = closed("sch-0", visits[1].on)
    await published.tell(event)
    asked = await published.until(CoordinatorAsked, 2)
    assert {(each.question, each.target_id) for each in asked} == {
        ("calendar-clash", visit.visit_id) for visit in visits[1:]
    }
    await published.tell(event)
    assert len(published.of(CoordinatorAsked)) == 2


async def test_a_school_that_is_open_again_gets_dates_as_before(drafted):
    before = {row.visit.on for row in await drafted.visits(group_id="grp-1")}
    await drafted.tell(closed("sch-0", dt.date(2026, 11, 1)))
    await drafted.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    assert await drafted.visits(group_id="grp-1") == ()
    await drafted.tell(changed("sch-0"))
    await drafted.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    assert len(await drafted.visits(group_id="grp-1")) == len(before) == 3


async def test_another_authority_brings_its_term_dates(world):
    await world.tell(*facts.everything())
    await world.tell(changed("sch-0", authority_code="926", authority="Norfolk", region="East of England"))
    kept = await world.stores.enrolments.naming(schools=["sch-0"])
    assert [(one.authority_code, one.region) for one in kept] == [("926", "East of England")]
    assert await world.stores.enrolments.of_authority("926") == ["sch-0"]

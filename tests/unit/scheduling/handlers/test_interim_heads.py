"""Somebody takes on a second school once dates are published: nobody is left in two places, and nothing fails."""

import datetime as dt
from collections import Counter

import pytest

from shared.commands.scheduling import AllowSubstitute, MoveVisit, ShowVisit
from shared.errors import Rejected
from shared.events.scheduling import CoordinatorAsked, VisitChanged, VisitMoved
from tests.unit.scheduling import facts
from tests.unit.scheduling.handlers.test_changes import replaced

OTHER = facts.person("sch-5", "headteacher")
"""The head of a school of the second group, whose visits are on the same days."""


def takes_over(person: str = OTHER):
    """The head of the first group's school leaves; this person stands in."""
    return replaced(role="headteacher", person_id=facts.person("sch-0", "headteacher"), replaced_by=person)


async def days(world, person):
    """How many visits somebody is invited to on each day."""
    found = await world.visits()
    return Counter(one.visit.on for one in found if person in {each.person_id for each in one.visit.attendees})


async def test_visits_of_both_groups_on_one_day_are_parted(published):
    before = {one.visit.visit_id: one.visit.on for one in await published.visits()}
    await published.tell(takes_over())
    moved = await published.until(VisitMoved, 3)
    await published.settled()
    assert [(one.group_id, one.why, one.asked_by) for one in moved] == [("grp-1", "conflict", OTHER)] * 3
    assert all(before[one.visit_id] == one.moved_from for one in moved)
    assert set((await days(published, OTHER)).values()) == {1}
    assert published.of(CoordinatorAsked) == []


async def test_a_visit_that_is_too_near_is_left_to_the_coordinator_and_can_then_be_moved(published):
    near = min(await published.visits(group_id="grp-1"), key=lambda one: one.visit.on).visit
    await published.to(dt.datetime.combine(near.on - dt.timedelta(days=3), dt.time(9), dt.UTC))
    await published.tell(takes_over())
    (asked,) = await published.until(CoordinatorAsked)
    assert (asked.question, asked.target_id, asked.person_id) == ("decline-inside-notice", near.visit_id, OTHER)
    assert (await days(published, OTHER))[near.on] == 2
    await published.settled()
    await published.client.ask(MoveVisit(visit_id=near.visit_id, on=near.on + dt.timedelta(days=27)))
    assert set((await days(published, OTHER)).values()) == {1}
    assert OTHER in {one.person_id for one in published.of(VisitMoved)[-1].attendees}


async def test_the_coordinator_may_expect_somebody_at_two_visits_once_that_is_said(published):
    await published.tell(takes_over())
    await published.settled()
    mine, other = [
        min((one.visit for one in await published.visits(group_id=group)), key=lambda one: one.on)
        for group in ("grp-1", "grp-2")
    ]
    with pytest.raises(Rejected, match="The headteacher of School 5 has more than one visit or event"):
        await published.client.ask(MoveVisit(visit_id=mine.visit_id, on=other.on))
    forced = MoveVisit(visit_id=mine.visit_id, on=other.on, although=("one-a-person-day",), because="A deputy comes.")
    await published.client.ask(forced)
    assert (await days(published, OTHER))[other.on] == 2
    await published.client.ask(MoveVisit(visit_id=mine.visit_id, on=mine.on))
    assert set((await days(published, OTHER)).values()) == {1}


async def test_who_stands_in_for_a_school_of_their_own_group_is_there_once(published):
    await published.tell(takes_over(facts.person("sch-1", "headteacher")))
    await published.until(VisitChanged, 3)
    await published.settled()
    assert published.of(VisitMoved) == []
    assert set((await days(published, facts.person("sch-1", "headteacher"))).values()) == {1}


async def test_a_draft_is_not_published_before_it_is_planned_again(drafted):
    await drafted.tell(takes_over())
    await drafted.settled()
    with pytest.raises(
        Rejected, match=r"the headteacher of School 5 has more than one visit .* `kindred visits draft`"
    ):
        await drafted.publish()


async def test_nobody_stands_in_who_has_another_visit_that_day(published):
    visit = (await published.visits(group_id="grp-1"))[0].visit
    absent = facts.person("sch-0", "headteacher")
    with pytest.raises(Rejected, match="The substitute is somewhere else that day"):
        await published.client.ask(AllowSubstitute(visit_id=visit.visit_id, person_id=absent, substitute_id=OTHER))
    await published.settled()


async def test_who_comes_for_two_schools_is_stood_in_for_at_both(published):
    both = facts.person("sch-1", "headteacher")
    await published.tell(takes_over(both))
    visit = (await published.visits(group_id="grp-1"))[0].visit
    await published.client.ask(AllowSubstitute(visit_id=visit.visit_id, person_id=both, substitute_id="per-deputy"))
    shown = (await published.client.find(ShowVisit(visit_id=visit.visit_id))).visit
    stood_in = [(one.school_id, one.role) for one in shown.attendees if one.substitute_for == both]
    assert stood_in == [("sch-0", "headteacher"), ("sch-1", "headteacher")]

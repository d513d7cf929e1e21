"""Dates that the coordinator moved by hand in a draft: another draft keeps them, or says why it cannot."""

import datetime as dt

import pytest

from services.scheduling.planner.wording import in_words
from shared.commands.scheduling import CloseSchoolDays, DraftCalendar, ListVisits, MoveCohortEvent, MoveVisit, ShowVisit
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.scheduling import VisitScheduled
from tests.unit.scheduling import facts


async def again(world):
    done = await world.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    await world.settled()
    return done.sentence


async def moved_by(world, group="grp-1", weeks=0, days=1, at=0):
    """A visit of a group that was moved by so many days."""
    visits = sorted((one.visit for one in await world.visits(group_id=group)), key=lambda one: one.on)
    visit, by = visits[at], dt.timedelta(weeks=weeks, days=days)
    await world.client.ask(MoveVisit(visit_id=visit.visit_id, on=visit.on - by))
    return visit.model_copy(update={"on": visit.on - by})


async def shown(world, visit):
    return await world.client.find(ShowVisit(visit_id=visit.visit_id))


async def moved_event(world, activity, by):
    rows = await world.client.find(ListVisits(cohort_id=facts.COHORT, drafts=True))
    event = next(row.event for row in rows.events if row.event.activity == activity)
    await world.client.ask(MoveCohortEvent(event_id=event.event_id, on=event.on + by))
    return event.model_copy(update={"on": event.on + by})


async def test_a_moved_visit_keeps_its_date_in_every_further_draft_and_is_published_on_it(drafted):
    chosen = await moved_by(drafted)
    for _ in range(2):
        sentence = await again(drafted)
        assert f"Kept as you chose: the visit at School 2 on {in_words(chosen.on)}." in sentence
        assert "Planned anew" not in sentence
    kept = await shown(drafted, chosen)
    assert (kept.visit.on, kept.why) == (chosen.on, ("The coordinator chose this date.",))
    assert kept.history == (f"Moved by the coordinator to {in_words(chosen.on)}.",)
    await drafted.publish()
    told = {one.visit_id: one.on for one in await drafted.until(VisitScheduled, 6)}
    assert told[chosen.visit_id] == chosen.on


async def test_the_other_visits_of_its_group_and_of_others_are_planned_around_it(drafted):
    chosen = await moved_by(drafted)
    last = max((one.visit for one in await drafted.visits(group_id="grp-1")), key=lambda one: one.on)
    closed = DateSpan(first=last.on, last=last.on)
    await drafted.client.ask(CloseSchoolDays(school_id=facts.SCHOOLS[0], days=(closed,)))
    await again(drafted)
    after = {one.visit.visit_id: one.visit.on for one in await drafted.visits()}
    assert (after[chosen.visit_id], after[last.visit_id] != last.on, len(after)) == (chosen.on, True, 6)
    await drafted.publish()


async def test_a_date_on_which_a_school_has_closed_is_let_go_and_the_reason_said(drafted):
    chosen, other = await moved_by(drafted), await moved_by(drafted, "grp-2", days=1)
    closed = DateSpan(first=chosen.on, last=chosen.on)
    await drafted.client.ask(CloseSchoolDays(school_id=facts.SCHOOLS[0], days=(closed,)))
    sentence = await again(drafted)
    assert f"Kept as you chose: the visit at School {other.host_school_id[-1]} on {in_words(other.on)}." in sentence
    assert sentence.endswith(
        f"Planned anew, although you had chosen it: the visit at School 2 on {in_words(chosen.on)}, "
        f"as School 0 is closed on {in_words(chosen.on)}."
    )
    gone = await shown(drafted, chosen)
    assert gone.visit.on != chosen.on
    assert gone.history == (
        f"You had chosen {in_words(chosen.on)}: School 0 is closed on {in_words(chosen.on)}, so it was planned anew.",
    )
    assert "Planned anew" not in await again(drafted)


async def test_a_date_that_has_passed_is_let_go(drafted):
    chosen = await moved_by(drafted)
    await drafted.to(dt.datetime.combine(chosen.on + dt.timedelta(days=1), dt.time(9), dt.UTC))
    assert f"as {in_words(chosen.on)} has passed" in await again(drafted)
    assert (await shown(drafted, chosen)).visit.on > chosen.on


async def test_a_facilitator_who_cannot_lead_then_is_replaced_and_the_date_kept(drafted):
    chosen = await moved_by(drafted)
    away = DateSpan(first=chosen.on, last=chosen.on)
    number = int(chosen.facilitator_id[-1])
    await drafted.tell(facts.appointed(number, dates_not_possible=(away,)).model_copy(update={"version": 2}))
    await again(drafted)
    kept = await shown(drafted, chosen)
    assert (kept.visit.on, kept.visit.facilitator_id) == (chosen.on, f"per-f{1 - number}")


async def test_a_date_that_nobody_can_lead_is_let_go(drafted):
    chosen = await moved_by(drafted)
    away = DateSpan(first=chosen.on, last=chosen.on)
    for number in range(2):
        await drafted.tell(facts.appointed(number, dates_not_possible=(away,)).model_copy(update={"version": 2}))
    assert "as nobody is free to lead a visit there then" in await again(drafted)


async def test_where_the_others_find_no_day_around_it_the_latest_is_let_go(drafted):
    chosen = await moved_by(drafted)
    days = {one.visit.visit_id: one.visit.on for one in await drafted.visits(group_id="grp-1")}
    others = [on for name, on in days.items() if name != chosen.visit_id]
    lone = DateSpan(first=chosen.on + dt.timedelta(days=1), last=dt.date(2027, 5, 31))
    before = DateSpan(first=dt.date(2026, 9, 1), last=chosen.on - dt.timedelta(days=1))
    await drafted.client.ask(CloseSchoolDays(school_id=facts.SCHOOLS[0], days=(before, lone)))
    sentence = await again(drafted)
    assert "as the other visits of the group find no days around it" in sentence
    assert "1 groups without dates" in sentence
    assert len(others) == 2


async def test_a_moved_event_keeps_its_day_and_visits_keep_off_it(drafted):
    launch = await moved_event(drafted, "launch", dt.timedelta(days=-1))
    sentence = await again(drafted)
    assert f"Kept as you chose: {launch.title} on {in_words(launch.on)}." in sentence
    rows = await drafted.client.find(ListVisits(cohort_id=facts.COHORT, drafts=True))
    kept = next(row for row in rows.events if row.event.activity == "launch")
    assert (kept.event.on, kept.why) == (launch.on, ("The coordinator chose this date.",))
    assert f"{launch.title} on {in_words(launch.on)}" in await again(drafted)
    await drafted.publish()


async def test_a_moved_event_and_a_visit_moved_to_its_old_day_are_both_kept(drafted):
    rows = await drafted.client.find(ListVisits(cohort_id=facts.COHORT, drafts=True))
    middle = next(row.event for row in rows.events if row.event.activity == "mid-year")
    elsewhere = await moved_event(drafted, "mid-year", dt.timedelta(days=1))
    visits = [one.visit for one in await drafted.visits(group_id="grp-1")]
    nearest = min(visits, key=lambda one: abs(one.on - middle.on))
    await drafted.client.ask(MoveVisit(visit_id=nearest.visit_id, on=middle.on))
    sentence = await again(drafted)
    assert f"{elsewhere.title} on {in_words(elsewhere.on)}; the visit at" in sentence
    after = {one.visit.visit_id: one.visit.on for one in await drafted.visits()}
    assert after[nearest.visit_id] == middle.on


async def test_an_event_whose_day_has_passed_is_let_go(drafted):
    launch = await moved_event(drafted, "launch", dt.timedelta(days=-1))
    await drafted.to(dt.datetime.combine(launch.on, dt.time(9), dt.UTC))
    sentence = await again(drafted)
    assert f"{launch.title} on {in_words(launch.on)}, as {in_words(launch.on)} has passed" in sentence


async def test_a_draft_nobody_touched_says_nothing_of_it(drafted):
    assert await again(drafted) == "Revision 2: 6 new visits, 0 changes proposed, 0 groups without dates."


async def test_what_may_not_be_moved_is_no_choice(drafted):
    visit = (await drafted.visits())[0].visit
    with pytest.raises(Rejected):
        await drafted.client.ask(MoveVisit(visit_id=visit.visit_id, on=dt.date(2027, 1, 2)))
    assert "chose" not in await again(drafted)

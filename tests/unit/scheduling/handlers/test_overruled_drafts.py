"""A draft in which the coordinator has set a rule aside: planner, checker and publication take it as it stands."""

import pytest

from services.scheduling.planner.wording import in_words
from shared.commands.scheduling import DraftCalendar, MoveVisit, ShowVisit
from shared.errors import Rejected
from shared.events.scheduling import CalendarDrafted, CoordinatorAsked, VisitMoved, VisitScheduled
from tests.unit.scheduling import facts
from tests.unit.scheduling.handlers.test_interim_heads import OTHER, days, takes_over

RULE = "one-a-person-day"
BECAUSE = "Their deputy is with them, and comes to the other one."


@pytest.fixture
async def doubled(drafted):
    """A draft in which one head belongs to both groups, planned again so that nobody is in two places."""
    await drafted.tell(takes_over())
    await drafted.settled()
    await drafted.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    await drafted.until(CalendarDrafted, 2)
    assert set((await days(drafted, OTHER)).values()) == {1}
    return drafted


async def firsts(world):
    """The first visit of each of both groups."""
    return [
        min((one.visit for one in await world.visits(group_id=group)), key=lambda one: one.on)
        for group in ("grp-1", "grp-2")
    ]


async def overruled(world):
    mine, other = await firsts(world)
    command = MoveVisit(visit_id=mine.visit_id, on=other.on, although=(RULE,), because=BECAUSE)
    await world.client.ask(command)
    return mine, other


async def test_it_is_refused_until_the_rule_is_named(doubled):
    mine, other = await firsts(doubled)
    with pytest.raises(Rejected, match="has more than one visit or event") as refused:
        await doubled.client.ask(MoveVisit(visit_id=mine.visit_id, on=other.on))
    assert refused.value.rule == RULE
    with pytest.raises(Rejected, match=r"'two-a-day' is no rule; there are .*one-a-person-day"):
        await doubled.client.ask(MoveVisit(visit_id=mine.visit_id, on=other.on, although=("two-a-day",)))
    with pytest.raises(Rejected, match="has more than one visit or event"):
        await doubled.client.ask(MoveVisit(visit_id=mine.visit_id, on=other.on, although=("spacing",), because="So."))
    for nothing in ("", "  "):
        again = MoveVisit(visit_id=mine.visit_id, on=other.on, although=(RULE,), because=nothing)
        with pytest.raises(Rejected, match="reason-needed: Say why the rule is set aside"):
            await doubled.client.ask(again)


async def test_it_says_which_rule_was_set_aside_and_why(doubled):
    mine, _ = await overruled(doubled)
    shown = await doubled.client.find(ShowVisit(visit_id=mine.visit_id))
    assert shown.why[-1] == f"Set against the rule {RULE}: {BECAUSE}"


async def test_it_is_published_as_it_stands(doubled):
    mine, other = await overruled(doubled)
    await doubled.publish()
    told = {one.visit_id: one for one in await doubled.until(VisitScheduled, 6)}
    assert told[mine.visit_id].on == told[other.visit_id].on == other.on
    invited = [{each.person_id for each in told[one.visit_id].attendees} for one in (mine, other)]
    assert all(OTHER in people for people in invited)
    await doubled.settled()
    assert doubled.of(VisitMoved) == doubled.of(CoordinatorAsked) == []


async def test_planning_again_keeps_a_date_for_which_a_rule_was_set_aside(doubled):
    mine, other = await overruled(doubled)
    done = await doubled.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    assert f"Kept as you chose: the visit at School 2 on {in_words(other.on)}." in done.sentence
    await doubled.until(CalendarDrafted, 3)
    shown = await doubled.client.find(ShowVisit(visit_id=mine.visit_id))
    assert (shown.visit.on, shown.why[-1]) == (other.on, f"Set against the rule {RULE}: {BECAUSE}")
    await doubled.publish()
    told = {one.visit_id: one.on for one in await doubled.until(VisitScheduled, 6)}
    assert told[mine.visit_id] == other.on


async def test_a_day_that_another_has_booked_meanwhile_is_not_waited_for_in_vain(doubled):
    """Both visits of a day may be set against the rule, in either order: one of them books the day."""
    mine, other = await overruled(doubled)
    await doubled.client.ask(MoveVisit(visit_id=other.visit_id, on=other.on.replace(day=other.on.day - 1)))
    await doubled.client.ask(MoveVisit(visit_id=other.visit_id, on=other.on, although=(RULE,), because="So agreed."))
    await doubled.publish()
    told = {one.visit_id: one.on for one in await doubled.until(VisitScheduled, 6)}
    assert told[mine.visit_id] == told[other.visit_id] == other.on
    await doubled.settled()

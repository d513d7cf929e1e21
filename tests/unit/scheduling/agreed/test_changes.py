"""One day is moved, cancelled or held, and the others stay; people come and go; the programme pauses."""

import datetime as dt

import pytest

from shared.commands.agreed_visits import (
    CancelAgreedVisit,
    ChosenDay,
    ListDays,
    MoveAgreedVisit,
    RecordAgreedVisit,
    ShowDays,
)
from shared.errors import Rejected
from shared.events import agreed_visits as told
from tests.unit.scheduling.agreed import exchange
from tests.unit.scheduling.agreed.conftest import DECEMBER
from tests.unit.scheduling.agreed.exchange import (
    HOME,
    HOST,
    MATCH,
    NINE,
    PROGRAMME,
    TEMPLATE,
    THREE,
    VISIT,
    VISITOR,
    agree,
    lead,
    shown,
)
from tests.unit.scheduling.world import World

FIRST, SECOND, THIRD, OTHER = (dt.date(2027, 1, day) for day in (12, 19, 26, 28))
AFTER_ALL = dt.datetime(2027, 1, 27, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
async def visits(world):
    await agree(world, "", FIRST, SECOND, THIRD)
    return [one.visit_id for one in world.of(told.AgreedVisitScheduled)]


async def cancel(world, visit_id, person="", words=""):
    return await world.client.ask(CancelAgreedVisit(visit_id=visit_id, person_id=person, words=words))


async def states(world):
    return [(one.on, one.state) for one in (await shown(world)).visits]


async def test_a_moved_day_keeps_its_id_and_leaves_the_others(world, visits):
    day = ChosenDay(on=OTHER, starts=NINE, ends=THREE)
    await world.client.ask(MoveAgreedVisit(visit_id=visits[1], person_id=VISITOR, day=day))
    (moved,) = world.of(told.AgreedVisitMoved)
    assert (moved.visit_id, moved.moved_from, moved.on, moved.sequence) == (visits[1], SECOND, OTHER, 1)
    assert moved.doings == exchange.DOINGS
    assert await states(world) == [(FIRST, "published"), (OTHER, "published"), (THIRD, "published")]
    with pytest.raises(Rejected, match="nothing-changes"):
        await world.client.ask(MoveAgreedVisit(visit_id=visits[1], day=day))
    with pytest.raises(Rejected, match="same-day"):
        await world.client.ask(MoveAgreedVisit(visit_id=visits[0], day=day))


async def test_a_stranger_changes_no_day(world, visits):
    about = {"visit_id": visits[0], "person_id": lead("sch-3")}
    day = ChosenDay(on=OTHER, starts=NINE, ends=THREE)
    commands = (MoveAgreedVisit(**about, day=day), CancelAgreedVisit(**about), RecordAgreedVisit(**about))
    for command in commands:
        with pytest.raises(Rejected, match="not-invited"):
            await world.client.ask(command)
    assert await states(world) == [(FIRST, "published"), (SECOND, "published"), (THIRD, "published")]


async def test_a_cancelled_day_is_to_be_agreed_anew(world, visits):
    await cancel(world, visits[0], lead(HOST), "We are inspected.")
    (gone,) = world.of(told.AgreedVisitCancelled)
    assert (gone.why, gone.by, gone.sequence) == ("person", lead(HOST), 1)
    (reopened,) = world.of(told.DaysReopened)
    assert reopened.agreed == 2
    assert (await shown(world)).visits[0].words == "We are inspected."
    await agree(world, VISITOR, FIRST, outside=True)
    assert len(world.of(told.DaysSettled)) == 2
    assert [one.number for one in (await shown(world)).visits] == [1, 2, 3, 4]
    with pytest.raises(Rejected, match="already-cancelled"):
        await cancel(world, visits[0])


async def test_a_day_counts_as_held_when_it_is_over(world, visits):
    await world.to(dt.datetime(2027, 1, 12, 16, 0, tzinfo=dt.UTC))
    (held,) = world.of(told.AgreedVisitHeld)
    assert (held.visit_id, {one.person_id for one in held.present}) == (visits[0], {VISITOR, lead(HOST)})
    assert world.of(told.DaysCompleted) == []
    await world.to(AFTER_ALL)
    (completed,) = world.of(told.DaysCompleted)
    assert completed.on == THIRD


async def test_a_day_that_did_not_take_place_is_said_so_afterwards(world, visits):
    await world.to(AFTER_ALL)
    await cancel(world, visits[2], VISITOR, "Nobody was there.")
    assert (await states(world))[2] == (THIRD, "cancelled")
    assert len(world.of(told.DaysReopened)) == 1
    day = ChosenDay(on=dt.date(2027, 2, 2), starts=NINE, ends=THREE)
    with pytest.raises(Rejected, match="already-over"):
        await world.client.ask(MoveAgreedVisit(visit_id=visits[0], day=day))


async def test_who_was_missing_is_noted_once_the_day_is_over(world, visits):
    record = RecordAgreedVisit(visit_id=visits[0], person_id=VISITOR, absent=(lead(HOST),))
    with pytest.raises(Rejected, match="not-over"):
        await world.client.ask(record)
    await world.to(AFTER_ALL)
    await world.client.ask(record)
    held = world.of(told.AgreedVisitHeld)[-1]
    assert [one.person_id for one in held.present] == [VISITOR]
    seen: dict[str, tuple[str, ...]] = {"": (lead(HOST),), lead(HOST): (lead(HOST),), VISITOR: ()}
    for person, absent in seen.items():
        shown = await world.client.find(ShowDays(visit_id=visits[0], person_id=person))
        assert shown.visits[0].absent == absent
    for absent, rule in ((("per-nobody",), "not-invited"), ((VISITOR, lead(HOST)), "nobody-there")):
        with pytest.raises(Rejected, match=rule):
            await world.client.ask(RecordAgreedVisit(visit_id=visits[0], absent=absent))


async def test_a_placement_that_ends_takes_its_days_with_it(world, visits):
    await world.to(dt.datetime(2027, 1, 13, 9, 0, tzinfo=dt.UTC))
    await world.tell(exchange.ended())
    assert await states(world) == [(FIRST, "held"), (SECOND, "cancelled"), (THIRD, "cancelled")]
    assert {one.why for one in world.of(told.AgreedVisitCancelled)} == {"placement-ended"}
    assert {one.activity for one in world.of(told.DaysClosed)} == {VISIT, exchange.MEETING}
    with pytest.raises(Rejected, match="closed"):
        await agree(world, "", OTHER)


async def test_a_new_practitioner_takes_the_days_over(world, visits):
    after = "per-successor"
    await world.tell(exchange.taken(after, "practitioner", HOME), exchange.placed(person=after, version=2))
    changed = world.of(told.AgreedVisitChanged)
    assert [(one.visit_id, one.joined, one.left) for one in changed] == [
        (visit_id, (after,), (VISITOR,)) for visit_id in visits
    ]
    assert all(one.sequence == 1 for one in changed)


async def test_a_new_cpd_lead_is_invited_in_place_of_the_old_one(world, visits):
    await world.tell(exchange.taken("per-new", "cpd-lead", HOST, since=dt.date(2026, 12, 1)))
    await world.tell(exchange.left(lead(HOST), "cpd-lead", HOST, dt.date(2026, 12, 1)))
    people = {one.person_id for one in (await shown(world)).visits[0].attendees}
    assert people == {VISITOR, "per-new"}


async def test_a_pause_cancels_what_is_to_come_in_one_act_and_nothing_is_lost(world, visits):
    thirteenth = dt.date(2027, 1, 13)
    await world.to(dt.datetime(2027, 1, 13, 9, 0, tzinfo=dt.UTC))
    await world.tell(exchange.postponed(thirteenth))
    assert await states(world) == [(FIRST, "held"), (SECOND, "cancelled"), (THIRD, "cancelled")]
    assert [(one.activity, one.why) for one in world.of(told.DaysClosed)] == [
        (exchange.MEETING, "postponed"), (VISIT, "postponed")
    ]  # fmt: skip
    with pytest.raises(Rejected, match="closed"):
        await agree(world, VISITOR, OTHER, outside=True)
    await world.to(dt.datetime(2028, 3, 13, 9, 0, tzinfo=dt.UTC))
    await world.tell(exchange.resumed(thirteenth, dt.date(2028, 3, 13)))
    (resumed,) = world.of(told.DaysResumed)
    assert resumed.last > dt.date(2028, 6, 1)
    assert resumed.waiting_for == (VISITOR, lead(HOST))
    await agree(world, "", dt.date(2028, 5, 9), dt.date(2028, 5, 16))
    assert [one.state for one in (await shown(world)).visits] == [
        "held", "cancelled", "cancelled", "published", "published"
    ]  # fmt: skip
    (row,) = (await world.client.find(ListDays(programme_id=PROGRAMME, match_id=MATCH, activity=VISIT))).arrangements
    assert row.state == "agreed"


async def test_a_pause_takes_nothing_from_days_that_have_all_taken_place(world, visits):
    await world.to(AFTER_ALL)
    assert len(world.of(told.DaysCompleted)) == 1
    day = AFTER_ALL.date()
    await world.tell(exchange.postponed(day), exchange.resumed(day, day + dt.timedelta(days=60)))
    about = [*world.of(told.DaysClosed), *world.of(told.DaysResumed)]
    assert [one.activity for one in about if one.activity == VISIT] == []


async def test_what_was_not_open_before_a_pause_opens_after_it(world):
    thirteenth = dt.date(2027, 1, 13)
    await world.tell(exchange.postponed(thirteenth), exchange.resumed(thirteenth, dt.date(2027, 2, 1)))
    await world.tell(exchange.findings_agreed())
    assert world.of(told.DaysAsked)[-1].activity == exchange.MEETING


async def test_days_without_a_known_end_may_lie_later_by_a_pause():
    """Nobody has handed in the form that the window closes with: the programme's end closes it."""
    found = TEMPLATE.activity(VISIT)
    assert found
    visit = found.model_copy(update={"closes": "reflection.submitted"})
    template = TEMPLATE.model_copy(update={"activities": (visit,)})
    world = World()
    await world.to(DECEMBER)
    begun = exchange.begun()
    await world.tell(exchange.opened(template), *begun[1:], exchange.placed())
    assert (await shown(world)).last == dt.date(2027, 8, 31)
    thirteenth = dt.date(2027, 1, 13)
    await world.to(dt.datetime(2027, 2, 10, 9, 0, tzinfo=dt.UTC))
    await world.tell(exchange.postponed(thirteenth), exchange.resumed(thirteenth, dt.date(2027, 2, 10)))
    assert (await shown(world)).last == dt.date(2027, 9, 28)


async def test_the_coordinator_cancels_no_day_without_saying_why(world, visits):
    with pytest.raises(Rejected, match="no-reason"):
        await cancel(world, visits[0], words=" ")
    await cancel(world, visits[0], words="Snow.")
    assert (await states(world))[0] == (FIRST, "cancelled")

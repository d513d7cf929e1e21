"""Somebody comes in an invited person's place to one agreed day, wherever it is moved; the place stays the person's."""

import datetime as dt

import pytest

from services.scheduling.domain.stand_ins import must_be_of_the_place
from shared.commands.agreed_visits import CancelAgreedVisit, ChosenDay, MoveAgreedVisit, RecordAgreedVisit
from shared.commands.scheduling import AllowSubstitute
from shared.errors import Rejected
from shared.events import agreed_visits as told
from shared.events.parties import PartySchool
from shared.roster import Membership
from shared.roster.records import Party
from tests.unit.scheduling.agreed import exchange
from tests.unit.scheduling.agreed.exchange import HOME, HOST, NINE, THREE, VISITOR, agree, head, lead, shown, taken

FIRST, SECOND, THIRD, OTHER = (dt.date(2027, 1, day) for day in (12, 19, 26, 28))
DEPUTY, TEACHER = "per-deputy", "per-teacher"


@pytest.fixture
async def visits(world):
    await world.tell(taken(DEPUTY, "practitioner", HOME), taken(TEACHER, "practitioner", HOST))
    await agree(world, "", FIRST, SECOND, THIRD)
    return [one.visit_id for one in world.of(told.AgreedVisitScheduled)]


async def allow(world, visit_id, person=VISITOR, substitute=DEPUTY):
    return await world.client.ask(AllowSubstitute(visit_id=visit_id, person_id=person, substitute_id=substitute))


async def places(world, number=0):
    """(who comes, in whose place) on a day."""
    return [(one.person_id, one.substitute_for) for one in (await shown(world)).visits[number].attendees]


def changed(world):
    return [(one.joined, one.left, one.why, one.sequence) for one in world.of(told.AgreedVisitChanged)]


async def test_who_stands_in_is_invited_to_that_day_alone(world, visits):
    done = await allow(world, visits[0])
    assert done.sentence == "The substitute is allowed for this day."
    assert changed(world) == [((DEPUTY,), (VISITOR,), "substitute", 1)]
    assert (DEPUTY, VISITOR) in await places(world)
    assert (VISITOR, None) in await places(world, 1)
    held = await world.stores.arrangements.taken([VISITOR, DEPUTY], world.clock.now())
    assert sorted(held[DEPUTY]) == [FIRST]
    assert sorted(held[VISITOR]) == [SECOND, THIRD]


async def test_whose_place_it_is_may_come_after_all(world, visits):
    await allow(world, visits[0])
    await allow(world, visits[0], DEPUTY, VISITOR)
    assert changed(world)[1] == ((VISITOR,), (DEPUTY,), "substitute", 2)
    assert (VISITOR, None) in await places(world)


async def test_a_moved_day_keeps_who_stands_in_while_they_can(world, visits):
    await allow(world, visits[0])
    await world.client.ask(MoveAgreedVisit(visit_id=visits[0], day=ChosenDay(on=OTHER, starts=NINE, ends=THREE)))
    (moved,) = world.of(told.AgreedVisitMoved)
    assert next((one.person_id, one.substitute_for) for one in moved.attendees) == (DEPUTY, VISITOR)


async def test_a_moved_day_is_the_persons_again_where_the_stand_in_is_elsewhere(world, visits):
    await allow(world, visits[0])
    await world.stores.days_off.rule_out(DEPUTY, [OTHER])
    await world.client.ask(MoveAgreedVisit(visit_id=visits[0], day=ChosenDay(on=OTHER, starts=NINE, ends=THREE)))
    (moved,) = world.of(told.AgreedVisitMoved)
    assert next((one.person_id, one.substitute_for) for one in moved.attendees) == (VISITOR, None)


async def test_a_day_moves_to_where_the_person_cannot_as_somebody_else_comes(world, visits):
    await allow(world, visits[0])
    await world.stores.days_off.rule_out(VISITOR, [OTHER])
    await world.client.ask(MoveAgreedVisit(visit_id=visits[0], day=ChosenDay(on=OTHER, starts=NINE, ends=THREE)))
    assert (DEPUTY, VISITOR) in await places(world)


async def test_who_stands_in_may_cancel_that_day_and_no_other(world, visits):
    await allow(world, visits[0])
    with pytest.raises(Rejected, match="not-invited"):
        await world.client.ask(CancelAgreedVisit(visit_id=visits[1], person_id=DEPUTY))
    await world.client.ask(CancelAgreedVisit(visit_id=visits[0], person_id=DEPUTY, words="Ill."))
    (gone,) = world.of(told.AgreedVisitCancelled)
    assert (gone.by, gone.attendees[0].person_id) == (DEPUTY, DEPUTY)


async def test_who_came_is_the_one_who_stood_in(world, visits):
    await allow(world, visits[0])
    await world.to(dt.datetime(2027, 1, 13, 9, 0, tzinfo=dt.UTC))
    (held,) = world.of(told.AgreedVisitHeld)
    assert (held.present[0].person_id, held.present[0].substitute_for) == (DEPUTY, VISITOR)
    await world.client.ask(RecordAgreedVisit(visit_id=visits[0], absent=(DEPUTY,)))
    assert world.of(told.AgreedVisitHeld)[1].absent == (DEPUTY,)
    with pytest.raises(Rejected, match="already-over"):
        await allow(world, visits[0], lead(HOST), TEACHER)


async def test_a_stand_in_stays_while_the_person_belongs_and_goes_with_them(world, visits):
    await allow(world, visits[0], lead(HOST), head(HOST))
    await world.tell(exchange.left(lead(HOST), "cpd-lead", HOST, dt.date(2026, 12, 1)))
    assert (head(HOST), lead(HOST)) not in await places(world)
    gone = [one.left for one in world.of(told.AgreedVisitChanged) if one.visit_id == visits[0]]
    assert gone == [(lead(HOST),), (head(HOST),)]


@pytest.mark.parametrize(
    ("person", "substitute", "rule"),
    [
        (lead("sch-3"), DEPUTY, "not-invited"),
        (VISITOR, lead(HOST), "already-invited"),
        (VISITOR, TEACHER, "not-of-the-school"),
        (VISITOR, "per-nobody", "not-of-the-school"),
    ],
)
async def test_nobody_stands_in_who_may_not(world, visits, person, substitute, rule):
    with pytest.raises(Rejected, match=rule):
        await allow(world, visits[0], person, substitute)
    assert changed(world) == []


async def test_nobody_stands_in_who_is_elsewhere_that_day(world, visits):
    await world.stores.days_off.rule_out(DEPUTY, [FIRST])
    with pytest.raises(Rejected, match="elsewhere-that-day"):
        await allow(world, visits[0])
    await allow(world, visits[1])


def member(person, *, role="lead", school=None, party=None):
    return Membership(
        membership_id=f"mem-{person}", programme_id="prg", person_id=person, role=role, school_id=school,
        party_id=party, since=dt.date(2026, 9, 1), version=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("other", "fits"),
    [
        (member("b", party="pty-1"), True),
        (member("b", school="sch-1"), True),
        (member("b", party="pty-2"), False),
        (member("b", school="sch-9"), False),
    ],
)
def test_for_a_role_at_the_trust_somebody_of_the_trust_stands_in(other, fits):
    party = Party(
        party_id="pty-1", programme_id="prg", kind="trust", name="Trust", version=1,
        schools=(PartySchool(school_id="sch-1", since=dt.date(2026, 9, 1)),),
    )  # fmt: skip
    place = told.Invited(person_id="a", role="lead", school_id=None)
    if fits:
        must_be_of_the_place(place, [member("a", party="pty-1")], [other], [party], FIRST)
    else:
        with pytest.raises(Rejected, match="not-of-the-school"):
            must_be_of_the_place(place, [member("a", party="pty-1")], [other], [party], FIRST)

"""Matching heeds what the register says of schools after they have enrolled."""

from services.matching.domain.rules import Rule
from shared.commands.matching import ShowCohort, WhyNot
from shared.events.matching import CohortDrafted
from shared.events.programmes import SchoolClosed, SchoolFactsChanged
from tests.fakes.matching import facts


def changed(number, **told):
    return SchoolFactsChanged(version=1, school_id=f"sch-{number:02}", school=facts.school(number, **told), changed=())


def closed(number):
    return SchoolClosed(version=1, school_id=f"sch-{number:02}", urn=100000 + number)


def grouped(shown):
    return [set(group.school_ids) for group in shown.groups]


async def test_two_schools_that_come_into_one_trust_are_in_no_group_together(world):
    await world.tell(*facts.everything(8))
    one, other = sorted(grouped(await world.shown())[0])[:2]
    await world.tell(changed(int(one[-2:]), trust="trust-1"), changed(int(other[-2:]), trust="trust-1"))
    assert not any({one, other} <= group for group in grouped(await world.shown()))
    assert world.of(CohortDrafted)[-1].revision == 3
    why = await world.client.find(
        WhyNot(programme_id="prg-1", urn=100000 + int(one[-2:]), other_urn=100000 + int(other[-2:]))
    )
    assert "they belong to the same trust" in str(why)


async def test_a_school_that_closes_waits_with_the_reason(world):
    await world.tell(*facts.everything(9))
    await world.tell(closed(4))
    shown = await world.shown()
    assert not any("sch-04" in group for group in grouped(shown))
    (waits,) = [row for row in shown.waiting if row.school_id == "sch-04"]
    assert waits.rule == Rule.CLOSED.value
    assert "one of them has closed" in waits.sentence


async def test_a_school_that_opens_again_is_grouped_again(world):
    await world.tell(*facts.everything(8))
    await world.tell(closed(4))
    assert not any("sch-04" in group for group in grouped(await world.shown()))
    await world.tell(changed(4))
    assert any("sch-04" in group for group in grouped(await world.shown()))


async def test_an_enrolment_told_again_does_not_open_a_closed_school(world):
    await world.tell(*facts.everything(8))
    await world.tell(closed(4), facts.amended(4))
    assert not any("sch-04" in group for group in grouped(await world.shown()))


async def test_published_groups_stay_until_the_coordinator_asks(world):
    await world.tell(*facts.everything(8))
    await world.publish()
    before = grouped(await world.shown())
    await world.tell(closed(4), changed(5, trust="trust-1"))
    after = await world.client.find(ShowCohort(programme_id="prg-1"))
    assert (grouped(after), after.cohort.state) == (before, "published")
    assert len(world.of(CohortDrafted)) == 1


async def test_the_same_fact_again_and_a_school_nobody_knows_change_nothing(world):
    await world.tell(*facts.everything(8))
    await world.tell(changed(4), changed(40), closed(40))
    assert len(world.of(CohortDrafted)) == 1

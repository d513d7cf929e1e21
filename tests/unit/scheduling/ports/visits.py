"""Visits: saved, found, booked; drafts of them; the days that they take."""

import pytest

from services.scheduling.domain.visits.records import Brief, Led, Proposal
from services.scheduling.ports.stores import Stores
from shared.errors import Rejected, Retryable
from tests.unit.scheduling.ports.records import (
    ADA,
    BO,
    COHORT,
    CY,
    LEADER,
    MONDAY,
    NOW,
    OTHER,
    TUESDAY,
    WEDNESDAY,
    attendee,
    event,
    ids,
    visit,
)

PROPOSAL = Proposal(on=TUESDAY, facilitator_id=None, sentence="Moves.", why="calendar-change")
BRIEF = Brief(practice="Phonics", challenge="Homework", written_by=ADA, written_on=MONDAY)


class VisitsContract:
    async def test_a_visit_is_read_as_it_was_saved(self, stores: Stores):
        record = visit(
            1, people=(attendee(ADA, substitute_for=BO),), leader=LEADER, brief=BRIEF, why=("So.",), answers=2
        )
        await stores.visits.put([record])
        assert await stores.visits.visit("vis-1") == record
        with pytest.raises(Rejected, match="unknown-visit"):
            await stores.visits.visit("vis-9")

    async def test_visits_are_found_by_cohort_group_and_person_in_order_of_date(self, stores: Stores):
        one = visit(1, TUESDAY, group_id="grp-2")
        two = visit(2, MONDAY, (BO,), leader=CY)
        three = visit(3, MONDAY, (attendee(CY, substitute_for=BO),))
        other = visit(4, MONDAY, (BO,), cohort_id=OTHER, group_id="grp-4")
        await stores.visits.put([one, three, other, two])
        visits = stores.visits
        assert await visits.of_cohort(COHORT) == [two, three, one]
        assert await visits.of_groups(["grp-4", "grp-2"]) == [other, one]
        assert await visits.of_person(COHORT, BO, [MONDAY, TUESDAY]) == [two, three]
        assert await visits.of_person(COHORT, CY, [MONDAY]) == [two, three]
        assert await visits.of_person(COHORT, ADA, [MONDAY]) == []

    async def test_the_days_that_facilitators_lead_are_those_of_visits_that_take_place(self, stores: Stores):
        await stores.visits.put(
            [
                visit(1, MONDAY, leader=LEADER),
                visit(2, TUESDAY, (BO,), leader=CY, state="held"),
                visit(3, WEDNESDAY, leader=LEADER, state="cancelled"),
                visit(4, WEDNESDAY, (CY,), leader=LEADER, cohort_id=OTHER),
            ]
        )
        assert sorted(await stores.visits.led([LEADER, CY], COHORT), key=lambda led: led.on) == [
            Led(LEADER, "grp-1", MONDAY),
            Led(CY, "grp-1", TUESDAY),
        ]

    async def test_no_two_published_visits_take_a_day_of_one_person_or_school(self, stores: Stores):
        await stores.visits.put([visit(1, people=(ADA,), leader=LEADER, state="published")])
        for clash in (
            visit(2, people=(ADA,), state="published"),
            visit(2, people=(LEADER,), state="held"),
            visit(2, people=(BO,), leader=LEADER, state="published"),
            visit(2, people=(BO,), host="sch-1", state="published"),
        ):
            with pytest.raises(Retryable):
                await stores.visits.put([clash])
        for fine in (
            visit(2, people=(ADA,), state="draft"),
            visit(2, people=(ADA,), state="cancelled"),
            visit(2, TUESDAY, (ADA,), state="published"),
            visit(2, people=(BO,), state="published"),
        ):
            await stores.visits.put([fine])
            assert await stores.visits.visit("vis-2") == fine

    async def test_visits_that_are_saved_together_may_change_places(self, stores: Stores):
        await stores.visits.put([visit(1, MONDAY, state="published"), visit(2, TUESDAY, state="published")])
        await stores.visits.put([visit(1, TUESDAY, state="published"), visit(2, MONDAY, state="published")])
        assert ids(await stores.visits.of_cohort(COHORT)) == ["vis-2", "vis-1"]

    async def test_published_visits_are_found_by_day_and_school(self, stores: Stores):
        guest = attendee(BO, "sch-9")
        await stores.visits.put(
            [
                visit(1, TUESDAY, state="published"),
                visit(2, MONDAY, (guest,), state="published"),
                visit(3, MONDAY, (CY,)),
                visit(4, MONDAY, (LEADER,), state="held"),
            ]
        )
        published = stores.published
        assert ids(await published.on_days([MONDAY, TUESDAY], MONDAY)) == ["vis-2", "vis-1"]
        assert ids(await published.on_days([MONDAY, TUESDAY], TUESDAY)) == ["vis-1"]
        assert ids(await published.at_schools(["sch-9", "sch-3"], MONDAY)) == ["vis-2"]
        assert ids(await published.at_schools(["sch-1"], MONDAY)) == ["vis-1"]
        assert ids(await published.at_schools(["sch-1"], WEDNESDAY)) == []


class DraftsContract:
    async def test_drafts_are_counted_and_come_in_order_until_none_is_left(self, stores: Stores):
        await stores.visits.put([visit(1, TUESDAY), visit(2, MONDAY, (BO,)), visit(3, MONDAY, (CY,), waits=True)])
        await stores.visits.put([visit(4, state="published"), visit(5, cohort_id=OTHER)])
        await stores.events.put([event(1, TUESDAY), event(2, MONDAY), event(3, MONDAY, activity="closing")])
        await stores.events.put([event(4, MONDAY, activity="mid", state="published")])
        drafts = stores.drafts
        assert await drafts.count(COHORT) == (3, 2)
        assert ids(await drafts.next_visits(COHORT, 5)) == ["vis-2", "vis-1"]
        assert ids(await drafts.next_visits(COHORT, 1)) == ["vis-2"]
        first = await drafts.next_event(COHORT)
        assert first == event(2, MONDAY)
        await stores.events.put(
            [each.model_copy(update={"state": "published"}) for each in (event(1), event(2), event(3))]
        )
        assert await drafts.next_event(COHORT) is None

    async def test_so_many_drafts_are_dropped_at_a_time_and_nothing_else(self, stores: Stores):
        await stores.visits.put([visit(1), visit(2, TUESDAY), visit(3, state="published"), visit(4, cohort_id=OTHER)])
        await stores.events.put([event(1), event(2, state="published")])
        gone = [await stores.drafts.drop(COHORT, 2) for _ in range(3)]
        assert gone == [2, 1, 0]
        assert ids(await stores.visits.of_cohort(COHORT)) == ["vis-3"]
        assert ids(await stores.events.of_cohort(COHORT)) == ["evt-2"]
        assert ids(await stores.visits.of_cohort(OTHER)) == ["vis-4"]

    async def test_the_check_reads_every_visit_without_its_brief_and_notices_a_change(self, stores: Stores):
        one, two = visit(1, TUESDAY, brief=BRIEF, state="held", version=3), visit(2, MONDAY, state="cancelled")
        await stores.visits.put([one, two])
        found = [each async for each in stores.drafts.each_visit(COHORT)]
        assert found == [two, one.model_copy(update={"brief": None})]
        seen = await stores.drafts.seen(COHORT)
        assert seen == {("vis-1", TUESDAY.isoformat(), "held", 3), ("vis-2", MONDAY.isoformat(), "cancelled", 0)}
        await stores.visits.put([visit(2, MONDAY, state="cancelled", version=1)])
        assert await stores.drafts.seen(COHORT) != seen


class EngagementsContract:
    async def test_people_are_engaged_by_what_other_cohorts_have_published(self, stores: Stores):
        await stores.visits.put(
            [
                visit(1, MONDAY, (ADA, BO), state="published"),
                visit(2, TUESDAY, (ADA,), leader=LEADER, state="held", cohort_id=OTHER),
                visit(3, WEDNESDAY, (ADA,), cohort_id=OTHER),
            ]
        )
        await stores.events.put([event(1, WEDNESDAY, (BO,), state="published", cohort_id=OTHER)])
        elsewhere = stores.engagements.elsewhere
        assert await elsewhere([ADA, BO, LEADER], COHORT) == {ADA: [TUESDAY], LEADER: [TUESDAY], BO: [WEDNESDAY]}
        assert await elsewhere([BO], OTHER) == {BO: [MONDAY]}
        assert {one: sorted(days) for one, days in (await elsewhere([ADA, CY], "")).items()} == {ADA: [MONDAY, TUESDAY]}

    async def test_days_of_visits_that_duties_bring_are_left_out_for_who_knows_the_duties(self, stores: Stores):
        of_duty = event(1, WEDNESDAY, (ADA,), state="published").model_copy(update={"duty": "dut-1"})
        await stores.events.put([of_duty, event(2, TUESDAY, (ADA,), state="published")])
        every = await stores.engagements.elsewhere([ADA], "")
        assert sorted(every[ADA]) == [TUESDAY, WEDNESDAY]
        assert await stores.engagements.elsewhere([ADA], "", duties=False) == {ADA: [TUESDAY]}

    async def test_a_day_is_booked_by_another_visit_only(self, stores: Stores):
        mine = visit(1, MONDAY, (ADA,), state="published")
        await stores.visits.put([mine, visit(2, TUESDAY, (BO,), leader=LEADER, state="published")])
        drafts = [
            visit(3, MONDAY, (ADA,)), visit(4, TUESDAY, (CY,), leader=LEADER), visit(5, MONDAY, (BO,)),
            visit(6, MONDAY, (CY,), host="sch-1"),
        ]  # fmt: skip
        assert await stores.engagements.booked([mine, *drafts]) == {"vis-3", "vis-4", "vis-6"}
        assert await stores.engagements.booked([]) == set()

    async def test_who_is_invited_although_another_visit_has_their_day_books_nothing(self, stores: Stores):
        await stores.visits.put([visit(1, MONDAY, (ADA, BO), state="published"), visit(2, MONDAY, (CY,))])
        second = visit(3, MONDAY, (ADA, CY), host="sch-9", state="published")
        assert await stores.engagements.taken(second) == {ADA}
        await stores.visits.put([second.model_copy(update={"doubled": (ADA,)})])
        assert await stores.engagements.taken(second) == {ADA}
        assert await stores.engagements.taken(second, ["vis-1"]) == set()
        assert await stores.engagements.taken(visit(4, MONDAY, (CY,), host="sch-9")) == {CY, "sch-9"}
        assert await stores.engagements.taken(visit(1, TUESDAY, (ADA,))) == set()

    async def test_a_turn_of_a_day_is_taken_one_after_the_other(self, stores: Stores):
        for _ in range(2):
            await stores.engagements.take_days([visit(1)], [event(1)])
        assert await stores.agreements.held([ADA], NOW) == {}


class ListingsContract:
    async def test_a_page_of_visits_is_counted_and_in_order_of_date(self, stores: Stores):
        guest = attendee(BO, "sch-9")
        await stores.visits.put(
            [
                visit(1, TUESDAY, leader=LEADER, state="published"),
                visit(2, MONDAY, (guest,), state="cancelled"),
                visit(3, WEDNESDAY, (CY,), group_id="grp-2"),
                visit(4, MONDAY, (CY,), cohort_id=OTHER, state="published"),
            ]
        )

        async def page(drafts=True, limit=10, offset=0, **where):
            count, found = await stores.listings.visits(where, drafts=drafts, limit=limit, offset=offset)
            return count, ids(found)

        assert await page(cohort_id=COHORT) == (3, ["vis-2", "vis-1", "vis-3"])
        assert await page(drafts=False, cohort_id=COHORT) == (2, ["vis-2", "vis-1"])
        assert await page(cohort_id=COHORT, limit=1, offset=1) == (3, ["vis-1"])
        assert await page(group_id="grp-2", cohort_id="") == (1, ["vis-3"])
        assert await page(person_id=LEADER) == (1, ["vis-1"])
        assert await page(school_id="sch-9") == (1, ["vis-2"])
        assert await page(person_id=CY, cohort_id=OTHER) == (1, ["vis-4"])

    async def test_an_event_in_parts_is_listed_once_and_bare_unless_one_part_is_asked_for(self, stores: Stores):
        one, two = event(1, MONDAY, (ADA,)), event(2, MONDAY, (BO,))
        whole = event(3, TUESDAY, (ADA, BO), activity="closing", state="published")
        await stores.events.put([two, whole, one])
        bare = one.model_copy(update={"event": one.event.model_copy(update={"attendees": ()})})
        listed = stores.listings.events
        assert await listed({"cohort_id": COHORT}, drafts=True) == [bare, whole]
        assert await listed({"cohort_id": COHORT, "person_id": BO}, drafts=True) == [two, whole]
        assert await listed({"cohort_id": COHORT}, drafts=False) == [whole]
        assert await listed({"school_id": "sch-8"}, drafts=True) == []

    async def test_visits_with_another_date_proposed_are_named_beside_how_many_stand(self, stores: Stores):
        await stores.visits.put(
            [
                visit(1, TUESDAY, state="published", proposal=PROPOSAL),
                visit(2, MONDAY),
                visit(3, state="cancelled", proposal=PROPOSAL),
                visit(4, cohort_id=OTHER, proposal=PROPOSAL),
            ]
        )
        count, found = await stores.listings.proposed(COHORT)
        assert (count, ids(found)) == (2, ["vis-1"])

"""Cohort events and their parts, and answers to invitations."""

import pytest

from services.scheduling.domain.visits.records import EventDecision
from services.scheduling.planner.model import CohortEvent
from services.scheduling.ports.stores import Stores
from shared.errors import Rejected, Retryable
from tests.unit.scheduling.ports.records import (
    ADA,
    BO,
    COHORT,
    CY,
    MONDAY,
    OTHER,
    TUESDAY,
    WEDNESDAY,
    answer,
    attendee,
    event,
    ids,
    visit,
)

MOVED = EventDecision(on=WEDNESDAY, why="coordinator", said=("Moved.",))
CANCELLED = EventDecision(on=None, why="coordinator")


class CohortEventsContract:
    async def test_events_are_read_as_they_were_saved_in_order_of_date(self, stores: Stores):
        one, two, other = event(1, TUESDAY, why=("So.",)), event(2, MONDAY, (BO, CY)), event(3, cohort_id=OTHER)
        await stores.events.put([one, other, two])
        assert await stores.events.event("evt-1") == one
        assert await stores.events.of_cohort(COHORT) == [two, one]
        with pytest.raises(Rejected, match="unknown-event"):
            await stores.events.event("evt-9")

    async def test_the_dates_are_those_that_are_decided_each_event_once(self, stores: Stores):
        await stores.events.put(
            [
                event(1, MONDAY, state="published", decided=MOVED),
                event(2, MONDAY, state="published", decided=MOVED),
                event(3, TUESDAY, activity="closing"),
                event(4, TUESDAY, activity="mid", state="cancelled"),
                event(5, TUESDAY, activity="other", state="published", decided=CANCELLED),
            ]
        )
        dates = await stores.events.dates(COHORT)
        assert set(dates) == {CohortEvent("launch", WEDNESDAY), CohortEvent("closing", TUESDAY)}
        assert len(dates) == 2

    async def test_visits_that_duties_bring_are_found_by_duty_from_a_day_on_and_by_nobody_else(self, stores: Stores):
        of = [
            event(1, WEDNESDAY, state="published").model_copy(update={"duty": "dut-1"}),
            event(2, TUESDAY, state="published").model_copy(update={"duty": "dut-1"}),
            event(3, MONDAY, state="published").model_copy(update={"duty": "dut-1"}),
            event(4, TUESDAY, state="published").model_copy(update={"duty": "dut-2"}),
            event(5, TUESDAY, state="published"),
        ]
        await stores.events.put(of)
        found = await stores.events.of_duties(["dut-1", "dut-3"], TUESDAY)
        assert {duty: ids(each) for duty, each in found.items()} == {"dut-1": ["evt-2", "evt-1"]}
        assert await stores.events.of_duties([], MONDAY) == {}

    async def test_the_parts_that_invite_somebody_or_a_school_are_found_else_one_other(self, stores: Stores):
        parts = [event(number, people=(attendee(one, f"sch-{number}"),)) for number, one in enumerate((ADA, BO, CY))]
        await stores.events.put([*parts[::-1], event(8, people=(ADA,), activity="closing")])
        parts_at = stores.events.parts_at
        assert ids(await parts_at(COHORT, "launch", ["sch-2"], [BO])) == ["evt-1", "evt-2"]
        assert ids(await parts_at(COHORT, "launch", [], ["per-new"])) == ["evt-0"]
        assert ids(await parts_at(COHORT, "mid", ["sch-2"], [BO])) == []

    async def test_a_decision_is_noted_on_published_parts_and_changes_drafts_at_once(self, stores: Stores):
        draft, told = event(1, MONDAY), event(2, MONDAY, (BO,), state="published", why=("So.",))
        others = event(3, MONDAY, (CY,), activity="closing"), event(4, MONDAY, state="held")
        await stores.events.put([draft, told, *others])
        await stores.events.decide(COHORT, "launch", MOVED)
        moved = draft.event.model_copy(update={"on": WEDNESDAY})
        assert await stores.events.event("evt-1") == draft.model_copy(update={"event": moved, "why": ("Moved.",)})
        waiting = told.model_copy(update={"decided": MOVED})
        assert await stores.events.next_decided() == waiting
        assert [await stores.events.event(name) for name in ("evt-3", "evt-4")] == list(others)
        await stores.events.put([told])
        assert await stores.events.next_decided() is None

    async def test_a_day_that_the_coordinator_chose_stays_chosen_in_a_draft(self, stores: Stores):
        await stores.events.put([event(1, MONDAY), event(2, MONDAY, (BO,), state="published")])
        await stores.events.decide(COHORT, "launch", MOVED.model_copy(update={"chosen": True}))
        pinned = [(await stores.events.event(name)).pinned for name in ("evt-1", "evt-2")]
        assert pinned == [True, False]

    async def test_a_draft_of_an_event_that_does_not_take_place_is_cancelled(self, stores: Stores):
        await stores.events.put([event(1, why=("So.",))])
        await stores.events.decide(COHORT, "launch", CANCELLED)
        assert await stores.events.event("evt-1") == event(1, state="cancelled", why=("So.",))


class AnswersContract:
    async def test_the_latest_answer_of_each_person_counts(self, stores: Stores):
        first, second = answer("vis-1"), answer("vis-1", version=2, said="declined")
        for each in (first, answer("vis-1", BO), answer("evt-1", said="declined"), second):
            await stores.answers.add(each)
        assert await stores.answers.latest("vis-1") == {ADA: second, BO: answer("vis-1", BO)}
        assert await stores.answers.latest_of(["vis-1", "evt-1", "vis-9"]) == {
            "vis-1": {ADA: second, BO: answer("vis-1", BO)},
            "evt-1": {ADA: answer("evt-1", said="declined")},
        }
        assert await stores.answers.latest("vis-9") == {}
        assert await stores.answers.latest_by(ADA, ["vis-1", "evt-1", "vis-9"]) == {
            "vis-1": second, "evt-1": answer("evt-1", said="declined"),
        }  # fmt: skip
        assert await stores.answers.latest_by(BO, ["evt-1"]) == {}

    async def test_of_two_answers_of_one_version_the_second_is_refused(self, stores: Stores):
        await stores.answers.add(answer("vis-1"))
        with pytest.raises(Retryable):
            await stores.answers.add(answer("vis-1", said="declined"))
        assert (await stores.answers.latest("vis-1"))[ADA].answer == "accepted"

    async def test_an_answer_is_counted_on_what_was_answered(self, stores: Stores):
        await stores.visits.put([visit(1), visit(2)])
        await stores.events.put([event(1)])
        for each in (answer("vis-1"), answer("vis-1", BO), answer("evt-1")):
            await stores.answers.add(each)
        counted = [(await stores.visits.visit(name)).answers for name in ("vis-1", "vis-2")]
        assert (counted, (await stores.events.event("evt-1")).answers) == ([2, 0], 1)

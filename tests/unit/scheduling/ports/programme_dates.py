"""All dates of a programme, whatever kind they are."""

import datetime as dt
from typing import Any

from services.scheduling.domain.overview.dated import Dated
from services.scheduling.domain.sessions.records import Planned
from services.scheduling.domain.visits.records import EventDecision
from services.scheduling.ports.stores import Stores
from tests.unit.scheduling.ports.arrangements import arrangement, day
from tests.unit.scheduling.ports.courses import course
from tests.unit.scheduling.ports.records import (
    ADA,
    BO,
    CY,
    LEADER,
    MONDAY,
    NOW,
    OTHER,
    PROGRAMME,
    TUESDAY,
    WEDNESDAY,
    attendee,
    event,
    visit,
)

HOURS: dict[str, Any] = {"starts": dt.time(9), "ends": dt.time(15)}


def of_another_programme(record):
    kind = "visit" if hasattr(record, "visit") else "event"
    inner = getattr(record, kind).model_copy(update={"programme_id": "prg-2"})
    return record.model_copy(update={kind: inner})


class ProgrammeDatesContract:
    async def test_dates_of_each_kind_stand_side_by_side(self, stores: Stores):
        await stores.visits.put([visit(1, MONDAY, (ADA, attendee(BO, "sch-9")), leader=LEADER)])
        session = event(1, TUESDAY, (ADA,), cohort_id="ses-1", activity="trainings", course="crs-1")
        off = EventDecision(on=None, why="coordinator")
        await stores.events.put(
            [session.model_copy(update={"number": 2}), event(2, WEDNESDAY, (BO,), state="published", decided=off)]
        )
        await stores.arrangements.put(arrangement(visits=(day(),)), NOW)
        found = {one.target_id: one for one in await stores.programme_dates.of_programme(PROGRAMME)}
        assert found == {
            "vis-1": Dated(
                kind="visit", programme_id=PROGRAMME, target_id="vis-1", activity="visit", on=MONDAY, state="draft",
                host_school_id="sch-1", schools=("sch-1", "sch-9"), people=(ADA, BO, LEADER), **HOURS,
            ),
            "evt-1": Dated(
                kind="session", programme_id=PROGRAMME, target_id="evt-1", activity="trainings", on=TUESDAY,
                state="draft", title="Launch", schools=("sch-1",), people=(ADA,), course_id="crs-1", number=2,
                part_of="crs-1/2", **HOURS,
            ),
            "evt-2": Dated(
                kind="event", programme_id=PROGRAMME, target_id="evt-2", activity="launch", on=WEDNESDAY,
                state="cancelled", title="Launch", schools=("sch-1",), people=(BO,), part_of="coh-1/launch", **HOURS,
            ),
            "avi-1": Dated(
                kind="agreed", programme_id=PROGRAMME, target_id="avi-1", activity="data-visit", on=MONDAY,
                state="published", host_school_id="sch-2", schools=("sch-2", "sch-1"), people=(ADA, BO), number=1,
                **HOURS,
            ),
        }  # fmt: skip
        assert await stores.programme_dates.of_programme("prg-2") == []

    async def test_what_other_programmes_have_published_on_some_days(self, stores: Stores):
        mine = visit(1, MONDAY, (ADA,), state="published")
        theirs = [
            visit(2, MONDAY, (BO,), state="published", cohort_id=OTHER), visit(3, MONDAY, (CY,), cohort_id=OTHER),
            visit(4, TUESDAY, (ADA,), state="published", cohort_id=OTHER),
        ]  # fmt: skip
        await stores.visits.put([mine, *map(of_another_programme, theirs)])
        await stores.events.put([of_another_programme(event(1, MONDAY, (CY,), state="published"))])
        both = (day("avi-1", MONDAY), day("avi-2", WEDNESDAY))
        await stores.arrangements.put(arrangement(programme_id="prg-2", visits=both), NOW)
        found = await stores.programme_dates.elsewhere(PROGRAMME, {MONDAY})
        assert {one.target_id for one in found} == {"vis-2", "evt-1", "avi-1"}
        assert await stores.programme_dates.elsewhere(PROGRAMME, set()) == []

    async def test_what_people_are_invited_to_between_two_days(self, stores: Stores):
        await stores.visits.put(
            [visit(1, MONDAY, (ADA,), state="published"), visit(2, TUESDAY, (CY,), state="published"),
             visit(3, WEDNESDAY, (ADA,))]
        )  # fmt: skip
        told = [
            event(1, TUESDAY, (ADA, BO), state="held"), event(2, TUESDAY, (ADA,), state="published", duty="dut-1"),
            event(3, WEDNESDAY, (BO,), state="published"),
        ]  # fmt: skip
        await stores.events.put(told)
        found = await stores.programme_dates.of_people({ADA, BO}, MONDAY, TUESDAY)
        assert sorted(one.target_id for one in found) == ["evt-1", "vis-1"]

    async def test_courses_with_days_that_nobody_is_told_of(self, stores: Stores):
        planned = course(planned=(Planned(number=1, on=MONDAY),))
        for one in (planned, course("crs-2"), course("crs-3", programme_id="prg-2", planned=planned.planned)):
            await stores.courses.put(one)
        assert await stores.programme_dates.planned("prg-1") == [planned]

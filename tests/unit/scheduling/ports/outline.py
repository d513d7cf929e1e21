"""A whole cohort's dates in outline say what its records say, without people."""

import datetime as dt
from collections import Counter

from benchmarks.scheduling_stored import COHORT, PROGRAMME
from services.scheduling.domain.visits.records import EventPart, VisitDate
from services.scheduling.ports.stores import Stores
from tests.unit.scheduling.cohorts import LATER, varied


def visits():
    return varied().published.visits


class OutlineContract:
    """On the cohort that ``varied`` makes up; `whole` has it stored."""

    async def test_how_many_visits_are_on_each_day_and_where_one_is_pinned(self, whole: Stores):
        standing = [each for each in visits() if each.state != "cancelled"]
        counts, pinned = await whole.outline.visits_a_day(COHORT)
        assert counts == Counter(each.visit.on for each in standing)
        assert pinned == {each.visit.on for each in standing if each.pinned}
        assert pinned != set(counts)
        assert await whole.outline.visits_a_day("coh-other") == ({}, frozenset())

    async def test_the_groups_that_have_a_visit_on_some_days(self, whole: Stores):
        days = sorted({each.visit.on for each in visits()})[20:24]
        theirs = {each.visit.group_id for each in visits() if each.visit.on in days and each.state != "cancelled"}
        assert await whole.outline.groups_on(COHORT, days) == theirs
        called_off = next(each for each in visits() if each.state == "cancelled")
        alone = [each for each in visits() if each.visit.group_id == called_off.visit.group_id]
        assert sum(each.visit.on == called_off.visit.on for each in alone) == 1
        assert called_off.visit.group_id not in await whole.outline.groups_on(COHORT, [called_off.visit.on])
        assert await whole.outline.groups_on("coh-other", days) == set()

    async def test_the_days_of_visits_to_come_in_whatever_state(self, whole: Stores):
        first = LATER.date()
        fields = [(each.visit, each.state) for each in visits() if each.visit.on >= first]
        wanted = {VisitDate(one.visit_id, one.group_id, one.host_school_id, one.on, state) for one, state in fields}
        found = await whole.outline.visits(COHORT, first)
        assert (len(found), set(found)) == (len(wanted), wanted)
        assert {each.state for each in found} == {"draft", "published", "cancelled"}

    async def test_events_part_by_part_without_their_people_whom_it_counts(self, whole: Stores):
        parts = [(each, each.event.model_copy(update={"attendees": ()})) for each in varied().published.events]
        assert await whole.outline.events(COHORT) == [
            EventPart(each.model_copy(update={"event": bare}), len(each.invited)) for each, bare in parts
        ]

    async def test_schools_without_their_people(self, whole: Stores):
        enrolments = sorted(varied().sources.enrolments.values(), key=lambda each: each.enrolment_id)[10:14]
        found = await whole.outline.schools(PROGRAMME, [each.school_id for each in enrolments])
        assert [each.model_dump() for each in found] == [{**each.model_dump(), "people": ()} for each in enrolments]

    async def test_the_first_and_last_day_and_whether_a_day_has_visits(self, whole: Stores):
        days = sorted(each.visit.on for each in visits() if each.state != "cancelled")
        assert list(await whole.outline.first_and_last(COHORT)) == [days[0], days[-1]]
        assert await whole.outline.any_visit_on(COHORT, days[0])
        assert not await whole.outline.any_visit_on(COHORT, days[-1] + dt.timedelta(days=1))
        assert list(await whole.outline.first_and_last("coh-other")) == []

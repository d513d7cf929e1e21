"""What other services publish is kept as it stands last, in whatever order it comes."""

import pytest

from shared.errors import NotYet
from shared.events.matching import GroupChanged
from shared.events.programmes import EnrolmentAmended, PersonReplaced, SchoolWithdrawn
from shared.events.scheduling import CohortEventCancelled, CohortEventHeld, VisitCancelled, VisitMoved
from tests.unit.reporting import world
from tests.unit.reporting.harness import Reporting, at_work

REPLACED = PersonReplaced(
    version=2, programme_id="prg-1", enrolment_id="enr-sch-1", school_id="sch-1", role="headteacher",
    person_id=world.head("sch-1"), replaced_by="per-new",
)  # fmt: skip
LEFT = SchoolWithdrawn(version=3, programme_id="prg-1", enrolment_id="enr-sch-1", school_id="sch-1")
CHANGED = GroupChanged(
    version=2, group_id="grp-1", cohort_id="coh-1", programme_id="prg-1", school_ids=("sch-1", "sch-3"), left=("sch-2",)
)


@pytest.mark.parametrize("event", [REPLACED, LEFT, CHANGED])
async def test_what_builds_on_an_event_that_has_not_come_waits_for_it(event):
    reporting = Reporting()
    with pytest.raises(NotYet):
        await reporting.handle(event)
    assert (reporting.memory.members.rows, reporting.memory.groups.rows) == ({}, {})


async def test_a_group_waits_for_its_programme():
    with pytest.raises(NotYet):
        await Reporting().handle(world.group_formed())


async def test_an_enrolment_of_before_does_not_undo_what_came_since():
    reporting = await at_work()
    await reporting.handle(REPLACED, LEFT)
    amended = EnrolmentAmended(**{**world.enrolled("sch-1").model_dump(), "version": 2})
    await reporting.handle(world.enrolled("sch-1"), amended, REPLACED)
    member = reporting.memory.members.rows["enr-sch-1"]
    assert (member.withdrawn, member.version, member.people["headteacher"]) == (True, 3, "per-new")


async def test_a_group_of_before_does_not_undo_a_change_nor_ask_anybody_again():
    reporting = await at_work()
    assert (await reporting.handle(CHANGED)).reminders == {}
    again = await reporting.handle(world.group_formed(), CHANGED)
    group = reporting.memory.groups.rows["grp-1"]
    assert (group.school_ids, again.reminders) == (("sch-1", "sch-3"), {})


async def test_who_joins_a_group_is_asked_and_nobody_else():
    reporting = await at_work()
    await reporting.handle(CHANGED)
    joined = CHANGED.model_copy(update={"version": 3, "school_ids": tuple(world.NAMES), "joined": ("sch-2",)})
    work = await reporting.handle(joined)
    assert [one.data["school_id"] for one in work.reminders.values()] == ["sch-2"]


async def test_a_programme_of_before_is_passed_over():
    reporting = Reporting()
    newer = world.opened().model_copy(update={"version": 2, "name": "Renamed"})
    await reporting.handle(newer, world.opened())
    assert reporting.memory.programmes.rows["prg-1"].name == "Renamed"


async def test_a_visit_stands_as_its_newest_event_says_whatever_comes_first():
    reporting = Reporting()
    moved = world.visit_scheduled(1, version=3, kind=VisitMoved, moved_from=world.FIRST_VISIT, why="decline")
    cancelled = world.visit_scheduled(1, version=4, kind=VisitCancelled, why="illness")
    await reporting.handle(moved, world.visit_scheduled(1))
    assert reporting.memory.meetings.rows["vis-1"].version == 3
    await reporting.handle(cancelled, world.visit_held(1, version=2))
    meeting = reporting.memory.meetings.rows["vis-1"]
    assert (meeting.cancelled, meeting.held, meeting.version) == (True, False, 4)


async def test_a_visit_that_was_held_before_it_was_known_knows_who_was_there():
    reporting = Reporting()
    await reporting.handle(world.visit_held(1))
    meeting = reporting.memory.meetings.rows["vis-1"]
    assert (meeting.held, meeting.invited) == (True, ())
    assert [one.model_dump() for one in meeting.people()] == [one.model_dump() for one in world.attendees()]


async def test_a_cohort_event_keeps_its_title_when_it_is_held_and_none_where_it_was_not_known():
    reporting, other = Reporting(), Reporting()
    await reporting.handle(world.event_scheduled(), world.event_held())
    await other.handle(world.event_held())
    titles = [one.memory.meetings.rows[world.EVENT].title for one in (reporting, other)]
    assert titles == ["Launch event", ""]


async def test_a_cancelled_cohort_event_is_not_held_by_an_older_event():
    reporting = Reporting()
    fields = {**world.event_scheduled().model_dump(), "version": 3}
    older = CohortEventHeld(**{**world.event_held().model_dump(), "version": 2})
    await reporting.handle(world.event_scheduled(), CohortEventCancelled(**fields, why="coordinator"), older)
    meeting = reporting.memory.meetings.rows[world.EVENT]
    assert (meeting.cancelled, meeting.held) == (True, False)

"""A programme whose template says everything gets its dates: roles, hours and windows are the template's own."""

import datetime as dt

import pytest

from services.scheduling.domain.visits.records import ProgrammeRecord
from services.scheduling.domain.visits.terms import terms_of
from shared.commands import scheduling_released as released
from shared.commands.scheduling import AnswerInvitation, AttendanceLine, ListVisits, RecordAttendance, ShowVisit
from shared.errors import Rejected
from shared.events import scheduling, scheduling_parts
from shared.events.programmes_parts import (
    EnrolmentAmended,
    ProgrammeOpened,
    RoleLeft,
    RoleTaken,
    SchoolEnrolled,
    SchoolWithdrawn,
)
from shared.template import Template
from tests.unit.scheduling import facts

ROLES = ("speaker", "scribe", "keeper")
TEMPLATE = {
    "key": "circles", "version": 1, "title": "Circles", "summary": "Schools sit in circles.",
    "roles": [{"key": role, "title": f"the {role}"} for role in ROLES]
    + [{"key": "two", "of": ["speaker", "scribe"]}],
    "clock": {"moments": [{"key": "joining", "opens": "09-01", "closes": "09-25"}]},
    "matching": [{"key": "circle", "kind": "groups", "sizes": [3, 4]}],
    "activities": [
        {"key": "day", "kind": "visit", "title": "A day", "who": ["group.two", "host.keeper"], "opens": "11-16",
         "closes": "05-28", "starts": "10:00", "ends": "14:30",
         "dating": {"spacing_working_days": 5, "preferred_weekdays": [1]}},
        {"key": "feast", "kind": "cohort-event", "title": "A feast", "who": ["speaker"], "opens": "06-07",
         "closes": "06-30", "starts": "12:00", "ends": "16:00",
         "venue": {"name": "The barn", "address": "Mill Lane"}},
    ],
}  # fmt: skip


def opened(**changes):
    template = Template.model_validate({**TEMPLATE, **changes})
    return ProgrammeOpened(
        version=1, programme_id=facts.PROGRAMME, name="Circles", year=2026, coordinator_id=facts.COORDINATOR,
        template=template,
    )  # fmt: skip


def enrolled(school, *, kind=SchoolEnrolled, version=1, **changes):
    told = {**facts.enrolled(school).model_dump(), "version": version, **changes}
    return kind.model_validate(told)


def took(school, role, person=None):
    return RoleTaken(
        version=1, membership_id=f"mem-{school}-{role}-{person}", programme_id=facts.PROGRAMME, role=role,
        person_id=person or facts.person(school, role), school_id=school, since=dt.date(2026, 9, 1),
    )  # fmt: skip


def gave_up(school, role):
    return RoleLeft(
        version=2, membership_id=f"mem-{school}-{role}-None", programme_id=facts.PROGRAMME, role=role,
        person_id=facts.person(school, role), school_id=school, until=dt.date(2026, 10, 1),
    )  # fmt: skip


@pytest.fixture
async def dated(world):
    """A published calendar; roles came before the schools did."""
    people = [took(school, role) for school in facts.SCHOOLS for role in ROLES]
    await world.tell(*people, *map(enrolled, facts.SCHOOLS), opened(), *facts.formed())
    await world.publish()
    return world


async def test_visits_and_events_are_those_of_the_template_and_are_told_in_version_2(dated):
    visits, (event,) = dated.of(scheduling_parts.VisitScheduled), dated.of(scheduling_parts.CohortEventScheduled)
    assert dated.of(scheduling.VisitScheduled) == []
    assert dated.of(scheduling.CohortEventScheduled) == []
    assert {(one.activity, one.starts, one.ends) for one in visits} == {("day", dt.time(10), dt.time(14, 30))}
    assert all(one.on.weekday() == 1 for one in visits)
    assert (event.title, event.place, {one.role for one in event.attendees}) == (
        "A feast", "The barn, Mill Lane", {"speaker"},
    )  # fmt: skip


async def test_who_is_named_for_the_host_comes_to_their_own_school_only(dated):
    for one in dated.of(scheduling_parts.VisitScheduled):
        assert sorted(each.role for each in one.attendees) == ["keeper", *["scribe"] * 3, *["speaker"] * 3]
        (keeper,) = (each for each in one.attendees if each.role == "keeper")
        assert (keeper.school_id, keeper.required) == (one.host_school_id, False)


async def test_who_takes_over_a_role_is_invited_in_place_of_who_leaves_it(dated):
    await dated.tell(took("sch-1", "speaker", "per-new"), gave_up("sch-1", "speaker"))
    rows = (await dated.client.find(ListVisits(person_id="per-new", drafts=True))).visits
    assert len(rows) == 3
    assert (await dated.client.find(ListVisits(person_id=facts.person("sch-1", "speaker"), drafts=True))).total == 0
    assert {one.why for one in dated.of(scheduling_parts.VisitChanged)} == {"person-replaced"}


async def test_a_school_that_leaves_hosts_nobody(dated):
    left = {"programme_id": facts.PROGRAMME, "enrolment_id": "enr-sch-1", "school_id": "sch-1"}
    await dated.tell(SchoolWithdrawn(version=2, **left))
    (cancelled,) = dated.of(scheduling_parts.VisitCancelled)
    assert cancelled.host_school_id == "sch-1"


async def test_days_that_a_school_rules_out_later_move_its_visits(dated):
    first = min(dated.of(scheduling_parts.VisitScheduled), key=lambda one: one.on)
    school, day = first.host_school_id, {"first": first.on, "last": first.on}
    await dated.tell(enrolled(school, kind=EnrolmentAmended, version=2, dates_not_possible=[day]))
    moved = {one.visit_id: one for one in dated.of(scheduling_parts.VisitMoved)}
    assert moved[first.visit_id].moved_from == first.on
    assert {each.role for each in moved[first.visit_id].attendees} == set(ROLES)


async def test_attendance_is_told_with_the_roles_of_the_template(dated):
    first = min(dated.of(scheduling_parts.VisitScheduled), key=lambda one: one.on)
    await dated.to(dt.datetime.combine(first.on, dt.time(18), dt.UTC))
    lines = tuple(AttendanceLine(person_id=one.person_id, present=True) for one in first.attendees)
    await dated.client.ask(RecordAttendance(visit_id=first.visit_id, by=facts.COORDINATOR, lines=lines))
    (held,) = dated.of(scheduling_parts.VisitHeld)
    assert {one.role for one in held.present} == set(ROLES)


async def test_an_answer_counts_as_it_does_elsewhere(dated):
    first = min(dated.of(scheduling_parts.VisitScheduled), key=lambda one: one.on)
    who = first.attendees[0].person_id
    said = {"target_id": first.visit_id, "target_kind": "visit", "person_id": who, "answer": "accepted"}
    await dated.client.ask(AnswerInvitation(**said, sequence=first.sequence))
    shown = await dated.client.find(ShowVisit(visit_id=first.visit_id))
    assert [(one.person_id, one.answer) for one in shown.answers] == [(who, "accepted")]


async def test_version_1_of_a_query_says_that_it_cannot_name_the_roles(dated):
    (first, *_) = dated.of(scheduling_parts.VisitScheduled)
    with pytest.raises(Rejected, match="ask version 2"):
        await dated.client.find(released.ShowVisit(visit_id=first.visit_id))


async def test_version_1_of_a_query_answers_for_programmes_that_it_can_say(published):
    (first, *_) = published.of(scheduling.VisitScheduled)
    for kind in (released.ShowVisit, ShowVisit):
        shown = await published.client.find(kind(visit_id=first.visit_id))
        assert shown.visit.model_dump()["attendees"] == first.model_dump()["attendees"]


def test_a_programme_that_was_stored_with_its_template_reads_as_it_was():
    told = facts.opened()
    stored = told.model_dump(mode="json")
    record = ProgrammeRecord.model_validate(stored)
    assert record.terms == terms_of(told.template, 2026)
    assert record.terms.first_version
    assert ProgrammeRecord.model_validate(record.model_dump(mode="json")) == record

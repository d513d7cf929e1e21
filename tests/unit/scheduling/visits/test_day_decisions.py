"""What a visit's day leaves behind: a brief, a substitute, attendance; and who is invited anew."""

import datetime as dt

import pytest

from services.scheduling.domain.visits.day_decisions import decide_attendance, decide_brief, decide_substitute
from services.scheduling.domain.visits.invitations import invite, invite_to_event, too_small
from shared.commands.scheduling import AttendanceLine, RecordAttendance, VisitorNotes, WriteVisitBrief
from shared.errors import Rejected
from shared.events.scheduling import VisitBriefWritten
from shared.events.scheduling_parts import CohortEventChanged, VisitChanged, VisitHeld
from tests.unit.scheduling.ports.records import ADA, BO, CY, LEADER, MONDAY, NOW, attendee, event, group, visit

RECORD = visit(1, MONDAY, (ADA, BO), leader=LEADER, state="published", version=1)
THAT_DAY = dt.datetime.combine(MONDAY, dt.time(16), dt.UTC)


def brief(**changes):
    given = {"visit_id": "vis-1", "person_id": ADA, "practice": "Reading", "challenge": "Homework"}
    return WriteVisitBrief.model_validate({**given, **changes})


def test_a_brief_says_whether_the_notes_for_visitors_have_changed():
    first = decide_brief(RECORD, brief(), {ADA}, NOW)
    again = decide_brief(first.record, brief(notes=VisitorNotes(arrival="8:45")), {ADA}, NOW)
    same = decide_brief(again.record, brief(notes=VisitorNotes(arrival="8:45"), practice="Writing"), {ADA}, NOW)
    told = [each for decision in (first, again, same) for each in decision.events]
    assert all(isinstance(each, VisitBriefWritten) for each in told)
    assert [(each.version, each.model_dump()["notes_changed"]) for each in told] == [(2, False), (3, True), (4, False)]
    assert same.record.brief is not None
    assert (same.record.brief.practice, same.record.brief.written_on) == ("Writing", NOW.date())


def test_a_brief_is_for_the_host_to_write_and_for_a_visit_in_the_calendar():
    with pytest.raises(Rejected, match="host-writes-brief"):
        decide_brief(RECORD, brief(person_id=CY), {ADA}, NOW)
    with pytest.raises(Rejected, match="not-published"):
        decide_brief(visit(1, state="draft"), brief(), {ADA}, NOW)


def test_a_substitute_is_told_as_who_joins():
    decision = decide_substitute(RECORD, ADA, CY)
    (told,) = decision.events
    assert isinstance(told, VisitChanged)
    assert (told.joined, told.left, told.why, told.sequence, told.version) == ((CY,), (ADA,), "substitute", 1, 2)
    assert [one.substitute_for for one in decision.record.visit.attendees] == [ADA, None]


def test_attendance_is_for_the_facilitator_or_the_coordinator_to_record():
    lines = (AttendanceLine(person_id=ADA, present=True), AttendanceLine(person_id=BO, present=False))
    for by in (LEADER, "per-coordinator"):
        command = RecordAttendance(visit_id="vis-1", by=by, lines=lines)
        decision = decide_attendance(RECORD, command, "per-coordinator", THAT_DAY)
        (held,) = decision.events
        assert isinstance(held, VisitHeld)
        assert ([one.person_id for one in held.present], held.absent, held.version) == ([ADA], (BO,), 2)
        assert (decision.record.state, decision.sentence) == ("held", "1 people were there.")
    with pytest.raises(Rejected, match="facilitator-records"):
        decide_attendance(RECORD, RecordAttendance(visit_id="vis-1", by=ADA, lines=lines), "per-coordinator", THAT_DAY)


@pytest.mark.parametrize(("state", "told", "counted"), [("published", 1, 1), ("draft", 0, 0)])
def test_who_belongs_to_it_now_is_invited_and_only_what_is_published_is_told(state, told, counted):
    wanted = (attendee(ADA), attendee(CY))
    record, part = visit(1, people=(ADA, BO), state=state), event(1, people=(ADA, BO), state=state)
    for before, decision in ((record, invite(record, wanted, "why")), (part, invite_to_event(part, wanted, "why"))):
        assert decision is not None
        assert len(decision.events) == told
        assert (decision.record.version, decision.record.invited) == (before.version + counted, (ADA, CY))
        for each in decision.events:
            assert isinstance(each, VisitChanged | CohortEventChanged)
            assert (each.joined, each.left, each.sequence, each.why) == ((CY,), (BO,), 1, "why")


def test_whoever_is_invited_already_is_not_invited_again():
    assert invite(RECORD, (attendee(ADA), attendee(BO)), "why") is None
    assert invite_to_event(event(1), (attendee(ADA),), "why") is None


def test_a_group_that_is_too_small_is_left_to_the_coordinator():
    asked = too_small(group(1, ("sch-1", "sch-2")))
    assert (asked.question, asked.target_kind, asked.sentence) == (
        "group-too-small", "group", "The group has 2 schools left.",
    )  # fmt: skip

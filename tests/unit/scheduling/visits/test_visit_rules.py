"""Answers, attendance, invitations and local times: the rules of one visit."""

import datetime as dt

import pytest

from services.scheduling.domain.local_time import instant, local_date
from services.scheduling.domain.visits.answers import declined, given, may_answer, still_to_come, unanswered
from services.scheduling.domain.visits.attendance import present_at, substituted
from services.scheduling.domain.visits.invitations import with_people
from services.scheduling.domain.visits.records import AnswerRecord, VisitRecord
from shared.commands.scheduling import AttendanceLine
from shared.errors import Rejected
from shared.events.scheduling_parts import Attendee, Visit

ON = dt.date(2027, 5, 13)
EVENING = dt.datetime(2027, 5, 13, 18, 0, tzinfo=dt.UTC)


def attendee(name, **more):
    return Attendee(person_id=name, role="headteacher", school_id="s", **more)


def record(state="published", sequence=1, **more):
    visit = Visit(
        visit_id="v",
        cohort_id="c",
        programme_id="p",
        group_id="g",
        activity="visit-day",
        host_school_id="s",
        on=ON,
        starts=dt.time(9),
        ends=dt.time(15),
        timezone="Europe/London",
        facilitator_id="f",
        attendees=(attendee("a"), attendee("b")),
        sequence=sequence,
    )
    return VisitRecord(visit=visit, state=state, version=3, **more)


def said(person, answer, sequence=1, version=1):
    return AnswerRecord(
        target_id="v", person_id=person, version=version, answer=answer, via="page", sequence=sequence, at=EVENING
    )


@pytest.mark.parametrize(
    ("day", "time", "utc"),
    [
        (dt.date(2027, 3, 25), dt.time(9), "2027-03-25T09:00:00+00:00"),
        (dt.date(2027, 3, 29), dt.time(9), "2027-03-29T08:00:00+00:00"),
        (dt.date(2026, 10, 23), dt.time(15), "2026-10-23T14:00:00+00:00"),
        (dt.date(2026, 10, 26), dt.time(15), "2026-10-26T15:00:00+00:00"),
        (dt.date(2026, 10, 25), dt.time(1, 30), "2026-10-25T00:30:00+00:00"),
    ],
)
def test_nine_oclock_is_nine_oclock_on_both_sides_of_the_clock_change(day, time, utc):
    assert instant(day, time, "Europe/London").isoformat() == utc


def test_the_local_date_turns_at_local_midnight():
    assert local_date(dt.datetime(2027, 6, 30, 23, 30, tzinfo=dt.UTC), "Europe/London") == dt.date(2027, 7, 1)
    assert local_date(dt.datetime(2027, 1, 31, 23, 30, tzinfo=dt.UTC), "Europe/London") == dt.date(2027, 1, 31)


@pytest.mark.parametrize(
    ("state", "person", "sequence", "rule"),
    [
        ("published", "x", None, "not-invited"),
        ("published", "a", 0, "out-of-date-invitation"),
        ("held", "a", None, "already-over"),
        ("cancelled", "a", None, "already-over"),
        ("draft", "a", None, "not-published"),
    ],
)
def test_an_answer_is_refused_with_its_rule(state, person, sequence, rule):
    with pytest.raises(Rejected) as refusal:
        may_answer(record(state), person, sequence)
    assert refusal.value.rule == rule


def test_the_facilitator_is_invited_too():
    may_answer(record(), "f", 1)
    assert record().invited == ("a", "b", "f")
    assert record().required == {"a", "b", "f"}


def _version(answer):
    return answer.version


def test_an_answer_counts_up_and_the_same_one_is_none():
    first = given(record(), None, "a", answer="accepted", via="page", at=EVENING)
    assert first is not None
    assert (first.version, first.sequence) == (1, 1)
    assert given(record(), first, "a", answer="accepted", via="calendar", at=EVENING) is None
    assert _version(given(record(), first, "a", answer="declined", via="page", at=EVENING)) == 2
    assert _version(given(record(sequence=2), first, "a", answer="accepted", via="page", at=EVENING)) == 2


def test_answers_to_an_older_invitation_do_not_count():
    latest = {"a": said("a", "accepted"), "b": said("b", "declined", sequence=0)}
    assert unanswered(record(), latest) == ("b", "f")
    assert declined(record(), latest) == frozenset()
    assert declined(record(), {"b": said("b", "declined")}) == {"b"}


def test_nobody_is_reminded_of_a_day_that_is_over():
    assert still_to_come(record(), EVENING)
    assert not still_to_come(record(), EVENING + dt.timedelta(days=1))
    assert not still_to_come(record("cancelled"), EVENING)


def lines(*present, absent=()):
    return [AttendanceLine(person_id=one, present=True) for one in present] + [
        AttendanceLine(person_id=one, present=False) for one in absent
    ]


def test_attendance_divides_the_invited():
    present, absent = present_at(record(), lines("a", "f", absent=("b",)), EVENING)
    assert ([one.person_id for one in present], absent) == (["a"], ("b",))


@pytest.mark.parametrize(
    ("state", "who", "now", "rule"),
    [
        ("published", ("x",), EVENING, "invited-or-allowed"),
        ("published", (), EVENING, "somebody-came"),
        ("published", ("a",), EVENING - dt.timedelta(days=1), "visit-not-yet"),
        ("held", ("a",), EVENING, "already-recorded"),
        ("cancelled", ("a",), EVENING, "not-published"),
    ],
)
def test_attendance_is_refused_with_its_rule(state, who, now, rule):
    with pytest.raises(Rejected) as refusal:
        present_at(record(state), lines(*who), now)
    assert refusal.value.rule == rule


def test_a_stranger_marked_absent_is_no_stranger_at_the_visit():
    present, _ = present_at(record(), lines("a", absent=("x",)), EVENING)
    assert [one.person_id for one in present] == ["a"]


def test_a_substitute_takes_the_place_and_says_for_whom():
    after = substituted(record(), "a", "deputy")
    assert [(one.person_id, one.substitute_for) for one in after.visit.attendees] == [("deputy", "a"), ("b", None)]
    assert (after.visit.sequence, after.version) == (2, 4)
    again = substituted(after, "deputy", "other")
    assert again.visit.attendees[0].substitute_for == "a"


@pytest.mark.parametrize(
    ("state", "person", "substitute", "rule"),
    [
        ("published", "x", "deputy", "not-invited"),
        ("published", "a", "b", "already-invited"),
        ("published", "a", "f", "already-invited"),
        ("draft", "a", "deputy", "not-published"),
    ],
)
def test_a_substitute_is_refused_with_the_rule(state, person, substitute, rule):
    with pytest.raises(Rejected) as refusal:
        substituted(record(state), person, substitute)
    assert refusal.value.rule == rule


def test_people_join_and_leave_and_a_substitute_stays_for_whom_they_stand_in():
    deputy = attendee("deputy", substitute_for="a")
    after, joined, left = with_people((deputy, attendee("b")), (attendee("a"), attendee("c")))
    assert ([one.person_id for one in after], joined, left) == (["deputy", "c"], ("c",), ("b",))
    assert with_people((deputy, attendee("b")), (attendee("a"), attendee("b")))[1:] == ((), ())

"""After enrolment has closed: opened again until a day, one more school let in, dates and 'not with' put right."""

import datetime as dt

import pytest

from shared.bus.reminder import Reminder
from shared.commands.programmes import (
    AdmitSchool,
    AmendEnrolment,
    CloseEnrolment,
    CorrectEnrolment,
    EnrolSchool,
    PersonDetails,
    ReopenEnrolment,
    RoleDates,
    TopicClaim,
    WithdrawSchool,
)
from shared.commands.programmes_queries import ListProgrammes
from shared.errors import Rejected
from shared.events import programmes as told
from shared.events.base import DateSpan
from tests.fakes import FakeWork

URN, OTHER, LATE = 106557, 106564, 106579
ROLES = ("headteacher", "senior-leader", "cpd-lead", "chair-of-governors", "clerk")


def wish(programme_id, urn=URN, kind=EnrolSchool, **changed):
    fields = {
        "people": tuple(PersonDetails(role=r, name=f"{r} {urn}", email=f"{r}@s{urn}.example") for r in ROLES),
        "strengths": (TopicClaim(topic="phonics", weight=4, evidence="Visitors come to see it."),),
        "needs": (TopicClaim(topic="writing", weight=5, evidence="Our own review said so."),),
    }
    return kind(programme_id=programme_id, urn=urn, **(fields | changed))


def span(*days):
    return tuple(DateSpan(first=dt.date.fromisoformat(day), last=dt.date.fromisoformat(day)) for day in days)


@pytest.fixture
async def closed(office, programme_id):
    """The programme with two schools, closed."""
    await office.do(wish(programme_id))
    await office.do(wish(programme_id, OTHER))
    await office.do(CloseEnrolment(programme_id=programme_id))
    return programme_id


def until(office, days=3):
    return FakeWork().now.date() + dt.timedelta(days=days)


UNTIL = "enrolment-until"


async def over(office, programme_id, now):
    """The reminder comes at this time."""
    office.bus.clock.at = now
    reminder = Reminder(UNTIL, programme_id, now, {})
    await office.bus.transact(lambda work: office.bus.remind(reminder, work))


async def test_a_programme_opened_again_takes_schools_until_its_day_and_closes_by_itself(office, closed):
    day = until(office)
    with pytest.raises(
        Rejected, match=r"enrolment-closed: Enrolment to this programme is closed\. `kindred programmes"
    ):
        await office.do(wish(closed, LATE))
    done = await office.do(ReopenEnrolment(programme_id=closed, until=day))
    assert done.sentence.startswith(f"Enrolment to 'Yorkshire peer visits' is open again until {day:%d/%m/%Y}")
    (row,) = (await office.find(ListProgrammes())).programmes
    assert (row.state, row.open_until) == ("enrolling", day)
    assert [(e.version, e.until) for e in office.of(told.EnrolmentReopened)] == [(3, day)]
    await office.do(wish(closed, LATE))
    await office.do(AmendEnrolment(**wish(closed, farthest_travel_km=25).model_dump()))
    reminder = office.bus.reminders[UNTIL, closed]
    assert (reminder.key, reminder.due.date()) == (closed, day if reminder.due.hour else day + dt.timedelta(days=1))

    await over(office, closed, reminder.due - dt.timedelta(seconds=1))
    assert len(office.of(told.EnrolmentClosed)) == 1
    await over(office, closed, reminder.due)
    await over(office, closed, reminder.due)
    assert [(e.version, e.enrolments) for e in office.of(told.EnrolmentClosed)] == [(2, 2), (4, 3)]
    (row,) = (await office.find(ListProgrammes())).programmes
    assert (row.state, row.open_until) == ("closed", None)


async def test_who_closes_again_by_hand_is_told_what_becomes_of_the_groups(office, closed):
    await office.do(ReopenEnrolment(programme_id=closed, until=until(office)))
    done = await office.do(CloseEnrolment(programme_id=closed))
    assert done.sentence == ("Enrolment is closed with 2 schools; groups are drafted anew, and published ones stay.")


async def test_the_day_can_be_changed_and_the_first_reminder_then_closes_nothing(office, closed):
    await office.do(ReopenEnrolment(programme_id=closed, until=until(office)))
    first = office.bus.reminders[UNTIL, closed]
    await office.do(ReopenEnrolment(programme_id=closed, until=until(office, 9)))
    await over(office, closed, first.due)
    assert len(office.of(told.EnrolmentClosed)) == 1


async def test_what_cannot_be_opened_again(office, programme_id):
    with pytest.raises(Rejected, match="enrolment-open: Enrolment to 'Yorkshire peer visits' is open"):
        await office.do(ReopenEnrolment(programme_id=programme_id, until=until(office)))
    await office.do(CloseEnrolment(programme_id=programme_id))
    with pytest.raises(Rejected, match=r"date-passed: \d\d/\d\d/2026 has passed"):
        await office.do(ReopenEnrolment(programme_id=programme_id, until=until(office, -1)))
    with pytest.raises(Rejected, match="dates-outside-year: The programme's year ends on 31/08/2027"):
        await office.do(ReopenEnrolment(programme_id=programme_id, until=dt.date(2027, 9, 1)))
    with pytest.raises(Rejected, match="unknown-programme"):
        await office.do(ReopenEnrolment(programme_id="prg-none", until=until(office)))


async def test_one_more_school_is_let_in_and_the_rules_hold_for_it(office, closed):
    done = await office.do(wish(closed, LATE, AdmitSchool))
    assert done.sentence == "The school with URN 106579 is let in."
    assert [event.school.urn for event in office.of(told.SchoolEnrolled)] == [URN, OTHER, LATE]
    with pytest.raises(Rejected, match="already-enrolled"):
        await office.do(wish(closed, LATE, AdmitSchool))
    with pytest.raises(Rejected, match="closed-school"):
        await office.do(wish(closed, 106575, AdmitSchool))
    with pytest.raises(Rejected, match="evidence-missing"):
        await office.do(wish(closed, 106582, AdmitSchool, needs=(TopicClaim(topic="writing"),)))
    with pytest.raises(Rejected, match="enrolment-closed"):
        await office.do(wish(closed, 106582))


async def test_a_school_that_left_may_come_back_late(office, closed):
    await office.do(WithdrawSchool(programme_id=closed, urn=OTHER, reason="Merges."))
    await office.do(wish(closed, OTHER, AdmitSchool))
    assert [(e.school.urn, e.version) for e in office.of(told.SchoolEnrolled)][-1] == (OTHER, 3)


async def test_dates_and_whom_not_to_be_with_are_put_right_and_nothing_else_changes(office, closed):
    before = office.of(told.SchoolEnrolled)[0]
    heads = (RoleDates(role="headteacher", dates_not_possible=span("2027-05-17")),)
    done = await office.do(
        CorrectEnrolment(
            programme_id=closed, urn=URN, dates_not_possible=span("2027-01-04"), role_dates=heads, not_with=(OTHER,)
        )
    )
    assert done.sentence == "The school with URN 106557 is corrected."
    (event,) = office.of(told.EnrolmentAmended)
    assert event.dates_not_possible == span("2027-01-04")
    assert {one.role: one.dates_not_possible for one in event.people if one.dates_not_possible} == {
        "headteacher": span("2027-05-17")
    }
    assert len(event.not_with) == 1
    assert [one.person_id for one in event.people] == [one.person_id for one in before.people]
    kept = {"version", "people", "dates_not_possible", "not_with"}
    assert event.model_dump(exclude=kept) == before.model_dump(exclude=kept)

    again = await office.do(CorrectEnrolment(programme_id=closed, urn=URN, not_with=(OTHER,)))
    assert again.sentence == "The school with URN 106557 stands as it was."
    await office.do(CorrectEnrolment(programme_id=closed, urn=URN, not_with=()))
    last = office.of(told.EnrolmentAmended)[-1]
    assert (last.not_with, last.dates_not_possible) == ((), span("2027-01-04"))


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ({}, "nothing-to-correct"),
        ({"dates_not_possible": span("2029-01-04")}, "dates-outside-year"),
        ({"not_with": (URN,)}, "not-with-itself"),
        ({"not_with": (999999,)}, "not-with-unknown"),
        ({"role_dates": (RoleDates(role="governor", dates_not_possible=()),)}, "no-such-role"),
        (
            {"dates_not_possible": (DateSpan(first=dt.date(2026, 9, 1), last=dt.date(2027, 8, 31)),)},
            "no-possible-date",
        ),
        ({"urn": LATE, "not_with": ()}, "not-enrolled"),
    ],
)
async def test_what_cannot_be_put_right(office, closed, what, rule):
    with pytest.raises(Rejected, match=rule):
        await office.do(CorrectEnrolment(**{"programme_id": closed, "urn": URN} | what))
    assert office.of(told.EnrolmentAmended) == []

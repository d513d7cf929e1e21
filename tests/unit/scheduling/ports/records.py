"""Records for the contract suites: as little of each as its port looks at."""

import datetime as dt

from services.scheduling.domain.visits.records import (
    AnswerRecord,
    CohortRecord,
    EnrolmentRecord,
    EventRecord,
    FacilitatorRecord,
    GroupRecord,
    PersonRecord,
    VisitRecord,
)
from shared.events.base import DateSpan
from shared.events.scheduling_parts import Attendee, CohortEvent, Visit

PROGRAMME, COHORT, OTHER = "prg-1", "coh-1", "coh-2"
ADA, BO, CY, LEADER = "per-ada", "per-bo", "per-cy", "per-leader"
NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 10, 12)
TUESDAY, WEDNESDAY = MONDAY + dt.timedelta(days=1), MONDAY + dt.timedelta(days=2)
AWAY = (DateSpan(first=MONDAY, last=TUESDAY),)


def enrolment(number, people=(ADA,), **changes):
    given = {
        "enrolment_id": f"enr-{number}",
        "programme_id": PROGRAMME,
        "school_id": f"sch-{number}",
        "authority_code": "373",
        "authority": "Sheffield",
        "phase": "primary",
        "people": tuple(PersonRecord(person_id=one, role="headteacher", dates_not_possible=AWAY) for one in people),
        "version": 1,
    }
    return EnrolmentRecord.model_validate({**given, **changes})


def facilitator(number, regions=(), **changes):
    given = {
        "appointment_id": f"app-{number}",
        "programme_id": PROGRAMME,
        "person_id": f"per-f{number}",
        "regions": regions,
        "dates_not_possible": AWAY,
    }
    return FacilitatorRecord.model_validate({**given, **changes})


def cohort(name=COHORT, **changes):
    return CohortRecord.model_validate({"cohort_id": name, "programme_id": PROGRAMME, "groups": 2, **changes})


def group(number, schools=(), cohort_id=COHORT):
    return GroupRecord(
        group_id=f"grp-{number}", cohort_id=cohort_id, programme_id=PROGRAMME, school_ids=schools, number=number
    )


def attendee(person, school="sch-1", **changes):
    return Attendee.model_validate(
        {"person_id": person, "role": "headteacher", "school_id": school, "required": True, **changes}
    )


def visit(number, on=MONDAY, people=(ADA,), *, group_id="grp-1", cohort_id=COHORT, leader=None, host="", **changes):
    made = Visit(
        visit_id=f"vis-{number}",
        cohort_id=cohort_id,
        programme_id=PROGRAMME,
        group_id=group_id,
        activity="visit",
        host_school_id=host or f"sch-{number}",
        on=on,
        starts=dt.time(9),
        ends=dt.time(15),
        timezone="Europe/London",
        facilitator_id=leader,
        attendees=tuple(one if isinstance(one, Attendee) else attendee(one) for one in people),
    )
    return VisitRecord.model_validate({"visit": made, **changes})


def event(number, on=MONDAY, people=(ADA,), *, activity="launch", cohort_id=COHORT, **changes):
    made = CohortEvent(
        event_id=f"evt-{number}",
        cohort_id=cohort_id,
        programme_id=PROGRAMME,
        activity=activity,
        title="Launch",
        on=on,
        starts=dt.time(9),
        ends=dt.time(15),
        timezone="Europe/London",
        attendees=tuple(one if isinstance(one, Attendee) else attendee(one) for one in people),
    )
    return EventRecord.model_validate({"event": made, **changes})


def answer(target, person=ADA, version=1, said="accepted"):
    return AnswerRecord(
        target_id=target, person_id=person, version=version, answer=said, via="page", sequence=0, at=NOW
    )


def ids(records):
    """The ids of visits or events, in the order that they come in."""
    return [each.visit.visit_id if isinstance(each, VisitRecord) else each.event.event_id for each in records]

"""What programmes would tell: a programme and its enrolments, made up."""

import datetime as dt
import json
from pathlib import Path

from shared.events.programmes import (
    EnrolledPerson,
    EnrolmentAmended,
    EnrolmentClosed,
    EnrolmentReopened,
    PersonReplaced,
    ProgrammeOpened,
    SchoolEnrolled,
    SchoolFacts,
    SchoolWithdrawn,
    TopicWeight,
)
from shared.events.scheduling import VisitHeld

EXAMPLE = Path(__file__).parents[3] / "contracts/examples/programmes.ProgrammeOpened.v1.json"
TOPICS = ("feedback", "homework", "reading", "writing")


def school(number, *, trust=None, programme="prg-1", **facts):
    """A primary school on a line, 5 km from its neighbours; pupils and free meals vary."""
    return SchoolFacts(
        school_id=f"sch-{number:02}",
        urn=100000 + number,
        name=f"School {number:02}",
        authority_code=str(370 + number % 2),
        authority=("Barnsley", "Sheffield")[number % 2],
        **{
            "phase": "primary",
            "easting": 400000 + 5000 * number,
            "northing": 400000,
            "pupils": 150 * (1 + number % 4),
            "fsm_percent": 10.0 * (1 + number % 3),
            "trust_id": trust,
            "region": "Yorkshire and The Humber",
            **facts,
        },
    )


def enrolled(
    number, *, programme="prg-1", version=1, kind=SchoolEnrolled, not_with=(), farthest=60.0, people=None, **facts
):  # fmt: skip
    """An enrolment: each school can share one topic and looks for the next. `people`: role -> person id."""
    return kind(
        programme_id=programme,
        enrolment_id=f"enr-{programme[4:]}{number:02}",
        school=school(number, **facts),
        people=tuple(EnrolledPerson(person_id=person, role=role) for role, person in (people or {}).items()),
        strengths=(TopicWeight(topic=TOPICS[number % 4], weight=4),),
        needs=(
            TopicWeight(topic=TOPICS[(number + 1) % 4], weight=5),
            TopicWeight(topic=TOPICS[(number + 2) % 4], weight=3),
        ),
        farthest_travel_km=farthest,
        not_with=tuple(f"sch-{other:02}" for other in not_with),
        version=version,
    )


def amended(number, **changes):
    return enrolled(number, version=2, kind=EnrolmentAmended, **changes)


def replaced(number, role, by, version=2, programme="prg-1"):
    """Somebody else has taken over a role."""
    return PersonReplaced(
        programme_id=programme,
        enrolment_id=f"enr-{programme[4:]}{number:02}",
        school_id=f"sch-{number:02}",
        role=role,
        person_id="per-before",
        replaced_by=by,
        version=version,
    )


def opened(programme="prg-1"):
    example = ProgrammeOpened.model_validate(json.loads(EXAMPLE.read_text(encoding="utf-8")))
    return example.model_copy(update={"programme_id": programme, "version": 1})


def closed(count, programme="prg-1", version=2):
    return EnrolmentClosed(programme_id=programme, enrolments=count, version=version)


def reopened(version=3, programme="prg-1"):
    return EnrolmentReopened(programme_id=programme, until=dt.date(2026, 10, 1), version=version)


def withdrawn(number, programme="prg-1"):
    return SchoolWithdrawn(
        programme_id=programme,
        enrolment_id=f"enr-{programme[4:]}{number:02}",
        school_id=f"sch-{number:02}",
        version=2,
    )


def held(group, version=1):
    """A visit took place at the group's first school."""
    return VisitHeld(
        visit_id=f"vis-{group.group_id[4:]}",
        cohort_id=group.cohort_id,
        programme_id=group.programme_id,
        group_id=group.group_id,
        host_school_id=group.school_ids[0],
        on=dt.date(2026, 11, 5),
        facilitator_id=None,
        present=(),
        version=version,
    )


def everything(count, programme="prg-1"):
    """A programme with so many schools, closed."""
    return [
        opened(programme),
        *(enrolled(number, programme=programme) for number in range(count)),
        closed(count, programme),
    ]

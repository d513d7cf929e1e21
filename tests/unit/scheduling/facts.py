"""What other services would tell scheduling: a programme of six Sheffield schools in two groups."""

import datetime as dt
from pathlib import Path

from services.programmes.domain.templates.reader import read_template
from shared.events.base import DateSpan
from shared.events.matching import CohortFormed, GroupFormed
from shared.events.programmes import (
    EnrolledPerson,
    FacilitatorAppointed,
    ProgrammeOpened,
    SchoolEnrolled,
    SchoolFacts,
    TopicWeight,
)

PROGRAMME, COHORT, COORDINATOR = "prg-1", "coh-1", "per-coordinator"
SCHOOLS = tuple(f"sch-{number}" for number in range(6))
GROUPS = {"grp-1": SCHOOLS[:3], "grp-2": SCHOOLS[3:]}
ROLES = ("headteacher", "senior-leader", "cpd-lead", "chair-of-governors")
RELEASED = Path(__file__).parents[2] / "released"


def person(school, role):
    return f"per-{school}-{role}"


def opened():
    template = read_template((RELEASED / "peer-visits.yaml").read_text(encoding="utf-8"), "peer-visits.yaml")
    return ProgrammeOpened(
        version=1, programme_id=PROGRAMME, name="Peers", year=2026, coordinator_id=COORDINATOR, template=template
    )


def enrolled(school, away=()):
    """`away`: (role, first day, last day)."""
    number = int(school[-1])
    people = tuple(
        EnrolledPerson(
            person_id=person(school, role),
            role=role,
            dates_not_possible=tuple(DateSpan(first=first, last=last) for who, first, last in away if who == role),
        )
        for role in ROLES
    )
    facts = SchoolFacts(
        school_id=school,
        urn=100000 + number,
        name=f"School {number}",
        phase="primary",
        authority_code="373",
        authority="Sheffield",
        region="Yorkshire and The Humber",
        easting=430000 + number * 1000,
        northing=380000,
    )
    return SchoolEnrolled(
        version=1,
        programme_id=PROGRAMME,
        enrolment_id=f"enr-{school}",
        school=facts,
        people=people,
        strengths=(TopicWeight(topic="feedback", weight=3),),
        needs=(TopicWeight(topic="reading", weight=3),),
        farthest_travel_km=40,
    )


def appointed(number, **changes):
    told = {"regions": ("Yorkshire and The Humber",), "capacity": 40, "easting": 430000, "northing": 390000}
    return FacilitatorAppointed(
        version=1,
        appointment_id=f"app-{number}",
        programme_id=PROGRAMME,
        person_id=f"per-f{number}",
        **{**told, **changes},
    )


def formed():
    cohort = CohortFormed(
        version=1, cohort_id=COHORT, programme_id=PROGRAMME, revision=1, groups=2, schools=6, score=0.5
    )
    groups = [
        GroupFormed(
            version=1,
            group_id=name,
            cohort_id=COHORT,
            programme_id=PROGRAMME,
            revision=1,
            number=number,
            school_ids=schools,
        )
        for number, (name, schools) in enumerate(GROUPS.items(), start=1)
    ]
    return [cohort, *groups]


def everything(away=None, facilitators=2):
    """All that leads to a cohort's calendar; `away` by school as for `enrolled`."""
    away = away or {}
    return [
        opened(),
        *(enrolled(school, away.get(school, ())) for school in SCHOOLS),
        *(appointed(number) for number in range(facilitators)),
        *formed(),
    ]


def always(role):
    return (role, dt.date(2026, 9, 1), dt.date(2027, 8, 31))

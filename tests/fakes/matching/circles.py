"""A programme whose template says everything and that groups schools, made up: what programmes would tell of it.

Its template has keys of its own; nothing here is known by name to the service.
"""

import datetime as dt

from shared.events.programmes_parts import (
    EnrolmentAmended,
    EnrolmentClosed,
    ProgrammeOpened,
    RoleLeft,
    RoleTaken,
    SchoolEnrolled,
    SchoolWithdrawn,
)
from shared.template import Template
from tests.fakes.matching import facts

PROGRAMME = "prg-1"
APART = ("same-trust", "same-federation", "shared-person", "earlier-together")


def template(rules=APART, **changes):
    """A template with one round of groups; `changes` are to the round."""
    return Template.model_validate({
        "key": "circles", "version": 1, "title": "Circles", "summary": "Schools sit in circles.",
        "roles": [{"key": "speaker", "title": "speaker", "least": 1}, {"key": "scribe", "title": "scribe"},
                  {"key": "two", "of": ["speaker", "scribe"]}],
        "clock": {"moments": [{"key": "joining", "opens": "09-01", "closes": "09-25"}]},
        "lists": [{"key": "topics", "entries": [{"key": key, "title": key.title()} for key in facts.TOPICS]}],
        "enrolment": {"strengths": [1, 5], "needs": [1, 5]},
        "matching": [{"key": "circle", "kind": "groups", "sizes": [3, 4],
                      "rules": [{"rule": rule} for rule in rules], **changes}],
        "activities": [
            {"key": "day", "kind": "visit", "title": "A day", "who": ["group.two"], "opens": "11-16",
             "closes": "05-28", "starts": "09:00", "ends": "15:00"},
        ],
    })  # fmt: skip


def opened(rules=APART, **changes):
    return ProgrammeOpened(
        version=1, programme_id=PROGRAMME, name="Circles 2026", year=2026, coordinator_id="per-coordinator",
        template=template(rules, **changes),
    )  # fmt: skip


def enrolled(number, *, kind=SchoolEnrolled, version=1, farthest=60.0, **how):
    """As `facts.enrolled`, without people: they take their roles."""
    told = facts.enrolled(number, farthest=60.0, **how)
    return kind.model_validate({**told.model_dump(), "version": version, "farthest_travel_km": farthest})


def amended(number, **how):
    return enrolled(number, kind=EnrolmentAmended, version=2, **how)


def took(number, person, role="speaker"):
    return RoleTaken(
        version=1, membership_id=f"mem-{number}-{person}", programme_id=PROGRAMME, person_id=person, role=role,
        school_id=f"sch-{number:02}", since=dt.date(2026, 9, 1),
    )  # fmt: skip


def gave_up(number, person, role="speaker"):
    return RoleLeft(
        version=2, membership_id=f"mem-{number}-{person}", programme_id=PROGRAMME, person_id=person, role=role,
        school_id=f"sch-{number:02}", until=dt.date(2026, 10, 1),
    )  # fmt: skip


def withdrawn(number):
    return SchoolWithdrawn(
        version=2, programme_id=PROGRAMME, enrolment_id=f"enr-1{number:02}", school_id=f"sch-{number:02}"
    )  # fmt: skip


def closed(count):
    return EnrolmentClosed(
        version=2, programme_id=PROGRAMME, enrolments=count,
        enrolment_ids=tuple(f"enr-1{number:02}" for number in range(count)),
    )  # fmt: skip

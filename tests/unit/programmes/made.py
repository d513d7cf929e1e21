"""Enrolments as the tests of this service make them: a good one, changed where a test says so."""

import datetime as dt
import itertools
from pathlib import Path

from services.programmes.domain.enrolment.standing import SchoolStanding, Standing
from services.programmes.domain.enrolment.terms import terms_of
from services.programmes.domain.register.entry import RegisterEntry, facts_of
from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from services.programmes.domain.templates.reader import read_template
from shared.commands.programmes import EnrolSchool, PersonDetails, TopicClaim

ROOT = Path(__file__).parents[3]
DATA = ROOT / "data"
FOLDER = ROOT / "services" / "programmes" / "templates"
RELEASED = ROOT / "tests" / "released"
TEMPLATE = read_template((RELEASED / "peer-visits.yaml").read_text(encoding="utf-8"), "peer-visits.yaml")
TERMS = terms_of(TEMPLATE)
ON = dt.date(2026, 9, 14)
ROLES = ("headteacher", "senior-leader", "cpd-lead", "chair-of-governors", "clerk")
URN, OTHER, CLOSED, PROPOSED, CLOSING = 106557, 106564, 106575, 150001, 150002


def school(urn, status=Status.OPEN, **changed):
    told = {"urn": urn, "name": f"School {urn}", "status": status, "phase": "primary"}
    return School(**(told | {"authority_code": "370", "authority": "Barnsley"} | changed))


def entry(urn=URN, **changed):
    return RegisterEntry(f"sch-{urn}", school(urn, **changed))


def facts(urn=URN):
    return facts_of(entry(urn))


STATUSES = {
    URN: Status.OPEN,
    OTHER: Status.OPEN,
    CLOSED: Status.CLOSED,
    PROPOSED: Status.PROPOSED,
    CLOSING: Status.CLOSING,
}


def standing(state="enrolling", terms=TERMS):
    known = {
        urn: SchoolStanding(f"sch-{urn}", urn, f"School {urn}", status, (150003,) if urn == CLOSED else ())
        for urn, status in STATUSES.items()
    }
    return Standing(state, terms, 2026, known)


def person(role, **changed):
    told = {"role": role, "name": f"The {role}", "email": f"{role}@school.example"}
    return PersonDetails(**(told | changed))


def people(**changed):
    """Everybody; `headteacher={"email": ...}` changes one."""
    return tuple(person(role, **changed.get(role.replace("-", "_"), {})) for role in ROLES)


def claim(topic="phonics", weight=3, evidence="We have seen it."):
    return TopicClaim(topic=topic, weight=weight, evidence=evidence)


def wish(**changed):
    told = {
        "programme_id": "prg-1",
        "urn": URN,
        "people": people(),
        "strengths": (claim(),),
        "needs": (claim("writing"),),
    }
    return EnrolSchool(**(told | changed))


def ids():
    """Ids in order: per-1, per-2, ..."""
    numbers = itertools.count(1)
    return lambda prefix: f"{prefix}-{next(numbers)}"

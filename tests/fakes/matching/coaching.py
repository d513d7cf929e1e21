"""A programme in which heads help one another in pairs, made up: what programmes and reporting would tell of it."""

import datetime as dt

from shared.events.forms import FormAgreed
from shared.events.programmes import SchoolFacts
from shared.events.programmes_parts import (
    MomentReached,
    ProgrammeOpened,
    RelationDeclared,
    RoleLeft,
    RoleTaken,
    SchoolEnrolled,
    SchoolWithdrawn,
)
from shared.template import Template

PROGRAMME = "prg-1"
_RULES = [{"rule": "same-line"}, {"rule": "earlier-together"}, {"rule": "same-school"}]


def template(**changes):
    """A template with one round of pairs; `changes` are to the round."""
    round_ = {
        "key": "walk", "kind": "pairs", "title": "Walk and talk", "who": ["guide"],
        "begins": ["autumn", "spring.opens"], "skip": "not-now.skip", "rules": _RULES,
    }  # fmt: skip
    return Template.model_validate({
        "key": "walkers", "version": 1, "title": "Walkers", "summary": "Guides walk together.",
        "roles": [{"key": "guide", "title": "guide"}, {"key": "boss", "title": "boss"}],
        "relations": [{"key": "looks-after", "from_role": "boss", "to_role": "guide"}],
        "clock": {"moments": [
            {"key": "autumn", "at": "09-20"}, {"key": "spring", "opens": "01-10", "closes": "02-04"},
        ]},
        "matching": [{**round_, **changes}],
        "forms": [
            {"key": "not-now", "title": "Not now", "by": ["guide"],
             "fields": [{"key": "skip", "kind": "yes-no", "told": True}]},
        ],
    })  # fmt: skip


def opened(**changes):
    return ProgrammeOpened(
        version=1, programme_id=PROGRAMME, name="Walkers 2026", year=2026, coordinator_id="per-coordinator",
        template=template(**changes),
    )  # fmt: skip


def school(number):
    return f"sch-{number:02}"


def guide(number):
    return f"per-{number:02}"


def enrolled(number, programme=PROGRAMME):
    """A school with its guide, 3 km from the one before it."""
    facts = SchoolFacts(
        school_id=school(number), urn=100000 + number, name=f"School {number}", phase="primary",
        authority_code="370", authority="Barnsley", easting=430000 + 3000 * number, northing=410000,
    )  # fmt: skip
    enrolment = f"enr-{programme}-{number}"
    return [
        SchoolEnrolled(version=1, programme_id=programme, enrolment_id=enrolment, school=facts),
        took(guide(number), number, programme=programme),
    ]


def took(person, number, *, role="guide", since=dt.date(2026, 9, 1), programme=PROGRAMME):
    return RoleTaken(
        version=1, membership_id=f"mem-{programme}-{person}-{role}-{number}", programme_id=programme, person_id=person,
        role=role, school_id=school(number), since=since,
    )  # fmt: skip


def gone(person, number, successor=None):
    return RoleLeft(
        version=2, membership_id=f"mem-{PROGRAMME}-{person}-guide-{number}", programme_id=PROGRAMME, person_id=person,
        role="guide", school_id=school(number), until=dt.date(2026, 9, 1), successor_id=successor,
    )  # fmt: skip


def withdrew(number):
    return SchoolWithdrawn(
        version=2, programme_id=PROGRAMME, enrolment_id=f"enr-{PROGRAMME}-{number}", school_id=school(number)
    )  # fmt: skip


def under(boss, *numbers):
    return [
        RelationDeclared(
            version=1, relation_id=f"rel-{boss}-{number}", programme_id=PROGRAMME, relation="looks-after",
            from_person=boss, to_person=guide(number),
        )
        for number in numbers
    ]  # fmt: skip


def not_now(number, *, yes=True, version=1):
    return FormAgreed(
        version=version, entry_id=f"ent-{number}", programme_id=PROGRAMME, form="not-now", about="school",
        about_id=school(number), school_id=school(number), number=version, author_ids=(guide(number),),
        answers={"skip": yes},
    )  # fmt: skip


def came(moment, state="", on=dt.date(2026, 9, 20)):
    return MomentReached(
        version=1, moment_id=f"mom-{moment}", programme_id=PROGRAMME, moment=moment, state=state, on=on
    )  # fmt: skip


def year(count, **changes):
    """A programme of so many schools, before anything has happened in it."""
    return [opened(**changes), *(fact for number in range(count) for fact in enrolled(number))]

"""What other services tell of a trust with duties."""

import datetime as dt

from shared.events.forms import FormAgreed, FormSubmitted
from shared.events.programme_states import ProgrammePostponed, ProgrammeResumed
from shared.events.programmes import SchoolFacts
from shared.events.programmes_parts import (
    ProgrammeOpened,
    RelationDeclared,
    RoleLeft,
    RoleTaken,
    SchoolEnrolled,
    SchoolWithdrawn,
)
from shared.template.forms import Form, FormField, SignOff
from shared.template.pauses import Pause
from shared.template.tasks import Do, Missed, Task
from tests.unit.scheduling.duties.trusts import duty, template

PROGRAMME, COORDINATOR, EXEC, CHIEF = "prg-t", "per-c", "per-exec", "per-chief"
SCHOOLS = ("sch-1", "sch-2")
DUTIES = (
    duty("drop-in", ["headteacher"], "daily", strand="first"),
    duty("head-meeting", ["executive-head", "headteacher"], "weekly", over="leads", strand="first"),
    duty("review", ["headteacher.leads", "headteacher"], "termly", tick="", form="review"),
    duty("coaching", ["headteacher"], "as-needed", confidential="existence-only"),
)


def declared(*activities):
    review = Form(key="review", title="Review", by=("headteacher",), about="school", fields=(
        FormField(key="page", label="What stands out?"),), sign_off=SignOff(by="headteacher.leads"))  # fmt: skip
    tick = Task(key="tick", who=("attendees",), do=Do(tick="week"), opens="week", due="opened + 5 working days",
        missed=Missed(counts=("chief",)), bundled=True)  # fmt: skip
    found = template(*(activities or DUTIES))
    return found.model_copy(update={"forms": (review,), "tasks": (tick,)})


def opened(*activities, version=1, **changes):
    return ProgrammeOpened(
        version=version, programme_id=PROGRAMME, name="Trust", year=2026, coordinator_id=COORDINATOR,
        template=declared(*activities), **changes,
    )  # fmt: skip


def head(school):
    return f"per-{school}"


def enrolled(school, authority="373"):
    facts = SchoolFacts(
        school_id=school, urn=100000 + int(school[-1]), name=f"School {school[-1]}", phase="primary",
        authority_code=authority, authority="Sheffield", town="Sheffield", postcode="S10 4BD",
    )  # fmt: skip
    return SchoolEnrolled(version=1, programme_id=PROGRAMME, enrolment_id=f"enr-{school}", school=facts)


def withdrawn(school):
    return SchoolWithdrawn(version=2, programme_id=PROGRAMME, enrolment_id=f"enr-{school}", school_id=school)


def taken(person, role, school=None, since=dt.date(2026, 9, 1), replaces=None):
    return RoleTaken(
        version=1, membership_id=f"mem-{person}-{role}", programme_id=PROGRAMME, person_id=person, role=role,
        school_id=school, since=since, replaces=replaces,
    )  # fmt: skip


def left(person, role, school, until):
    return RoleLeft(
        version=2, membership_id=f"mem-{person}-{role}", programme_id=PROGRAMME, person_id=person, role=role,
        school_id=school, until=until,
    )  # fmt: skip


def leads(leader, person, relation="leads"):
    return RelationDeclared(
        version=1, relation_id=f"rel-{leader}-{person}", programme_id=PROGRAMME, relation=relation,
        from_person=leader, to_person=person,
    )  # fmt: skip


def begun(*activities, schools=SCHOOLS):
    told = [opened(*activities), taken(EXEC, "executive-head"), taken(CHIEF, "chief"), leads(CHIEF, EXEC, "oversees")]
    for school in schools:
        told += [enrolled(school), taken(head(school), "headteacher", school), leads(EXEC, head(school))]
    return told


def reviewed(school, kind=FormAgreed):
    return kind(
        version=2, entry_id=f"ent-{school}", programme_id=PROGRAMME, form="review", about="school", about_id=school,
        school_id=school, number=1, author_ids=(head(school),), person_id=head(school),
    )  # fmt: skip


def submitted(school):
    return reviewed(school, FormSubmitted)


def postponed(on):
    return ProgrammePostponed(version=2, programme_id=PROGRAMME, state="postponed", on=on, pauses=(Pause(first=on),))


def resumed(since, on):
    return ProgrammeResumed(
        version=3, programme_id=PROGRAMME, state="running", on=on, pauses=(Pause(first=since, last=on),),
        postponed_on=since,
    )  # fmt: skip

"""What other services tell of a programme in which somebody is placed at another school, and people who agree days."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from shared.commands.agreed_visits import AgreeDays, ChosenDay, ProposeDays, ShowDays
from shared.events.forms import FormAgreed, FormSubmitted
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.programme_states import ProgrammePostponed, ProgrammeResumed
from shared.events.programmes import SchoolFacts
from shared.events.programmes_parts import ProgrammeOpened, RoleLeft, RoleTaken, SchoolEnrolled
from shared.template.pauses import Pause
from shared.template.reading import read_template

TEMPLATES = Path(__file__).parents[4] / "services" / "programmes" / "templates"
TEMPLATE = read_template((TEMPLATES / "project-exchange.yaml").read_text(encoding="utf-8"), "project-exchange.yaml")
PROGRAMME, MATCH, COORDINATOR, VISITOR = "prg-x", "mat-1", "per-coordinator", "per-visitor"
HOME, HOST, THIRD = "sch-1", "sch-2", "sch-3"
VISIT, MEETING = "data-visit", "presentation"
NINE, THREE = dt.time(9), dt.time(15)
DOINGS = ("lesson-observation",)


def lead(school):
    return f"per-{school}-cpd-lead"


def head(school):
    return f"per-{school}-headteacher"


def opened(template=TEMPLATE, programme=PROGRAMME):
    return ProgrammeOpened(
        version=1, programme_id=programme, name="Exchange", year=2026, coordinator_id=COORDINATOR, template=template
    )


def enrolled(school, programme=PROGRAMME, **changes):
    facts = SchoolFacts(
        school_id=school, urn=100000 + int(school[-1]), name=f"School {school[-1]}", phase="primary",
        authority_code="373", authority="Sheffield", town="Sheffield", postcode="S10 4BD",
    )  # fmt: skip
    return SchoolEnrolled(
        version=1, programme_id=programme, enrolment_id=f"enr-{programme}-{school}", school=facts, **changes
    )


def taken(person, role, school, programme=PROGRAMME, since=dt.date(2026, 9, 1)):
    return RoleTaken(
        version=1, membership_id=f"mem-{programme}-{person}-{role}", programme_id=programme, person_id=person,
        role=role, school_id=school, since=since,
    )  # fmt: skip


def left(person, role, school, until):
    return RoleLeft(
        version=2, membership_id=f"mem-{PROGRAMME}-{person}-{role}", programme_id=PROGRAMME, person_id=person,
        role=role, school_id=school, until=until,
    )  # fmt: skip


def project(visits=3, entry="ent-1", version=1, programme=PROGRAMME, school=HOST, **answers):
    return FormSubmitted(
        version=version, entry_id=entry, programme_id=programme, form="project", about="school", about_id=school,
        school_id=school, number=1, person_id=lead(school), answers={"visits": visits, "governors": True, **answers},
    )  # fmt: skip


def placed(match=MATCH, person=VISITOR, host=HOST, version=1, programme=PROGRAMME, **changes):
    facts = {
        "match_id": match, "programme_id": programme, "round": "exchange", "person_id": person,
        "role": "practitioner", "school_id": HOME, "host_school_id": host, "thing_entry_id": "ent-1",
    }  # fmt: skip
    return PersonPlaced(version=version, **{**facts, **changes})


def ended(match=MATCH, version=2):
    return PlacementEnded(**placed(match=match, version=version).model_dump(), reason="person-left")


def postponed(on):
    pauses = (Pause(first=on),)
    return ProgrammePostponed(version=2, programme_id=PROGRAMME, state="postponed", on=on, pauses=pauses)


def resumed(postponed_on, on):
    pauses = (Pause(first=postponed_on, last=on),)
    return ProgrammeResumed(
        version=3, programme_id=PROGRAMME, state="running", on=on, pauses=pauses, postponed_on=postponed_on
    )


def findings_agreed(match=MATCH):
    return FormAgreed(
        version=2, entry_id="ent-findings", programme_id=PROGRAMME, form="findings", about="match", about_id=match,
        number=1, author_ids=(VISITOR,), person_id=lead(HOST),
    )  # fmt: skip


def staff(schools=(HOME, HOST, THIRD), programme=PROGRAMME):
    people = [(lead(one), "cpd-lead", one) for one in schools] + [(head(one), "headteacher", one) for one in schools]
    return [taken(*row, programme=programme) for row in (*people, (VISITOR, "practitioner", HOME))]


def begun(visits=3, schools=(HOME, HOST, THIRD), programme=PROGRAMME):
    """Everything that is told before somebody is placed."""
    told = [opened(programme=programme), *(enrolled(one, programme) for one in schools), *staff(schools, programme)]
    return [*told, project(visits, programme=programme)]


def chosen(*days: dt.date, doings: Sequence[str] = DOINGS, starts=NINE, ends=THREE):
    return tuple(ChosenDay(on=day, starts=starts, ends=ends, doings=tuple(doings)) for day in days)


async def shown(world, person="", match=MATCH, activity=VISIT):
    return await world.client.find(ShowDays(match_id=match, activity=activity, person_id=person))


async def propose(world, person, *days, match=MATCH, activity=VISIT):
    return await world.client.ask(ProposeDays(match_id=match, activity=activity, person_id=person, days=days))


async def agree(world, person, *days, match=MATCH, activity=VISIT, outside=False, **hours):
    doings = () if activity == MEETING else DOINGS
    return await world.client.ask(
        AgreeDays(
            match_id=match, activity=activity, person_id=person, days=chosen(*days, doings=doings, **hours),
            outside=outside,
        )
    )  # fmt: skip

"""A programme in the language of templates: schools whose people take roles, projects, tasks, entries."""

import datetime as dt
from pathlib import Path

from services.notifications.domain.mail import Mail
from shared.events.base import Event
from shared.events.forms import ChangesAsked, FormAgreed, FormReleased, FormSubmitted
from shared.events.participation import ParticipationAsked
from shared.events.parties import LineHandedOver
from shared.events.people import ContactCard
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.programme_states import ProgrammePostponed, ProgrammeResumed
from shared.events.programmes import SchoolFacts
from shared.events.programmes_parts import MomentReached, ProgrammeOpened, RoleTaken, SchoolEnrolled
from shared.events.reports import ReportFailed, ReportReleased
from shared.events.rounds import PlaceOffered
from shared.events.scheduling import VisitCancelled, VisitScheduled
from shared.events.sessions import CoursePlaceEnded
from shared.events.tasks import TaskAsked, TaskDone, TaskMissed, TaskReminded
from shared.template import Template
from shared.template.reading import read_template
from tests.unit.notifications.story import Story

SHIPPED = read_template(
    Path("services/programmes/templates/project-exchange.yaml").read_text(encoding="utf-8"), "project-exchange.yaml"
)
ROUND = SHIPPED.matching[0].key
TEMPLATE = SHIPPED.model_copy(
    update={"mails": tuple(mail for mail in SHIPPED.mails if not mail.on.startswith(f"{ROUND}."))}
)
"""Without words about placements, so that the one in every story brings no mail."""
PROGRAMME, MATCH, FINDINGS = "prg-exchange", "mat-1", "ent-findings"
ROLES = ("headteacher", "cpd-lead")
COORDINATOR, VISITOR = "per-runs-it", "per-visitor"
TOPICS = tuple(entry.key for entry in TEMPLATE.entries("topics"))


def person(number: int, role: str) -> str:
    return f"per-{number}-{role}"


def school(number: int) -> str:
    return f"sch-x{number}"


def card(person_id: str, name: str) -> ContactCard:
    return ContactCard(person_id=person_id, version=1, name=name, email=f"{person_id}@schools.example")


def opened(template: Template = TEMPLATE) -> ProgrammeOpened:
    return ProgrammeOpened(
        version=1, programme_id=PROGRAMME, name="Northern project exchange", year=2026, coordinator_id=COORDINATOR,
        template=template,
    )  # fmt: skip


def enrolled(number: int, name: str = "") -> SchoolEnrolled:
    facts = SchoolFacts(
        school_id=school(number), urn=100000 + number, name=name or f"Riverside School {number}", phase="primary",
        authority_code="373", authority="Sheffield", town="Sheffield", postcode="S10 4BD",
    )  # fmt: skip
    return SchoolEnrolled(version=1, programme_id=PROGRAMME, enrolment_id=f"enr-x{number}", school=facts)


def taken(person_id: str, role: str, number: int) -> RoleTaken:
    return RoleTaken(
        version=1, membership_id=f"mem-{person_id}-{role}", programme_id=PROGRAMME, person_id=person_id, role=role,
        school_id=school(number), since=dt.date(2026, 9, 1),
    )  # fmt: skip


def people(number: int) -> list[ContactCard | Event]:
    heads, leads = person(number, "headteacher"), person(number, "cpd-lead")
    found: list[ContactCard | Event] = [card(heads, f"Hazel Head {number}"), card(leads, f"Lee Lead {number}")]
    return [*found, *(taken(person(number, role), role, number) for role in ROLES)]


async def begin(story: Story, schools: int = 2, template: Template = TEMPLATE) -> Story:
    """The programme open, with its schools and people; one of the first school is a practitioner."""
    await story.bus.handle(opened(template), card(COORDINATOR, "Cora Denholm"))
    for number in range(1, schools + 1):
        await story.bus.handle(enrolled(number), *people(number))
    await story.bus.handle(card(VISITOR, "Viola Swift"), taken(VISITOR, "practitioner", 1), placed())
    return story


def placed() -> PersonPlaced:
    return PersonPlaced(
        version=1, match_id=MATCH, programme_id=PROGRAMME, round="exchange", person_id=VISITOR, role="practitioner",
        school_id=school(1), host_school_id=school(2), thing_entry_id="ent-project-0",
    )  # fmt: skip


def placement_ended(**changes: object) -> PlacementEnded:
    """The practitioner is placed no longer."""
    facts = {**placed().model_dump(), "version": 2, "reason": "person-left"}
    return PlacementEnded.model_validate({**facts, **changes})


def project(number: int, at: int, version: int = 1) -> FormSubmitted:
    """A school's project, posted or edited."""
    return FormSubmitted(
        version=version, entry_id=f"ent-project-{number}", programme_id=PROGRAMME, form="project", about="school",
        about_id=school(at), school_id=school(at), number=1 + version // 3, author_ids=(person(at, "cpd-lead"),),
        person_id=person(at, "cpd-lead"), answers={"topic": TOPICS[number % len(TOPICS)], "governors": True},
    )  # fmt: skip


def let_go(submitted: FormSubmitted, schools: int) -> tuple[Event, ...]:
    """It counts at once, and may be read by everybody."""
    facts = submitted.model_dump(exclude={"person_id", "answers", "lines", "version"})
    readers = tuple(person(number, role) for number in range(1, schools + 1) for role in ROLES)
    return (
        FormAgreed(version=submitted.version + 1, **facts, answers=submitted.answers),
        FormReleased(version=submitted.version + 2, **facts, reader_ids=readers),
    )


def circulated() -> MomentReached:
    return MomentReached(
        version=1, moment_id="mom-1", programme_id=PROGRAMME, moment="circulated", on=dt.date(2026, 11, 5)
    )


def task_facts(**changes: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "version": 2, "task_id": "tsk-1", "programme_id": PROGRAMME, "task": "findings", "do": "form",
        "of": "findings", "person_ids": (VISITOR,), "about": "match", "about_id": MATCH, "school_id": school(1),
        "opened": dt.date(2027, 3, 1), "due": dt.date(2027, 3, 15),
    }  # fmt: skip
    return {**facts, **changes}


def asked(**changes: object) -> TaskAsked:
    return TaskAsked.model_validate(task_facts(**changes))


def reminded(**changes: object) -> TaskReminded:
    return TaskReminded.model_validate({**task_facts(version=3), "reminder": 1, **changes})


def missed(**changes: object) -> TaskMissed:
    return TaskMissed.model_validate({**task_facts(version=4), "tell": (COORDINATOR,), **changes})


def done(**changes: object) -> TaskDone:
    return TaskDone.model_validate({**task_facts(version=5), "by": VISITOR, "on": dt.date(2027, 3, 10), **changes})


def entry_facts(**changes: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "version": 1, "entry_id": FINDINGS, "programme_id": PROGRAMME, "form": "findings", "about": "match",
        "about_id": MATCH, "school_id": school(1), "number": 1, "author_ids": (VISITOR,),
    }  # fmt: skip
    return {**facts, **changes}


def findings(**changes: object) -> FormSubmitted:
    return FormSubmitted.model_validate({**entry_facts(), "person_id": VISITOR, **changes})


def changes_asked(**changes: object) -> ChangesAsked:
    return ChangesAsked.model_validate({**entry_facts(version=2), "person_id": person(2, "cpd-lead"), **changes})


def agreed(**changes: object) -> FormAgreed:
    facts = {**entry_facts(version=4), "person_id": person(2, "cpd-lead")}
    return FormAgreed.model_validate({**facts, **changes})


def released(**changes: object) -> FormReleased:
    readers = (person(2, "headteacher"), person(2, "cpd-lead"), VISITOR)
    facts = {**entry_facts(version=5), "person_id": person(2, "headteacher"), "reader_ids": readers}
    return FormReleased.model_validate({**facts, **changes})


def place_offered(**changes: object) -> PlaceOffered:
    """A project of the second school, kept for the practitioner of the first, whom their CPD lead has named."""
    facts: dict[str, object] = {
        "version": 1, "offer_id": "off-1", "round_id": "rnd-1", "programme_id": PROGRAMME, "round": "exchange",
        "person_id": VISITOR, "school_id": school(1), "person_entry_id": "ent-project-1",
        "host_school_id": school(2), "thing_entry_id": "ent-project-1", "wish": 2, "until": dt.date(2027, 1, 22),
    }  # fmt: skip
    return PlaceOffered.model_validate({**facts, **changes})


def weekly(template: Template = TEMPLATE) -> Template:
    """The same template, with every task in the weekly mail."""
    tasks = tuple(task.model_copy(update={"bundled": True}) for task in template.tasks)
    return template.model_copy(update={"tasks": tasks})


def worded(**changes: object) -> Template:
    """The same template, with one mail of its own when findings are submitted."""
    said = {"key": "own", "on": "findings.submitted", "to": ["host.cpd-lead"], "subject": "S", "text": ["T"]}
    return Template.model_validate({**TEMPLATE.model_dump(), "mails": [{**said, **changes}]})


def visit(**changes: object) -> VisitScheduled:
    """A dated visit of the practitioner to the second school."""
    people = ((VISITOR, "practitioner", school(1)), (person(2, "cpd-lead"), "cpd-lead", school(2)))
    invited = [{"person_id": one, "role": role, "school_id": at} for one, role, at in people]
    facts: dict[str, object] = {
        "version": 1, "visit_id": "vis-x", "cohort_id": "coh-1", "programme_id": PROGRAMME, "group_id": "grp-1",
        "activity": "data-visit", "host_school_id": school(2), "on": dt.date(2027, 3, 4), "starts": dt.time(9),
        "ends": dt.time(15), "timezone": "Europe/London", "facilitator_id": None, "attendees": invited, "sequence": 1,
    }  # fmt: skip
    return VisitScheduled.model_validate({**facts, **changes})


def cancelled(**changes: object) -> VisitCancelled:
    return VisitCancelled.model_validate({**visit().model_dump(), "why": "coordinator", **changes})


def postponed(**changes: object) -> ProgrammePostponed:
    facts = {"version": 2, "programme_id": PROGRAMME, "state": "postponed", "on": dt.date(2027, 2, 10)}
    return ProgrammePostponed.model_validate({**facts, "until": dt.date(2028, 4, 24), **changes})


def resumed(**changes: object) -> ProgrammeResumed:
    facts = {"version": 3, "programme_id": PROGRAMME, "state": "running", "on": dt.date(2028, 4, 24)}
    return ProgrammeResumed.model_validate({**facts, "postponed_on": dt.date(2027, 2, 10), **changes})


def asked_again(**changes: object) -> ParticipationAsked:
    facts: dict[str, object] = {
        "version": 1, "participation_id": "par-1", "programme_id": PROGRAMME, "school_id": school(1),
        "person_id": person(1, "headteacher"), "because": "again",
    }  # fmt: skip
    return ParticipationAsked.model_validate({**facts, **changes})


def handed_over() -> LineHandedOver:
    return LineHandedOver(
        version=1, handover_id="hnd-1", programme_id=PROGRAMME, role="headteacher", left=person(1, "headteacher"),
        successor=person(2, "headteacher"), on=dt.date(2027, 2, 22), person_ids=(person(1, "cpd-lead"),),
    )  # fmt: skip


def course_ended(**changes: object) -> CoursePlaceEnded:
    """Whoever came to every date cannot come to one; the activity stands for a course of sessions."""
    facts: dict[str, object] = {
        "version": 3, "place_id": "plc-1", "course_id": "crs-1", "programme_id": PROGRAMME, "activity": "data-visit",
        "person_id": person(1, "headteacher"), "school_id": school(1), "why": "declined", "on": dt.date(2027, 3, 4),
    }  # fmt: skip
    return CoursePlaceEnded.model_validate({**facts, **changes})


async def mails(story: Story) -> list[Mail]:
    """Every kind of mail in words from a template, in the shapes it has."""
    await begin(story)
    tell = story.tell
    found = [
        *await tell(asked()), *await tell(reminded()), *await tell(missed()), *await tell(findings()),
        *await tell(changes_asked()), *await tell(findings(version=3, number=2)), *await tell(agreed()),
        *await tell(released()),
    ]  # fmt: skip
    await story.bus.handle(*(project(number, 1 + number % 2) for number in range(3)))
    found += await tell(circulated())
    found += await tell(place_offered())
    before = set(story.mails.mails)
    await story.bus.handle(*(project(number, 1 + number % 2, version=4) for number in range(3)))
    found += await story.brought_since(before)
    before = set(story.mails.mails)
    both = (asked(), asked(task_id="tsk-2", task="consent", of="consent", about="entry", about_id="ent-project-0"))
    await story.bus.handle(opened(weekly()), *(one.model_copy(update={"version": 9}) for one in both))
    found += await story.brought_since(before)
    await story.bus.handle(visit())
    found += await tell(report_released()) + await tell(report_failed())
    found = [*found, *await tell(asked_again()), *await tell(postponed()), *await tell(resumed())]
    found += await tell(handed_over()) + await tell(course_ended())
    return [*found, *await _ended(story)]


async def _ended(story: Story) -> list[Mail]:
    """The end of a placement of which the template says nothing."""
    await story.bus.handle(opened(TEMPLATE.model_copy(update={"mails": ()})).model_copy(update={"version": 9}))
    return await story.tell(placement_ended())


def report_facts(**changes: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "version": 3, "report_id": "rpt-1", "programme_id": PROGRAMME, "report": "action-plan", "about": "match",
        "about_id": MATCH, "school_id": school(2),
    }  # fmt: skip
    return {**facts, **changes}


def report_released(**changes: object) -> ReportReleased:
    readers = (person(2, "headteacher"), person(2, "cpd-lead"), VISITOR)
    facts = {**report_facts(), "edition": 1, "reader_ids": readers, "pages": 3, "pdf_bytes": 84_211, **changes}
    return ReportReleased.model_validate(facts)


def report_failed(**changes: object) -> ReportFailed:
    return ReportFailed.model_validate({**report_facts(reason="There is nothing to report yet."), **changes})

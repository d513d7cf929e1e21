"""A small programme as other services tell it: four schools, their people, one group, a visit, an event, a report."""

import datetime as dt
from pathlib import Path

from services.notifications.domain.invitations import uid as sealed_uid
from services.notifications.domain.seals import Seals
from services.programmes.domain.templates.reader import read_template
from shared.commands.event_programmes import EventItem, EventProgramme, EventVenue
from shared.commands.scheduling_dates import AgreementDetail, NoteRow
from shared.events.matching import GroupFormed
from shared.events.people import ContactCard, Role, RoleHeld
from shared.events.programmes import EnrolledPerson, FacilitatorAppointed, ProgrammeOpened, SchoolEnrolled, SchoolFacts
from shared.events.scheduling import Attendee, CohortEventScheduled, VisitScheduled
from shared.events.scheduling_dates import (
    CallBooked,
    CallCancelled,
    CallOffered,
    DatesAgreed,
    DatesOffered,
    DatesRefused,
    DatesWithdrawn,
)
from shared.events.template import ProgrammeTemplate

TEMPLATE = read_template((Path("tests/released") / "peer-visits.yaml").read_text(encoding="utf-8"), "peer-visits.yaml")
PROGRAMME, COHORT, GROUP = "prg-1", "coh-1", "grp-1"
VISIT, LAUNCH = "vis-" + "1" * 32, "evt-" + "2" * 32
AGREEMENT, CALL = "agr-" + "3" * 32, "cal-" + "4" * 32
TWO = ("per-2-headteacher", "per-fac")
SCHOOLS = {
    "sch-1": ("Hallam Primary School", "Sheffield", "S10 4BD"),
    "sch-2": ("Abbey Grange Church of England Academy", "Leeds", "LS16 5EA"),
    "sch-3": ("St Oswald's Catholic Primary School", "York", "YO10 4AH"),
    "sch-4": ("Canon Lee School", "York", "YO30 6WG"),
}
NAMES: dict[str, str] = {
    "per-1-headteacher": "Joanna Whitfield", "per-1-senior-leader": "Sam Okafor", "per-1-cpd-lead": "Priya Nair",
    "per-1-chair-of-governors": "Martin Hale", "per-1-clerk": "Ruth Eastwood",
    "per-2-headteacher": "Ann Beaumont", "per-2-senior-leader": "Tomasz Zieliński", "per-2-cpd-lead": "Leah Marsh",
    "per-2-chair-of-governors": "Gareth Pugh", "per-2-clerk": "Ivy Dunn",
    "per-3-headteacher": "Michael O'Rourke", "per-3-senior-leader": "Farah Aziz", "per-3-cpd-lead": "Nia Rees",
    "per-3-chair-of-governors": "Colin Batty", "per-3-clerk": "Olive Stone",
    "per-4-headteacher": "Helen Frost", "per-4-senior-leader": "Dan Pickering", "per-4-cpd-lead": "Kate Lowe",
    "per-4-chair-of-governors": "Asha Verma", "per-4-clerk": "Neil Court",
    "per-fac": "Fiona Caldwell", "per-co": "Cora Denholm",
}  # fmt: skip
ROLES: tuple[Role, ...] = ("headteacher", "senior-leader", "cpd-lead", "chair-of-governors", "clerk")
PAIR: tuple[Role, ...] = ("headteacher", "senior-leader")


SEALS = Seals(b"k" * 32)
"""Those of the key that the fakes keep."""


def uid(target_id: str, person_id: str) -> str:
    """The UID of a person's calendar entry."""
    return sealed_uid(target_id, SEALS.entry(target_id, person_id))


def address(person_id: str) -> str:
    return f"{person_id}@schools.example"


def card(person_id: str, **changes: object) -> ContactCard:
    role: Role = "facilitator" if person_id == "per-fac" else "coordinator"
    if person_id.count("-") > 1:
        role = next(one for one in ROLES if person_id.endswith(one))
    facts = {"person_id": person_id, "version": 1, "name": NAMES[person_id], "email": address(person_id)}
    return ContactCard.model_validate({**facts, "roles": (RoleHeld(role=role),), **changes})


def cards() -> list[ContactCard]:
    return [card(person_id) for person_id in NAMES]


def opened(template: ProgrammeTemplate = TEMPLATE) -> ProgrammeOpened:
    return ProgrammeOpened(
        version=1, programme_id=PROGRAMME, name="Yorkshire peer visits 2026/27", year=2026, coordinator_id="per-co",
        template=template,
    )  # fmt: skip


def enrolled(school_id: str, people: dict[Role, str] | None = None, version: int = 1) -> SchoolEnrolled:
    name, town, postcode = SCHOOLS[school_id]
    number = school_id.removeprefix("sch-")
    held = people or {role: f"per-{number}-{role}" for role in ROLES}
    return SchoolEnrolled(
        version=version, programme_id=PROGRAMME, enrolment_id=f"enr-{number}",
        school=SchoolFacts(
            school_id=school_id, urn=100000 + int(number), name=name, phase="primary", authority_code="373",
            authority="Sheffield", town=town, postcode=postcode,
        ),
        people=tuple(EnrolledPerson(person_id=person_id, role=role) for role, person_id in held.items()),
        strengths=(), needs=(), farthest_travel_km=40,
    )  # fmt: skip


def appointed() -> FacilitatorAppointed:
    return FacilitatorAppointed(version=1, appointment_id="fac-1", programme_id=PROGRAMME, person_id="per-fac")


def group_formed() -> GroupFormed:
    return GroupFormed(
        version=1, group_id=GROUP, cohort_id=COHORT, programme_id=PROGRAMME, revision=1, number=7,
        school_ids=("sch-1", "sch-2", "sch-3"),
    )  # fmt: skip


def attendees(*school_ids: str) -> tuple[Attendee, ...]:
    return tuple(
        Attendee(person_id=f"per-{school_id.removeprefix('sch-')}-{role}", role=role, school_id=school_id)
        for school_id in school_ids
        for role in PAIR
    )


def visit_facts(**changes: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "version": 2, "visit_id": VISIT, "cohort_id": COHORT, "programme_id": PROGRAMME, "group_id": GROUP,
        "activity": "visit-day", "host_school_id": "sch-1", "on": dt.date(2027, 5, 13), "starts": dt.time(9),
        "ends": dt.time(15), "timezone": "Europe/London", "facilitator_id": "per-fac",
        "attendees": attendees("sch-1", "sch-2", "sch-3"), "sequence": 0,
    }  # fmt: skip
    return {**facts, **changes}


def visit_scheduled(**changes: object) -> VisitScheduled:
    return VisitScheduled.model_validate(visit_facts(**changes))


def event_facts(**changes: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "version": 2, "event_id": LAUNCH, "cohort_id": COHORT, "programme_id": PROGRAMME, "activity": "launch",
        "title": "Launch event", "on": dt.date(2026, 11, 5), "starts": dt.time(9, 30), "ends": dt.time(15),
        "timezone": "Europe/London", "place": "Sheffield City Hall", "attendees": attendees("sch-1", "sch-2", "sch-3"),
        "sequence": 0,
    }  # fmt: skip
    return {**facts, **changes}


def event_scheduled(**changes: object) -> CohortEventScheduled:
    return CohortEventScheduled.model_validate(event_facts(**changes))


def dates_offered(people: tuple[str, ...] = TWO) -> DatesOffered:
    return DatesOffered(
        version=1, agreement_id=AGREEMENT, person_ids=people, timezone="Europe/London",
        offers=(dt.date(2026, 10, 12), dt.date(2026, 10, 14), dt.date(2026, 10, 16)),
        deadline=dt.datetime(2026, 9, 18, 16, tzinfo=dt.UTC),
    )  # fmt: skip


def agreement() -> AgreementDetail:
    """What scheduling says of the days on offer."""
    told = dates_offered()
    notes = (NoteRow(person_id=TWO[0], note="We have our inspection week then. Any day in November suits me."),)
    return AgreementDetail(
        agreement_id=AGREEMENT, person_ids=TWO, offers=told.offers, deadline=told.deadline, state="waiting",
        about="Peer coaching, first session", notes=notes,
    )  # fmt: skip


def dates_refused() -> DatesRefused:
    return DatesRefused(version=2, agreement_id=AGREEMENT, person_ids=TWO)


def dates_agreed(people: tuple[str, ...] = TWO) -> DatesAgreed:
    return DatesAgreed(
        version=2, agreement_id=AGREEMENT, person_ids=people, on=dt.date(2026, 10, 14), timezone="Europe/London"
    )


def dates_withdrawn(people: tuple[str, ...] = TWO) -> DatesWithdrawn:
    return DatesWithdrawn.model_validate({**dates_agreed(people).model_dump(), "version": 3})


def call_offered() -> CallOffered:
    return CallOffered(version=1, offer_id="off-1", host_id=TWO[1], person_id=TWO[0], minutes=30)


def call_booked(people: tuple[str, ...] = TWO) -> CallBooked:
    return CallBooked(
        version=1, call_id=CALL, person_ids=people, on=dt.date(2026, 10, 23), starts=dt.time(9), minutes=30,
        timezone="Europe/London",
    )  # fmt: skip


def call_cancelled(people: tuple[str, ...] = TWO) -> CallCancelled:
    return CallCancelled.model_validate({**call_booked(people).model_dump(), "version": 2})


def event_programme():
    """What happens at the launch."""
    venue = EventVenue(name="Cutlers Hall", access="Ramp at the side door in Church Street; ask at the desk.")
    agenda = (
        EventItem(title="Welcome"),
        EventItem(
            title="What makes feedback work", speaker="Dr Ines Ferreira", sector="university",
            material="https://example.org/feedback.pdf",
        ),
        EventItem(title="At your table: one thing to try"),
    )  # fmt: skip
    return EventProgramme(event_id=LAUNCH, title="Launch event", venue=venue, agenda=agenda, seated=True, invited=8)

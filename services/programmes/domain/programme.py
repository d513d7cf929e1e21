"""What becomes of a programme: opened, closed to enrolment, led by facilitators."""

import datetime as dt
import uuid
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from services.programmes.domain.enrolment.days import academic_year
from services.programmes.domain.enrolment.terms import AnyTemplate
from services.programmes.domain.records import Appointment, Programme
from shared.commands.programmes import AppointFacilitator, OpenProgramme
from shared.errors import Rejected
from shared.events import programmes_parts as parts
from shared.events.base import Event
from shared.events.programmes import EnrolmentClosed, EnrolmentReopened, FacilitatorAppointed, ProgrammeOpened

__all__ = [
    "NOT_NOW",
    "appoint",
    "close",
    "closes_by_itself",
    "opened",
    "published",
    "refuse_unless_open",
    "reopen",
]

_APPOINTMENTS = uuid.UUID("6f6f3d8c-0b57-5b1e-8e0e-9f2f5a4d7c33")
NOT_NOW = {
    "draft": "is a draft; `kindred programmes recruit` opens it to schools",
    "postponed": "is postponed; `kindred programmes resume` takes it up again",
    "completed": "is completed",
    "archived": "is archived",
}
"""What is said of a programme that is neither recruiting nor running."""


def opened(
    command: OpenProgramme, template: AnyTemplate, programme_id: str, coordinator_id: str
) -> tuple[Programme, Event]:
    """A programme that runs by the template as it is today."""
    programme = Programme(
        programme_id=programme_id,
        name=" ".join(command.name.split()),
        year=command.year,
        template=template,
        coordinator_id=coordinator_id,
    )
    return programme, published(programme)


def published(programme: Programme) -> Event:
    """The event that carries a programme whole."""
    facts = programme.model_dump(include={"programme_id", "name", "year", "coordinator_id", "version", "pauses"})
    if programme.in_parts:
        return parts.ProgrammeOpened.model_validate(
            {**facts, "state": programme.stands, "template": programme.template}
        )
    return ProgrammeOpened.model_validate({**facts, "template": programme.template})


def refuse_unless_open(programme: Programme) -> None:
    """Raise Rejected named after the state in which a programme takes no school in and closes no enrolment."""
    if programme.stage is not None:
        raise Rejected(programme.stage, f"'{programme.name}' {NOT_NOW[programme.stage]}.")


def close(programme: Programme, enrolment_ids: Sequence[str]) -> tuple[Programme, Event]:
    """Close enrolment. Raises Rejected("enrolment-closed"), or named after the programme's state."""
    refuse_unless_open(programme)
    if programme.state == "closed":
        raise Rejected("enrolment-closed", f"Enrolment to '{programme.name}' is already closed.")
    after = programme.model_copy(update={"state": "closed", "open_until": None, "version": programme.version + 1})
    kind = parts.EnrolmentClosed if programme.in_parts else EnrolmentClosed
    return after, kind(
        version=after.version,
        programme_id=after.programme_id,
        enrolments=len(enrolment_ids),
        enrolment_ids=tuple(enrolment_ids),
    )


def reopen(programme: Programme, until: dt.date, now: dt.datetime) -> tuple[Programme, Event]:
    """Open enrolment again up to and including a day, or change that day. Raises Rejected where it cannot be."""
    refuse_unless_open(programme)
    if programme.state == "enrolling" and programme.open_until is None:
        raise Rejected("enrolment-open", f"Enrolment to '{programme.name}' is open; it closes when you close it.")
    if until < now.astimezone(ZoneInfo(programme.template.timezone)).date():
        raise Rejected("date-passed", f"{until:%d/%m/%Y} has passed; name a day from today on.")
    last = academic_year(programme.year).last
    if until > last:
        raise Rejected("dates-outside-year", f"The programme's year ends on {last:%d/%m/%Y}; name a day before that.")
    update = {"state": "enrolling", "open_until": until, "version": programme.version + 1}
    after = programme.model_copy(update=update)
    kind = parts.EnrolmentReopened if programme.in_parts else EnrolmentReopened
    return after, kind(version=after.version, programme_id=after.programme_id, until=until)


def closes_by_itself(programme: Programme) -> dt.datetime | None:
    """When an enrolment that was opened again closes; None where somebody has to close it."""
    if programme.state == "closed" or programme.open_until is None or programme.stage is not None:
        return None
    zone = ZoneInfo(programme.template.timezone)
    return dt.datetime.combine(programme.open_until + dt.timedelta(days=1), dt.time(), zone).astimezone(dt.UTC)


def appoint(
    command: AppointFacilitator, person_id: str, before: Appointment | None
) -> tuple[Appointment, list[FacilitatorAppointed]]:
    """A facilitator's appointment as it stands now, with an event if it says something new."""
    appointment_id = f"app-{uuid.uuid5(_APPOINTMENTS, f'{command.programme_id}/{person_id}').hex}"
    after = Appointment(
        appointment_id=appointment_id,
        person_id=person_id,
        version=before.version if before else 1,
        **command.model_dump(exclude={"name", "email"}),
    )
    if after == before:
        return before, []
    if before is not None:
        after = after.model_copy(update={"version": before.version + 1})
    return after, [FacilitatorAppointed(**after.model_dump())]

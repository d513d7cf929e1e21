"""What becomes of a programme: opened, closed to enrolment, led by facilitators."""

import uuid
from collections.abc import Sequence

from services.programmes.domain.records import Appointment, Programme
from shared.commands.programmes import AppointFacilitator, OpenProgramme
from shared.errors import Rejected
from shared.events.programmes import EnrolmentClosed, FacilitatorAppointed, ProgrammeOpened
from shared.events.template import ProgrammeTemplate

__all__ = ["appoint", "close", "opened"]

_APPOINTMENTS = uuid.UUID("6f6f3d8c-0b57-5b1e-8e0e-9f2f5a4d7c33")


def opened(
    command: OpenProgramme, template: ProgrammeTemplate, programme_id: str, coordinator_id: str
) -> tuple[Programme, ProgrammeOpened]:
    """A programme that runs by the template as it is today."""
    programme = Programme(
        programme_id=programme_id,
        name=" ".join(command.name.split()),
        year=command.year,
        template=template,
        coordinator_id=coordinator_id,
    )
    return programme, ProgrammeOpened(**programme.model_dump(exclude={"state"}))


def close(programme: Programme, enrolment_ids: Sequence[str]) -> tuple[Programme, EnrolmentClosed]:
    """Close enrolment. Raises Rejected("enrolment-closed")."""
    if programme.state == "closed":
        raise Rejected("enrolment-closed", f"Enrolment to '{programme.name}' is already closed.")
    after = programme.model_copy(update={"state": "closed", "version": programme.version + 1})
    return after, EnrolmentClosed(
        version=after.version,
        programme_id=after.programme_id,
        enrolments=len(enrolment_ids),
        enrolment_ids=tuple(enrolment_ids),
    )


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

"""Commands about programmes and their own people."""

from collections.abc import Callable

from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.people_rules import refuse_bad_address
from services.programmes.domain.programme import appoint, close, opened
from services.programmes.domain.records import Programme
from services.programmes.files.templates import TemplateFolder
from services.programmes.ports import Enrolments, People, Programmes
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.programmes import AppointFacilitator, CloseEnrolment, OpenProgramme, PersonDetails
from shared.events.people import RoleHeld

__all__ = ["ProgrammeHandlers"]


class ProgrammeHandlers:
    """One method a command."""

    def __init__(
        self,
        programmes: Programmes,
        enrolments: Enrolments,
        *,
        people: People,
        templates: TemplateFolder,
        new_id: Callable[[str], str],
    ) -> None:
        self._programmes = programmes
        self._enrolments = enrolments
        self._people = people
        self._templates = templates
        self._new_id = new_id

    async def programme(self, programme_id: str) -> Programme:
        """The programme. Raises Rejected("unknown-programme")."""
        return await self._programmes.get(programme_id)

    async def open(self, command: OpenProgramme, work: UnitOfWork) -> Done:
        """A programme starts."""
        template = self._templates.get(command.template)
        programme_id = self._new_id("prg")
        details = PersonDetails(role="coordinator", name=command.coordinator_name, email=command.coordinator_email)
        coordinator = await self._person(details, programme_id, work)
        programme, event = opened(command, template, programme_id, coordinator)
        await self._programmes.add(programme)
        work.publish(event)
        return Done(id=programme_id, sentence=f"'{programme.name}' is open for enrolment.")

    async def close(self, command: CloseEnrolment, work: UnitOfWork) -> Done:
        """Nobody joins any more."""
        programme = await self._programmes.get(command.programme_id)
        ids = await self._enrolments.enrolled_ids(command.programme_id)
        programme, event = close(programme, ids)
        await self._programmes.replace(programme)
        work.publish(event)
        sentence = f"Enrolment is closed with {len(ids)} schools; matching begins."
        return Done(id=programme.programme_id, version=programme.version, sentence=sentence)

    async def appoint(self, command: AppointFacilitator, work: UnitOfWork) -> Done:
        """Somebody leads visit days."""
        await self._programmes.get(command.programme_id)
        details = PersonDetails(role="facilitator", name=command.name, email=command.email)
        person_id = await self._person(details, command.programme_id, work)
        before = await self._programmes.appointment(command.programme_id, person_id)
        appointment, events = appoint(command, person_id, before)
        await self._programmes.put_appointment(appointment)
        for event in events:
            work.publish(event)
        return Done(id=person_id, version=appointment.version, sentence="The facilitator is appointed.")

    async def _person(self, details: PersonDetails, programme_id: str, work: UnitOfWork) -> str:
        refuse_bad_address(details)
        known = Known.of(await self._people.concerned([details.email], ()))
        person = known.add_role(details, RoleHeld(role=details.role, programme_id=programme_id), self._new_id)
        await self._people.put(known.changed.values())
        for changed in known.changed.values():
            work.put_contact(changed.card())
        return person.person_id

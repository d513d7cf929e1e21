"""Commands about those who lead visit days."""

from services.programmes.domain.programme import appoint
from services.programmes.domain.records import Appointment
from services.programmes.handlers.contacts import Contacts
from services.programmes.ports.programmes import Appointments, Programmes
from services.programmes.ports.register import SchoolPlaces
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.programmes import AppointFacilitator, PersonDetails
from shared.errors import Rejected

__all__ = ["FacilitatorCommands"]


class FacilitatorCommands:
    """One method a command."""

    def __init__(
        self, programmes: Programmes, appointments: Appointments, contacts: Contacts, places: SchoolPlaces
    ) -> None:
        self.programmes = programmes
        self.places = places
        self._appointments = appointments
        self._contacts = contacts

    async def _regions(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """The regions by their own names. Raises Rejected("unknown-region")."""
        if not named:
            return ()
        places = await self.places.places()
        try:
            return tuple(dict.fromkeys(map(places.region, named)))
        except ValueError as error:
            raise Rejected("unknown-region", str(error)) from error

    async def appointment(self, command: AppointFacilitator) -> Appointment | None:
        """The appointment so far of whoever has this address."""
        known = (await self._contacts.known([command.email], ())).with_address(command.email)
        return await self._appointments.appointment(command.programme_id, known.person_id) if known else None

    async def appoint(self, command: AppointFacilitator, work: UnitOfWork) -> Done:
        """Appoint a facilitator, or change the appointment of whoever has this address."""
        await self.programmes.get(command.programme_id)
        command = command.model_copy(update={"regions": await self._regions(command.regions)})
        details = PersonDetails(role="facilitator", name=command.name, email=command.email)
        person_id = await self._contacts.of_programme(details, command.programme_id, work)
        before = await self._appointments.appointment(command.programme_id, person_id)
        appointment, events = appoint(command, person_id, before)
        await self._appointments.put_appointment(appointment)
        for event in events:
            work.publish(event)
        return Done(id=person_id, version=appointment.version, sentence="The facilitator is appointed.")

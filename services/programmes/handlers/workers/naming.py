"""When an entry is submitted, whoever it names takes the role that it names them for."""

from services.programmes.domain.enrolment.addresses import address_fault
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.people_rules import crowded
from services.programmes.domain.naming import Renaming, name, unname
from services.programmes.domain.records import Person, Programme, RoleOf, local_day
from services.programmes.handlers.contacts import Contacts
from services.programmes.ports.naming import NamedPeople, Namings
from services.programmes.ports.programmes import Programmes
from shared.bus import UnitOfWork
from shared.bus.subscriptions import Effect
from shared.commands.people_named import PersonNamed
from shared.commands.programmes import PersonDetails
from shared.errors import Permanent
from shared.events.forms import EntryWithdrawn, FormSubmitted
from shared.template import Template
from shared.template.naming import named_roles

__all__ = ["NamingWorker"]


class NamingWorker:
    """Asks for the names outside the transaction, gives the roles inside."""

    def __init__(self, programmes: Programmes, namings: Namings, *, contacts: Contacts, people: NamedPeople) -> None:
        self._programmes = programmes
        self._namings = namings
        self._contacts = contacts
        self._people = people

    async def submitted(self, event: FormSubmitted) -> Effect:
        """Take in whom an entry names."""
        programme = await self._programmes.get(event.programme_id)
        template = programme.template
        form = template.form(event.form) if isinstance(template, Template) else None
        asks = form is not None and isinstance(template, Template) and bool(named_roles(form, template))
        found = await self._people.named(event.entry_id) if asks else None
        details = [_details(one) for one in found.people] if found else []

        async def take(work: UnitOfWork) -> None:
            if found is not None:
                await self._take(event, found.number, details, programme, work)

        return take

    async def withdrawn(self, event: EntryWithdrawn, work: UnitOfWork) -> None:
        """Take back the roles that an entry gave."""
        before = await self._namings.naming(event.entry_id)
        programme = await self._programmes.get(event.programme_id)
        if before is not None and isinstance(programme.template, Template):
            on = local_day(work.now, programme.template.timezone)
            known = await self._contacts.known((), before.named)
            await self._keep(unname(before, event.version, programme.template, known=known, on=on), work)

    async def _take(
        self, event: FormSubmitted, number: int, details: list[PersonDetails], programme: Programme, work: UnitOfWork
    ) -> None:
        assert isinstance(programme.template, Template)
        before = await self._namings.naming(event.entry_id)
        if before is not None and before.number >= number:
            return
        there = await self._contacts.at_school(event.programme_id, event.school_id) if event.school_id else []
        known = await self._contacts.known([one.email for one in details], (*there, *(before.named if before else ())))
        renaming = name(
            event,
            event.version,
            [_as_known(one, known.with_address(one.email)) for one in details],
            programme.template,
            number=number,
            before=before,
            known=known,
            new_id=self._contacts.new_id,
            on=local_day(work.now, programme.template.timezone),
        )
        _refuse_crowded(renaming, known, programme)
        await self._keep(renaming, work)

    async def _keep(self, renaming: Renaming, work: UnitOfWork) -> None:
        await self._contacts.keep(renaming.people, work)
        await self._namings.put_naming(renaming.naming)
        for event in renaming.events:
            work.publish(event)


def _refuse_crowded(renaming: Renaming, known: Known, programme: Programme) -> None:
    """Raise Permanent where an entry names more people than a school may have in a role: it waits for a person."""
    people = {**known.by_id, **{one.person_id: one for one in renaming.people}}
    for one in renaming.naming.named:
        place = RoleOf(role=one.role, school_id=renaming.naming.school_id, programme_id=programme.programme_id)
        others = [each for key, each in people.items() if key != one.person_id]
        if said := crowded(place, people[one.person_id].email, others, programme.terms):
            raise Permanent(f"An entry names somebody as {programme.terms.title_of(one.role)}. {said}")


def _details(named: PersonNamed) -> PersonDetails:
    """Somebody named for a role. Raises Permanent where mail cannot reach them: the entry waits for a person."""
    if fault := address_fault(named.address):
        raise Permanent(f"An entry names somebody as {named.role} whose e-mail address {fault}.")
    return PersonDetails(role=named.role, name=named.name, email=named.address)


def _as_known(details: PersonDetails, person: Person | None) -> PersonDetails:
    """Somebody who is known already keeps their name: an entry renames nobody."""
    return details.model_copy(update={"name": person.name}) if person else details

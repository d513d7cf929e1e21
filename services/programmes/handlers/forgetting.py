"""Forgets enquiries, and people who are known by nothing else."""

from collections.abc import Iterable

from services.programmes.domain.enquiries import TERM_OVER, Enquiry, erased
from services.programmes.domain.people import erase
from services.programmes.domain.records import Person
from services.programmes.ports.enquiries import Enquiries
from services.programmes.ports.people import People
from shared.bus import UnitOfWork
from shared.events.programmes import PersonErased

__all__ = ["Forgetting"]


class Forgetting:
    """What the end of a term, a coordinator and somebody's own wish have in common."""

    def __init__(self, people: People, enquiries: Enquiries) -> None:
        self._people = people
        self._enquiries = enquiries

    async def forget(self, found: Iterable[Enquiry], work: UnitOfWork) -> None:
        """Delete enquiries, tell of it, take back the reminders of their terms; whoever was only here goes, too."""
        for enquiry in found:
            await self._enquiries.erase(enquiry.enquiry_id)
            work.publish(erased(enquiry))
            work.cancel_reminder(TERM_OVER, enquiry.enquiry_id)
            if enquiry.only_here:
                known = await self._people.concerned((), [enquiry.person_id])
                for person in known:
                    if not person.roles:
                        await self.person(person, work)

    async def person(self, person: Person, work: UnitOfWork) -> PersonErased:
        """Delete a person and their contact card; the event makes every other service forget them."""
        await self._people.erase(person.person_id)
        work.forget_contact(person.person_id)
        event = erase(person, work.now.date())
        work.publish(event)
        return event

"""Programmes whose templates say everything: the same reactions, from the second version of the events.

Their people are no part of an enrolment: they take and leave roles by themselves.
"""

from services.scheduling.domain.visits.records import EnrolmentRecord, PersonRecord, ProgrammeRecord
from services.scheduling.domain.visits.terms import Terms, terms_of
from services.scheduling.handlers.events.enrolments import EnrolmentEvents
from services.scheduling.handlers.events.people import PeopleEvents
from services.scheduling.handlers.loading.cohorts import programme_of
from services.scheduling.handlers.projection import stated
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.programmes_parts import (
    EnrolmentAmended,
    ProgrammeOpened,
    RoleLeft,
    RoleTaken,
    SchoolEnrolled,
    SchoolWithdrawn,
)

__all__ = ["TemplateEvents"]


class TemplateEvents:
    """Handlers of facts about programmes, schools and their people."""

    def __init__(self, stores: Stores, enrolments: EnrolmentEvents, people: PeopleEvents) -> None:
        self._stores, self._enrolments, self._people = stores, enrolments, people

    async def opened(self, event: ProgrammeOpened, work: UnitOfWork) -> None:
        """A programme with its template."""
        known = await self._stores.programmes.programme(event.programme_id)
        if known is not None and known.version >= event.version:
            return
        told = event.model_dump(include={"programme_id", "year", "coordinator_id", "version"})
        terms = terms_of(event.template, event.year)
        for pause in event.pauses:
            terms = terms.after(pause)
        await self._stores.programmes.put(ProgrammeRecord(**told, terms=terms, pauses=event.pauses))

    async def enrolled(self, event: SchoolEnrolled | EnrolmentAmended, work: UnitOfWork) -> None:
        """What a school states now; its people stay."""
        known = await self._stores.enrolments.enrolment(event.enrolment_id)
        if known is None or known.version < event.version:
            people = known.people if known else ()
            await self._enrolments.stated(known, stated(event, people, event.version), work)

    async def withdrawn(self, event: SchoolWithdrawn, work: UnitOfWork) -> None:
        """A school leaves."""
        known = await self._stores.enrolments.enrolment(event.enrolment_id)
        if known is None:
            raise NotYet(f"The enrolment {event.enrolment_id} is not known yet.")
        if known.version < event.version:
            await self._people.withdrawn(known, event.version, work)

    async def taken(self, event: RoleTaken, work: UnitOfWork) -> None:
        """Somebody has a role at a school: they are invited to what is dated for it."""
        found = await self._concerned(event)
        new = PersonRecord(person_id=event.person_id, role=event.role)
        if found is not None and new not in found.people:
            await self._people.replaced(found.model_copy(update={"people": (*found.people, new)}), set(), work)

    async def left(self, event: RoleLeft, work: UnitOfWork) -> None:
        """Somebody has it no longer."""
        found = await self._concerned(event)
        if found is None:
            return
        kept = tuple(one for one in found.people if (one.person_id, one.role) != (event.person_id, event.role))
        if kept != found.people:
            await self._people.replaced(found.model_copy(update={"people": kept}), {event.person_id}, work)

    async def _concerned(self, event: RoleTaken | RoleLeft) -> EnrolmentRecord | None:
        """The enrolment of the school, where somebody in that role is invited to anything.

        Raises NotYet while the programme or the enrolment has not arrived.
        """
        terms = (await programme_of(self._stores.programmes, event.programme_id)).terms
        if event.school_id is None or event.role not in _invited(terms):
            return None
        found = await self._stores.enrolments.of_programme(event.programme_id, [event.school_id])
        if not found:
            raise NotYet(f"The enrolment of {event.school_id} is not known yet.")
        return next((one for one in found if not one.withdrawn), None)


def _invited(terms: Terms) -> set[str]:
    dated = (*terms.events, *((terms.visit,) if terms.visit else ()))
    return {role for one in dated for role in one.roles}

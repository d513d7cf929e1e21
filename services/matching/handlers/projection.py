"""Keeps what programmes and scheduling publish."""

from services.matching.domain.decisions import facts
from services.matching.domain.records import ProgrammeRecord
from services.matching.handlers.saving import save
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events.programmes import EnrolmentAmended, PersonReplaced, ProgrammeOpened, SchoolEnrolled
from shared.events.scheduling import VisitHeld

__all__ = ["Projection"]


class Projection:
    """Handlers of facts that have to be remembered."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def programme_opened(self, event: ProgrammeOpened, _: UnitOfWork) -> None:
        """A programme with its template."""
        await self._stores.programmes.put_programme(ProgrammeRecord.model_validate(event.model_dump()))

    async def school_enrolled(self, event: SchoolEnrolled | EnrolmentAmended, work: UnitOfWork) -> None:
        """A school's part in a programme, as it stands now."""
        known = await self._stores.enrolments.enrolment(event.enrolment_id)
        await save(self._stores, facts.enrol(known, event), work)

    async def person_replaced(self, event: PersonReplaced, work: UnitOfWork) -> None:
        """Somebody else has taken over a role."""
        known = await self._stores.enrolments.enrolment(event.enrolment_id)
        await save(self._stores, facts.replace_person(known, event), work)

    async def visit_held(self, event: VisitHeld, work: UnitOfWork) -> None:
        """A group has met."""
        group = await self._stores.groups.group(event.group_id)
        await save(self._stores, facts.hold(group), work)

"""Keeps what programmes and scheduling publish."""

from services.matching.domain.decisions import drafts, facts
from services.matching.domain.ids import cohort_id
from services.matching.domain.records import ProgrammeRecord
from services.matching.handlers.loading import programme_of
from services.matching.handlers.saving import save
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events import either
from shared.events.programmes import (
    EnrolmentAmended,
    EnrolmentReopened,
    PersonReplaced,
    ProgrammeOpened,
    SchoolEnrolled,
)

__all__ = ["Projection"]


class Projection:
    """Handlers of facts that have to be remembered."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def programme_opened(self, event: ProgrammeOpened, _: UnitOfWork) -> None:
        """A programme with its template."""
        await self._stores.programmes.put_programme(ProgrammeRecord.model_validate(event.model_dump()))

    async def enrolment_reopened(self, event: EnrolmentReopened, work: UnitOfWork) -> None:
        """Schools may come again."""
        programme = await programme_of(self._stores, event.programme_id)
        await save(self._stores, drafts.reopen(programme, event), work)

    async def school_enrolled(self, event: SchoolEnrolled | EnrolmentAmended, work: UnitOfWork) -> None:
        """A school's part in a programme, as it stands now."""
        known = await self._taking(event.programme_id, event.enrolment_id)
        await save(self._stores, facts.enrol(known, event, work.now), work)

    async def person_replaced(self, event: PersonReplaced, work: UnitOfWork) -> None:
        """Somebody else has taken over a role."""
        concerned = (event.person_id, event.replaced_by)
        known = await self._taking(event.programme_id, event.enrolment_id, concerned)
        await save(self._stores, facts.replace_person(known, event, work.now), work)

    async def people_told(self, event: SchoolEnrolled | EnrolmentAmended | PersonReplaced, work: UnitOfWork) -> None:
        """Who took part when an enrolment was told; new only to what was stored before people were kept."""
        known = await self._stores.enrolments.enrolment(event.enrolment_id)
        await save(self._stores, facts.learn_people(known, event), work)

    async def _taking(self, programme_id: str, enrolment_id: str, people: tuple[str, ...] = ()) -> facts.Taking:
        stores = self._stores
        sharing = await stores.enrolments.of_people(programme_id, people) if people else []
        return facts.Taking(
            enrolment=await stores.enrolments.enrolment(enrolment_id),
            programme=await programme_of(stores, programme_id),
            cohort=await stores.cohorts.cohort(cohort_id(programme_id)),
            enrolled=await stores.enrolments.in_force(programme_id),
            sharing=any(one.enrolment_id != enrolment_id for one in sharing),
        )

    async def visit_held(self, event: either.VisitHeld, work: UnitOfWork) -> None:
        """A group has met."""
        group = await self._stores.groups.group(event.group_id)
        await save(self._stores, facts.hold(group), work)

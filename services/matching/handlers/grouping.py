"""Groups of programmes whose templates say everything: the same decisions, from the second version of the events."""

from services.matching.domain.decisions import drafts, facts
from services.matching.domain.ids import cohort_id
from services.matching.domain.records import ProgrammeRecord
from services.matching.domain.terms import terms_of
from services.matching.handlers.loading import closing, leaving
from services.matching.handlers.saving import save
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.programmes_parts import (
    EnrolmentAmended,
    EnrolmentClosed,
    EnrolmentReopened,
    ProgrammeOpened,
    RoleLeft,
    RoleTaken,
    SchoolEnrolled,
    SchoolWithdrawn,
)
from shared.template.resolving import Needed

__all__ = ["Grouping"]


class Grouping:
    """Handlers of facts; those of programmes that group no schools change nothing."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def opened(self, event: ProgrammeOpened, work: UnitOfWork) -> None:
        """A programme with its template."""
        terms, known = terms_of(event.template), await self._stores.programmes.programme(event.programme_id)
        if terms and known:
            await self._stores.programmes.put_programme(known.model_copy(update={"terms": terms}))
        elif terms:
            record = ProgrammeRecord(programme_id=event.programme_id, terms=terms, by_roster=True)
            await self._stores.programmes.put_programme(record)

    async def enrolled(self, event: SchoolEnrolled | EnrolmentAmended, work: UnitOfWork) -> None:
        """A school's part in a programme, as it stands now."""
        stores = self._stores
        if programme := await self._grouped(event.programme_id):
            known = facts.Taking(
                enrolment=await stores.enrolments.enrolment(event.enrolment_id),
                programme=programme,
                cohort=await stores.cohorts.cohort(cohort_id(event.programme_id)),
                enrolled=await stores.enrolments.in_force(event.programme_id),
            )
            await save(stores, facts.enrol(known, event, work.now), work)

    async def known_by_roster(self, event: SchoolEnrolled | EnrolmentAmended, work: UnitOfWork) -> None:
        """Nothing to learn: the people of these programmes are on the roster."""

    async def withdrawn(self, event: SchoolWithdrawn, work: UnitOfWork) -> None:
        """A school has left."""
        if await self._grouped(event.programme_id):
            known = await leaving(self._stores, event)
            await save(self._stores, facts.leave(known, event, work.now), work)

    async def people_changed(self, event: RoleTaken | RoleLeft, work: UnitOfWork) -> None:
        """Somebody comes to visits, or no more; it matters where they do so for two schools."""
        programme = await self._stores.programmes.programme(event.programme_id)
        if programme is None or event.role not in programme.terms.attending or not programme.terms.people_apart:
            return
        wanted = Needed(roles_everywhere=frozenset(programme.terms.attending))
        members = await self._stores.rounds.roster.members(event.programme_id, wanted)
        if len({one.school_id for one in members if one.person_id == event.person_id} - {None}) > 1:
            cohort = await self._stores.cohorts.cohort(cohort_id(event.programme_id))
            enrolled = await self._stores.enrolments.in_force(event.programme_id)
            await save(self._stores, facts.change_people(programme, cohort, enrolled, work.now), work)

    async def reopened(self, event: EnrolmentReopened, work: UnitOfWork) -> None:
        """Schools may come again."""
        if programme := await self._grouped(event.programme_id):
            await save(self._stores, drafts.reopen(programme, event), work)

    async def closed(self, event: EnrolmentClosed, work: UnitOfWork) -> None:
        """Ask for a draft, once every enrolment has arrived here."""
        if programme := await self._grouped(event.programme_id):
            known = await closing(self._stores, programme, event)
            await save(self._stores, drafts.close(known, event, work.now), work)

    async def _grouped(self, programme_id: str) -> ProgrammeRecord | None:
        """The programme, if it groups schools. Raises NotYet while its event has not arrived."""
        if await self._stores.rounds.programmes.get(programme_id) is None:
            raise NotYet(f"Programme {programme_id} is not known yet.")
        return await self._stores.programmes.programme(programme_id)

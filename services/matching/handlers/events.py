"""Reacts to what programmes publishes: enrolment closes, a school leaves."""

from services.matching.domain.decisions import drafts, facts
from services.matching.domain.ids import cohort_id
from services.matching.handlers.loading import closing, leaving, programme_of
from services.matching.handlers.saving import save
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events.programmes import EnrolmentClosed, SchoolClosed, SchoolFactsChanged, SchoolWithdrawn

__all__ = ["Events"]


class Events:
    """Handlers of events that lead to others."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def enrolment_closed(self, event: EnrolmentClosed, work: UnitOfWork) -> None:
        """Ask for a draft, once every enrolment has arrived here."""
        known = await closing(self._stores, await programme_of(self._stores, event.programme_id), event)
        await save(self._stores, drafts.close(known, event, work.now), work)

    async def school_facts_changed(self, event: SchoolFactsChanged, work: UnitOfWork) -> None:
        """The register says something else about a school: its trust, say."""
        for known in await self._everywhere(event.school_id):
            await save(self._stores, facts.changed_facts(known, event.school, work.now), work)

    async def school_closed(self, event: SchoolClosed, work: UnitOfWork) -> None:
        """A school has closed."""
        for known in await self._everywhere(event.school_id):
            await save(self._stores, facts.closed(known, work.now), work)

    async def _everywhere(self, school_id: str) -> list[facts.InProgramme]:
        stores = self._stores
        return [
            facts.InProgramme(
                one,
                await stores.cohorts.cohort(cohort_id(one.programme_id)),
                await stores.enrolments.in_force(one.programme_id),
            )
            for one in await stores.enrolments.of_school(school_id)
        ]

    async def school_withdrawn(self, event: SchoolWithdrawn, work: UnitOfWork) -> None:
        """A school has left."""
        known = await leaving(self._stores, event)
        await save(self._stores, facts.leave(known, event, work.now), work)

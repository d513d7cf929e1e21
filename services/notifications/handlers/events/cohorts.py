"""Cohorts and groups: schools learn which group they are in, or that they wait."""

from collections.abc import Iterable

from services.notifications.domain.decisions import cohorts
from services.notifications.domain.decisions.cohorts import CohortRecords
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.matching import CohortDrafted, CohortFormationFailed, CohortFormed, GroupChanged, GroupFormed


class Cohorts:
    """Reactions to what happens to cohorts and groups."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def drafted(self, event: CohortDrafted, work: UnitOfWork) -> None:
        """Ask the coordinator for a review."""
        records = await self._with(event.programme_id)
        await self._records.save(cohorts.drafted(records, event, work.now), work)

    async def failed(self, event: CohortFormationFailed, work: UnitOfWork) -> None:
        """Tell the coordinator what keeps groups from forming."""
        records = await self._with(event.programme_id)
        await self._records.save(cohorts.failed(records, event, work.now), work)

    async def formed(self, event: CohortFormed, work: UnitOfWork) -> None:
        """Tell the schools that wait."""
        records = await self._with(event.programme_id, [waiting.school_id for waiting in event.waiting])
        await self._records.save(cohorts.formed(records, event, work.now), work)

    async def group_formed(self, event: GroupFormed, work: UnitOfWork) -> None:
        """Tell everybody in a group who is in it."""
        records = await self._with(event.programme_id, event.school_ids)
        await self._records.save(cohorts.group_formed(records, event, work.now), work)

    async def group_changed(self, event: GroupChanged, work: UnitOfWork) -> None:
        """Tell those who remain and those who joined."""
        records = await self._with(event.programme_id, event.school_ids, event.group_id)
        await self._records.save(cohorts.group_changed(records, event, work.now), work)

    async def _with(self, programme_id: str, school_ids: Iterable[str] = (), group_id: str = "") -> CohortRecords:
        programme = await self._records.programme(programme_id)
        people = await self._records.school_people(programme_id, school_ids)
        return CohortRecords(programme, people, (await self._records.groups.find([group_id])).get(group_id))

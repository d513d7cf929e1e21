"""Agreed days and calls: people get the days on offer, then a calendar entry for what is settled."""

from collections.abc import Sequence

from services.notifications.domain.decisions import dates
from services.notifications.domain.decisions.dates import DateRecords
from services.notifications.domain.programme_roles import concerned, shared_programme
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.scheduling_dates import (
    CallBooked,
    CallCancelled,
    CallOffered,
    DatesAgreed,
    DatesOffered,
    DatesRefused,
    DatesWithdrawn,
)


class Dates:
    """Reactions to what happens to agreed days and calls."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def offered(self, event: DatesOffered, work: UnitOfWork) -> None:
        """List the days on offer and ask for an answer."""
        records = await self._with(event.person_ids, event.agreement_id)
        await self._records.save(dates.offered(records, event, work.now), work)

    async def refused(self, event: DatesRefused, work: UnitOfWork) -> None:
        """Tell the coordinator that other days are needed."""
        records = await self._with(event.person_ids, event.agreement_id)
        await self._records.save(dates.refused(records, event, work.now), work)

    async def agreed(self, event: DatesAgreed | DatesWithdrawn, work: UnitOfWork) -> None:
        """Put the day into everybody's calendar, or take it out."""
        records = await self._with(event.person_ids, event.agreement_id)
        await self._records.save(dates.agreed(records, event, work.now), work)

    async def call_offered(self, event: CallOffered, work: UnitOfWork) -> None:
        """Ask somebody to choose a time for a call with the host."""
        records = await self._with((event.host_id, event.person_id), event.offer_id)
        await self._records.save(dates.call_offered(records, event, work.now), work)

    async def call(self, event: CallBooked | CallCancelled, work: UnitOfWork) -> None:
        """Put a call into everybody's calendar, or take it out."""
        records = await self._with(event.person_ids, event.call_id, event.programme_id or "")
        await self._records.save(dates.call(records, event, work.now), work)

    async def _with(self, person_ids: Sequence[str], target_id: str, programme_id: str = "") -> DateRecords:
        """`programme_id`: the programme of what is dated, where it says so; else the one that its people share."""
        roles = await self._records.programmes.roles(person_ids)
        programmes = await self._records.programmes.find({programme_id, *(role.programme_id for role in roles)} - {""})
        programme = programmes.get(programme_id) or shared_programme(person_ids, roles, programmes.values())
        people = concerned(person_ids, roles, programme)
        return DateRecords(programme, people, await self._records.target(target_id))

"""Visits: invitations, changes, the brief beforehand, and forms afterwards."""

from services.notifications.domain import completions
from services.notifications.domain.decisions import visits
from services.notifications.domain.decisions.visits import VisitChange, VisitRecords
from services.notifications.domain.directory import Programme
from services.notifications.domain.kit import preparing
from services.notifications.domain.targets import Concerned
from services.notifications.handlers.events.dated_words import DatedWords
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events import either
from shared.events.scheduling import VisitBriefDue, VisitBriefWritten, VisitDayEnded


class Visits:
    """Reactions to what happens to visits."""

    def __init__(self, records: Records, words: DatedWords) -> None:
        self._records, self._words = records, words

    async def scheduled(self, event: either.VisitScheduled, work: UnitOfWork) -> None:
        """Invite everybody who comes."""
        await self._words.save(visits.scheduled(await self._before(event), event, work.now), event, work)

    async def moved(self, event: either.VisitMoved, work: UnitOfWork) -> None:
        """Send the new date."""
        await self._words.save(visits.moved(await self._before(event), event, work.now), event, work)

    async def changed(self, event: either.VisitChanged, work: UnitOfWork) -> None:
        """Write to those whom the change concerns."""
        await self._words.save(visits.changed(await self._before(event), event, work.now), event, work)

    async def cancelled(self, event: either.VisitCancelled, work: UnitOfWork) -> None:
        """Take it out of everybody's calendar."""
        await self._words.save(visits.cancelled(await self._before(event), event, work.now), event, work)

    async def brief_written(self, event: VisitBriefWritten, work: UnitOfWork) -> None:
        """Send the brief to the guests."""
        await self._records.save(visits.brief_written(await self._known(event.visit_id), event, work.now), work)

    async def brief_due(self, event: VisitBriefDue, work: UnitOfWork) -> None:
        """Remind the host."""
        await self._records.save(visits.brief_due(await self._known(event.visit_id), event, work.now), work)

    async def day_ended(self, event: VisitDayEnded, work: UnitOfWork) -> None:
        """Ask the facilitator who came."""
        await self._records.save(visits.day_ended(await self._known(event.visit_id), event, work.now), work)

    async def held(self, event: either.VisitHeld, work: UnitOfWork) -> None:
        """Ask the facilitator and those present."""
        known = await self._known(event.visit_id)
        await self._records.save(visits.held(known, event, work.now), work)
        await self._words.held(known.visit, (one.person_id for one in event.present), work)

    async def _before(self, event: VisitChange) -> VisitRecords:
        """Return the visit as it was, with the people of the school that hosts it from now on."""
        visit = await self._records.target(event.visit_id)
        programme = await self._records.programme(event.programme_id)
        return VisitRecords(programme, visit, await self._hosts(programme, event.host_school_id))

    async def _known(self, visit_id: str) -> VisitRecords:
        """Return the visit as it stands, if it is known."""
        written = bool(await self._records.completions.find([completions.brief(visit_id)]))
        visit = await self._records.target(visit_id)
        if visit is None:
            return VisitRecords(None, None, brief_written=written)
        programme = await self._records.programme(visit.programme_id)
        return VisitRecords(programme, visit, await self._hosts(programme, visit.host_school_id or ""), written)

    async def _hosts(self, programme: Programme, school_id: str) -> list[Concerned]:
        """Return the people of the host school; of a template that says everything those who prepare the day."""
        people = await self._records.school_people(programme.programme_id, [school_id])
        if programme.whole is None:
            return people
        roles = preparing(programme.whole)
        return [person for person in people if person.role in roles]

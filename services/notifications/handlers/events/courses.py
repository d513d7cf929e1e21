"""Courses of sessions: their dates go out as events do; whose place ends hears by which rule."""

from collections.abc import Awaitable, Callable, Mapping

from services.notifications.domain.decisions import courses as decisions
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.base import Event
from shared.events.sessions import CoursePlaceEnded


class Courses:
    """Reactions to what happens to places in courses."""

    def __init__(self, records: Records, cases: Cases) -> None:
        self._records, self._cases = records, cases

    def handlers(self) -> Mapping[type[Event], Callable[..., Awaitable[None]]]:
        """Event -> handler, to be joined with the service's others."""
        return {CoursePlaceEnded: self.ended}

    async def ended(self, event: CoursePlaceEnded, work: UnitOfWork) -> None:
        """Somebody comes no more."""
        programme = await self._records.programme(event.programme_id)
        people = await self._cases.known(programme, (event.person_id,), event.school_id)
        await self._records.save(decisions.ended(event, people, work.now), work)

"""The register says something else about a school that is enrolled: where it lies, or that it has closed."""

from services.scheduling.domain.local_time import LONDON, local_date
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.projection import place_of
from services.scheduling.ports.programmes import Enrolments
from services.scheduling.ports.visits import PublishedVisits
from shared.bus import UnitOfWork
from shared.events.programmes import SchoolClosed, SchoolFactsChanged

__all__ = ["SchoolEvents"]


class SchoolEvents:
    """Handlers of facts about schools."""

    def __init__(self, enrolments: Enrolments, published: PublishedVisits, changes: Changes) -> None:
        self._enrolments, self._published, self._changes = enrolments, published, changes

    async def facts_changed(self, event: SchoolFactsChanged, _: UnitOfWork) -> None:
        """Other term dates, examinations, distances or facilitators may apply to a school, and it is open."""
        for enrolment in await self._enrolments.naming(schools=[event.school_id]):
            after = enrolment.model_copy(update={**place_of(event.school), "closed_on": None})
            if after != enrolment:
                await self._enrolments.put(after)

    async def closed(self, event: SchoolClosed, work: UnitOfWork) -> None:
        """No date is found for a school from the day it closes; published visits after it are the coordinator's."""
        day = event.closed_on or local_date(work.now, LONDON)
        known = [one for one in await self._enrolments.naming(schools=[event.school_id]) if one.closed_on != day]
        for enrolment in known:
            await self._enrolments.put(enrolment.model_copy(update={"closed_on": day}))
        if not known:
            return
        today = local_date(work.now, LONDON)
        for visit in await self._published.at_schools([event.school_id], max(day, today)):
            self._changes.ask(visit, "calendar-clash", None, work)

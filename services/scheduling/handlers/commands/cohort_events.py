"""Commands with which the coordinator moves or cancels a cohort event, all its parts together."""

from services.scheduling.domain.visits.event_decisions import (
    Around,
    must_be_by_itself,
    must_be_new,
    must_be_open,
    must_hold,
)
from services.scheduling.domain.visits.pauses import on_day
from services.scheduling.domain.visits.records import EventDecision
from services.scheduling.handlers.cohort_events import CohortEvents
from services.scheduling.handlers.loading.cohorts import cohort_of, rules_of
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import CancelCohortEvent, MoveCohortEvent

__all__ = ["CohortEventCommands"]

WHY = "coordinator"


class CohortEventCommands:
    """Another date for an event, or none at all."""

    def __init__(self, stores: Stores, events: CohortEvents) -> None:
        self._stores = stores
        self._events = events

    async def move(self, command: MoveCohortEvent, work: UnitOfWork) -> Done:
        """Set another date within the event's window, on which no visit is, in the order that the template has."""
        outline, record = self._stores.outline, await self._stores.events.event(command.event_id)
        must_be_by_itself(record)
        cohort_id = record.event.cohort_id
        rules = await rules_of(self._stores, await cohort_of(self._stores.cohorts, cohort_id), work.now)
        must_be_new(record, command.on, rules.today)
        around = Around(
            visits_that_day=await outline.any_visit_on(cohort_id, command.on),
            dates=await self._stores.events.dates(cohort_id),
            first_and_last=await outline.first_and_last(cohort_id),
        )
        must_hold(rules, record, command.on, around)
        await self._events.decide(record, EventDecision(on=command.on, why=WHY, chosen=True), work)
        version = on_day(record, command.on).version
        sentence = f"{record.event.title} is on {in_words(command.on)}."
        return Done(id=command.event_id, version=version, sentence=sentence)

    async def cancel(self, command: CancelCohortEvent, work: UnitOfWork) -> Done:
        """An event does not take place. Its day is open to visits, and no new draft dates it again."""
        record = await self._stores.events.event(command.event_id)
        must_be_by_itself(record)
        must_be_open(record)
        await self._events.decide(record, EventDecision(on=None, why=WHY), work)
        version = on_day(record, record.event.on).version
        return Done(id=command.event_id, version=version, sentence=f"{record.event.title} is cancelled.")

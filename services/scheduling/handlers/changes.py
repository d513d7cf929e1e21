"""Saves changes of visits, publishes them to those affected, and sets their reminders again."""

from collections.abc import Iterable, Sequence

from services.scheduling.domain.visits.change_decisions import (
    decide_cancelling,
    decide_changes,
    decide_repair,
    question,
)
from services.scheduling.domain.visits.records import ProgrammeRecord, VisitRecord
from services.scheduling.domain.visits.repair import Moved
from services.scheduling.handlers.loading.nearby import repaired
from services.scheduling.handlers.timers import reminders
from services.scheduling.planner.model import Rule
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events.base import Event

__all__ = ["Changes"]


class Changes:
    """Saves and publishes changes of visits."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def repair(self, record: VisitRecord, reason: str, asked_by: str | None, work: UnitOfWork) -> Sequence[Moved]:
        """Give a visit whose date has become impossible another one by the least change, or ask the coordinator."""
        found = await repaired(self._stores, record, work.now)
        decided = decide_repair(found, record, reason, asked_by)
        if isinstance(decided, Event):
            work.publish(decided)
            return ()
        await self.make(decided, reason, asked_by, found.near.sources.programme, work)
        return decided

    def ask(self, record: VisitRecord, about: str, person_id: str | None, work: UnitOfWork) -> None:
        """Leave a decision about a visit to the coordinator."""
        work.publish(question(record, about, person_id))

    async def make(
        self, changes: Iterable[Moved], reason: str, asked_by: str | None, programme: ProgrammeRecord, work: UnitOfWork
    ) -> None:
        """Save changed visits; of a published one those concerned are informed, and its reminders are set anew."""
        decision = decide_changes(changes, reason, asked_by)
        published = [each for each in decision.records if each.state == "published"]
        await self._stores.engagements.take_days(published)
        await self._stores.visits.put([await self._as_overruled(each, decision.records) for each in decision.records])
        for event in decision.events:
            work.publish(programme.spoken(event))
        for record in published:
            reminders.visit_published(record, programme, work)

    async def _as_overruled(self, record: VisitRecord, together: Sequence[VisitRecord]) -> VisitRecord:
        """Where the coordinator lets somebody be expected twice on a day, the visit books only whose day is free."""
        if record.state != "published" or Rule.PERSON_DAY not in record.although:
            return record
        taken = await self._stores.engagements.taken(record, [each.visit.visit_id for each in together])
        return record.model_copy(update={"doubled": tuple(sorted(taken))})

    async def cancel(
        self, record: VisitRecord, why: str, programme: ProgrammeRecord, work: UnitOfWork, *, said: str = ""
    ) -> VisitRecord:
        """A visit does not take place."""
        decision = decide_cancelling(record, why, said)
        after = decision.record
        await self._stores.visits.put([after])
        for event in decision.events:
            work.publish(programme.spoken(event))
        if record.state == "published":
            reminders.visit_over(after, programme, work)
        return after

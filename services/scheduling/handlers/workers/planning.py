"""Plans a cohort's calendar: once its groups have arrived, and again when the coordinator asks.

A large draft does not fit into one transaction. Its visits and events are saved in batches, before the transaction that
makes it the draft. Until then the cohort names the draft that is being saved: nobody can publish half of it, and of two
drafts at a time the later one wins.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from services.scheduling.domain.record import Keep
from services.scheduling.domain.visits.drafts import Draft, draft
from services.scheduling.domain.visits.invitations import PEOPLE_AT_ONCE
from services.scheduling.domain.visits.records import CohortRecord, EventRecord, VisitRecord
from services.scheduling.domain.visits.standing import activities_of, violations
from services.scheduling.handlers.loading.cohorts import cohort_of, programme_of, standing
from services.scheduling.handlers.workers.publishing import PublishingWorker
from services.scheduling.planner.partition import PlanParts
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import DraftCalendar
from shared.errors import NotYet, Retryable
from shared.events.matching import CohortFormed
from shared.events.scheduling import CalendarDrafted, SchedulingFailed

__all__ = ["PlanningWorker"]

SHOWN = 50
"""Blocking dates and rules in one event; the calendar shows the rest."""
NAMED = 10
"""Chosen dates that the reply names; each visit says in its history what became of its own."""
AT_ONCE = 500
"""Visits saved in one transaction."""

Effect = Callable[[UnitOfWork], Awaitable[Any]]
Transact = Callable[[Effect], Awaitable[Any]]


class PlanningWorker:
    """Plans outside the event loop, then saves the draft and publishes its event.

    `transact`: how to save a batch; `publishing`: what is asked at once where the template leaves it to no coordinator;
    a draft that cannot be published as it stands waits for one all the same;
    `keeping`: makes what keeps the records of a draft in memory.
    """

    def __init__(
        self,
        stores: Stores,
        plan_parts: PlanParts,
        publishing: PublishingWorker,
        transact: Transact,
        keeping: Callable[[], Keep],
    ) -> None:
        self._stores = stores
        self._plan_parts = plan_parts
        self._publishing = publishing
        self._transact = transact
        self._keeping = keeping

    async def cohort_formed(self, event: CohortFormed) -> Callable[[UnitOfWork], Awaitable[None]]:
        """Plan once all groups are known. Raises NotYet until then."""
        if await self._stores.cohorts.cohort(event.cohort_id) is None:
            raise NotYet(f"Cohort {event.cohort_id} has not been noted yet.")
        cohort = await cohort_of(self._stores.cohorts, event.cohort_id)
        if cohort.state != "planning":
            return _nothing
        programme = await programme_of(self._stores.programmes, cohort.programme_id)
        at_once = not programme.terms.publish_needs_coordinator
        found, sound = await self._draft(event.cohort_id, checked=at_once)
        name = await self._save_ahead(event.cohort_id, found)

        async def save(work: UnitOfWork) -> None:
            cohort = await cohort_of(self._stores.cohorts, event.cohort_id)
            if cohort.state == "planning":
                drafted = await self._save(cohort, found, name, work)
                if sound and drafted.state == "draft":
                    await self._publishing.begin(drafted, programme, (), work)

        return save

    async def again(self, command: DraftCalendar) -> Callable[[UnitOfWork], Awaitable[Done]]:
        """Plan again from what is known now; published visits keep their dates unless a rule turned against them."""
        found, _ = await self._draft(command.cohort_id)
        name = await self._save_ahead(command.cohort_id, found)
        new, changes = len(found.visits), sum(record.proposal is not None for record in found.visits)

        async def save(work: UnitOfWork) -> Done:
            cohort = await self._save(await cohort_of(self._stores.cohorts, command.cohort_id), found, name, work)
            sentence = (
                f"Revision {cohort.revision}: {new - changes} new visits, {changes} changes proposed, "
                f"{len(found.unplaced)} groups without dates.{_chosen(found)}"
            )
            return Done(id=command.cohort_id, version=cohort.revision, sentence=sentence)

        return save

    async def _draft(self, cohort_id: str, *, checked: bool = False) -> tuple[Draft, bool]:
        """The draft, and whether it was checked and can be published as it is."""
        stands = await standing(self._stores, cohort_id, self._stores.now())

        def planned() -> tuple[Draft, bool]:
            found = draft(stands.sources, stands.visits, stands.events, self._plan_parts, self._keeping())
            sound = checked and not found.unplaced
            return found, sound and not violations(stands.sources, found.visits, found.events, ())

        return await asyncio.to_thread(planned)

    async def _save_ahead(self, cohort_id: str, found: Draft) -> str:
        """Save a large draft batch by batch; return its name, empty for one that fits into a transaction."""
        batches = _batches(found)
        if len(batches) < 2:
            return ""
        name = uuid4().hex

        async def begin(work: UnitOfWork) -> None:
            await self._stores.cohorts.mark_drafting(cohort_id, name)

        await self._transact(begin)
        gone = AT_ONCE
        while gone == AT_ONCE:
            gone = await self._transact(partial(self._drop, cohort_id, name))
        for visits, events in batches:
            await self._transact(partial(self._put, cohort_id, name, visits, events))
        return name

    async def _drop(self, cohort_id: str, name: str, _: UnitOfWork) -> int:
        await self._still(cohort_id, name)
        return await self._stores.drafts.drop(cohort_id, AT_ONCE)

    async def _put(
        self, cohort_id: str, name: str, visits: Sequence[VisitRecord], events: Sequence[EventRecord], _: UnitOfWork
    ) -> None:
        await self._still(cohort_id, name)
        await self._stores.visits.put(visits)
        await self._stores.events.put(events)

    async def _still(self, cohort_id: str, name: str) -> None:
        if (await cohort_of(self._stores.cohorts, cohort_id)).drafting != name:
            raise Retryable("The calendar was drafted again meanwhile; look at the latest draft.")

    async def _save(self, cohort: CohortRecord, found: Draft, name: str, work: UnitOfWork) -> CohortRecord:
        if name:
            await self._still(cohort.cohort_id, name)
        else:
            while await self._stores.drafts.drop(cohort.cohort_id, AT_ONCE) == AT_ONCE:
                pass
            await self._stores.visits.put(found.visits)
            await self._stores.events.put(found.events)
        hopeless = bool(found.unplaced) and not found.visits and cohort.state != "published"
        after = cohort.model_copy(
            update={
                "state": "failed" if hopeless else "draft",
                "revision": cohort.revision + 1,
                "version": cohort.version + (not hopeless) + bool(found.unplaced),
                "blocking": found.blocking,
                "unplaced": found.unplaced,
                "calendars": found.calendars,
                "soft": found.soft,
                "drafting": "",
                "publishing": False,
            }
        )
        await self._stores.cohorts.put(after)
        if not hopeless:
            work.publish(_drafted(cohort, after, found))
        if found.unplaced:
            work.publish(_failed(after, found))
        return after


def _chosen(found: Draft) -> str:
    """Which dates that the coordinator had chosen in the draft before are kept, and which could not be."""
    kept = f" Kept as you chose: {_listed(found.kept)}." if found.kept else ""
    gone = f" Planned anew, although you had chosen it: {_listed(found.let_go)}." if found.let_go else ""
    return kept + gone


def _listed(named: Sequence[str]) -> str:
    more = f"; and {len(named) - NAMED} more" if len(named) > NAMED else ""
    return "; ".join(named[:NAMED]) + more


async def _nothing(_: UnitOfWork) -> None:
    """The calendar has been planned already."""


def _batches(found: Draft) -> list[tuple[Sequence[VisitRecord], Sequence[EventRecord]]]:
    """The draft in parts that fit into a transaction each, events first; a small one whole."""
    people = sum(len(each.event.attendees) for each in found.events)
    if len(found.visits) <= AT_ONCE and people <= PEOPLE_AT_ONCE:
        return [(found.visits, found.events)]
    visits = [found.visits[start : start + AT_ONCE] for start in range(0, len(found.visits), AT_ONCE)]
    return [*(((), (each,)) for each in found.events), *((part, ()) for part in visits)]


def _drafted(before: CohortRecord, after: CohortRecord, found: Draft) -> CalendarDrafted:
    return CalendarDrafted(
        version=before.version + 1,
        cohort_id=after.cohort_id,
        programme_id=after.programme_id,
        revision=after.revision,
        visits=len(found.visits),
        events=activities_of(found.events),
        unplaced_groups=len(found.unplaced),
    )


def _failed(after: CohortRecord, found: Draft) -> SchedulingFailed:
    return SchedulingFailed(
        version=after.version,
        cohort_id=after.cohort_id,
        programme_id=after.programme_id,
        blocking=found.blocking[:SHOWN],
    )

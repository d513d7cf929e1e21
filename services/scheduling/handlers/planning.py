"""A cohort's calendar is planned: when its groups have arrived, and again when the coordinator asks."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from services.scheduling.domain.drafting import Draft, draft
from services.scheduling.domain.partition import PlanParts
from services.scheduling.domain.records import CohortRecord
from services.scheduling.handlers.sources import cohort_of, programme_of, standing
from services.scheduling.ports import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import DraftCalendar, PublishVisits
from shared.errors import NotYet, Rejected
from shared.events.matching import CohortFormed
from shared.events.scheduling import CalendarDrafted, SchedulingFailed

__all__ = ["Planning"]

SHOWN = 50
"""Blocking dates and rules in one event; the rest is seen in the calendar."""


Publish = Callable[[PublishVisits, UnitOfWork], Awaitable[Done]]


class Planning:
    """Plans outside the event loop, then saves the draft and tells of it.

    `publish`: what is called at once where the template leaves it to no coordinator; a draft that cannot be published
    as it stands waits for one all the same.
    """

    def __init__(self, stores: Stores, plan_parts: PlanParts, publish: Publish) -> None:
        self._stores = stores
        self._plan_parts = plan_parts
        self._publish = publish

    async def cohort_formed(self, event: CohortFormed) -> Callable[[UnitOfWork], Awaitable[None]]:
        """Plan once all groups are known. Raises NotYet until then."""
        if await self._stores.facts.cohort(event.cohort_id) is None:
            raise NotYet(f"Cohort {event.cohort_id} has not been noted yet.")
        found = await self._draft(event.cohort_id)

        async def save(work: UnitOfWork) -> None:
            cohort = await cohort_of(self._stores, event.cohort_id)
            if cohort.state == "planning":
                drafted = await self._save(cohort, found, work)
                programme = await programme_of(self._stores, cohort.programme_id)
                if drafted.state == "draft" and not programme.template.scheduling.publish_needs_coordinator:
                    with suppress(Rejected):
                        await self._publish(PublishVisits(cohort_id=drafted.cohort_id, revision=drafted.revision), work)

        return save

    async def again(self, command: DraftCalendar) -> Callable[[UnitOfWork], Awaitable[Done]]:
        """Plan again from what is known now; published visits keep their dates unless a rule turned against them."""
        found = await self._draft(command.cohort_id)

        async def save(work: UnitOfWork) -> Done:
            cohort = await self._save(await cohort_of(self._stores, command.cohort_id), found, work)
            changes = sum(record.proposal is not None for record in found.visits)
            sentence = (
                f"Revision {cohort.revision}: {len(found.visits) - changes} new visits, {changes} changes proposed, "
                f"{len(found.unplaced)} groups without dates."
            )
            return Done(id=command.cohort_id, version=cohort.revision, sentence=sentence)

        return save

    async def _draft(self, cohort_id: str) -> Draft:
        stands = await standing(self._stores, cohort_id, self._stores.now())
        return await asyncio.to_thread(draft, stands.sources, stands.visits, stands.events, self._plan_parts)

    async def _save(self, cohort: CohortRecord, found: Draft, work: UnitOfWork) -> CohortRecord:
        await self._stores.visits.drop_drafts(cohort.cohort_id)
        await self._stores.visits.put(found.visits, found.events)
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
            }
        )
        await self._stores.facts.put_cohort(after)
        if not hopeless:
            work.publish(_drafted(cohort, after, found))
        if found.unplaced:
            work.publish(_failed(after, found))
        return after


def _drafted(before: CohortRecord, after: CohortRecord, found: Draft) -> CalendarDrafted:
    return CalendarDrafted(
        version=before.version + 1,
        cohort_id=after.cohort_id,
        programme_id=after.programme_id,
        revision=after.revision,
        visits=len(found.visits),
        events=len(found.events),
        unplaced_groups=len(found.unplaced),
    )


def _failed(after: CohortRecord, found: Draft) -> SchedulingFailed:
    return SchedulingFailed(
        version=after.version,
        cohort_id=after.cohort_id,
        programme_id=after.programme_id,
        blocking=found.blocking[:SHOWN],
    )

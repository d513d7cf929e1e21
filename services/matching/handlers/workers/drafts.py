"""Works out a draft: the search runs in a thread, and its result is saved in one transaction.

After a crash the event is delivered again and the draft worked out anew. Nothing is lost or doubled, since the ids of
cohort and groups are derived from the event.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from services.matching.domain.decisions.drafts import Wish
from services.matching.domain.ids import draft_id
from services.matching.domain.records import CohortRecord, GroupRecord
from services.matching.engine.effort import Effort
from services.matching.forming.draft import Found, decide, search
from services.matching.handlers.loading import gather, programme_of
from services.matching.handlers.saving import save
from services.matching.handlers.workers.search import TENTHS, run_cancellable
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.matching import PublishCohort
from shared.events.matching import MatchingProgressed, MatchingStarted

__all__ = ["DraftWorker"]

Effect = Callable[[UnitOfWork], Awaitable[None]]
Transact = Callable[[Effect], Awaitable[Any]]
Publish = Callable[[PublishCohort, UnitOfWork], Awaitable[Done]]


class DraftWorker:
    """Works out drafts. `transact` publishes progress meanwhile; `publish` is for templates without review."""

    def __init__(self, stores: Stores, effort: Effort, transact: Transact, publish: Publish) -> None:
        self._stores = stores
        self._effort = effort
        self._transact = transact
        self._publish = publish

    async def matching_started(self, event: MatchingStarted) -> Effect:
        """Search, then save the draft or why there is none."""
        programme = await programme_of(self._stores, event.programme_id)
        matching = await gather(self._stores, programme)
        groups = await self._stores.groups.groups(event.cohort_id)
        wish = Wish(event.seed, event.keeping, event.curve, event.least)
        work_out = partial(search, matching, groups, wish, effort=self._effort)
        found = await run_cancellable(work_out, partial(self._wanted, event), partial(self._progressed, event))

        async def save_draft(work: UnitOfWork) -> None:
            cohort = await self._wanted(event)
            if found is not None and cohort is not None:  # else another draft was asked for, or this one cancelled
                await self._save(cohort, groups, found, work)

        return save_draft

    async def _wanted(self, event: MatchingStarted) -> CohortRecord | None:
        """The cohort, while it waits for this draft."""
        cohort = await self._stores.cohorts.cohort(event.cohort_id)
        return cohort if cohort and (cohort.revision, cohort.state) == (event.revision, "matching") else None

    async def _progressed(self, event: MatchingStarted, tenths: int) -> None:
        share = tenths / TENTHS

        async def tell(work: UnitOfWork) -> None:
            await self._stores.progress.put_progress(event.cohort_id, event.revision, share)
            work.publish(
                MatchingProgressed(
                    version=tenths,
                    draft_id=draft_id(event.cohort_id, event.revision),
                    cohort_id=event.cohort_id,
                    programme_id=event.programme_id,
                    revision=event.revision,
                    share=share,
                )
            )

        await self._transact(tell)

    async def _save(self, cohort: CohortRecord, searched: list[GroupRecord], found: Found, work: UnitOfWork) -> None:
        now = await self._stores.groups.groups(cohort.cohort_id)
        published = await self._stores.groups.published(cohort.cohort_id)
        decision = decide(cohort, searched, now, published, found)
        await save(self._stores, decision, work)
        programme = await programme_of(self._stores, cohort.programme_id)
        if decision.cohort and programme.publishes(decision.cohort):
            await self._publish(PublishCohort(cohort_id=cohort.cohort_id, revision=decision.cohort.revision), work)

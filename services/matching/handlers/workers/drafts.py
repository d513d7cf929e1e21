"""Works out a draft: the search runs beside the event loop, its result is saved in one piece.

A kill in between loses nothing: the fact is delivered again, and the ids of cohort and groups follow from it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from services.matching.domain.events import cohort_drafted, cohort_failed
from services.matching.domain.ids import draft_id
from services.matching.domain.records import GroupRecord
from services.matching.domain.schools import Round
from services.matching.engine.effort import Effort
from services.matching.engine.progress import Progress
from services.matching.forming import outcomes
from services.matching.forming.formation import Formed, form
from services.matching.forming.rematch import KEEPING, Option, Standing, curve, rematch
from services.matching.handlers.loading import gather, programme_of
from services.matching.handlers.saving import put_draft
from services.matching.handlers.workers.search import TENTHS, run_cancellable
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.matching import PublishCohort
from shared.errors import Retryable
from shared.events.matching import (
    MatchingProgressed,
    MatchingStarted,
)

__all__ = ["DraftWorker"]

Effect = Callable[[UnitOfWork], Awaitable[None]]
Transact = Callable[[Effect], Awaitable[Any]]
Publish = Callable[[PublishCohort, UnitOfWork], Awaitable[Done]]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the search came to: the draft, and what else could be chosen."""

    formed: Formed
    options: tuple[Option, ...] = ()
    chosen: int = 0


class DraftWorker:
    """Works out drafts. `transact`: how to tell progress meanwhile; `publish`: what a template without review calls."""

    def __init__(self, stores: Stores, effort: Effort, transact: Transact, publish: Publish) -> None:
        self._stores = stores
        self._effort = effort
        self._transact = transact
        self._publish = publish

    async def matching_started(self, event: MatchingStarted) -> Effect:
        """Search, then save the draft or why there is none."""
        programme = await programme_of(self._stores, event.programme_id)
        matching = await gather(self._stores, programme)
        known = await self._stores.cohorts.groups(event.cohort_id)
        search = partial(_search, matching, _standing(known), event, effort=self._effort)
        found = await run_cancellable(search, partial(self._wanted, event), partial(self._progressed, event))

        async def save(work: UnitOfWork) -> None:
            if found is not None and await self._wanted(event):  # else another was asked for, or none any more
                await self._save(event, known, found, work)

        return save

    async def _wanted(self, event: MatchingStarted) -> bool:
        cohort = await self._stores.cohorts.cohort(event.cohort_id)
        return cohort is not None and (cohort.revision, cohort.state) == (event.revision, "matching")

    async def _progressed(self, event: MatchingStarted, tenths: int) -> None:
        share = tenths / TENTHS

        async def tell(work: UnitOfWork) -> None:
            await self._stores.drafts.put_progress(event.cohort_id, event.revision, share)
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

    async def _save(self, event: MatchingStarted, known: list[GroupRecord], found: _Found, work: UnitOfWork) -> None:
        cohort = await self._stores.cohorts.cohort(event.cohort_id)
        assert cohort is not None
        met = [group.members for group in known if group.held]
        now = await self._stores.cohorts.groups(event.cohort_id)
        if [group.members for group in now if group.held] != met:
            raise Retryable("A visit was held while the draft was worked out; it is worked out anew.")
        after = outcomes.outcome(cohort.model_copy(update={"version": cohort.version + 1}), found.formed)
        if found.options and after.state == "draft":
            after = after.model_copy(update={"curve": outcomes.points(found.options), "chosen": found.chosen})
        stays = [group.members for group in known if group.frozen]
        saved = outcomes.options(after, found.options, stays) if after.state == "draft" else []
        await self._stores.drafts.put_options(event.cohort_id, saved)
        if after.state != "published":
            await put_draft(self._stores, after, outcomes.proposals(found.formed, stays))
        await self._stores.cohorts.put_cohort(after)
        if after.state == "draft":
            work.publish(cohort_drafted(after))
        else:
            work.publish(cohort_failed(after, outcomes.blocks(found.formed)))
        programme = await programme_of(self._stores, event.programme_id)
        if after.state == "draft" and not after.published and not programme.template.matching.review_before_publishing:
            await self._publish(PublishCohort(cohort_id=after.cohort_id, revision=after.revision), work)


def _standing(known: list[GroupRecord]) -> Standing:
    return Standing(
        groups=tuple(group.members for group in known if not group.held),
        frozen=tuple(group.members for group in known if group.held),
    )


def _search(
    matching: Round,
    stands: Standing,
    event: MatchingStarted,
    progress: Progress,
    *,
    effort: Effort,
) -> _Found:
    """The draft that was asked for. With a curve, the point nearest to what a re-match usually counts is the draft."""
    if not stands.groups and not stands.frozen:
        return _Found(form(matching, event.seed, effort, progress))
    keeping = KEEPING if event.keeping is None else event.keeping
    if not event.curve:
        return _Found(rematch(matching, stands, event.seed, effort, keeping=keeping, progress=progress))
    found = curve(matching, stands, event.seed, effort, progress=progress)
    away = [abs((1.0 if option.point.keeping is None else option.point.keeping) - keeping) for option in found]
    at = away.index(min(away))
    return _Found(found[at].formed, tuple(found), at + 1)

"""From the close of enrolment to a draft: the search runs beside the event loop, its result is saved in one piece.

A kill in between loses nothing: the fact is delivered again, and the ids of cohort and groups follow from it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from services.matching.domain.ids import cohort_id, draft_id
from services.matching.domain.records import CohortRecord, GroupRecord, Proposal
from services.matching.domain.schools import Round
from services.matching.engine.progress import Progress
from services.matching.engine.solve import Effort
from services.matching.formation import Formed, form
from services.matching.handlers import outcomes
from services.matching.handlers.rounds import begin, gather, programme_of
from services.matching.handlers.watching import TENTHS, watched
from services.matching.ports import Stores
from services.matching.rematch import KEEPING, Option, Standing, curve, rematch
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.matching import PublishCohort
from shared.errors import NotYet, Retryable
from shared.events.matching import (
    Blocked,
    CohortDrafted,
    CohortFormationFailed,
    MatchingProgressed,
    MatchingStarted,
    Waiting,
)
from shared.events.programmes import EnrolmentClosed

__all__ = ["Drafting", "drafted", "put_draft"]

Effect = Callable[[UnitOfWork], Awaitable[None]]
Transact = Callable[[Effect], Awaitable[Any]]
Publish = Callable[[PublishCohort, UnitOfWork], Awaitable[Done]]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the search came to: the draft, and what else could be chosen."""

    formed: Formed
    options: tuple[Option, ...] = ()
    chosen: int = 0


class Drafting:
    """Works out drafts. `transact`: how to tell progress meanwhile; `publish`: what a template without review calls."""

    def __init__(self, stores: Stores, effort: Effort, transact: Transact, publish: Publish) -> None:
        self._stores = stores
        self._effort = effort
        self._transact = transact
        self._publish = publish

    async def enrolment_closed(self, event: EnrolmentClosed, work: UnitOfWork) -> None:
        """Ask for the first draft, once every enrolment has arrived here."""
        await programme_of(self._stores, event.programme_id)
        known = await self._stores.enrolments.known(event.programme_id, event.enrolment_ids)
        wanted = len(event.enrolment_ids) or event.enrolments
        if known < wanted:
            raise NotYet(f"{known} of {wanted} enrolments have arrived.")
        if await self._stores.cohorts.cohort(cohort_id(event.programme_id)) is None:
            await begin(self._stores, event.programme_id, 1, work)

    async def matching_started(self, event: MatchingStarted) -> Effect:
        """Search, then save the draft or why there is none."""
        programme = await programme_of(self._stores, event.programme_id)
        matching = await gather(self._stores, programme)
        known = await self._stores.cohorts.groups(event.cohort_id)
        search = partial(_search, matching, _standing(known), event, effort=self._effort)
        found = await watched(search, partial(self._wanted, event), partial(self._progressed, event))

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
        work.publish(drafted(after) if after.state == "draft" else _failed(after, found.formed))
        programme = await programme_of(self._stores, event.programme_id)
        if after.state == "draft" and not after.published and not programme.template.matching.review_before_publishing:
            await self._publish(PublishCohort(cohort_id=after.cohort_id, revision=after.revision), work)


async def put_draft(stores: Stores, cohort: CohortRecord, groups: tuple[Proposal, ...]) -> None:
    """Put a draft's groups in place: new groups, or for a published cohort how its groups are to go on."""
    if not cohort.published:
        await stores.cohorts.replace_drafts(cohort.cohort_id, outcomes.drafted_groups(cohort, groups))
        return
    await stores.cohorts.replace_drafts(cohort.cohort_id, [])
    known = await stores.cohorts.groups(cohort.cohort_id)
    changed, new = outcomes.proposed_groups(cohort, known, groups)
    await stores.cohorts.replace_drafts(cohort.cohort_id, new)
    for group in changed:
        await stores.cohorts.put_group(group)


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


def drafted(cohort: CohortRecord) -> CohortDrafted:
    """The fact that a draft awaits review."""
    return CohortDrafted(
        cohort_id=cohort.cohort_id,
        programme_id=cohort.programme_id,
        revision=cohort.revision,
        groups=cohort.groups,
        waiting=tuple(Waiting(school_id=one.school_id, rule=one.rule) for one in cohort.waiting),
        version=cohort.version,
    )


def _failed(cohort: CohortRecord, formed: Formed) -> CohortFormationFailed:
    return CohortFormationFailed(
        programme_id=cohort.programme_id,
        blocking=tuple(Blocked(rule=b.rule, school_ids=b.school_ids, sentence=b.sentence) for b in formed.blocking),
        sentence=cohort.sentence,
        version=cohort.version,
    )

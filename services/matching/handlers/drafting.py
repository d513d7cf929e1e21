"""From the close of enrolment to a draft: the search runs beside the event loop, its result is saved in one piece.

A kill in between loses nothing: the fact is delivered again, and the ids of cohort and groups follow from it.
"""

import asyncio
from collections.abc import Awaitable, Callable

from services.matching.domain.exchange import middle
from services.matching.domain.ids import cohort_id, group_id
from services.matching.domain.records import BlockedRecord, CohortRecord, GroupRecord, WaitingRecord
from services.matching.engine.solve import Effort
from services.matching.formation import Formed, form
from services.matching.handlers.rounds import begin, gather, programme_of
from services.matching.ports import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.matching import Blocked, CohortDrafted, CohortFormationFailed, MatchingStarted, Waiting
from shared.events.programmes import EnrolmentClosed

__all__ = ["Drafting"]

Effect = Callable[[UnitOfWork], Awaitable[None]]


class Drafting:
    """Works out drafts."""

    def __init__(self, stores: Stores, effort: Effort) -> None:
        self._stores = stores
        self._effort = effort

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
        stores = self._stores
        programme = await programme_of(stores, event.programme_id)
        matching = await gather(stores, programme)
        before = tuple(group.school_ids for group in await stores.cohorts.groups(event.cohort_id))
        formed = await asyncio.to_thread(form, matching, event.seed, self._effort, before)

        async def save(work: UnitOfWork) -> None:
            cohort = await stores.cohorts.cohort(event.cohort_id)
            if cohort is None or cohort.revision != event.revision or cohort.state != "matching":
                return  # another draft has been asked for meanwhile
            outcome = _outcome(cohort, formed)
            await stores.cohorts.replace_drafts(event.cohort_id, _groups(outcome, formed))
            await stores.cohorts.put_cohort(outcome)
            work.publish(_failed(outcome) if outcome.state == "failed" else _drafted(outcome))

        return save


def _outcome(cohort: CohortRecord, formed: Formed) -> CohortRecord:
    blocking = tuple(BlockedRecord(rule=b.rule, school_ids=b.school_ids, sentence=b.sentence) for b in formed.blocking)
    placed = sum(len(group) for group in formed.groups)
    parts = formed.parts
    waiting = tuple(
        WaitingRecord(school_id=one.school.id, rule=one.rule, sentence=one.sentence) for one in formed.waiting
    )
    sentence = f"{placed} schools in {len(formed.groups)} groups; {len(waiting)} wait."
    return cohort.model_copy(
        update={
            "version": cohort.version + 1,
            "state": "failed" if blocking else "draft",
            "groups": len(formed.groups),
            "schools": placed,
            "waiting": waiting,
            "blocking": blocking,
            "sentence": " ".join(block.sentence for block in blocking) if blocking else sentence,
            "parts": {
                "coverage": parts.coverage,
                "weakest": parts.weakest,
                "diversity": parts.diversity,
                "travel": parts.travel,
            },
            "score": parts.total,
            "minimum": formed.minimum,
            "p5": formed.p5,
            "median": formed.median,
            "engine": formed.engine,
            "seconds": round(formed.seconds, 3),
            "estimated": {s.id: s.place for group in formed.groups for s in group if s.estimated and s.place},
        }
    )


def _groups(cohort: CohortRecord, formed: Formed) -> list[GroupRecord]:
    records = []
    for number, group in enumerate(formed.groups, start=1):
        ids = tuple(school.id for school in group)
        records.append(
            GroupRecord(
                group_id=group_id(cohort.cohort_id, cohort.revision, ids),
                cohort_id=cohort.cohort_id,
                programme_id=cohort.programme_id,
                revision=cohort.revision,
                number=number,
                school_ids=ids,
                ever=ids,
                middle=middle(group),
            )
        )
    return records


def _drafted(cohort: CohortRecord) -> CohortDrafted:
    return CohortDrafted(
        cohort_id=cohort.cohort_id,
        programme_id=cohort.programme_id,
        revision=cohort.revision,
        groups=cohort.groups,
        waiting=tuple(Waiting(school_id=one.school_id, rule=one.rule) for one in cohort.waiting),
        version=cohort.version,
    )


def _failed(cohort: CohortRecord) -> CohortFormationFailed:
    return CohortFormationFailed(
        programme_id=cohort.programme_id,
        blocking=tuple(Blocked(rule=b.rule, school_ids=b.school_ids, sentence=b.sentence) for b in cohort.blocking),
        sentence=cohort.sentence,
        version=cohort.version,
    )

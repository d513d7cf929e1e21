"""What several handlers save: a draft that is asked for, and the groups of one that is found."""

from services.matching.domain.ids import cohort_id
from services.matching.domain.records import CohortRecord, Proposal
from services.matching.forming import outcomes
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events.matching import MatchingStarted

__all__ = ["begin", "put_draft"]


async def begin(
    stores: Stores, programme_id: str, seed: int, work: UnitOfWork, *, keeping: float | None = None, curve: bool = False
) -> CohortRecord:
    """Ask for the programme's next draft; what was drafted before is no longer up for publishing."""
    key = cohort_id(programme_id)
    known = await stores.cohorts.cohort(key)
    before = known or CohortRecord(
        cohort_id=key, programme_id=programme_id, revision=0, version=0, state="matching", started=work.now.isoformat()
    )
    enrolled = [one for one in await stores.enrolments.enrolments(programme_id) if not one.withdrawn]
    cohort = before.model_copy(
        update={
            "revision": before.revision + 1,
            "version": before.version + 1,
            "state": "matching",
            "seed": seed,
            "schools": len(enrolled),
            "sentence": "A draft is being worked out.",
            "before": before if before.state == "published" else before.before,
        }
    )
    if cohort.published:
        await stores.cohorts.replace_drafts(key, [])
    await stores.cohorts.put_cohort(cohort)
    work.publish(
        MatchingStarted(
            cohort_id=key,
            programme_id=programme_id,
            revision=cohort.revision,
            schools=len(enrolled),
            seed=seed,
            keeping=keeping,
            curve=curve,
            version=cohort.version,
        )
    )
    return cohort


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

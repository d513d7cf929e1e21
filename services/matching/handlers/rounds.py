"""Starting a draft, and gathering what it is made from."""

from collections.abc import Collection
from dataclasses import replace

from services.matching.domain.ids import cohort_id
from services.matching.domain.records import CohortRecord, ProgrammeRecord
from services.matching.domain.schools import Round, School
from services.matching.ports import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.matching import MatchingStarted

__all__ = ["begin", "gather", "programme_of"]


async def programme_of(stores: Stores, programme_id: str) -> ProgrammeRecord:
    """A programme. Raises NotYet while it has not been heard of."""
    programme = await stores.enrolments.programme(programme_id)
    if programme is None:
        raise NotYet(f"Programme {programme_id} has not been heard of.")
    return programme


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


async def gather(
    stores: Stores,
    programme: ProgrammeRecord,
    schools: Collection[str] | None = None,
    cohort: CohortRecord | None = None,
) -> Round:
    """The round of a programme's schools in force, or of some schools of it, whether in force or not.

    With a `cohort`, schools whose place its draft had to estimate get that place.
    """
    programme_id = programme.programme_id
    enrolments = await stores.enrolments.enrolments(programme_id, schools)
    chosen = enrolments if schools is not None else [one for one in enrolments if not one.withdrawn]
    before = await stores.cohorts.grouped_before(programme_id, [one.school.school_id for one in chosen])
    found = (one.as_school(frozenset(before.get(one.school.school_id, ()))) for one in chosen)
    estimated = cohort.estimated if cohort else {}
    pins = await stores.enrolments.pins(programme_id)
    return Round(tuple(_put(school, estimated) for school in found), programme.rules(), pins.as_pins())


def _put(school: School, estimated: dict[str, tuple[float, float]]) -> School:
    if school.place is None and school.id in estimated:
        return replace(school, place=estimated[school.id], estimated=True)
    return school

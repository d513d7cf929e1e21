"""What several handlers load: programmes, cohorts, the round of a programme's schools."""

from collections.abc import Collection
from dataclasses import replace

from services.matching.domain.records import CohortRecord, GroupRecord, ProgrammeRecord
from services.matching.domain.schools import Round, School
from services.matching.ports.stores import Stores
from shared.errors import NotYet, Rejected

__all__ = ["cohort_of", "gather", "groups_holding", "known_programme", "programme_of"]


async def programme_of(stores: Stores, programme_id: str) -> ProgrammeRecord:
    """A programme. Raises NotYet while its event has not arrived."""
    programme = await stores.programmes.programme(programme_id)
    if programme is None:
        raise NotYet(f"Programme {programme_id} is not known yet.")
    return programme


async def known_programme(stores: Stores, programme_id: str) -> ProgrammeRecord:
    """A programme that somebody named. Raises Rejected when there is none."""
    programme = await stores.programmes.programme(programme_id)
    if programme is None:
        raise Rejected("unknown-programme", f"There is no programme '{programme_id[:60]}'.")
    return programme


async def cohort_of(stores: Stores, key: str) -> CohortRecord:
    """A cohort that somebody named. Raises Rejected when there is none."""
    cohort = await stores.cohorts.cohort(key)
    if cohort is None:
        raise Rejected("unknown-cohort", "There is no such cohort; it is drafted when enrolment closes.")
    return cohort


async def groups_holding(stores: Stores, cohort: str, school_ids: Collection[str]) -> list[GroupRecord]:
    """The groups of these schools, each once."""
    found = [await stores.groups.group_of(cohort, school) for school in school_ids]
    return list({group.group_id: group for group in found if group is not None}.values())


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
    before = await stores.groups.grouped_before(programme_id, [one.school.school_id for one in chosen])
    attending = programme.attending()
    found = (one.as_school(frozenset(before.get(one.school.school_id, ())), attending) for one in chosen)
    estimated = cohort.estimated if cohort else {}
    pins = await stores.pins.pins(programme_id)
    return Round(tuple(_put(school, estimated) for school in found), programme.rules(), pins.as_pins())


def _put(school: School, estimated: dict[str, tuple[float, float]]) -> School:
    if school.place is None and school.id in estimated:
        return replace(school, place=estimated[school.id], estimated=True)
    return school

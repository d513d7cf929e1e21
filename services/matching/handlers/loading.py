"""What several handlers load: programmes, cohorts, the round of a programme's schools."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from services.matching.domain.decisions.drafts import Closing
from services.matching.domain.decisions.facts import Leaving
from services.matching.domain.ids import cohort_id
from services.matching.domain.records import CohortRecord, EnrolmentRecord, GroupRecord, ProgrammeRecord
from services.matching.domain.schools import Round, School
from services.matching.ports.stores import Stores
from shared.errors import NotYet, Rejected
from shared.events import programmes_parts
from shared.events.programmes import EnrolmentClosed, SchoolWithdrawn
from shared.template.resolving import Needed

__all__ = ["closing", "cohort_of", "gather", "groups_holding", "known_programme", "leaving", "programme_of"]


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


async def closing(
    stores: Stores, programme: ProgrammeRecord, event: EnrolmentClosed | programmes_parts.EnrolmentClosed
) -> Closing:
    """A programme whose enrolment closes."""
    return Closing(
        programme=programme,
        cohort=await stores.cohorts.cohort(cohort_id(event.programme_id)),
        arrived=await stores.enrolments.known(event.programme_id, event.enrolment_ids),
        enrolled=await stores.enrolments.in_force(event.programme_id),
    )


async def leaving(stores: Stores, event: SchoolWithdrawn | programmes_parts.SchoolWithdrawn) -> Leaving:
    """A school that leaves."""
    key = cohort_id(event.programme_id)
    return Leaving(
        enrolment=await stores.enrolments.enrolment(event.enrolment_id),
        pins=await stores.pins.pins(event.programme_id),
        cohort=await stores.cohorts.cohort(key),
        untold=await stores.groups.telling(key),
        group=await stores.groups.published_group_of(key, event.school_id),
        enrolled=await stores.enrolments.in_force(event.programme_id),
    )


async def gather(
    stores: Stores,
    programme: ProgrammeRecord,
    schools: Collection[str] | None = None,
    cohort: CohortRecord | None = None,
) -> Round:
    """The round of a programme's schools in force, or of some schools of it, whether in force or not.

    With a `cohort`, schools whose place its draft had to estimate get that place.
    """
    programme_id, terms = programme.programme_id, programme.terms
    enrolments = await stores.enrolments.enrolments(programme_id, schools)
    chosen = enrolments if schools is not None else [one for one in enrolments if not one.withdrawn]
    ids = [one.school.school_id for one in chosen]
    before = {} if terms.again else await stores.groups.grouped_before(programme_id, ids)
    people = await _attending(stores, programme, chosen) if terms.people_apart else {}
    found = (
        one.as_school(frozenset(before.get(school, ())), people.get(school, ()), terms.farthest)
        for school, one in zip(ids, chosen, strict=True)
    )
    estimated = cohort.estimated if cohort else {}
    pins = await stores.pins.pins(programme_id)
    return Round(tuple(_put(school, estimated) for school in found), terms.rules(), pins.as_pins())


async def _attending(
    stores: Stores, programme: ProgrammeRecord, enrolments: Collection[EnrolmentRecord]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """School -> id and role, in words, of those who come to every visit."""
    terms = programme.terms
    if not programme.by_roster:
        return {one.school.school_id: one.attending(terms) for one in enrolments}
    wanted = Needed(school_ids=frozenset(one.school.school_id for one in enrolments))
    found = defaultdict[str, list[tuple[str, str]]](list)
    for member in await stores.rounds.roster.members(programme.programme_id, wanted):
        if member.school_id and member.role in terms.attending and member.until is None:
            found[member.school_id].append((member.person_id, terms.roles.get(member.role, member.role)))
    return {school: tuple(people) for school, people in found.items()}


def _put(school: School, estimated: dict[str, tuple[float, float]]) -> School:
    if school.place is None and school.id in estimated:
        return replace(school, place=estimated[school.id], estimated=True)
    return school

"""Read model of other services' facts: programmes, enrolments, facilitators, cohorts and groups."""

from typing import Any

from services.scheduling.domain.visits.records import (
    CohortRecord,
    EnrolmentRecord,
    FacilitatorRecord,
    GroupRecord,
    PersonRecord,
    ProgrammeRecord,
)
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events import programmes_parts
from shared.events.matching import CohortFormed, GroupFormed
from shared.events.programmes import (
    Enrolment,
    FacilitatorAppointed,
    PersonErased,
    ProgrammeOpened,
    SchoolEnrolled,
    SchoolFacts,
)

__all__ = ["Projection", "is_next"]


def is_next(known: int | None, version: int) -> bool:
    """Whether a fact is the next about its aggregate. Raises NotYet when one in between is missing."""
    before = known or 0
    if version > before + 1:
        raise NotYet(f"Version {version} came after {before}.")
    return version == before + 1


class Projection:
    """Handlers of facts that are stored and decide nothing."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def programme_opened(self, event: ProgrammeOpened, _: UnitOfWork) -> None:
        """A programme with its template."""
        await self._stores.programmes.put(ProgrammeRecord.model_validate(event.model_dump()))

    async def school_enrolled(self, event: SchoolEnrolled, _: UnitOfWork) -> None:
        """A school with its people and their dates."""
        known = await self._stores.enrolments.enrolment(event.enrolment_id)
        if is_next(known.version if known else None, event.version):
            await self._stores.enrolments.put(enrolment_of(event, event.version))

    async def facilitator_appointed(self, event: FacilitatorAppointed, _: UnitOfWork) -> None:
        """A facilitator and their diary."""
        await self._stores.facilitators.put(FacilitatorRecord.model_validate(event.model_dump()))

    async def cohort_formed(self, event: CohortFormed, _: UnitOfWork) -> None:
        """A cohort, of which `groups` groups follow."""
        if await self._stores.cohorts.cohort(event.cohort_id) is None:
            await self._stores.cohorts.put(
                CohortRecord.model_validate(event.model_dump(exclude={"version", "revision"}))
            )

    async def group_formed(self, event: GroupFormed, _: UnitOfWork) -> None:
        """A group."""
        known = await self._stores.groups.group(event.group_id)
        if known is None or known.version < event.version:
            await self._stores.groups.put(GroupRecord.model_validate(event.model_dump()))

    async def person_erased(self, event: PersonErased, _: UnitOfWork) -> None:
        """Drops an erased person's days: those that were impossible or held for them, and when to call them."""
        stores, person = self._stores, event.person_id
        for kept in (stores.days_off, stores.agreements, stores.openings, stores.call_offers):
            await kept.forget(person)
        await stores.enrolments.forget(person)
        await stores.facilitators.forget(person)


def place_of(facts: SchoolFacts) -> dict[str, Any]:
    """What scheduling keeps of what the register says of a school."""
    kept = ("school_id", "name", "authority_code", "authority", "phase", "region", "easting", "northing")
    return {name: getattr(facts, name) for name in kept}


def enrolment_of(told: Enrolment, version: int) -> EnrolmentRecord:
    """What scheduling keeps of an enrolment that says who takes part."""
    return stated(told, tuple(PersonRecord.model_validate(one.model_dump()) for one in told.people), version)


def stated(
    told: Enrolment | programmes_parts.SchoolEnrolled | programmes_parts.EnrolmentAmended,
    people: tuple[PersonRecord, ...],
    version: int,
) -> EnrolmentRecord:
    """What scheduling keeps of an enrolment, with these people."""
    return EnrolmentRecord(
        enrolment_id=told.enrolment_id,
        programme_id=told.programme_id,
        **place_of(told.school),
        people=people,
        dates_not_possible=told.dates_not_possible,
        version=version,
    )

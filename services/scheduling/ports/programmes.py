"""What other services have published about programmes and who takes part in them."""

from collections.abc import Iterable
from typing import Protocol

from services.scheduling.domain.visits.records import EnrolmentRecord, FacilitatorRecord, ProgrammeRecord

__all__ = ["Enrolments", "Facilitators", "Programmes"]


class Programmes(Protocol):
    """Programmes with their templates."""

    async def programme(self, programme_id: str) -> ProgrammeRecord | None:
        """A programme."""
        ...

    async def put(self, programme: ProgrammeRecord) -> None:
        """Save a programme."""
        ...


class Enrolments(Protocol):
    """Schools of programmes, with their people and dates."""

    async def enrolment(self, enrolment_id: str) -> EnrolmentRecord | None:
        """An enrolment."""
        ...

    async def of_programme(self, programme_id: str, schools: Iterable[str] | None = None) -> list[EnrolmentRecord]:
        """The enrolments of a programme, or of these schools in it."""
        ...

    async def naming(self, people: Iterable[str] = (), schools: Iterable[str] = ()) -> list[EnrolmentRecord]:
        """The enrolments, in any programme, of these schools or with one of these people."""
        ...

    async def of_authority(self, authority_code: str) -> list[str]:
        """The enrolled schools that follow an authority's term dates, in order."""
        ...

    async def put(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop a person's dates."""
        ...


class Facilitators(Protocol):
    """Facilitators of programmes."""

    async def of_programme(self, programme_id: str, people: Iterable[str] | None = None) -> list[FacilitatorRecord]:
        """The facilitators of a programme, or these of them."""
        ...

    async def serving(self, programme_id: str, region: str) -> list[FacilitatorRecord]:
        """Those who travel in a region; an empty one is everywhere."""
        ...

    async def appointments(self, people: Iterable[str]) -> list[FacilitatorRecord]:
        """What these people facilitate, in any programme."""
        ...

    async def put(self, facilitator: FacilitatorRecord) -> None:
        """Save a facilitator, unless a later version is there."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop a person's dates."""
        ...

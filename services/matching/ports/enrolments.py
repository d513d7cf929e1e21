"""What programmes have told, and the pins."""

from collections.abc import Collection
from typing import Protocol

from services.matching.domain.records import EnrolmentRecord, PinsRecord, ProgrammeRecord

__all__ = ["Enrolments"]


class Enrolments(Protocol):
    """What programmes have told: programmes and who takes part; and the coordinator's pins."""

    async def programme(self, programme_id: str) -> ProgrammeRecord | None:
        """A programme."""
        ...

    async def put_programme(self, programme: ProgrammeRecord) -> None:
        """Save a programme."""
        ...

    async def enrolment(self, enrolment_id: str) -> EnrolmentRecord | None:
        """An enrolment."""
        ...

    async def put_enrolment(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        ...

    async def enrolments(self, programme_id: str, schools: Collection[str] | None = None) -> list[EnrolmentRecord]:
        """All enrolments of a programme, withdrawn ones too, or those of some schools; by school."""
        ...

    async def by_urn(self, programme_id: str, urns: Collection[int]) -> list[EnrolmentRecord]:
        """The enrolments in force of these schools."""
        ...

    async def known(self, programme_id: str, enrolment_ids: Collection[str]) -> int:
        """How many of these enrolments (of all, when none is named) have arrived, withdrawn ones counted."""
        ...

    async def pins(self, programme_id: str) -> PinsRecord:
        """The pins of a programme."""
        ...

    async def put_pins(self, pins: PinsRecord) -> None:
        """Save them."""
        ...

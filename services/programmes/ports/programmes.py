"""Programmes and their facilitators."""

from typing import Protocol

from services.programmes.domain.records import Appointment, Programme

__all__ = ["Appointments", "Programmes"]


class Programmes(Protocol):
    """Programmes by id and by name."""

    async def get(self, programme_id: str) -> Programme:
        """The programme. Raises Rejected("unknown-programme")."""
        ...

    async def named(self, name: str) -> list[Programme]:
        """Those whose id or name is `name`; all if it is blank."""
        ...

    async def add(self, programme: Programme) -> None:
        """Save a new programme. Raises Rejected("name-taken")."""
        ...

    async def replace(self, programme: Programme) -> None:
        """Save a programme's next version."""
        ...


class Appointments(Protocol):
    """A programme's facilitators."""

    async def appointment(self, programme_id: str, person_id: str) -> Appointment | None:
        """A facilitator's appointment."""
        ...

    async def appointments(self, programme_id: str) -> list[Appointment]:
        """All facilitators of a programme."""
        ...

    async def put_appointment(self, appointment: Appointment) -> None:
        """Save an appointment."""
        ...

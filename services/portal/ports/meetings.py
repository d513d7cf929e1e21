"""Visits and cohort events, and people's answers to them."""

from collections.abc import Iterable
from typing import Protocol

from services.portal.domain.records import Answered, Meeting
from shared.events.scheduling import TargetKind

__all__ = ["Answers", "Meetings"]


class Meetings(Protocol):
    """Visits and cohort events."""

    async def get(self, kind: TargetKind, target_id: str) -> Meeting | None:
        """Return a visit or cohort event."""
        ...

    async def of_person(self, person_id: str, host_ids: Iterable[str] = ()) -> list[Meeting]:
        """Return what a person attends or leads, or these schools host, by date."""
        ...


class Answers(Protocol):
    """Answers to invitations."""

    async def of_person(self, person_id: str) -> dict[str, Answered]:
        """Return a person's latest answers by target."""
        ...

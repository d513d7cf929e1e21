"""Forms that people are asked for and have sent in."""

from typing import Protocol

from services.portal.domain.records import FindingsRequest

__all__ = ["FormChanges", "Forms"]


class Forms(Protocol):
    """Forms as pages look them up."""

    async def findings_requests_of(self, person_id: str) -> list[FindingsRequest]:
        """Return the requests for findings that name this person, by due date."""
        ...

    async def sent_by(self, person_id: str) -> set[tuple[str, str]]:
        """Return what a person has sent in, as (purpose, target id)."""
        ...


class FormChanges(Protocol):
    """Forms as the projection notes them; every call joins the unit of work."""

    async def sent(self, purpose: str, target_id: str, person_id: str) -> None:
        """Note that a person has sent in a form."""
        ...

    async def findings_sent(self, cohort_id: str, school_id: str) -> None:
        """Note that a school's findings are in."""
        ...

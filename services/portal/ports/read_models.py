"""The read models as pages read them."""

from collections.abc import Iterable
from typing import Protocol

from services.portal.domain.dates import AgreedDay, Call, CallOffer
from services.portal.domain.links import Link
from services.portal.domain.records import Answered, FindingsRequest, Group, Meeting, Programme, Report, School
from shared.events.scheduling import TargetKind


class Known(Protocol):
    """The read models."""

    async def link(self, link_id: str) -> Link | None:
        """Return the link of that id."""
        ...

    async def names(self, person_ids: Iterable[str]) -> dict[str, str]:
        """Return the names of those people who are known."""
        ...

    async def programme(self, programme_id: str) -> Programme | None:
        """Return a programme."""
        ...

    async def schools(self, programme_id: str, school_ids: Iterable[str] | None = None) -> list[School]:
        """Return schools of a programme, all or those named, by name."""
        ...

    async def schools_of(self, person_id: str) -> list[School]:
        """Return every school in a programme for which this person is named."""
        ...

    async def meeting(self, kind: TargetKind, target_id: str) -> Meeting | None:
        """Return a visit or cohort event."""
        ...

    async def meetings_of(self, person_id: str, host_ids: Iterable[str] = ()) -> list[Meeting]:
        """Return what a person attends or leads, or their school hosts, by date."""
        ...

    async def group(self, group_id: str) -> Group | None:
        """Return a group."""
        ...

    async def groups_of(self, school_ids: Iterable[str], programme_id: str | None = None) -> list[Group]:
        """Return the groups these schools belong to."""
        ...

    async def answers_of(self, person_id: str) -> dict[str, Answered]:
        """Return a person's latest answers by target."""
        ...

    async def agreements_of(self, person_id: str) -> list[AgreedDay]:
        """Return what a person is to agree or has agreed."""
        ...

    async def call_offers_of(self, person_id: str) -> list[CallOffer]:
        """Return the calls for which a person is asked to choose a time."""
        ...

    async def calls_of(self, person_id: str) -> list[Call]:
        """Return a person's calls."""
        ...

    async def findings_asked(self, person_id: str) -> list[FindingsRequest]:
        """Return the requests for findings that name this person."""
        ...

    async def report(self, report_id: str) -> Report | None:
        """Return a report."""
        ...

    async def reports_of(self, school_ids: Iterable[str]) -> list[Report]:
        """Return compiled reports about these schools."""
        ...

    async def submitted(self, person_id: str) -> set[tuple[str, str]]:
        """Return what a person has sent in, as (purpose, target id)."""
        ...

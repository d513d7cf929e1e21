"""What the pages need from outside: somebody to ask, what is known, the time, and a way to tell."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from services.portal.domain.dates import AgreedDay, Call, CallOffer
from services.portal.domain.known import Answered, Asked, Dated, Group, Programme, Report, School
from services.portal.domain.links import Link
from shared.commands.base import Command, Query
from shared.events.scheduling import TargetKind


class Owners(Protocol):
    """The services that own what people state and read, behind commands and queries."""

    async def ask(self, command: Command, *, key: str, actor: str) -> Any:
        """Return the command's reply; raises Rejected, Retryable or Permanent."""
        ...

    async def find(self, query: Query) -> Any:
        """Return the query's reply; raises Rejected, Retryable or Permanent."""
        ...


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

    async def dated(self, kind: TargetKind, target_id: str) -> Dated | None:
        """Return a visit or cohort event."""
        ...

    async def dated_of(self, person_id: str, host_ids: Iterable[str] = ()) -> list[Dated]:
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

    async def findings_asked(self, person_id: str) -> list[Asked]:
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


class Models(Protocol):
    """The read models as the projections write them; every call joins the unit of work."""

    async def put(self, collection: str, key: str, version: int, fields: Mapping[str, Any]) -> bool:
        """Keep a whole state unless a later one is kept; tell whether it was newer."""
        ...

    async def mark(self, collection: str, key: str, fields: Mapping[str, Any]) -> None:
        """Set some fields of what is kept."""
        ...

    async def add(self, collection: str, key: str, field: str, value: str) -> None:
        """Add a value to a set of what is kept."""
        ...

    async def get(self, collection: str, key: str) -> dict[str, Any] | None:
        """Return what is kept under a key."""
        ...

    async def sent(self, purpose: str, target_id: str, person_id: str) -> None:
        """Note that a person has sent in a form."""
        ...

    async def findings_sent(self, cohort_id: str, school_id: str) -> None:
        """Note that a school's findings are in."""
        ...

    async def revoke(self, person_id: str, target_id: str = "") -> int:
        """Stop a person's links, all or those about one target; return how many."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop what is kept of a person; their links open nothing any more."""
        ...

    async def erase(self, person_id: str) -> None:
        """Drop every trace of a person."""
        ...

    async def open_link(self, link_id: str, now: dt.datetime) -> bool:
        """Note the first use of a link; tell whether this was it."""
        ...


class Openings(Protocol):
    """Where the first use of a link is noted and told."""

    async def opened(self, link: Link) -> None:
        """Note it once; telling it again changes nothing."""
        ...


class Time(Protocol):
    """The time port."""

    def now(self) -> dt.datetime:
        """Return the present as an aware UTC datetime."""
        ...

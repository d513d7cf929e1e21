"""What the handlers need of the outside world; `store` keeps it in MongoDB, within the unit of work's transaction."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from services.programmes.domain.imports import ImportJob, Progress
from services.programmes.domain.records import Appointment, EnrolmentRecord, Person, Programme
from services.programmes.domain.register.entry import FieldChange, RegisterEntry
from services.programmes.domain.register.inspections import ReportCard
from services.programmes.domain.register.links import Link
from shared.bus import UnitOfWork

__all__ = ["Enrolments", "Imports", "People", "Programmes", "Register", "Transact", "Uploads"]

T = TypeVar("T")


class Transact(Protocol):
    """Runs work in a transaction with its outbox; the work may run again and has no outside effect."""

    async def __call__(self, work: Callable[[UnitOfWork], Awaitable[T]], actor: str = "") -> T:
        """Return what `work` returned, once it is committed."""
        ...


class Uploads(Protocol):
    """Files people sent along with a command."""

    async def get(self, key: str) -> bytes:
        """The file's content. Raises Permanent if it is not there any more."""
        ...


class Register(Protocol):
    """The school register: entries by URN, links, report cards."""

    async def entries(self, urns: Iterable[int]) -> dict[int, RegisterEntry]:
        """The entries of these URNs, as far as they are known."""
        ...

    async def put_entries(self, new: Sequence[RegisterEntry], changed: Sequence[RegisterEntry]) -> None:
        """Save entries; `new` ones must not be there yet."""
        ...

    async def put_history(self, changes: Sequence[FieldChange]) -> None:
        """Keep what an import changed."""
        ...

    async def search(
        self, text: str, authority: str, statuses: Sequence[str], limit: int, offset: int
    ) -> tuple[int, list[RegisterEntry]]:
        """How many entries match, and a page of them by name."""
        ...

    async def links(self, urns: Iterable[int] | None = None) -> list[Link]:
        """All links, or those from or to these URNs."""
        ...

    async def put_links(self, links: Sequence[Link]) -> None:
        """Save links, in place of the same ones."""
        ...

    async def school_ids(self, urns: Iterable[int]) -> dict[int, str]:
        """The school ids of these URNs' entries, as far as they are known."""
        ...

    async def identify(self, school_ids: Mapping[int, str]) -> None:
        """Give these URNs' entries these school ids."""
        ...

    async def report_card(self, urn: int) -> ReportCard | None:
        """The latest report card."""
        ...

    async def report_cards(self, urns: Iterable[int]) -> dict[tuple[int, dt.date], ReportCard]:
        """All report cards of these URNs, by URN and inspection date."""
        ...

    async def put_report_cards(self, cards: Sequence[ReportCard]) -> None:
        """Save report cards, in place of those of the same inspection."""
        ...


class Programmes(Protocol):
    """Programmes and their facilitators."""

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

    async def appointment(self, programme_id: str, person_id: str) -> Appointment | None:
        """A facilitator's appointment."""
        ...

    async def appointments(self, programme_id: str) -> list[Appointment]:
        """All facilitators of a programme."""
        ...

    async def put_appointment(self, appointment: Appointment) -> None:
        """Save an appointment."""
        ...


class Enrolments(Protocol):
    """Enrolments, one a programme and school."""

    async def of_school(self, programme_id: str, school_id: str) -> EnrolmentRecord | None:
        """A school's enrolment, also a withdrawn one."""
        ...

    async def page(
        self, programme_id: str, urn: int | None, limit: int, offset: int
    ) -> tuple[int, list[EnrolmentRecord]]:
        """How many there are, and a page of them by URN."""
        ...

    async def holding(self, person_ids: Iterable[str]) -> list[EnrolmentRecord]:
        """The enrolments that stand in which one of these people holds a role, by URN."""
        ...

    async def enrolled_ids(self, programme_id: str) -> list[str]:
        """The ids of all enrolments that stand, in order."""
        ...

    async def counts(self, programme_id: str) -> tuple[int, int]:
        """How many are enrolled, how many withdrawn."""
        ...

    async def pinned(self) -> dict[int, str]:
        """The school ids that are known outside, by URN: these never change."""
        ...

    async def put(self, enrolment: EnrolmentRecord) -> None:
        """Save an enrolment."""
        ...


class People(Protocol):
    """People, one an e-mail address."""

    async def get(self, person_id: str) -> Person:
        """The person. Raises Rejected("unknown-person")."""
        ...

    async def concerned(self, emails: Iterable[str], person_ids: Iterable[str]) -> list[Person]:
        """Everybody with one of these addresses or ids."""
        ...

    async def put(self, people: Iterable[Person]) -> None:
        """Save people. Raises Rejected("address-taken")."""
        ...

    async def erase(self, person_id: str) -> None:
        """Delete a person."""
        ...


class Imports(Protocol):
    """Imports: what was asked, how far it is."""

    async def add(self, job: ImportJob) -> None:
        """Note an import to carry out."""
        ...

    async def get(self, import_id: str) -> ImportJob:
        """The import. Raises Rejected("unknown-import")."""
        ...

    async def claim(self, owner: str, now: dt.datetime, until: dt.datetime) -> ImportJob | None:
        """The oldest unfinished import that nobody works on, now ours until then."""
        ...

    async def advance(self, job: ImportJob, progress: Progress, until: dt.datetime | None) -> ImportJob:
        """Note progress. Raises Superseded if somebody else got further with it meanwhile."""
        ...

"""The school register, by who uses it: what everybody reads, what pages search, what imports write."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from services.programmes.domain.register.entry import FieldChange, RegisterEntry
from services.programmes.domain.register.inspections import ReportCard
from services.programmes.domain.register.links import Link
from services.programmes.domain.register.places import Places

__all__ = ["ReportCards", "SchoolImports", "SchoolPlaces", "SchoolSearch", "Schools", "SchoolsAmong", "SchoolsStanding"]


class Schools(Protocol):
    """Entries by URN, and what became of a school under another URN."""

    async def entries(self, urns: Iterable[int]) -> dict[int, RegisterEntry]:
        """The entries of these URNs, as far as they are known."""
        ...

    async def of_trust(self, code: str) -> list[RegisterEntry]:
        """The entries of a trust's schools, open or not, by URN."""
        ...

    async def trusts(self, text: str) -> dict[str, str]:
        """Trusts by code, with their names: of this code, or with the text in their name; fifty at most."""
        ...

    async def entries_of(self, school_ids: Iterable[str]) -> dict[str, list[RegisterEntry]]:
        """The entries of these schools, under all their URNs, by school id."""
        ...

    async def links(self, urns: Iterable[int] | None = None) -> list[Link]:
        """All links, or those from or to these URNs."""
        ...


class SchoolPlaces(Protocol):
    """The authorities and regions that schools lie in."""

    async def places(self) -> Places:
        """All of the register's."""
        ...


class SchoolsStanding(Protocol):
    """How many schools stand how."""

    async def standing(self, urns: Iterable[int]) -> tuple[list[RegisterEntry], dict[str, int]]:
        """The entries that are not simply open, by URN; and how many that may enrol lie in each region ("": none)."""
        ...


class SchoolsAmong(Schools, Protocol):
    """What queries find schools of a programme by."""

    async def among(self, urns: Iterable[int], text: str) -> list[int]:
        """Those of the URNs whose school has the text in its name, town or postcode, or is the URN itself."""
        ...


class SchoolSearch(Schools, SchoolPlaces, Protocol):
    """What queries find schools by."""

    async def search(
        self, text: str, authority: str, statuses: Sequence[str], limit: int, offset: int
    ) -> tuple[int, list[RegisterEntry]]:
        """How many entries match, and a page of them by name."""
        ...


class SchoolImports(Schools, Protocol):
    """What an import of the register saves."""

    async def put_entries(self, new: Sequence[RegisterEntry], changed: Sequence[RegisterEntry]) -> None:
        """Save entries; `new` ones must not be there yet."""
        ...

    async def put_history(self, changes: Sequence[FieldChange]) -> None:
        """Keep what an import changed."""
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


class ReportCards(Protocol):
    """Inspections from November 2025 on."""

    async def school_ids(self, urns: Iterable[int]) -> dict[int, str]:
        """The school ids of these URNs' entries, as far as they are known."""
        ...

    async def report_cards(self, urns: Iterable[int]) -> dict[tuple[int, dt.date], ReportCard]:
        """All report cards of these URNs, by URN and inspection date."""
        ...

    async def put_report_cards(self, cards: Sequence[ReportCard]) -> None:
        """Save report cards, in place of those of the same inspection."""
        ...

"""Schools' parts in programmes, and the entries that rules of taking part count."""

from collections.abc import Collection, Mapping
from typing import Protocol

from services.programmes.domain.participation.records import Participation, SchoolEntry

__all__ = ["Participations", "SchoolEntries"]


class Participations(Protocol):
    """What schools have said and what was decided, one a programme and school."""

    async def participation(self, participation_id: str) -> Participation | None:
        """A school's part."""
        ...

    async def put_participation(self, participation: Participation) -> None:
        """Save it."""
        ...

    async def of_programme(self, programme_id: str) -> list[Participation]:
        """Everything that is known of a programme's schools, by URN."""
        ...


class SchoolEntries(Protocol):
    """Entries of schools, of the forms that rules count; and which forms anybody has handed in an entry of."""

    async def begin_form(self, programme_id: str, form: str) -> None:
        """Note that an entry of a form was handed in."""
        ...

    async def forms_begun(self, programme_id: str) -> frozenset[str]:
        """The forms of which an entry was handed in."""
        ...

    async def put_entry(self, entry: SchoolEntry) -> bool:
        """Save an entry unless the same version or a newer one is there; whether it was saved."""
        ...

    async def counts(self, programme_id: str, school_ids: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """School -> form -> how many of its entries stand; schools without any are left out."""
        ...

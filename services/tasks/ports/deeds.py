"""What people did: entries of forms, and answers to invitations and to days on offer."""

from collections.abc import Collection, Mapping
from typing import Protocol

from services.tasks.domain.records import Answer, Entry

__all__ = ["Answers", "Entries", "EntriesAbout"]


class Entries(Protocol):
    """Entries by their ids."""

    async def get(self, entry_id: str) -> Entry | None:
        """Return an entry."""
        ...

    async def with_line(self, line_id: str) -> Entry | None:
        """Return the entry whose action plan has that line."""
        ...

    async def put(self, entry: Entry) -> None:
        """Save it in place of an older one."""
        ...


class EntriesAbout(Protocol):
    """Entries by what they are about; each list in order of their ids."""

    async def of_things(self, thing_ids: Collection[str]) -> list[Entry]:
        """Return the entries that concern these things, also by way of another entry."""
        ...

    async def about(self, programme_id: str, about_ids: Collection[str]) -> list[Entry]:
        """Return the entries of a programme about these: a school or person is in several."""
        ...

    async def of_forms(
        self, programme_id: str, forms: Collection[str], school_ids: Collection[str | None]
    ) -> list[Entry]:
        """Return the entries of these forms that are of one of these schools; None: of no school."""
        ...


class Answers(Protocol):
    """The last answer of each person to each target."""

    async def get(self, target_id: str, person_id: str) -> Answer | None:
        """Return somebody's answer."""
        ...

    async def of(self, target_ids: Collection[str]) -> Mapping[tuple[str, str], Answer]:
        """Return the answers to these, by (target, person)."""
        ...

    async def put(self, answer: Answer) -> None:
        """Save it in place of an older one."""
        ...

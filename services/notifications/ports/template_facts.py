"""What mails of a template are written from: tasks, entries, placements, and the passages of digests."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from services.notifications.domain.template_mails.records import FormEntry, Owed, Passage, Placement, Together


class OwedTasks(Protocol):
    """Tasks as they stand."""

    async def put(self, task: Owed) -> None:
        """Keep a task unless the same version or a newer one is there."""
        ...

    async def find(self, task_ids: Iterable[str]) -> dict[str, Owed]:
        """Return those that are known, by id."""
        ...

    async def owed_by(self, person_ids: Iterable[str]) -> dict[str, tuple[Owed, ...]]:
        """Return what each of these people still owes, what is due first at the front."""
        ...


class FormEntries(Protocol):
    """Entries of forms as they stand."""

    async def put(self, entry: FormEntry) -> None:
        """Keep an entry unless the same version or a newer one is there."""
        ...

    async def find(self, entry_ids: Iterable[str]) -> dict[str, FormEntry]:
        """Return those that are known, by id."""
        ...

    async def latest(self, programme_id: str, form: str, about_id: str) -> FormEntry | None:
        """Return the entry of a form about a thing that was written last, none that was withdrawn."""
        ...

    async def counts(self, programme_id: str) -> Mapping[tuple[str, str], int]:
        """Return how many entries a programme has, by form and state."""
        ...


class Placements(Protocol):
    """People who are placed to things in other schools."""

    async def put(self, placement: Placement) -> None:
        """Keep a placement unless the same version or a newer one is there."""
        ...

    async def find(self, match_ids: Iterable[str]) -> dict[str, Placement]:
        """Return those that are known, by id."""
        ...


class Pairs(Protocol):
    """People of pairs and rings."""

    async def put(self, pair: Together) -> None:
        """Keep a pair unless the same version or a newer one is there."""
        ...

    async def find(self, pair_ids: Iterable[str]) -> dict[str, Together]:
        """Return those that are known, by id."""
        ...


class Passages(Protocol):
    """What stands in digests, by the id of their mail."""

    async def add(self, mail_id: str, passage: Passage) -> None:
        """Add a passage; one with the same key stays where it is."""
        ...

    async def of(self, mail_ids: Iterable[str]) -> dict[str, tuple[Passage, ...]]:
        """Return the passages of mails that have some, in the order of their keys."""
        ...

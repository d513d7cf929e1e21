"""Entries of forms, and what must be known of programmes and placements to act on them."""

from collections.abc import Sequence
from typing import Protocol

from services.reporting.domain.entries.listing import Released
from services.reporting.domain.entries.records import EngineProgramme, Entry, SubmittedVersion
from services.reporting.domain.entries.searching import FoundActions, Wanted, WantedActions
from services.reporting.domain.entries.subjects import Pair, Placement

__all__ = ["EngineProgrammes", "Entries", "Pairs", "Placements"]


class EngineProgrammes(Protocol):
    """Programmes whose template says everything."""

    async def get(self, programme_id: str) -> EngineProgramme | None:
        """Return the programme, or None before its event has come."""
        ...

    async def put(self, programme: EngineProgramme) -> None:
        """Save it in place of an older one."""
        ...

    async def of_template(self, key: str) -> list[EngineProgramme]:
        """Return the programmes with a template of that key, by id."""
        ...

    async def recent(self, most: int) -> list[EngineProgramme]:
        """Return programmes of the latest years, the newest year first, then by name."""
        ...


class Pairs(Protocol):
    """People of pairs and rings."""

    async def get(self, pair_id: str) -> Pair | None:
        """Return a pair, also one that has ended."""
        ...

    async def of_person(self, programme_id: str, person_id: str) -> list[Pair]:
        """Return the pairs that somebody is in, by id."""
        ...

    async def put(self, pair: Pair) -> None:
        """Save it in place of an older one."""
        ...


class Placements(Protocol):
    """People placed to things in other schools."""

    async def get(self, match_id: str) -> Placement | None:
        """Return a placement, also one that has ended."""
        ...

    async def of_person(self, programme_id: str, person_id: str) -> list[Placement]:
        """Return every placement that is or was this person's, also ended ones."""
        ...

    async def of_programme(self, programme_id: str) -> list[Placement]:
        """Return every placement of a programme, also ended ones."""
        ...

    async def of_people(self, programme_id: str, person_ids: Sequence[str]) -> list[Placement]:
        """Return the placements of these people that stand."""
        ...

    async def at_school(self, programme_id: str, host_school_id: str) -> list[Placement]:
        """Return the placements at this school that stand."""
        ...

    async def put(self, placement: Placement) -> None:
        """Save it in place of an older one."""
        ...


class Entries(Protocol):
    """What people fill in."""

    async def get(self, entry_id: str) -> Entry | None:
        """Return an entry as it stands."""
        ...

    async def put(self, entry: Entry) -> None:
        """Save it as it stands and, if it is a new one, its submitted version for good."""
        ...

    async def with_line(self, line_id: str) -> Entry | None:
        """Return the entry whose action plan has the line as it stands."""
        ...

    async def planned(self, programme_id: str, person_id: str = "") -> list[Entry]:
        """Return the entries that count and have an action plan, by id: of one programme, or of all.

        With a person those that they wrote, agreed to or read, or whose actions are theirs.
        """
        ...

    async def actions(self, wanted: WantedActions, *, limit: int, offset: int = 0) -> FoundActions:
        """Find lines of the action plans of entries that count: a page of them, the earliest due first."""
        ...

    async def versions(self, entry_id: str) -> list[SubmittedVersion]:
        """Return every version that was submitted, the first one first."""
        ...

    async def search(self, wanted: Wanted, *, limit: int, offset: int = 0) -> tuple[int, list[Entry]]:
        """Return how many entries match, and a page of them, the latest change first."""
        ...

    async def find(self, entry_ids: Sequence[str]) -> list[Entry]:
        """Return these entries, in this order; unknown ones are left out."""
        ...

    async def released_to(self, person_id: str, programme_id: str, form: str) -> list[Released]:
        """Return the released entries of a form that name this person as a reader, the latest change first."""
        ...

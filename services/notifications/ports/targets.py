"""What mails are about: visits, events, days and calls; groups; what has been done and needs no reminder."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from services.notifications.domain.directory import Group
from services.notifications.domain.targets import Target


class Targets(Protocol):
    """Visits, events, agreed days and calls as they stand."""

    async def put(self, target: Target) -> None:
        """Keep one as it stands."""
        ...

    async def find(self, target_ids: Iterable[str]) -> dict[str, Target]:
        """Return those that are known, by id."""
        ...

    async def next_of(self, person_id: str, today: dt.date) -> Target | None:
        """Return the first one, from this day on, that a person is invited to and that takes place."""
        ...

    async def ahead(self, programme_id: str, today: dt.date) -> list[Target]:
        """Return those of a programme that take place, from this day on, the soonest first."""
        ...


class Groups(Protocol):
    """Groups of published cohorts."""

    async def put(self, group: Group) -> None:
        """Keep a group unless the same version or a newer one is there."""
        ...

    async def find(self, group_ids: Iterable[str]) -> dict[str, Group]:
        """Return those that are known, by id."""
        ...


class Completions(Protocol):
    """What people are reminded of and have done, by the keys of ``domain/completions``."""

    async def put(self, key: str, sequence: int = 0) -> None:
        """Note that something is done, for the invitation of that SEQUENCE; a lower one changes nothing."""
        ...

    async def find(self, keys: Iterable[str]) -> dict[str, int]:
        """Return which of these are done, with the SEQUENCE."""
        ...

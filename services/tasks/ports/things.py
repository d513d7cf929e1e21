"""What tasks are about."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from services.tasks.domain.records import Thing

__all__ = ["Things", "ThingsAround"]


class Things(Protocol):
    """Things of all programmes, by their keys."""

    async def get(self, thing_id: str) -> Thing | None:
        """Return a thing."""
        ...

    async def of(self, thing_ids: Collection[str]) -> Mapping[str, Thing]:
        """Return these things by their keys; what is not known is left out."""
        ...

    async def put(self, thing: Thing) -> None:
        """Save it in place of an older one."""
        ...

    async def claim(self, thing_ids: Collection[str]) -> None:
        """Keep every other transaction from deciding about these things until this one ends."""
        ...


class ThingsAround(Protocol):
    """Keys of things, by what they concern."""

    async def of_schools(self, programme_id: str, school_ids: Collection[str]) -> list[str]:
        """Return the keys of all things that concern one of these schools, in order."""
        ...

    async def of_school_everywhere(self, school_id: str) -> list[Thing]:
        """Return the school in each programme in which it takes part, in order of their keys."""
        ...

    async def after(self, programme_id: str, thing_id: str, limit: int) -> Sequence[str]:
        """Return the next keys of a programme's things after that one, in order."""
        ...

"""Programmes, and the moments of their clocks that have come."""

import datetime as dt
from collections.abc import Mapping
from typing import Protocol

from services.tasks.domain.records import Moment, Programme

__all__ = ["Moments", "Programmes"]


class Programmes(Protocol):
    """Programmes with their templates."""

    async def get(self, programme_id: str) -> Programme | None:
        """Return the programme, or None before its event has come."""
        ...

    async def put(self, programme: Programme) -> None:
        """Save it in place of an older one."""
        ...


class Moments(Protocol):
    """Moments that have come."""

    async def of(self, programme_id: str) -> Mapping[tuple[str, str], dt.date]:
        """Return the day of each (anchor, state) that has come in the programme."""
        ...

    async def put(self, moment: Moment) -> None:
        """Save it in place of an earlier one of the same anchor and state."""
        ...

"""Loads when people can be called: openings, booked cells, and days that they have given away whole."""

import datetime as dt
from collections.abc import Awaitable, Callable, Collection

from services.scheduling.domain.dates.call_decisions import Hours
from services.scheduling.handlers.loading.cohorts import engaged
from services.scheduling.handlers.loading.days import OF_ALL_COHORTS
from services.scheduling.ports.stores import Stores

__all__ = ["LoadHours", "hours_of"]

LoadHours = Callable[[Collection[str], dt.datetime], Awaitable[Hours]]
"""What loads the hours of people as they stand at an instant."""


async def hours_of(stores: Stores, people: Collection[str], now: dt.datetime) -> Hours:
    """The hours of all these people, read at once."""
    openings = await stores.openings.openings(people)
    taken = await stores.calls.taken(people, now)
    return Hours(openings, taken, await engaged(stores, people, OF_ALL_COHORTS, now))

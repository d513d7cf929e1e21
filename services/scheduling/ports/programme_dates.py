"""All dates of a programme at once, lean: what a list of them shows, and with whom they could clash."""

import datetime as dt
from collections.abc import Collection
from typing import Protocol

from services.scheduling.domain.overview.dated import Dated
from services.scheduling.domain.sessions.records import Course

__all__ = ["ProgrammeDates"]


class ProgrammeDates(Protocol):
    """Visits, events with days of courses among them, and agreed days; an event in parts is as many."""

    async def of_programme(self, programme_id: str) -> list[Dated]:
        """Those of a programme, in whatever state and order."""
        ...

    async def elsewhere(self, programme_id: str, days: Collection[dt.date]) -> list[Dated]:
        """The published visits and events of other programmes on these days, and days agreed in them."""
        ...

    async def of_people(self, people: Collection[str], first: dt.date, last: dt.date) -> list[Dated]:
        """The visits and events in calendars between these days to which these people are invited, none of a duty."""
        ...

    async def planned(self, programme_id: str) -> list[Course]:
        """The courses of a programme of which days are planned that nobody is told of yet, by id."""
        ...

    async def version(self) -> object:
        """What differs once anything may have been saved that dates or their clashes depend on."""
        ...

    async def of_courses(self, course_ids: Collection[str]) -> list[Dated]:
        """The days of these courses that are in calendars, or were."""
        ...

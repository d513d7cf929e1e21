"""Duties that templates declare, and the weeks in which they were ticked off."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from services.scheduling.domain.duties.records import Duty, PersonWeek, TickedWeek

__all__ = ["Duties"]


class Duties(Protocol):
    """Duties of all programmes. Lists come by school, activity and id."""

    async def claim(self, programme_id: str) -> None:
        """Take the turn of a programme's duties: of two transactions that do, the second sees what the first did."""
        ...

    async def put(self, duties: Iterable[Duty]) -> None:
        """Save them in place of what they were."""
        ...

    async def at_schools(self, programme_id: str, school_ids: Collection[str], year: int) -> list[Duty]:
        """The duties of a school year at these schools."""
        ...

    async def of_programme(
        self, programme_id: str, year: int, *, school_id: str = "", person_id: str = "", activity: str = "",
        without_day: bool = False,
    ) -> list[Duty]:  # fmt: skip
        """The duties of a school year: at a school, of somebody, of one kind; all that are given must fit.

        `without_day`: those alone that found no day in a period.
        """
        ...

    async def of_people(self, person_ids: Collection[str], year: int) -> list[Duty]:
        """The duties of a school year that these people have or had, in all programmes."""
        ...

    async def between(self, programme_id: str, first: dt.date, last: dt.date) -> list[Duty]:
        """Those with a day between these two, both included."""
        ...

    async def ticked(
        self, duty_ids: Collection[str], weeks: Collection[dt.date] = ()
    ) -> Mapping[tuple[str, dt.date], TickedWeek]:
        """What was said of these duties, by duty and Monday; of these weeks only, where some are given."""
        ...

    async def put_ticked(self, weeks: Iterable[TickedWeek]) -> None:
        """Save what was said."""
        ...

    async def week(self, week_id: str) -> PersonWeek | None:
        """Somebody's week."""
        ...

    async def weeks(self, programme_id: str, monday: dt.date) -> list[PersonWeek]:
        """Everybody's week from that Monday, as far as it was told."""
        ...

    async def put_weeks(self, weeks: Iterable[PersonWeek]) -> None:
        """Save them in place of what they were."""
        ...

    async def forget(self, person_id: str) -> None:
        """Take somebody out of all that was said and decided."""
        ...

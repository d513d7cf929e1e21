"""The query for working days, which other services count in; nothing is saved."""

import datetime as dt
from itertools import count, islice

from services.scheduling.planner.horizon import is_working_day
from services.scheduling.ports.stores import Stores
from shared.commands.scheduling_calendars import ListWorkingDays, WorkingDayList

__all__ = ["WorkingDayQueries"]


class WorkingDayQueries:
    """The query for working days."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def list(self, query: ListWorkingDays) -> WorkingDayList:
        """The next working days after a day."""
        holidays = (await self._stores.calendars.in_force(())).bank_holidays
        every = (query.after + dt.timedelta(days=ahead) for ahead in count(1))
        return WorkingDayList(days=tuple(islice((day for day in every if is_working_day(day, holidays)), query.count)))

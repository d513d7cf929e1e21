"""The query for the days that suit most people, such as three strategy days of all heads; nothing is saved."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from services.scheduling.domain.calendars.common_days import LONGEST, days_of
from services.scheduling.domain.calendars.in_force import Calendars
from services.scheduling.domain.dates.suiting_days import suit_most
from services.scheduling.domain.local_time import LONDON, local_date
from services.scheduling.handlers.loading.cohorts import engaged
from services.scheduling.handlers.loading.days import OF_ALL_COHORTS, ruled_out_by
from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.commands.scheduling_suiting import FindSuitingDays, SuitingDay, SuitingDays
from shared.errors import Rejected
from shared.events.base import DateSpan

__all__ = ["SuitingDayQueries"]

A_WEEK = 5
"""Working days."""


class SuitingDayQueries:
    """The query about them."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def find(self, query: FindSuitingDays) -> SuitingDays:
        """One day in each stretch. Raises Rejected where stretches are out of order or leave no day."""
        people, tomorrow = sorted(set(query.person_ids)), local_date(self._stores.now(), LONDON) + dt.timedelta(days=1)
        _in_order(query.stretches)
        calendars = await self._stores.calendars.in_force()
        horizon = Horizon.over(query.stretches[0].first, query.stretches[-1].last, calendars.bank_holidays)
        wanted = [horizon.between(max(each.first, tomorrow), each.last) for each in query.stretches]
        for stretch, mask in zip(query.stretches, wanted, strict=True):
            if not mask:
                raise Rejected("no-day", f"No working day is left {_named(stretch)}. Name a later stretch of time.")
        free = await self._free(people, horizon, calendars)
        found = suit_most(horizon, free, wanted, query.weeks_apart * A_WEEK, query.weekdays)
        if found is None:
            raise Rejected(
                "too-near", f"No days in these stretches lie {query.weeks_apart} weeks apart. Ask for fewer weeks."
            )
        return SuitingDays(
            people=len(people), days=tuple(SuitingDay(on=each.on, missing=each.missing) for each in found)
        )

    async def _free(self, people: Sequence[str], horizon: Horizon, calendars: Calendars) -> dict[str, int]:
        """Mask of the days on which each of them can."""
        free = dict.fromkeys(people, horizon.everything)
        enrolments = await self._stores.enrolments.naming(people=people)
        closures = await self._stores.days_off.closures(one.school_id for one in enrolments)
        for one in enrolments:
            closed = {*closures.get(one.school_id, ()), *days_of(one.days_off())}
            open_ = horizon.mask(calendars.of(one.authority_code).days) & ~horizon.mask(closed)
            for person in one.people:
                if person.person_id in free:
                    free[person.person_id] &= open_
        off = await ruled_out_by(self._stores, free.keys(), enrolments)
        busy = await engaged(self._stores, people, OF_ALL_COHORTS, self._stores.now())
        for name, days in (*off.items(), *busy.items()):
            free[name] &= ~horizon.mask(days)
        return free


def _in_order(stretches: Sequence[DateSpan]) -> None:
    for before, after in pairwise(stretches):
        if after.first <= before.last:
            raise Rejected("out-of-order", f"The stretch {_named(after)} begins before the one before it has ended.")
    if stretches[-1].last - stretches[0].first > LONGEST:
        raise Rejected("too-long", "More than 400 days cannot be searched at once. Name stretches of one year.")


def _named(stretch: DateSpan) -> str:
    return f"from {in_words(stretch.first)} to {in_words(stretch.last)}"

"""What is found of a duty while it is laid out: its days so far, and what it was before."""

import datetime as dt

from services.scheduling.domain.duties.records import Duty, Gap
from services.scheduling.domain.duties.years import SchoolYear
from shared.template.excuses import INSPECTED

SCHOOL_CLOSED = "school-closed"


class Found:
    """Begins with the days that are over; `planned`: those to come as they were before."""

    def __init__(self, old: Duty, today: dt.date, year: SchoolYear) -> None:
        self.old, self.today, self._horizon, self._closed = old, today, year.horizon, year.closed
        self._inspected = year.inspected
        self.ends = {day: old.end_of(day) for day in old.days if day < today}
        self.moved = {day: why for day, why in old.moved.items() if day in self.ends}
        self.instead_of = {day: usual for day, usual in old.instead_of.items() if day in self.moved}
        self.gaps: list[Gap] = []
        self.weekday = old.weekday
        self.mask = self._horizon.mask(self.ends)
        self.planned = self._horizon.mask(day for day in old.days if day >= today)
        self.old_afternoons = self._horizon.mask(old.afternoons)
        self.afternoons = self.old_afternoons & self.mask

    def falls(self, day: dt.date, ends: dt.date, why: str | None, usual: dt.date | None = None) -> None:
        """It falls on that day. `why` it is not the usual one; None: as it was before.

        `usual`: the day on which somebody is elsewhere, where that is why.
        """
        self.ends[day] = ends
        self.mask |= self._horizon.mask([day])
        if said := self.old.moved.get(day, "") if why is None else why:
            self.moved[day] = said
            instead = self.old.instead_of.get(day) if why is None else usual
            self.instead_of |= {day: instead} if instead else {}

    def every(self, days: int) -> None:
        """It falls on each of these days."""
        self.ends |= {day: day for day in self._horizon.dates(days)}
        self.mask |= days

    def is_new(self, day: dt.date) -> bool:
        """Whether that day was found now."""
        return day >= self.today

    def duty(self) -> Duty:
        """The record."""
        days = tuple(sorted(self.ends))
        ends = tuple(self.ends[day] for day in days)
        excused = {day: why for day, why in self.old.excused.items() if why != INSPECTED}  # it may be taken back
        excused |= {day: SCHOOL_CLOSED for day in days if day in self._closed and day not in excused}
        excused |= {day: INSPECTED for day in days if day in self._inspected}
        changes = {
            "days": days,
            "ends": () if ends == days else ends,
            "afternoons": tuple(self._horizon.dates(self.afternoons)),
            "moved": dict(sorted(self.moved.items())),
            "instead_of": dict(sorted(self.instead_of.items())),
            "gaps": tuple(self.gaps),
            "weekday": self.weekday,
            "excused": {day: why for day, why in sorted(excused.items()) if day in self.ends},
        }
        return self.old.model_copy(update=changes)

"""On which days schools work, and why they do not: one rule for courses that are dated and for dates that clash."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from services.scheduling.domain.calendars.common_days import able, days_of
from services.scheduling.domain.calendars.in_force import Calendars
from services.scheduling.domain.visits.records import EnrolmentRecord
from services.scheduling.planner.horizon import Horizon
from shared.commands.programme_dates import ClashRule

__all__ = ["SchoolDays"]


class SchoolDays:
    """The days of some schools. What is not known of a school closes it on no day."""

    def __init__(
        self, schools: Iterable[EnrolmentRecord], calendars: Calendars, closures: Mapping[str, Sequence[dt.date]]
    ) -> None:
        self._schools = {one.school_id: one for one in schools}
        self._calendars = calendars
        self._closed = {
            key: frozenset((*closures.get(key, ()), *days_of(one.days_off()))) for key, one in self._schools.items()
        }
        self._terms = {
            code: frozenset(calendars.of(code).days) for code in {one.authority_code for one in self._schools.values()}
        }

    def why(self, school_id: str, on: dt.date) -> ClashRule | None:
        """By which rule a school is closed on a day."""
        known = self._schools.get(school_id)
        if known is None:
            return None
        if on in self._calendars.bank_holidays:
            return "bank-holiday"
        if on in self._closed[school_id]:
            return "closed"
        return None if on in self._terms[known.authority_code] else "no-term"

    def examines(self, school_id: str, on: dt.date) -> bool:
        """Whether a school has tests or examinations on a day."""
        known = self._schools.get(school_id)
        return known is not None and on in self._calendars.exams.get(known.phase, ())

    def working(self, school_id: str, horizon: Horizon) -> int:
        """Mask of the days of a horizon on which a known school is open and examines nobody."""
        known = self._schools[school_id]
        off = {*self._closed[school_id], *self._calendars.exams.get(known.phase, ())}
        return able(horizon, [self._calendars.of(known.authority_code)], off)

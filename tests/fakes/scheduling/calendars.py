"""Calendar data and days off in memory."""

import datetime as dt
from collections.abc import Iterable

from services.scheduling.domain.calendars.in_force import Calendars, imported
from services.scheduling.domain.calendars.inspections import Inspections
from services.scheduling.domain.calendars.records import AuthorityCalendar, ExamYear, HolidayYear
from services.scheduling.domain.calendars.years import with_exam_years, with_holiday_years
from tests.fakes.memory import Memory


class MemoryCalendars:
    def __init__(self, memory: Memory, shipped: Calendars) -> None:
        self._shipped = shipped
        self._terms, self._exams, self._holidays = memory["terms"], memory["exams"], memory["holidays"]

    async def in_force(self, authorities: Iterable[str] | None = None) -> Calendars:
        wanted = set(self._terms) if authorities is None else set(self._terms).intersection(authorities)
        own = (self._terms[code] for code in wanted)
        return Calendars(
            {
                **self._shipped.terms,
                **{one.authority_code: imported(one.authority_code, one.source, one.days) for one in own},
            },
            self._shipped.default,
            with_holiday_years(self._shipped.bank_holidays, self._holidays.values()),
            with_exam_years(self._shipped.exams, self._exams.values()),
        )

    async def put(self, calendar: AuthorityCalendar) -> None:
        self._terms[calendar.authority_code] = calendar

    async def put_exams(self, years: Iterable[ExamYear]) -> None:
        self._exams.update({each.year: each for each in years})

    async def put_holidays(self, years: Iterable[HolidayYear]) -> None:
        self._holidays.update({each.year: each for each in years})


class MemoryDaysOff:
    def __init__(self, memory: Memory) -> None:
        self._closures, self._ruled_out = memory["closures"], memory["ruled_out"]
        self._inspections = memory["inspections"]

    async def close(self, school_id: str, days: Iterable[dt.date]) -> None:
        _add(self._closures, school_id, days)

    async def closures(self, schools: Iterable[str]) -> dict[str, list[dt.date]]:
        wanted = list(schools)
        closed = _days(self._closures, wanted)
        for school_id, one in (await self.inspections(wanted)).items():
            if one.windows:
                closed[school_id] = sorted({*closed.get(school_id, ()), *one.days()})
        return closed

    async def inspections(self, schools: Iterable[str]) -> dict[str, Inspections]:
        return {key: self._inspections[key] for key in schools if key in self._inspections}

    async def inspected_from(self, day: dt.date) -> list[Inspections]:
        found = [one for one in self._inspections.values() if any(span.last >= day for span in one.windows)]
        return sorted(found, key=lambda one: one.school_id)

    async def put_inspections(self, inspections: Inspections) -> None:
        self._inspections[inspections.school_id] = inspections

    async def rule_out(self, person_id: str, days: Iterable[dt.date]) -> None:
        _add(self._ruled_out, person_id, days)

    async def ruled_out(self, people: Iterable[str]) -> dict[str, list[dt.date]]:
        return _days(self._ruled_out, people)

    async def forget(self, person_id: str) -> None:
        self._ruled_out.pop(person_id, None)


def _add(kept: dict[str, frozenset[dt.date]], key: str, days: Iterable[dt.date]) -> None:
    if wanted := frozenset(days):
        kept[key] = kept.get(key, frozenset()) | wanted


def _days(kept: dict[str, frozenset[dt.date]], keys: Iterable[str]) -> dict[str, list[dt.date]]:
    return {key: sorted(kept[key]) for key in keys if key in kept}

"""Calendar data in MongoDB over what comes with Kindred.

`authority_calendars`, `exam_years` and `holiday_years` are imported; `closures` and `ruled_out` are told.
"""

import datetime as dt
from collections.abc import Iterable

from services.scheduling.domain.calendars.in_force import Calendars, imported
from services.scheduling.domain.calendars.records import AuthorityCalendar, ExamYear, HolidayYear
from services.scheduling.domain.calendars.term_dates import with_exam_years, with_holiday_years
from shared.mongo import Collection, Database, Filter

__all__ = ["MongoCalendars"]


class MongoCalendars:
    """Port `CalendarData`; `shipped` is what applies where nothing was imported."""

    def __init__(self, database: Database, shipped: Calendars) -> None:
        self._shipped = shipped
        self._calendars = database["authority_calendars"]
        self._exams = database["exam_years"]
        self._holidays = database["holiday_years"]
        self._closures = database["closures"]
        self._ruled_out = database["ruled_out"]

    async def in_force(self, authorities: Iterable[str] | None = None) -> Calendars:
        """All calendars, or with the term dates of these authorities only."""
        terms = dict(self._shipped.terms)
        where: Filter = {} if authorities is None else {"_id": {"$in": sorted(set(authorities))}}
        async for document in self._calendars.find(where):
            record = AuthorityCalendar.model_validate(document)
            terms[record.authority_code] = imported(record.authority_code, record.source, record.days)
        exams = [ExamYear.model_validate(each) async for each in self._exams.find()]
        holidays = [HolidayYear.model_validate(each) async for each in self._holidays.find()]
        return Calendars(
            terms,
            self._shipped.default,
            with_holiday_years(self._shipped.bank_holidays, holidays),
            with_exam_years(self._shipped.exams, exams),
        )

    async def put(self, calendar: AuthorityCalendar) -> None:
        """Save an authority's imported term dates."""
        key = calendar.authority_code
        await self._calendars.replace_one({"_id": key}, {"_id": key, **calendar.model_dump(mode="json")}, upsert=True)

    async def put_exams(self, years: Iterable[ExamYear]) -> None:
        """Save imported exam windows, each school year whole."""
        for each in years:
            document = {"_id": each.year, **each.model_dump(mode="json")}
            await self._exams.replace_one({"_id": each.year}, document, upsert=True)

    async def put_holidays(self, years: Iterable[HolidayYear]) -> None:
        """Save imported bank holidays, each calendar year whole."""
        for each in years:
            document = {"_id": each.year, **each.model_dump(mode="json")}
            await self._holidays.replace_one({"_id": each.year}, document, upsert=True)

    async def close(self, school_id: str, days: Iterable[dt.date]) -> None:
        """Note closure days of a school."""
        await _add(self._closures, school_id, days)

    async def closures(self, schools: Iterable[str]) -> dict[str, list[dt.date]]:
        """Closure days by school."""
        return await _days(self._closures, schools)

    async def rule_out(self, person_id: str, days: Iterable[dt.date]) -> None:
        """Note days on which a person cannot come."""
        await _add(self._ruled_out, person_id, days)

    async def ruled_out(self, people: Iterable[str]) -> dict[str, list[dt.date]]:
        """Those days by person."""
        return await _days(self._ruled_out, people)

    async def forget(self, person_id: str) -> None:
        """Drop what is kept of a person's days."""
        await self._ruled_out.delete_one({"_id": person_id})


async def _add(collection: Collection, key: str, days: Iterable[dt.date]) -> None:
    wanted = sorted({day.isoformat() for day in days})
    if wanted:
        await collection.update_one({"_id": key}, {"$addToSet": {"days": {"$each": wanted}}}, upsert=True)


async def _days(collection: Collection, keys: Iterable[str]) -> dict[str, list[dt.date]]:
    found = collection.find({"_id": {"$in": list(keys)}})
    return {document["_id"]: sorted(dt.date.fromisoformat(day) for day in document["days"]) async for document in found}

"""Calendar data that was imported, in MongoDB, over what comes with Kindred."""

from collections.abc import Iterable

from services.scheduling.domain.calendars.in_force import Calendars, imported
from services.scheduling.domain.calendars.records import AuthorityCalendar, ExamYear, HolidayYear
from services.scheduling.domain.calendars.years import with_exam_years, with_holiday_years
from shared.mongo import Database, Filter

__all__ = ["MongoCalendars"]


class MongoCalendars:
    """Port `CalendarData`; `shipped` is what applies where nothing was imported."""

    def __init__(self, database: Database, shipped: Calendars) -> None:
        self._shipped = shipped
        self._calendars = database["authority_calendars"]
        self._exams = database["exam_years"]
        self._holidays = database["holiday_years"]

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
        await self._calendars.put({"_id": key, **calendar.model_dump(mode="json")})

    async def put_exams(self, years: Iterable[ExamYear]) -> None:
        """Save imported exam windows, each school year whole."""
        for each in years:
            document = {"_id": each.year, **each.model_dump(mode="json")}
            await self._exams.put(document)

    async def put_holidays(self, years: Iterable[HolidayYear]) -> None:
        """Save imported bank holidays, each calendar year whole."""
        for each in years:
            document = {"_id": each.year, **each.model_dump(mode="json")}
            await self._holidays.put(document)

"""Imports of term dates, exam windows and bank holidays, and closure days; each finds published visits that clash."""

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping

from services.scheduling.domain.calendars.common_days import days_named
from services.scheduling.domain.calendars.files import bank_holidays_in, exam_windows_in
from services.scheduling.domain.calendars.records import AuthorityCalendar
from services.scheduling.domain.calendars.term_dates import doubts_about, odd_years
from services.scheduling.domain.calendars.years import (
    exam_days,
    exam_years,
    holiday_years,
    holidays_gone,
    with_known_holidays,
)
from services.scheduling.domain.local_time import LONDON, local_date
from services.scheduling.domain.visits.records import EnrolmentRecord, VisitRecord
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.duties.layout import DutyLayout
from services.scheduling.handlers.loading.term_files import term_file
from services.scheduling.handlers.sessions.clashes import CourseDays
from services.scheduling.planner.model import Dates
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.authorities import Authorities
from services.scheduling.ports.stores import Stores
from services.scheduling.ports.uploads import Uploads
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import CloseSchoolDays, ImportCalendar
from shared.commands.scheduling_calendars import ImportBankHolidays, ImportExamWindows
from shared.errors import Rejected

__all__ = ["CalendarCommands"]

LISTED = 20


class CalendarCommands:
    """Commands about calendar data; `division`: whose bank holidays of GOV.UK's apply."""

    def __init__(
        self, stores: Stores, uploads: Uploads, authorities: Authorities, changes: Changes, division: str
    ) -> None:
        self._stores = stores
        self._duties, self._courses = DutyLayout(stores), CourseDays(stores)
        self._authorities = authorities
        self._uploads = uploads
        self._changes = changes
        self._division = division

    async def import_calendar(self, command: ImportCalendar) -> Callable[[UnitOfWork], Awaitable[Done]]:
        """Term dates of an authority; published visits that now clash are listed and left to the coordinator."""
        code = await self._authorities.code_of(command.authority_code)
        file = await term_file(self._uploads, command.upload, command.filename)
        doubts = doubts_about(file.days, file.doubts)
        if doubts and not command.accept_unusual:
            sentence = f"Nothing was taken in yet from '{command.filename[:60]}'. {' '.join(doubts)}"
            raise Rejected("doubtful-terms", sentence)
        days = file.days
        span = f"{len(days)} school days from {in_words(days[0])} to {in_words(days[-1])}{odd_years(days)}"
        span = ". ".join([span, *(note.rstrip(".") for note in file.notes)])

        async def save(work: UnitOfWork) -> Done:
            await self._stores.calendars.put(AuthorityCalendar(authority_code=code, source=command.filename, days=days))
            await self._duties.calendars_changed(work, authority_code=code)
            await self._courses.calendars_changed(work, authority_code=code)
            return await self._done(code, span, await self._clashing(code, frozenset(days), work), work)

        return save

    async def import_exams(self, command: ImportExamWindows, work: UnitOfWork) -> Done:
        """Exam windows, in place of what was known of their school years; visits that now clash are listed."""
        content = await self._uploads.get(command.upload)
        windows = await asyncio.to_thread(exam_windows_in, content, command.filename)
        years = exam_years(windows, command.filename)
        await self._stores.calendars.put_exams(years)
        named = ", ".join(f"{each.year}/{(each.year + 1) % 100:02}" for each in years)
        span = f"{len(windows)} exam windows for {named}; what was known of these school years is replaced"
        return await self._done("exam-windows", span, await self._in_exams(exam_days(windows), work), work)

    async def import_holidays(self, command: ImportBankHolidays, work: UnitOfWork) -> Done:
        """Bank holidays, in place of what was known of their years; visits that now clash are listed."""
        content = await self._uploads.get(command.upload)
        days = await asyncio.to_thread(bank_holidays_in, content, command.filename, self._division)
        known = (await self._stores.calendars.in_force(())).bank_holidays
        kept = with_known_holidays(days, known)
        gone = holidays_gone(days.union(*kept.values()), known)
        years = holiday_years(days.union(*kept.values()), command.filename)
        await self._stores.calendars.put_holidays(years)
        await self._duties.calendars_changed(work)
        await self._courses.calendars_changed(work)
        span = f"{len(days)} bank holidays from {years[0].year} to {years[-1].year}{_kept(kept)}{_gone(gone)}"
        clashing = await self._stores.published.on_days(days, local_date(work.now, LONDON))
        return await self._done("bank-holidays", span, clashing, work)

    async def _done(self, of: str, span: str, clashing: list[VisitRecord], work: UnitOfWork) -> Done:
        """Leave every visit that clashes to the coordinator, and say which they are."""
        for record in clashing:
            self._changes.ask(record, "calendar-clash", None, work)
        if not clashing:
            return Done(id=of, sentence=f"{span}. No published visit clashes.")
        shown = clashing[:LISTED]
        hosts = await self._hosts(shown)
        listed = "; ".join(f"{_at(hosts.get(_host(one)))} on {in_words(one.visit.on)}" for one in shown)
        more = f" and {len(clashing) - LISTED} more" if len(clashing) > LISTED else ""
        sentence = (
            f"{span}. {len(clashing)} published visits clash: {listed}{more}. Draft the calendar again for other dates."
        )
        return Done(id=of, sentence=sentence)

    async def _in_exams(self, exams: Mapping[str, Dates], work: UnitOfWork) -> list[VisitRecord]:
        """Published visits whose hosts have tests or examinations on their day."""
        days = frozenset[dt.date]().union(*exams.values())
        visits = await self._stores.published.on_days(days, local_date(work.now, LONDON))
        hosts = await self._hosts(visits)
        phases = {host: each.phase for host, each in hosts.items()}
        return [one for one in visits if one.visit.on in exams.get(phases.get(_host(one), ""), ())]

    async def _hosts(self, visits: Iterable[VisitRecord]) -> dict[tuple[str, str], EnrolmentRecord]:
        """The enrolments of visits' hosts by programme and school."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for one in visits:
            wanted[one.visit.programme_id].add(one.visit.host_school_id)
        return {
            (programme_id, each.school_id): each
            for programme_id, schools in wanted.items()
            for each in await self._stores.enrolments.of_programme(programme_id, schools)
        }

    async def _clashing(self, code: str, days: frozenset[object], work: UnitOfWork) -> list[VisitRecord]:
        schools = await self._stores.enrolments.of_authority(code)
        today = local_date(work.now, LONDON)
        return [one for one in await self._stores.published.at_schools(schools, today) if one.visit.on not in days]

    async def close_days(self, command: CloseSchoolDays, work: UnitOfWork) -> Done:
        """INSET or closure days of a school; published visits on them move by the least change."""
        days, today = days_named(command.days), local_date(work.now, LONDON)
        past = _past(days, today)
        await self._stores.days_off.close(command.school_id, days)
        await self._duties.calendars_changed(work, school_id=command.school_id)
        await self._courses.calendars_changed(work, school_id=command.school_id)
        affected = [
            one for one in await self._stores.published.at_schools([command.school_id], today) if one.visit.on in days
        ]
        told = []
        for record in affected:
            current = await self._stores.visits.visit(record.visit.visit_id)
            if current.visit.on in days:
                changes = await self._changes.repair(current, "closure", None, work)
                told += [change.sentence for change in changes] or ["A visit is left to the coordinator."]
        sentence = " ".join(told) or "No published visit clashes."
        return Done(id=command.school_id, sentence=f"{len(days)} days noted. {past}{sentence}")


def _host(record: VisitRecord) -> tuple[str, str]:
    return record.visit.programme_id, record.visit.host_school_id


def _at(host: EnrolmentRecord | None) -> str:
    """A host by name; one that was stored before names were has none."""
    return (host and host.name) or "a visit"


def _kept(kept: Mapping[int, Dates]) -> str:
    """That years of which a file names little keep their other bank holidays."""
    years = [f"{year} keeps its other {len(days)}" for year, days in sorted(kept.items()) if days]
    return f"; {' and '.join(years)}, of which the file says nothing" if years else ""


def _gone(days: Dates) -> str:
    """Which days are no bank holidays any more."""
    named = ", ".join(f"{day:%d/%m/%Y}" for day in sorted(days)[:LISTED])
    return f"; no bank holiday any more: {named}" if named else ""


def _past(days: Collection[dt.date], today: dt.date) -> str:
    """A warning about days that are over. Raises Rejected where all are: the year may be mistyped."""
    past = sorted(day for day in days if day < today)
    if not past:
        return ""
    if len(past) == len(days):
        sentence = f"{in_words(past[-1])} has passed; name days from {in_words(today)} on."
        raise Rejected("date-passed", sentence)
    return f"{len(past)} of them have passed and change nothing, {in_words(past[0])} first. "

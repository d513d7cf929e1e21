"""Wires scheduling: what it hears, is asked and is reminded of, and the stores behind that."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from functools import partial

from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.commands.agreements import Agreeing
from services.scheduling.handlers.commands.answers import Answering
from services.scheduling.handlers.commands.calendars import CalendarChanges
from services.scheduling.handlers.commands.call_offers import CallOffers
from services.scheduling.handlers.commands.calls import Calls
from services.scheduling.handlers.commands.cohort_events import CohortEvents
from services.scheduling.handlers.commands.disruptions import Disruptions
from services.scheduling.handlers.commands.visit_dates import Overruling
from services.scheduling.handlers.commands.visit_days import VisitDays
from services.scheduling.handlers.events.people import People
from services.scheduling.handlers.projection import Projection
from services.scheduling.handlers.queries.duties import Commitments
from services.scheduling.handlers.queries.impact import Impact
from services.scheduling.handlers.queries.suiting_days import Suiting
from services.scheduling.handlers.queries.visits import Queries
from services.scheduling.handlers.timers import reminders
from services.scheduling.handlers.timers.due import Timers
from services.scheduling.handlers.workers.planning import Planning
from services.scheduling.handlers.workers.processes import side_by_side
from services.scheduling.handlers.workers.publishing import Publishing
from services.scheduling.ports.stores import Stores
from services.scheduling.settings import SchedulingSettings
from services.scheduling.store.agreements import MongoAgreements
from services.scheduling.store.answers import MongoAnswers
from services.scheduling.store.bookings import MongoCalls
from services.scheduling.store.calendars import MongoCalendars
from services.scheduling.store.facts import MongoFacts
from services.scheduling.store.indexes import create_indexes
from services.scheduling.store.outline import MongoOutline
from services.scheduling.store.sharing import Sharing
from services.scheduling.store.shipped import shipped_calendars
from services.scheduling.store.visits import MongoVisits
from shared.bus import Service, UnitOfWork
from shared.commands import scheduling as commands
from shared.commands import scheduling_dates as dates
from shared.commands.scheduling_calendars import ImportBankHolidays, ImportExamWindows
from shared.commands.scheduling_changes import ChangeCalendar, WhatIf
from shared.commands.scheduling_commitments import LayOutCommitment
from shared.commands.scheduling_suiting import FindSuitingDays
from shared.events import matching, notifications, programmes
from shared.settings import Settings, validated

__all__ = ["build"]

PAUSE = 1.0


class _Uploads:
    """Port `Uploads` on a bus that is connected later."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def get(self, key: str) -> bytes:
        """The file's content."""
        return await self._service.uploads.get(key)


def build(settings: Settings | None = None) -> Service:
    """The service, wired; nothing is connected yet."""
    own = settings if isinstance(settings, SchedulingSettings) else _own(settings)
    service = Service("scheduling", own)
    shipped = shipped_calendars(own.calendar_folder, own.bank_holiday_division)
    stores = Stores(
        facts=MongoFacts(service.database),
        visits=MongoVisits(service.database),
        outline=MongoOutline(service.database),
        answers=MongoAnswers(service.database),
        calendars=MongoCalendars(service.database, shipped),
        agreements=MongoAgreements(service.database),
        calls=MongoCalls(service.database),
        now=partial(_now, service),
    )
    changes, plan_parts = Changes(stores), side_by_side(own.planning_processes)
    service.on_start(lambda: create_indexes(service.database))
    publishing = Publishing(stores, changes)
    planning = Planning(stores, plan_parts, publishing, service.transact, Sharing)
    _hears(service, stores, changes, planning)
    _answers(service, stores, changes, planning, publishing)
    service.task("tell-visits", lambda: _batches(service, publishing.tell))
    _calendars(service, CalendarChanges(stores, _Uploads(service), changes, own.bank_holiday_division))
    _finds(service, stores, changes)
    _dates(service, stores)
    _reminded(service, stores)
    return service


def _own(settings: Settings | None) -> SchedulingSettings:
    return SchedulingSettings(**settings.model_dump()) if settings else SchedulingSettings()


def _now(service: Service) -> dt.datetime:
    return service.clock.now()


async def _batches(service: Service, tell: Callable[[UnitOfWork], Awaitable[bool]]) -> None:
    """Tell what is yet to be told batch by batch, each in the transaction that changes it."""
    while True:
        if not await service.transact(tell):
            await asyncio.sleep(PAUSE)


def _hears(service: Service, stores: Stores, changes: Changes, planning: Planning) -> None:
    projection, people = Projection(stores), People(stores, changes)
    service.projection(
        "scheduling-projection",
        {
            programmes.ProgrammeOpened: projection.programme_opened,
            programmes.SchoolEnrolled: projection.school_enrolled,
            programmes.EnrolmentAmended: projection.enrolment_amended,
            programmes.FacilitatorAppointed: projection.facilitator_appointed,
            programmes.PersonErased: projection.person_erased,
            programmes.PersonReplaced: people.person_replaced,
            programmes.SchoolWithdrawn: people.school_withdrawn,
            matching.CohortFormed: projection.cohort_formed,
            matching.GroupFormed: projection.group_formed,
            matching.GroupChanged: people.group_changed,
        },
    )
    service.worker(matching.CohortFormed, "scheduling-plan", planning.cohort_formed)
    service.subscribe(
        notifications.CalendarReplyReceived, "scheduling-calendar-replies", Answering(stores, changes).replied
    )


def _answers(service: Service, stores: Stores, changes: Changes, planning: Planning, publishing: Publishing) -> None:
    overruling, days, events = Overruling(stores, changes), VisitDays(stores), CohortEvents(stores)
    service.command(ChangeCalendar, Disruptions(stores, changes).change)
    service.slow_command(commands.DraftCalendar, planning.again)
    service.slow_command(commands.PublishVisits, publishing.publish)
    service.command(commands.MoveVisit, overruling.move)
    service.command(commands.CancelVisit, overruling.cancel)
    service.command(commands.MoveCohortEvent, events.move)
    service.command(commands.CancelCohortEvent, events.cancel)
    service.task("tell-events", lambda: _batches(service, events.tell))
    service.command(commands.AllowSubstitute, days.allow_substitute)
    service.command(commands.AnswerInvitation, Answering(stores, changes).answer)
    service.command(commands.WriteVisitBrief, days.write_brief)
    service.command(commands.RecordAttendance, days.record_attendance)


def _calendars(service: Service, calendars: CalendarChanges) -> None:
    service.command(commands.ImportCalendar, calendars.import_calendar)
    service.command(ImportExamWindows, calendars.import_exams)
    service.command(ImportBankHolidays, calendars.import_holidays)
    service.command(commands.CloseSchoolDays, calendars.close_days)


def _finds(service: Service, stores: Stores, changes: Changes) -> None:
    queries = Queries(stores)
    service.query(WhatIf, Disruptions(stores, changes).what_if)
    service.query(commands.ListVisits, queries.visits)
    service.query(commands.ShowVisit, queries.visit)
    service.query(commands.ShowCohortEvent, queries.event)
    service.query(commands.ShowCalendar, queries.calendar)
    service.query(commands.ShowCalendarImpact, Impact(stores).shown)


def _dates(service: Service, stores: Stores) -> None:
    agreeing, calls = Agreeing(stores), Calls(stores)
    offers = CallOffers(stores, calls)
    service.command(dates.OfferDates, agreeing.offer)
    service.command(dates.AnswerDates, agreeing.answer)
    service.command(dates.WithdrawDates, agreeing.withdraw)
    service.query(dates.ShowAgreement, agreeing.show)
    service.query(dates.ListAgreements, agreeing.list)
    service.command(dates.OpenCalls, calls.open)
    service.query(dates.ShowCallSlots, calls.slots)
    service.command(dates.BookCall, calls.book)
    service.command(dates.CancelCall, calls.cancel)
    service.query(dates.ListCalls, calls.list)
    service.command(dates.OfferCall, offers.offer)
    service.command(dates.TakeCallSlot, offers.take)
    service.query(dates.ShowCallOffer, offers.show)
    service.query(FindSuitingDays, Suiting(stores).find)
    service.query(dates.ListCallOffers, offers.list)
    service.query(LayOutCommitment, Commitments(stores).lay_out)


def _reminded(service: Service, stores: Stores) -> None:
    timers = Timers(stores)
    service.timer(reminders.ANSWERS, timers.answers_due)
    service.timer(reminders.BRIEF, timers.brief_due)
    service.timer(reminders.VISIT_DAY, timers.visit_day_over)
    service.timer(reminders.EVENT_DAY, timers.event_day_over)


if __name__ == "__main__":
    build(validated(SchedulingSettings)).run()

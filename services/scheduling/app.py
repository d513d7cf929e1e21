"""Wires scheduling: subscriptions, commands, queries and timers, and the stores behind them."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from services.scheduling.adapters.authorities import BusAuthorities
from services.scheduling.handlers.agreed.facts import EngineProjection
from services.scheduling.handlers.agreed.loading import Arranging
from services.scheduling.handlers.answers import Answers
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.cohort_events import CohortEvents
from services.scheduling.handlers.commands.agreements import AgreementCommands
from services.scheduling.handlers.commands.answers import AnswerCommands
from services.scheduling.handlers.commands.calendars import CalendarCommands
from services.scheduling.handlers.commands.call_offers import CallOfferCommands
from services.scheduling.handlers.commands.calls import CallCommands
from services.scheduling.handlers.commands.cohort_events import CohortEventCommands
from services.scheduling.handlers.commands.disruptions import DisruptionCommands
from services.scheduling.handlers.commands.visit_dates import VisitDateCommands
from services.scheduling.handlers.commands.visit_days import VisitDayCommands
from services.scheduling.handlers.events.calendar_replies import CalendarReplies
from services.scheduling.handlers.events.enrolments import EnrolmentEvents
from services.scheduling.handlers.events.people import PeopleEvents
from services.scheduling.handlers.events.schools import SchoolEvents
from services.scheduling.handlers.events.standing import StandingEvents
from services.scheduling.handlers.events.templates import TemplateEvents
from services.scheduling.handlers.loading.hours import hours_of
from services.scheduling.handlers.loading.open_calls import OpenCalls
from services.scheduling.handlers.open_calls import take_open_calls
from services.scheduling.handlers.projection import Projection
from services.scheduling.handlers.queries.agreements import AgreementQueries
from services.scheduling.handlers.queries.call_offers import CallOfferQueries
from services.scheduling.handlers.queries.calls import CallQueries
from services.scheduling.handlers.queries.duties import DutyQueries
from services.scheduling.handlers.queries.impact import ImpactQueries
from services.scheduling.handlers.queries.released import ReleasedVisitQueries
from services.scheduling.handlers.queries.suiting_days import SuitingDayQueries
from services.scheduling.handlers.queries.term_files import TermFileQueries
from services.scheduling.handlers.queries.visits import VisitQueries
from services.scheduling.handlers.queries.what_if import WhatIfQueries
from services.scheduling.handlers.queries.working_days import WorkingDayQueries
from services.scheduling.handlers.sessions.room import CourseRoom
from services.scheduling.handlers.timers import reminders
from services.scheduling.handlers.timers.due import DueTimers
from services.scheduling.handlers.workers.planning import PlanningWorker
from services.scheduling.handlers.workers.processes import side_by_side
from services.scheduling.handlers.workers.publishing import PublishingWorker
from services.scheduling.ports.authorities import Authorities
from services.scheduling.ports.stores import Stores
from services.scheduling.settings import SchedulingSettings
from services.scheduling.store.indexes import create_indexes
from services.scheduling.store.sharing import Sharing
from services.scheduling.store.shipped import shipped_calendars
from services.scheduling.store.stores import mongo_stores
from services.scheduling.wiring import (
    Handler,
    Uploads,
    answers_of,
    followed,
    wire_agreed,
    wire_duties,
    wire_event_programmes,
    wire_inspections,
    wire_own,
    wire_sessions,
)
from shared.bus import Service
from shared.commands import scheduling as commands
from shared.commands import scheduling_dates as dates
from shared.commands import scheduling_released as released
from shared.commands.scheduling_calendars import ImportBankHolidays, ImportExamWindows, ListWorkingDays, ReadTermFile
from shared.commands.scheduling_changes import ChangeCalendar, WhatIf
from shared.commands.scheduling_duties import LayOutCommitment
from shared.commands.scheduling_suiting import FindSuitingDays
from shared.events import (
    agreed_visits,
    forms,
    matching,
    notifications,
    placements,
    programme_states,
    programmes,
    programmes_parts,
)
from shared.roster import RosterProjection
from shared.settings import Settings, validated

__all__ = ["build"]


def build(
    settings: Settings | None = None,
    stores: Callable[[Service], Stores] | None = None,
    authorities: Authorities | None = None,
) -> Service:
    """The service, wired; nothing is connected yet.

    `stores`: what stands behind the ports, by default MongoDB. `authorities`: who knows them, by default `programmes`.
    """
    own = settings if isinstance(settings, SchedulingSettings) else _own(settings)
    service = Service("scheduling", own)
    if stores is None:
        service.on_start(lambda: create_indexes(service.database))
    behind = stores(service) if stores else _stores(service, own)
    changes, events = Changes(behind), CohortEvents(behind.events, behind.programmes)
    publishing = PublishingWorker(behind, changes)
    plan_parts = side_by_side(own.planning_processes)
    planning = PlanningWorker(behind, plan_parts, publishing, service.transact, Sharing)
    room = CourseRoom(behind)
    answers = answers_of(behind, changes, room)
    _projection(service, behind, changes, StandingEvents(behind, changes, events))
    service.worker(matching.CohortFormed, "scheduling-plan", planning.cohort_formed)
    service.subscribe(
        notifications.CalendarReplyReceived, "scheduling-calendar-replies", CalendarReplies(answers).replied
    )
    _calendar_commands(service, behind, changes, planning, publishing)
    _visit_commands(service, behind, changes, answers, events)
    known = authorities or BusAuthorities(lambda: service.client)
    _data_commands(service, CalendarCommands(behind, Uploads(service), known, changes, own.bank_holiday_division))
    wire_inspections(service, behind, changes)
    wire_event_programmes(service, behind, events)
    _queries(service, behind)
    _dates(service, behind)
    _agreed(service, behind, events)
    wire_duties(service, behind)
    wire_sessions(service, behind, room, events)
    _timers(service, behind)
    service.batches("publish-visits", publishing.publish_next)
    service.batches("publish-events", events.publish_next)
    return service


def _own(settings: Settings | None) -> SchedulingSettings:
    return SchedulingSettings(**settings.model_dump()) if settings else SchedulingSettings()


def _stores(service: Service, own: SchedulingSettings) -> Stores:
    shipped = shipped_calendars(own.calendar_folder, own.bank_holiday_division)
    return mongo_stores(service.database, shipped, partial(_now, service))


def _now(service: Service) -> dt.datetime:
    return service.clock.now()


def _projection(service: Service, stores: Stores, changes: Changes, standing: StandingEvents) -> None:
    projection, people, enrolments = Projection(stores), PeopleEvents(stores, changes), EnrolmentEvents(stores, changes)
    second = TemplateEvents(stores, enrolments, people)
    schools = SchoolEvents(stores.enrolments, stores.published, changes)
    service.projection(
        "scheduling-projection",
        {
            programmes.ProgrammeOpened: projection.programme_opened,
            programmes.SchoolEnrolled: projection.school_enrolled,
            programmes.EnrolmentAmended: enrolments.amended,
            programmes_parts.ProgrammeOpened: second.opened,
            programme_states.ProgrammePostponed: standing.postponed,
            programme_states.ProgrammeResumed: standing.resumed,
            programmes_parts.SchoolEnrolled: second.enrolled,
            programmes_parts.EnrolmentAmended: second.enrolled,
            programmes_parts.SchoolWithdrawn: second.withdrawn,
            programmes_parts.RoleTaken: second.taken,
            programmes_parts.RoleLeft: second.left,
            programmes.FacilitatorAppointed: projection.facilitator_appointed,
            programmes.PersonErased: projection.person_erased,
            programmes.PersonReplaced: people.person_replaced,
            programmes.SchoolWithdrawn: people.school_withdrawn,
            programmes.SchoolFactsChanged: schools.facts_changed,
            programmes.SchoolClosed: schools.closed,
            matching.CohortFormed: projection.cohort_formed,
            matching.GroupFormed: projection.group_formed,
            matching.GroupChanged: people.group_changed,
        },
    )


def _calendar_commands(
    service: Service, stores: Stores, changes: Changes, planning: PlanningWorker, publishing: PublishingWorker
) -> None:
    service.slow_command(commands.DraftCalendar, planning.again)
    service.slow_command(commands.PublishVisits, publishing.publish)
    moves = VisitDateCommands(stores, changes)
    service.command(commands.MoveVisit, moves.move)
    service.command(commands.CancelVisit, moves.cancel)


def _visit_commands(service: Service, stores: Stores, changes: Changes, answers: Answers, events: CohortEvents) -> None:
    service.command(ChangeCalendar, DisruptionCommands(stores, changes, events).change)
    of_events = CohortEventCommands(stores, events)
    days = VisitDayCommands(stores.visits, stores.programmes, stores.enrolments)
    service.command(commands.MoveCohortEvent, of_events.move)
    service.command(commands.CancelCohortEvent, of_events.cancel)
    service.command(commands.AnswerInvitation, AnswerCommands(answers).answer)
    service.command(commands.WriteVisitBrief, days.write_brief)
    service.command(commands.RecordAttendance, days.record_attendance)


def _data_commands(service: Service, calendars: CalendarCommands) -> None:
    service.slow_command(commands.ImportCalendar, calendars.import_calendar)
    service.command(ImportExamWindows, calendars.import_exams)
    service.command(ImportBankHolidays, calendars.import_holidays)
    service.command(commands.CloseSchoolDays, calendars.close_days)


def _queries(service: Service, stores: Stores) -> None:
    visits = VisitQueries(stores.visits, stores.events, stores.listings, stores.answers, stores.cohorts)
    service.query(commands.ListVisits, visits.visits)
    service.query(commands.ShowVisit, visits.visit)
    service.query(commands.ShowCohortEvent, visits.event)
    first = ReleasedVisitQueries(visits)
    service.query(released.ListVisits, first.visits)
    service.query(released.ShowVisit, first.visit)
    service.query(released.ShowCohortEvent, first.event)
    service.query(commands.ShowCalendar, visits.calendar)
    service.query(commands.ShowCalendarImpact, ImpactQueries(stores).shown)
    service.query(ListWorkingDays, WorkingDayQueries(stores).list)
    service.query(ReadTermFile, TermFileQueries(Uploads(service)).read)
    service.query(WhatIf, WhatIfQueries(stores).what_if)
    service.query(FindSuitingDays, SuitingDayQueries(stores).find)
    service.query(LayOutCommitment, DutyQueries(stores).lay_out)
    wire_own(service, stores)


def _dates(service: Service, stores: Stores) -> None:
    agreements, shown = AgreementCommands(stores), AgreementQueries(stores.agreements, stores.now)
    service.command(dates.OfferDates, agreements.offer)
    service.command(dates.AnswerDates, agreements.answer)
    service.command(dates.WithdrawDates, agreements.withdraw)
    service.query(dates.ShowAgreement, shown.show)
    service.query(dates.ListAgreements, shown.list)
    hours = partial(hours_of, stores)
    calls, listed = CallCommands(stores.openings, stores.calls, hours), CallQueries(stores.calls, hours, stores.now)
    service.command(dates.OpenCalls, calls.open)
    service.command(dates.BookCall, calls.book)
    service.command(dates.CancelCall, calls.cancel)
    service.query(dates.ShowCallSlots, listed.slots)
    service.query(dates.ListCalls, listed.list)
    open_calls = OpenCalls(stores)
    take_open_calls(service, stores, open_calls)
    offers = CallOfferCommands(stores.call_offers, stores.calls, hours, open_calls)
    offered = CallOfferQueries(stores.call_offers, stores.calls, hours, open_calls, stores.now)
    service.command(dates.OfferCall, offers.offer)
    service.command(dates.TakeCallSlot, offers.take)
    service.query(dates.ShowCallOffer, offered.show)
    service.query(dates.ListCallOffers, offered.list)


def _agreed(service: Service, stores: Stores, events: CohortEvents) -> None:
    """Days that the people of a placement agree, in programmes in the language of templates."""
    arranging = Arranging(stores)
    roster = RosterProjection(stores.roster)
    facts = EngineProjection(stores, arranging, roster)
    handlers: dict[type[Any], Handler] = {
        programmes_parts.ProgrammeOpened: facts.opened,
        programmes_parts.SchoolEnrolled: facts.enrolled,
        programmes_parts.EnrolmentAmended: facts.enrolled,
        programmes_parts.SchoolWithdrawn: facts.withdrawn,
        **roster.handlers(),
        programmes_parts.RoleTaken: facts.role_taken,
        programmes_parts.RoleLeft: facts.role_left,
        programme_states.ProgrammePostponed: facts.postponed,
        programme_states.ProgrammeResumed: facts.resumed,
        placements.PersonPlaced: facts.placed,
        placements.PlacementEnded: facts.ended,
        forms.FormSubmitted: facts.written,
        forms.FormAgreed: facts.written,
        forms.FormReleased: facts.written,
        agreed_visits.DaysCompleted: facts.completed,
        programmes.PersonErased: facts.erased,
    }
    service.projection("scheduling-agreed", followed(handlers, stores, events))
    wire_agreed(service, stores, arranging)


def _timers(service: Service, stores: Stores) -> None:
    due = DueTimers(stores.visits, stores.events, stores.answers, stores.programmes)
    service.timer(reminders.ANSWERS, due.answers_due)
    service.timer(reminders.BRIEF, due.brief_due)
    service.timer(reminders.VISIT_DAY, due.visit_day_over)
    service.timer(reminders.EVENT_DAY, due.event_day_over)
    service.timer(reminders.PAPERS, due.papers_due)


if __name__ == "__main__":
    build(validated(SchedulingSettings)).run()

"""Wires duties, inspections and programmes of events of scheduling into its service, for `app.py`."""

from collections.abc import Mapping
from typing import Any

from services.scheduling.handlers.agreed.commands import AgreedCommands
from services.scheduling.handlers.agreed.loading import DAY_OVER, Arranging
from services.scheduling.handlers.agreed.queries import AgreedQueries
from services.scheduling.handlers.answers import Answers
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.cohort_events import CohortEvents
from services.scheduling.handlers.commands.inspections import InspectionCommands, InspectionQueries
from services.scheduling.handlers.duties.commands import DutyCommands
from services.scheduling.handlers.duties.days import DutyDays
from services.scheduling.handlers.duties.facts import DutyFacts, Handler
from services.scheduling.handlers.duties.layout import LAYOUT, WEEK, DutyLayout
from services.scheduling.handlers.duties.queries import DutyQueries
from services.scheduling.handlers.event_programmes import EventProgrammes
from services.scheduling.handlers.queries.own import OwnQueries
from services.scheduling.handlers.queries.programme_dates import ProgrammeDateQueries
from services.scheduling.handlers.sessions.clashes import CLASHES, CourseDays
from services.scheduling.handlers.sessions.commands import SessionCommands
from services.scheduling.handlers.sessions.facts import SessionFacts
from services.scheduling.handlers.sessions.listing import CourseListing
from services.scheduling.handlers.sessions.planning import SessionPlanning
from services.scheduling.handlers.sessions.queries import SessionQueries
from services.scheduling.handlers.sessions.room import PLACES, CourseRoom
from services.scheduling.handlers.stand_ins import StandIns
from services.scheduling.ports.stores import Stores
from shared.bus import Service, UnitOfWork
from shared.commands import agreed_visits as agreed
from shared.commands import courses_listed, duties, event_programmes, inspections, scheduling_own, sessions
from shared.commands.programme_dates import ListProgrammeDates
from shared.commands.scheduling import AllowSubstitute

__all__ = [
    "Handler",
    "Uploads",
    "answers_of",
    "followed",
    "wire_agreed",
    "wire_duties",
    "wire_event_programmes",
    "wire_inspections",
    "wire_own",
    "wire_sessions",
]


class Uploads:
    """Port `Uploads` on a bus that is connected later."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def get(self, key: str) -> bytes:
        """The file's content."""
        return await self._service.uploads.get(key)


def answers_of(stores: Stores, changes: Changes, room: CourseRoom) -> Answers:
    """Takes answers to invitations; with what they mean for courses and duties."""
    days = stores.visits, stores.events, stores.answers, stores.days_off
    return Answers(*days, changes, courses=room, duties=DutyLayout(stores))


def wire_agreed(service: Service, stores: Stores, arranging: Arranging) -> None:
    """Have people agree days, and let the coordinator name who stands in at a date."""
    asked, shown = AgreedCommands(stores, arranging), AgreedQueries(stores, arranging, stores.now)
    service.command(agreed.ProposeDays, asked.propose)
    service.command(agreed.DeclineDays, asked.decline)
    service.command(agreed.AgreeDays, asked.agree)
    service.command(agreed.NeedDays, asked.need)
    service.command(agreed.MoveAgreedVisit, asked.move)
    service.command(agreed.CancelAgreedVisit, asked.cancel)
    service.command(agreed.RecordAgreedVisit, asked.record)
    service.command(AllowSubstitute, StandIns(stores, arranging).allow)
    service.query(agreed.ShowDays, shown.show)
    service.query(agreed.ListDays, shown.list)
    service.timer(DAY_OVER, asked.day_over)


def wire_duties(service: Service, stores: Stores) -> None:
    """Lay duties out, end weeks, tick off, show."""
    layout, shown = DutyLayout(stores), DutyQueries(stores, stores.now)
    service.timer(LAYOUT, layout.lay_out)
    service.timer(WEEK, layout.week_over)
    service.command(duties.TickDuties, DutyCommands(stores).tick)
    service.command(duties.MoveDutyDay, DutyDays(stores).move)
    service.command(duties.CancelDutyDay, DutyDays(stores).cancel)
    service.query(duties.ListDuties, shown.list)
    service.query(duties.ShowDutyWeek, shown.week)
    service.query(duties.SumDuties, shown.sum)


def wire_inspections(service: Service, stores: Stores, changes: Changes) -> None:
    """Note inspections that schools tell of, and take them back."""
    acts = InspectionCommands(stores, changes)
    service.command(inspections.NoteInspection, acts.note)
    service.command(inspections.TakeBackInspection, acts.take_back)
    service.query(inspections.ListInspections, InspectionQueries(stores).list)


def wire_own(service: Service, stores: Stores) -> None:
    """Show people their own dates."""
    own = OwnQueries(stores, stores.now)
    service.query(scheduling_own.ListOwnVisits, own.visits)
    service.query(scheduling_own.ListOwnAgreements, own.agreements)
    service.query(scheduling_own.ListOwnDuties, own.duties)


def wire_event_programmes(service: Service, stores: Stores, events: CohortEvents) -> None:
    """Enter and show what happens at events."""
    programmes = EventProgrammes(stores, events)
    service.command(event_programmes.DescribeCohortEvent, programmes.describe)
    service.query(event_programmes.ShowEventProgramme, programmes.show)


def wire_sessions(service: Service, stores: Stores, room: CourseRoom, events: CohortEvents) -> None:
    """Plan and publish courses, say who comes and who came, show."""
    asked, shown = SessionCommands(stores, room, events), SessionQueries(stores, stores.now)
    planning = SessionPlanning(stores, room)
    service.command(sessions.PlanSessions, planning.plan)
    service.command(sessions.SetSessions, planning.fix)
    service.command(sessions.PublishSessions, planning.publish)
    service.command(sessions.MoveSession, asked.move)
    service.command(sessions.CancelSession, asked.cancel)
    service.command(sessions.TickSessions, asked.tick)
    service.command(sessions.LimitCourse, planning.limit)
    service.command(sessions.RecordSession, asked.record)
    service.command(sessions.CatchUpSessions, asked.catch_up)
    service.command(sessions.EndCoursePlace, asked.leave)
    service.query(sessions.ListCourses, shown.list)
    service.query(ListProgrammeDates, ProgrammeDateQueries(stores).show)
    service.query(courses_listed.BrowseCourses, CourseListing(stores, stores.now).browse)
    service.query(sessions.ShowCourse, shown.show)
    service.query(sessions.ShowCoursePlace, shown.place)
    service.query(sessions.ListCoursesOpen, shown.open)
    service.query(sessions.ShowSession, shown.session)
    service.timer(PLACES, room.seat_all)
    service.timer(CLASHES, CourseDays(stores).look)
    service.batches("publish-sessions", room.publish_next)


def followed(handlers: Mapping[type[Any], Handler], stores: Stores, events: CohortEvents) -> dict[type[Any], Handler]:
    """These handlers of facts, each followed by what the fact means for duties, and for courses."""
    duties_of = DutyFacts(stores, DutyLayout(stores)).handlers()
    courses = SessionFacts(stores, events).handlers()
    found = {
        event: _both(_both(handler, duties_of.get(event)), courses.get(event)) for event, handler in handlers.items()
    }
    return {**courses, **found}


def _both(first: Handler, second: Handler | None) -> Handler:
    if second is None:
        return first
    following = second

    async def each(event: Any, work: UnitOfWork) -> None:
        await first(event, work)
        await following(event, work)

    return each

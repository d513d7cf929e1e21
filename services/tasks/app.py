"""Wires the service; nothing else does."""

from services.tasks.domain.calendar import Calendar
from services.tasks.domain.folding import STATES
from services.tasks.domain.happenings import TABLE
from services.tasks.handlers.cases import Cases
from services.tasks.handlers.commands import Commands
from services.tasks.handlers.people import People
from services.tasks.handlers.projection import Projection
from services.tasks.handlers.queries import Queries
from services.tasks.handlers.saving import MORNING
from services.tasks.handlers.standing import STATES as STANDING
from services.tasks.handlers.standing import Standing
from services.tasks.handlers.timers import LAYOUT, PEOPLE, Timers
from services.tasks.ports.stores import Stores
from services.tasks.settings import TasksSettings
from services.tasks.store.stores import mongo_stores, prepare
from shared.bank_holidays import loaded
from shared.bus import Service
from shared.commands import tasks as asks
from shared.events import (
    inspections,
    matching,
    parties,
    programmes,
    programmes_parts,
    rounds,
    scheduling,
    scheduling_dates,
)
from shared.settings import Settings, validated

__all__ = ["build"]


def build(
    settings: Settings | None = None, *, stores: Stores | None = None, calendar: Calendar | None = None
) -> Service:
    """Return the service, not yet connected. Tests hand in stores and a calendar of their own."""
    own = settings if isinstance(settings, TasksSettings) else None
    if own is None:
        own = TasksSettings(**settings.model_dump()) if settings else TasksSettings()
    service = Service("tasks", own)
    database = service.database
    service.on_start(lambda: prepare(database))
    stores = stores or mongo_stores(database)
    if calendar is None:
        calendar = Calendar(loaded(service.on_start, own.bank_holiday_division))
    cases = Cases(stores, calendar)
    projection(service, stores, cases)
    timers(service, Timers(stores, cases))
    requests(service, Commands(stores, cases, calendar), Queries(stores))
    return service


def projection(service: Service, stores: Stores, cases: Cases) -> None:
    """Take in what happened. One durable: what a thing is precedes what is done about it."""
    facts = Projection(stores, cases)
    people = People(stores, cases, facts)
    service.projection(
        "tasks-facts",
        {
            programmes_parts.ProgrammeOpened: facts.opened,
            **dict.fromkeys(STANDING, Standing(stores).changed),
            **dict.fromkeys(TABLE, facts.happened),
            **dict.fromkeys(STATES, facts.written),
            programmes_parts.RoleTaken: people.taken,
            programmes_parts.RoleLeft: people.left,
            programmes_parts.RelationDeclared: people.related,
            programmes_parts.RelationEnded: people.related,
            **dict.fromkeys((parties.PartyEnrolled, parties.PartyAmended, parties.PartyWithdrawn), people.party),
            parties.SchoolCategorised: people.categorised,
            programmes_parts.MomentReached: facts.moment,
            rounds.RoundClosed: facts.moment,
            rounds.RoundPublished: facts.moment,
            programmes.EnrolmentClosed: facts.moment,
            programmes_parts.EnrolmentClosed: facts.moment,
            matching.CohortFormed: facts.moment,
            matching.CohortRematched: facts.moment,
            programmes.SchoolClosed: facts.closed,
            programmes.SchoolFactsChanged: facts.closed,
            inspections.SchoolInspected: facts.inspected,
            scheduling.InvitationAnswered: facts.answered,
            scheduling_dates.DatesAnswered: facts.answered,
            programmes.PersonErased: facts.erased,
        },
    )


def timers(service: Service, reminders: Timers) -> None:
    """Lay tasks out in batches; each morning ask, remind and miss."""
    service.timer(MORNING, reminders.morning)
    service.timer(LAYOUT, reminders.layout)
    service.timer(PEOPLE, reminders.people)


def requests(service: Service, commands: Commands, queries: Queries) -> None:
    """Confirm, excuse, list and show."""
    service.command(asks.ConfirmTask, commands.confirm)
    service.command(asks.ExcuseTask, commands.excuse)
    service.command(asks.MarkPaid, commands.paid)
    service.query(asks.ListTasks, queries.list)
    service.query(asks.ShowTask, queries.show)


if __name__ == "__main__":
    build(validated(TasksSettings)).run()

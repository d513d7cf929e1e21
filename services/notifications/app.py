"""Wires the service; nothing else does."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from aiosmtplib import SMTP

from services.notifications import store
from services.notifications.adapters.other_services import BusServices
from services.notifications.adapters.randomness import SystemRandomness
from services.notifications.adapters.relay import Lifetime, RelayConnection
from services.notifications.domain.invitations import Mailbox
from services.notifications.handlers.commands import MailCommands
from services.notifications.handlers.events.answers import Answers
from services.notifications.handlers.events.cohort_events import CohortEvents
from services.notifications.handlers.events.cohorts import Cohorts
from services.notifications.handlers.events.dates import Dates
from services.notifications.handlers.events.reports import Reports
from services.notifications.handlers.events.visits import Visits
from services.notifications.handlers.projection.people import People
from services.notifications.handlers.projection.programmes import Programmes
from services.notifications.handlers.queries import MailQueries
from services.notifications.handlers.records import Records
from services.notifications.handlers.workers.delivery import DeliveryWorker, Envelopes
from services.notifications.handlers.workers.outcomes import OutcomePublisher
from services.notifications.handlers.workers.preparation import Preparation
from services.notifications.inbound.listener import Listener, listen
from services.notifications.inbound.receiving import Receiving
from services.notifications.inbound.receiving import Records as InboundRecords
from services.notifications.mail.builder import Builder, Office
from services.notifications.mail.render import Renderer
from services.notifications.mail.snapshot import Sources
from services.notifications.settings import NotificationsSettings
from services.notifications.store import Stores
from shared import telemetry
from shared.bus import Service
from shared.commands import notifications as commands
from shared.events import matching, people, programmes, reporting, scheduling, scheduling_dates
from shared.events.base import Event
from shared.settings import Settings, validated

_log = telemetry.logger("kindred.notifications")
Handler = Callable[..., Awaitable[None]]


def build(settings: Settings) -> Service:
    """Return the service, not yet connected."""
    own = settings if isinstance(settings, NotificationsSettings) else NotificationsSettings(**settings.model_dump())
    service = Service("notifications", own)
    database = service.database
    stores = Stores(database)
    records = Records(stores.programmes, stores.groups, stores.targets, stores.completions, stores.queue)
    _subscribe(service, stores, records)
    _offer(service, stores)
    _send(service, own, stores, records)
    if own.notifications_inbound_port:
        inbound = InboundRecords(
            stores.ledger, stores.targets, stores.contacts, stores.replies, stores.suppressions, stores.preferences,
            stores.triage,
        )  # fmt: skip
        receiving = Receiving(inbound, service.transact)
        listener = Listener(receiving, own.mail_from)
        host, port = own.notifications_inbound_host, own.notifications_inbound_port
        service.task("inbound", partial(listen, listener, host, port))
    service.on_start(partial(store.prepare, database))

    async def hold() -> None:
        await store.hold_after_restore(database, service.clock.now())

    service.on_start(hold)
    return service


def _subscribe(service: Service, stores: Stores, records: Records) -> None:
    enrolled = Programmes(stores.programmes)
    contacts = People(stores.contacts, stores.ledger, stores.suppressions, stores.preferences, stores.triage)
    cohorts, answers, reports = Cohorts(records), Answers(records), Reports(records)
    service.projection(
        "notifications",
        {
            people.ContactCard: contacts.card,
            people.ContactForgotten: contacts.forgotten,
            programmes.PersonErased: contacts.forgotten,
            programmes.ProgrammeOpened: enrolled.opened,
            programmes.SchoolEnrolled: enrolled.enrolled,
            programmes.EnrolmentAmended: enrolled.enrolled,
            programmes.SchoolWithdrawn: enrolled.withdrawn,
            programmes.PersonReplaced: enrolled.replaced,
            programmes.FacilitatorAppointed: enrolled.appointed,
            matching.CohortDrafted: cohorts.drafted,
            matching.CohortFormationFailed: cohorts.failed,
            matching.CohortFormed: cohorts.formed,
            matching.GroupFormed: cohorts.group_formed,
            matching.GroupChanged: cohorts.group_changed,
            **_scheduled(Visits(records), CohortEvents(records), answers),
            **_dated(Dates(records)),
            reporting.FindingsRequested: reports.findings_requested,
            reporting.ProjectFindingsSubmitted: reports.findings_submitted,
            reporting.ReportCompiled: reports.compiled,
            reporting.ReportFailed: reports.failed,
            reporting.ActionOverdue: reports.overdue,
            reporting.ActionUpdated: reports.action_updated,
        },
    )


def _scheduled(visits: Visits, events: CohortEvents, answers: Answers) -> dict[type[Event], Handler]:
    return {
        scheduling.CalendarDrafted: answers.calendar_drafted,
        scheduling.SchedulingFailed: answers.scheduling_failed,
        scheduling.CoordinatorAsked: answers.coordinator_asked,
        scheduling.InvitationAnswered: answers.answered,
        scheduling.InvitationReminderDue: answers.reminder_due,
        scheduling.VisitScheduled: visits.scheduled,
        scheduling.VisitMoved: visits.moved,
        scheduling.VisitChanged: visits.changed,
        scheduling.VisitCancelled: visits.cancelled,
        scheduling.VisitBriefWritten: visits.brief_written,
        scheduling.VisitBriefDue: visits.brief_due,
        scheduling.VisitDayEnded: visits.day_ended,
        scheduling.VisitHeld: visits.held,
        scheduling.CohortEventScheduled: events.scheduled,
        scheduling.CohortEventMoved: events.moved,
        scheduling.CohortEventChanged: events.changed,
        scheduling.CohortEventCancelled: events.cancelled,
        scheduling.CohortEventHeld: events.held,
    }


def _dated(dates: Dates) -> dict[type[Event], Handler]:
    return {
        scheduling_dates.DatesOffered: dates.offered,
        scheduling_dates.DatesRefused: dates.refused,
        scheduling_dates.DatesAgreed: dates.agreed,
        scheduling_dates.DatesWithdrawn: dates.agreed,
        scheduling_dates.CallOffered: dates.call_offered,
        scheduling_dates.CallBooked: dates.call,
        scheduling_dates.CallCancelled: dates.call,
    }


def _offer(service: Service, stores: Stores) -> None:
    asked = MailCommands(stores.ledger, stores.contacts, stores.switch, stores.suppressions, stores.preferences)
    known = MailQueries(stores.ledger, stores.switch, stores.triage)
    service.command(commands.ResendMail, asked.resend)
    service.command(commands.ResendFailed, asked.resend_failed)
    service.command(commands.PauseMail, asked.pause)
    service.command(commands.ChooseMails, asked.choose)
    service.query(commands.ListMails, known.mails)
    service.query(commands.ShowMail, known.mail)
    service.query(commands.ListTriage, known.triage)


def _send(service: Service, own: NotificationsSettings, stores: Stores, records: Records) -> None:
    randomness = SystemRandomness()
    office = Office(Mailbox(own.mail_from_name, own.mail_from), own.public_url, own.attach_up_to)
    builder = Builder(office, Renderer(), BusServices(lambda: service.client), randomness.secret)
    sources = Sources(
        stores.programmes, stores.groups, stores.targets, stores.completions, stores.contacts, stores.suppressions,
        stores.preferences, stores.ledger,
    )  # fmt: skip
    preparation = Preparation(stores.queue, sources, builder=builder, transact=service.transact, clock=service.clock)
    outcomes = OutcomePublisher(stores.queue, records, service.transact, own.bounce_digest_seconds)
    lifetime = Lifetime(own.smtp_mails_per_connection, own.smtp_connection_seconds, own.smtp_reply_seconds)

    async def work() -> None:
        if not own.smtp_host:
            _log.warning("no_relay", what="mails are held until KINDRED_SMTP_HOST names a relay")
            await asyncio.Event().wait()
        door = asyncio.Lock()
        lines = [RelayConnection(partial(_connection, own), lifetime, door) for _ in range(own.smtp_connections)]
        sending = DeliveryWorker(
            stores.queue, stores.switch, stores.suppressions, preparation=preparation, outcomes=outcomes, lines=lines,
            envelopes=Envelopes(own.mail_from), clock=service.clock, randomness=randomness,
        )  # fmt: skip
        await sending.run()

    service.task("mail-worker", work)


def _connection(own: NotificationsSettings) -> SMTP:
    password = own.smtp_password.get_secret_value() if own.smtp_password else None
    return SMTP(
        hostname=own.smtp_host, port=own.smtp_port, username=own.smtp_user, password=password,
        use_tls=own.smtp_tls == "tls", start_tls=own.smtp_tls == "starttls", local_hostname=own.mail_domain,
    )  # fmt: skip


if __name__ == "__main__":
    build(validated(NotificationsSettings)).run()

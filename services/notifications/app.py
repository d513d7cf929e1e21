"""Wires the service; nothing else does."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from aiosmtplib import SMTP

from services.notifications import store
from services.notifications.adapters.other_services import BusServices
from services.notifications.adapters.randomness import SystemRandomness
from services.notifications.adapters.relay import Lifetime, RelayConnection
from services.notifications.domain.invitations import Mailbox
from services.notifications.handlers.commands import MailCommands
from services.notifications.handlers.events.agreed import AgreedDays
from services.notifications.handlers.events.answers import Answers
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.events.cohort_events import CohortEvents
from services.notifications.handlers.events.cohorts import Cohorts
from services.notifications.handlers.events.courses import Courses
from services.notifications.handlers.events.dated import agreed, scheduled
from services.notifications.handlers.events.dated_words import DatedWords
from services.notifications.handlers.events.dates import Dates
from services.notifications.handlers.events.enquiries import Enquiries
from services.notifications.handlers.events.entries import Entries
from services.notifications.handlers.events.ignored import IgnoredReplies
from services.notifications.handlers.events.own_words import OwnWords
from services.notifications.handlers.events.pairs import PairNews
from services.notifications.handlers.events.placements import PlacementNews
from services.notifications.handlers.events.places import Places
from services.notifications.handlers.events.polls import Polls
from services.notifications.handlers.events.reports import Reports
from services.notifications.handlers.events.sign_in import SignIns
from services.notifications.handlers.events.standing import Standing
from services.notifications.handlers.events.tasks import Tasks
from services.notifications.handlers.events.template_reports import TemplateReports
from services.notifications.handlers.events.visits import Visits
from services.notifications.handlers.held import Holds
from services.notifications.handlers.previews.previews import Previews
from services.notifications.handlers.projection.people import People
from services.notifications.handlers.projection.programmes import Programmes
from services.notifications.handlers.queries import MailQueries
from services.notifications.handlers.records import Records
from services.notifications.handlers.workers.announcements import Announcer
from services.notifications.handlers.workers.delivery import Delivery, Envelopes
from services.notifications.handlers.workers.delivery_worker import DeliveryWorker
from services.notifications.handlers.workers.outcomes import OutcomePublisher
from services.notifications.handlers.workers.preparation import Preparation
from services.notifications.handlers.workers.relay_watch import RelayWatch
from services.notifications.inbound.answering import Answering
from services.notifications.inbound.certificate import Certificate
from services.notifications.inbound.listener import Listener, listen
from services.notifications.inbound.receiving import Receiving
from services.notifications.inbound.records import Records as InboundRecords
from services.notifications.inbound.worklist import Worklist
from services.notifications.mail.builder import Builder, Office
from services.notifications.mail.render import Renderer
from services.notifications.mail.snapshot import Sources
from services.notifications.ports import Relay, Transact
from services.notifications.ports.outside import Outside
from services.notifications.ports.stores import Stores
from services.notifications.settings import NotificationsSettings
from shared import telemetry
from shared.bus import Service
from shared.commands import notifications as commands
from shared.commands import notifications_held as held_commands
from shared.commands import notifications_replies as incoming
from shared.events import (
    forms,
    matching,
    pairs,
    people,
    placements,
    programmes,
    programmes_parts,
    reporting,
    reports,
    rounds,
    scheduling,
    tasks,
)
from shared.events.base import Event
from shared.events.enquiries import EnquiryErased, EnquiryReceived
from shared.events.sign_in import SignInAsked, SignInLocked
from shared.roster import RosterProjection
from shared.settings import Settings, validated

_log = telemetry.logger("kindred.notifications")
Handler = Callable[..., Awaitable[None]]
Handlers = dict[type[Event], Handler]


@dataclass(frozen=True)
class Sender:
    """The parts of the mail worker: they write mails, hand them over and publish what became of them."""

    builder: Builder
    delivery: Delivery
    outcomes: OutcomePublisher
    watch: RelayWatch


def build(settings: Settings, *, stores: Stores | None = None, outside: Outside | None = None) -> Service:
    """Return the service, not yet connected. Tests pass fakes as ``stores`` and ``outside``."""
    own = settings if isinstance(settings, NotificationsSettings) else NotificationsSettings(**settings.model_dump())
    service = Service("notifications", own)
    stores, outside = stores or store.mongo_stores(service.database), outside or _outside(service, own)
    parts = sender(own, stores, outside)
    _subscribe(service, stores)
    _offer(service, stores)
    _hold(service, Holds(stores.held, Sources.of(stores), outside.clock), outside.transact)
    _send(service, own, parts, outside.relay)
    Previews(stores, outside.services, parts.builder, outside.clock.now).answer(service)
    _listen(service, own, stores)
    signing = SignIns(Records.of(stores))
    service.subscribe(SignInAsked, "notifications-sign-in-asked", signing.asked)
    service.subscribe(SignInLocked, "notifications-sign-in-locked", signing.locked)
    asked = Enquiries(Records.of(stores), stores.ledger)
    service.subscribe(EnquiryReceived, "notifications-enquiry-received", asked.received)
    service.subscribe(EnquiryErased, "notifications-enquiry-erased", asked.erased)
    service.task("announcer", Announcer(stores, outside.services, outside.transact, outside.clock).run)
    service.on_start(partial(store.prepare, service.database))
    return service


def sender(own: NotificationsSettings, stores: Stores, outside: Outside) -> Sender:
    """Return the parts of the mail worker."""
    office = Office(Mailbox(own.mail_from_name, own.mail_from), own.public_url, own.attach_up_to)
    builder = Builder(office, Renderer(), outside.services)
    preparation = Preparation(
        stores.queue, Sources.of(stores), builder=builder, transact=outside.transact, clock=outside.clock
    )
    watch = RelayWatch(f"{own.smtp_host}:{own.smtp_port}", outside.seconds)
    delivery = Delivery(
        stores.queue, stores.switch, stores.suppressions, preparation=preparation, watch=watch,
        envelopes=Envelopes(own.mail_from), clock=outside.clock, randomness=outside.randomness,
    )  # fmt: skip
    outcomes = OutcomePublisher(stores.queue, Records.of(stores), outside.transact, own.bounce_digest_seconds)
    return Sender(builder, delivery, outcomes, watch)


def _outside(service: Service, own: NotificationsSettings) -> Outside:
    lifetime = Lifetime(own.smtp_mails_per_connection, own.smtp_connection_seconds, own.smtp_reply_seconds)
    return Outside(
        BusServices(lambda: service.client), SystemRandomness(),
        partial(RelayConnection, partial(_connection, own), lifetime), service.transact, service.clock, time.monotonic,
    )  # fmt: skip


def _subscribe(service: Service, stores: Stores) -> None:
    records = Records.of(stores)
    enrolled = Programmes(stores.programmes, stores.programmes, records.renew)
    contacts = People(
        stores.contacts, stores.ledger, stores.suppressions, stores.preferences,
        triage=stores.triage, aliases=stores.aliases, roster=stores.roster,
    )  # fmt: skip
    words = DatedWords(records, Cases(stores), OwnWords(records, Cases(stores)))
    cohorts, answers, earlier = Cohorts(records), Answers(records), Reports(records)
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
            **_of_templates(stores, records, enrolled, words),
            scheduling.CalendarReplyIgnored: IgnoredReplies(records, stores.triage, stores.contacts).ignored,
            **scheduled(Visits(records, words), CohortEvents(records, words), answers),
            **agreed(Dates(records)),
            reporting.FindingsRequested: earlier.findings_requested,
            reporting.ProjectFindingsSubmitted: earlier.findings_submitted,
            reporting.ReportCompiled: earlier.compiled,
            reporting.ReportFailed: earlier.failed,
            reporting.ActionOverdue: earlier.overdue,
            reporting.ActionUpdated: earlier.action_updated,
        },
    )


def _of_templates(stores: Stores, records: Records, enrolled: Programmes, words: DatedWords) -> Handlers:
    """Programmes in the language of templates: what is kept of them, and mails in words from their template."""
    cases = Cases(stores)
    own = OwnWords(records, cases)
    places, paired = Places(records, stores.entries, cases), PairNews(records, stores.pairs, cases, own)
    placed = PlacementNews(records, stores.placements, cases, own, targets=stores.targets)
    owed, written = Tasks(records, stores.tasks, cases, own), Entries(records, stores.entries, cases, own)
    days, roster = AgreedDays(records, cases, stores, words), RosterProjection(stores.roster)
    return {
        **days.handlers(),
        **Courses(records, cases, own).handlers(),
        **Polls(records, cases).handlers(),
        **Standing(records, stores.programmes, stores.targets, stores.roster).handlers(),
        programmes_parts.ProgrammeOpened: enrolled.opened_whole,
        programmes_parts.SchoolEnrolled: enrolled.enrolled_in_parts,
        programmes_parts.EnrolmentAmended: enrolled.enrolled_in_parts,
        programmes_parts.SchoolWithdrawn: enrolled.withdrawn,
        programmes_parts.MomentReached: own.moment,
        **roster.handlers(),
        **written.handlers(roster.taken),
        rounds.PlaceOffered: places.offered,
        **dict.fromkeys((rounds.PlaceOfferAccepted, rounds.PlaceOfferPassed), places.settled),
        rounds.RoundClosed: placed.closed,
        pairs.PairFormed: paired.formed,
        pairs.PairEnded: paired.ended,
        placements.PersonPlaced: placed.placed,
        placements.PlacementEnded: placed.ended,
        forms.FormSubmitted: days.pack_after(written.submitted),
        **_made(TemplateReports(records, cases, own)),
        tasks.TaskAsked: owed.asked,
        tasks.TaskReopened: owed.reopened,
        tasks.TaskReminded: owed.reminded,
        tasks.TaskMissed: owed.missed,
        **dict.fromkeys((tasks.TaskDone, tasks.TaskExcused), owed.closed),
    }


def _made(made: TemplateReports) -> Handlers:
    return {
        reports.ReportCompiled: made.compiled,
        reports.ReportReleased: made.released,
        reports.ReportFailed: made.failed,
    }


def _offer(service: Service, stores: Stores) -> None:
    asked = MailCommands(stores.ledger, stores.contacts, stores.switch, stores.suppressions, stores.preferences)
    known = MailQueries(stores.ledger, stores.held, stores.switch, stores.triage)
    service.command(commands.ResendMail, asked.resend)
    service.command(commands.ResendFailed, asked.resend_failed)
    service.command(commands.PauseMail, asked.pause)
    service.command(commands.ChooseMails, asked.choose)
    service.query(commands.ListMails, known.mails)
    service.query(commands.ShowMail, known.mail)
    service.query(commands.ListTriage, known.triage)
    inbound = InboundRecords.of(stores)
    worklist = Worklist(inbound, Answering(inbound, ""))
    service.query(incoming.ListReplies, worklist.listed)
    service.query(incoming.ShowReply, worklist.show)
    service.command(incoming.PlaceReply, worklist.place)
    service.command(incoming.CloseReply, worklist.close)


def _hold(service: Service, holds: Holds, transact: Transact) -> None:
    async def issue_links() -> None:
        while True:
            if not await transact(holds.issue_links):
                await asyncio.sleep(1.0)

    service.on_restored(holds.hold)
    service.task("links-of-held-mails", issue_links)
    service.command(held_commands.ReleaseHeld, holds.release)
    service.command(held_commands.DropHeld, holds.drop)
    service.note(holds.notes)


def _send(service: Service, own: NotificationsSettings, parts: Sender, relay: Callable[[], Relay]) -> None:
    async def work() -> None:
        if not own.smtp_host:
            _log.warning("no_relay", what="mails are held until KINDRED_SMTP_HOST names a relay")
            await asyncio.Event().wait()
        relays = [relay() for _ in range(own.smtp_connections)]
        await DeliveryWorker(parts.delivery, parts.outcomes, relays, prober=relay()).run()

    service.task("mail-worker", work)
    service.check(parts.watch.problems)


def _listen(service: Service, own: NotificationsSettings, stores: Stores) -> None:
    if not own.notifications_inbound_port:
        return
    records = InboundRecords.of(stores)
    receiving = Receiving(records, service.transact, own.trusted_authserv, mailbox=own.mail_from)
    listener = Listener(receiving, own.mail_from)
    host, port = own.notifications_inbound_host, own.notifications_inbound_port
    tls = Certificate.of(own.notifications_inbound_cert, own.notifications_inbound_key)
    service.task("inbound", partial(listen, listener, host, port, tls))


def _connection(own: NotificationsSettings) -> SMTP:
    password = own.smtp_password.get_secret_value() if own.smtp_password else None
    return SMTP(
        hostname=own.smtp_host, port=own.smtp_port, username=own.smtp_user, password=password,
        use_tls=own.smtp_tls == "tls", start_tls=own.smtp_tls == "starttls", local_hostname=own.mail_domain,
    )  # fmt: skip


if __name__ == "__main__":
    build(validated(NotificationsSettings)).run()

"""Wires the portal: what it hears and answers, and the pages it serves."""

import secrets

from services.portal.gateways.owners import BusOwners
from services.portal.handlers.commands import LinkCommands, LinkOpenings
from services.portal.handlers.projection.dates import DateProjection
from services.portal.handlers.projection.enrolments import EnrolmentProjection
from services.portal.handlers.projection.forms import FormProjection
from services.portal.handlers.projection.links import LinkProjection
from services.portal.handlers.projection.meetings import MeetingProjection
from services.portal.pages.application import application
from services.portal.pages.portal import Portal
from services.portal.pages.rendering import Renderer
from services.portal.pages.server import serve
from services.portal.settings import PortalSettings
from services.portal.store.models import MongoModels, prepare, signing_key
from services.portal.store.read_models import MongoKnown
from shared.bus import Service
from shared.commands.portal import RevokeLinks
from shared.events.matching import GroupChanged, GroupFormed
from shared.events.notifications import LinkIssued
from shared.events.people import ContactCard, ContactForgotten
from shared.events.programmes import (
    EnrolmentAmended,
    FacilitatorAppointed,
    PersonErased,
    PersonReplaced,
    ProgrammeOpened,
    SchoolEnrolled,
    SchoolWithdrawn,
)
from shared.events.reporting import (
    AppraisalSubmitted,
    FindingsRequested,
    ProjectFindingsSubmitted,
    ReportCompiled,
    TakeHomeRecorded,
)
from shared.events.scheduling import (
    CohortEventCancelled,
    CohortEventChanged,
    CohortEventHeld,
    CohortEventMoved,
    CohortEventScheduled,
    InvitationAnswered,
    VisitBriefWritten,
    VisitCancelled,
    VisitChanged,
    VisitHeld,
    VisitMoved,
    VisitScheduled,
)
from shared.events.scheduling_dates import (
    CallBooked,
    CallCancelled,
    CallOffered,
    DatesAgreed,
    DatesAnswered,
    DatesOffered,
    DatesRefused,
    DatesWithdrawn,
)
from shared.settings import Settings, validated


def build(settings: Settings) -> Service:
    """Return the service, not yet connected."""
    own = settings if isinstance(settings, PortalSettings) else PortalSettings(**settings.model_dump())
    service = Service("portal", own)
    models = MongoModels(service.database)
    project(service, models)
    service.command(RevokeLinks, LinkCommands(models).revoke)
    service.on_start(lambda: prepare(service.database))

    async def pages() -> None:
        given = own.portal_secret
        key = given.get_secret_value() if given else await signing_key(service.database, secrets.token_hex(32))
        portal = Portal(
            known=MongoKnown(service.database),
            owners=BusOwners(service),
            openings=LinkOpenings(service, models),
            time=service.clock,
            key=key.encode(),
            settings=own,
            renderer=Renderer(own.support_email),
        )
        await serve(application(portal), own.portal_host, own.portal_port)

    service.task("pages", pages)
    return service


def project(service: Service, models: MongoModels) -> None:
    """Say which fact changes which read model. One durable: what a link is about precedes it."""
    enrolments, visits, forms = EnrolmentProjection(models), MeetingProjection(models), FormProjection(models)
    dates, links = DateProjection(models), LinkProjection(models)
    service.projection(
        "portal-projection",
        {
            ProgrammeOpened: enrolments.opened,
            SchoolEnrolled: enrolments.enrolled,
            EnrolmentAmended: enrolments.enrolled,
            PersonReplaced: enrolments.replaced,
            SchoolWithdrawn: enrolments.withdrawn,
            FacilitatorAppointed: enrolments.appointed,
            GroupFormed: enrolments.formed,
            GroupChanged: enrolments.changed,
            **dict.fromkeys((VisitScheduled, VisitMoved, VisitChanged, VisitCancelled), visits.visit),
            VisitBriefWritten: visits.brief_written,
            VisitHeld: visits.visit_held,
            **dict.fromkeys(
                (CohortEventScheduled, CohortEventMoved, CohortEventChanged, CohortEventCancelled), visits.cohort_event
            ),
            CohortEventHeld: visits.cohort_event_held,
            InvitationAnswered: visits.answered,
            DatesOffered: dates.offered,
            DatesAnswered: dates.answered,
            DatesRefused: dates.refused,
            **dict.fromkeys((DatesAgreed, DatesWithdrawn), dates.agreed),
            CallOffered: dates.call_offered,
            **dict.fromkeys((CallBooked, CallCancelled), dates.call),
            FindingsRequested: forms.asked,
            ProjectFindingsSubmitted: forms.findings,
            AppraisalSubmitted: forms.appraisal,
            TakeHomeRecorded: forms.take_home,
            ReportCompiled: forms.compiled,
            LinkIssued: links.issued,
            PersonErased: links.erased,
            ContactCard: links.named,
            ContactForgotten: links.forgotten,
        },
    )


if __name__ == "__main__":
    build(validated(PortalSettings)).run()

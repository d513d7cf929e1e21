"""Wires the portal's read models: which event changes which, for `app.py`."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, get_args

from services.portal.handlers.ending import Endings
from services.portal.handlers.projection.accounts import AccountProjection
from services.portal.handlers.projection.dates import DateProjection, VisitEvent
from services.portal.handlers.projection.enrolments import EnrolmentProjection
from services.portal.handlers.projection.entries import EntryProjection
from services.portal.handlers.projection.forms import FormProjection
from services.portal.handlers.projection.happened import ANSWERED, KINDS, HappenedProjection
from services.portal.handlers.projection.links import LinkProjection
from services.portal.handlers.projection.meetings import MeetingProjection
from services.portal.handlers.projection.places import PlaceProjection
from services.portal.handlers.projection.tasks import TaskProjection
from services.portal.ports.models import Models
from services.portal.ports.stores import Stores
from shared.bus import Service
from shared.events import forms, pairs, placements, programme_states, programmes_parts, reports, rounds, tasks
from shared.events import links as events_of_links
from shared.events import scheduling as told
from shared.events.either import in_both
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
from shared.events.scheduling import InvitationAnswered, VisitBriefWritten
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
from shared.roster import Roster, RosterProjection

Handlers = dict[type[Any], Callable[..., Awaitable[None]]]


def project(service: Service, stores: Stores) -> None:
    """Say which event changes which read model. One durable: what a link is about precedes it."""
    models, endings = stores.models, Endings(stores.sign_in, stores.tokens, stores.feeds)
    written, links = FormProjection(models, stores.forms), LinkProjection(models, stores.erasure, endings)
    facts: Handlers = {
        **enrolments(EnrolmentProjection(models)),
        **meetings(MeetingProjection(models)),
        **dates(DateProjection(models)),
        **of_templates(models, stores.read.roster),
        FindingsRequested: written.asked,
        ProjectFindingsSubmitted: written.findings,
        AppraisalSubmitted: written.appraisal,
        TakeHomeRecorded: written.take_home,
        ReportCompiled: written.compiled,
        reports.ReportCompiled: written.elsewhere,
        LinkIssued: links.issued,
        events_of_links.LinkIssued: links.issued,
        PersonErased: links.erased,
        ContactCard: links.named,
        ContactForgotten: links.forgotten,
    }
    service.projection("portal-projection", noted(facts, HappenedProjection(models)))
    accounts = AccountProjection(models, stores.erasure, endings)
    service.projection(
        "portal-accounts", {ContactCard: accounts.known, ContactForgotten: accounts.forgotten}
    )  # fmt: skip


def noted(handlers: Handlers, happened: HappenedProjection) -> Handlers:
    """The same handlers; what home tells of is noted besides."""
    return {
        event: partial(_both, handler, happened.note) if event.__name__ in {*KINDS, ANSWERED} else handler
        for event, handler in handlers.items()
    }


async def _both(first: Callable[..., Awaitable[None]], then: Callable[..., Awaitable[None]], *given: Any) -> None:
    await first(*given)
    await then(*given)


def of_templates(models: Models, roster: Roster) -> Handlers:
    """Programmes whose template says everything: their people, entries, tasks and places."""
    enrolled, entries, places = EnrolmentProjection(models), EntryProjection(models), PlaceProjection(models)
    written = (
        forms.FormSubmitted, forms.ChangesAsked, forms.FormAgreed, forms.FormReleased, forms.EntryWithdrawn,
    )  # fmt: skip
    owed = (
        tasks.TaskAsked, tasks.TaskReminded, tasks.TaskMissed, tasks.TaskReopened, tasks.TaskDone, tasks.TaskExcused,
    )  # fmt: skip
    stands = (
        programme_states.ProgrammePostponed, programme_states.ProgrammeResumed, programme_states.ProgrammeCompleted,
        programme_states.ProgrammeArchived,
    )  # fmt: skip
    return {
        programmes_parts.ProgrammeOpened: enrolled.opened_whole,
        **dict.fromkeys(stands, enrolled.standing),
        programmes_parts.SchoolEnrolled: enrolled.enrolled,
        programmes_parts.EnrolmentAmended: enrolled.enrolled,
        programmes_parts.SchoolWithdrawn: enrolled.withdrawn,
        **RosterProjection(roster).handlers(),
        **dict.fromkeys(written, entries.changed),
        **dict.fromkeys(owed, TaskProjection(models).changed),
        **dict.fromkeys((pairs.PairFormed, pairs.PairEnded), places.paired),
        **dict.fromkeys((placements.PersonPlaced, placements.PlacementEnded), places.placed),
        **dict.fromkeys((rounds.PlaceOffered, rounds.PlaceOfferAccepted, rounds.PlaceOfferPassed), places.offered),
    }


def enrolments(projection: EnrolmentProjection) -> Handlers:
    """Programmes, schools and groups."""
    return {
        ProgrammeOpened: projection.opened,
        SchoolEnrolled: projection.enrolled,
        EnrolmentAmended: projection.enrolled,
        PersonReplaced: projection.replaced,
        SchoolWithdrawn: projection.withdrawn,
        FacilitatorAppointed: projection.appointed,
        GroupFormed: projection.formed,
        GroupChanged: projection.changed,
    }


def meetings(projection: MeetingProjection) -> Handlers:
    """Visits, cohort events and answers to them."""
    visits = (told.VisitScheduled, told.VisitMoved, told.VisitChanged, told.VisitCancelled)
    events = (
        *(told.CohortEventScheduled, told.CohortEventMoved),
        *(told.CohortEventChanged, told.CohortEventCancelled),
    )
    return {
        **in_both(
            {
                **dict.fromkeys(visits, projection.visit),
                **dict.fromkeys(events, projection.cohort_event),
                told.VisitHeld: projection.visit_held,
                told.CohortEventHeld: projection.cohort_event_held,
            }
        ),
        VisitBriefWritten: projection.brief_written,
        InvitationAnswered: projection.answered,
    }


def dates(projection: DateProjection) -> Handlers:
    """Days that people agree, and calls."""
    return {
        DatesOffered: projection.offered,
        DatesAnswered: projection.answered,
        DatesRefused: projection.refused,
        **dict.fromkeys((DatesAgreed, DatesWithdrawn), projection.agreed),
        **dict.fromkeys(get_args(VisitEvent), projection.visit),
        CallOffered: projection.call_offered,
        **dict.fromkeys((CallBooked, CallCancelled), projection.call),
    }

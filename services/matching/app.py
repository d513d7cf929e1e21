"""Wires the service; nothing else does."""

from services.matching.engine.effort import Effort
from services.matching.handlers.commands.drafts import DraftCommands
from services.matching.handlers.commands.pins import PinCommands
from services.matching.handlers.commands.publishing import PublishCommands
from services.matching.handlers.commands.rounds import RoundCommands
from services.matching.handlers.events import Events
from services.matching.handlers.projection import Projection
from services.matching.handlers.queries.cohorts import CohortQueries
from services.matching.handlers.queries.reasons import ReasonQueries
from services.matching.handlers.queries.rounds import RoundQueries
from services.matching.handlers.queries.what_if import WhatIfQueries
from services.matching.handlers.round_projection import RoundProjection
from services.matching.handlers.rounds import OFFER, RoundLoader
from services.matching.handlers.workers.drafts import DraftWorker
from services.matching.handlers.workers.groups import GroupPublisher
from services.matching.handlers.workers.placements import PlacementPublisher, RoundWorker
from services.matching.ports.stores import Stores
from services.matching.settings import MatchingSettings
from services.matching.store import MongoStores, create_indexes
from shared.bus import Service
from shared.commands import matching as commands
from shared.commands import rounds
from shared.events import forms, programmes_parts
from shared.events.matching import MatchingStarted
from shared.events.programmes import (
    EnrolmentAmended,
    EnrolmentClosed,
    EnrolmentReopened,
    PersonReplaced,
    ProgrammeOpened,
    SchoolClosed,
    SchoolEnrolled,
    SchoolFactsChanged,
    SchoolWithdrawn,
)
from shared.events.rounds import RoundClosed
from shared.events.scheduling import VisitHeld
from shared.roster import RosterProjection
from shared.settings import Settings, validated

__all__ = ["build"]


def build(settings: Settings, *, stores: Stores | None = None) -> Service:
    """The service, not yet connected. Tests hand in what it keeps."""
    own = settings if isinstance(settings, MatchingSettings) else MatchingSettings(**settings.model_dump())
    service = Service("matching", own)
    service.on_start(lambda: create_indexes(service.database))
    stores = stores or MongoStores.of(service.database)
    publisher = GroupPublisher(stores)
    publishing = PublishCommands(stores, publisher)
    effort = Effort(steps=own.matching_steps, ceiling=own.matching_ceiling_seconds)
    _subscribe(service, stores, DraftWorker(stores, effort, service.transact, publishing.publish))
    _command(service, stores, publishing)
    _query(service, stores)
    service.batches("tell-groups", publisher.publish_next)
    _rounds(service, stores)
    return service


def _subscribe(service: Service, stores: Stores, drafts: DraftWorker) -> None:
    events, projection = Events(stores), Projection(stores)
    placing = RoundProjection(stores.rounds, RoundLoader(stores.rounds))
    service.projection(
        "matching-projection",
        {
            ProgrammeOpened: projection.programme_opened,
            EnrolmentReopened: projection.enrolment_reopened,
            SchoolEnrolled: projection.school_enrolled,
            EnrolmentAmended: projection.school_enrolled,
            PersonReplaced: projection.person_replaced,
            SchoolWithdrawn: events.school_withdrawn,  # in order with what enrolled the school
            SchoolFactsChanged: events.school_facts_changed,
            SchoolClosed: events.school_closed,
            VisitHeld: projection.visit_held,
            **RosterProjection(stores.rounds.roster).handlers(),
            programmes_parts.ProgrammeOpened: placing.opened,
            programmes_parts.SchoolEnrolled: placing.enrolled,
            programmes_parts.EnrolmentAmended: placing.enrolled,
            programmes_parts.SchoolWithdrawn: placing.withdrawn,
            programmes_parts.RoleLeft: placing.role_left,
            programmes_parts.MomentReached: placing.moment,
            forms.FormAgreed: placing.agreed,
            forms.EntryWithdrawn: placing.entry_withdrawn,
        },
    )
    told = projection.people_told
    service.projection("matching-people", {SchoolEnrolled: told, EnrolmentAmended: told, PersonReplaced: told})
    service.subscribe(EnrolmentClosed, "matching-enrolment-closed", events.enrolment_closed)
    service.worker(MatchingStarted, "matching-draft", drafts.matching_started)


def _command(service: Service, stores: Stores, publishing: PublishCommands) -> None:
    drafts, pins = DraftCommands(stores), PinCommands(stores)
    service.command(commands.PublishCohort, publishing.publish)
    service.command(commands.RematchCohort, drafts.rematch)
    service.command(commands.ChooseRematch, drafts.choose)
    service.command(commands.CancelMatching, drafts.cancel)
    service.command(commands.PinSchools, pins.pin)


def _query(service: Service, stores: Stores) -> None:
    cohorts, reasons, what_if = CohortQueries(stores), ReasonQueries(stores), WhatIfQueries(stores)
    service.query(commands.ListCohorts, cohorts.cohorts)
    service.query(commands.ShowCohort, cohorts.cohort)
    service.query(commands.ShowCurve, cohorts.curve)
    service.query(commands.WhyGroup, reasons.why_group)
    service.query(commands.WhyNot, reasons.why_not)
    service.query(commands.WhatIf, what_if.what_if)


def _rounds(service: Service, stores: Stores) -> None:
    """Rounds in which people are placed to things."""
    loader, publisher = RoundLoader(stores.rounds), PlacementPublisher(stores.rounds)
    answered, worker = RoundCommands(stores.rounds, loader, publisher), RoundWorker(loader)
    service.worker(RoundClosed, "matching-draft-round", worker.closed)
    service.slow_command(rounds.DraftRound, worker.draft)
    service.command(rounds.PinPlacement, answered.pin)
    service.command(rounds.ForbidPlacement, answered.forbid)
    service.command(rounds.FreePlacement, answered.free)
    service.command(rounds.PickThing, answered.pick)
    service.command(rounds.PublishRound, answered.publish)
    service.command(rounds.WithdrawPlacement, answered.withdraw)
    service.command(rounds.AcceptOffer, answered.accept)
    service.command(rounds.DeclineOffer, answered.decline)
    service.query(rounds.ShowRound, RoundQueries(loader).show)
    service.timer(OFFER, answered.silent)
    service.batches("tell-placements", publisher.publish_next)


if __name__ == "__main__":
    build(validated(MatchingSettings)).run()

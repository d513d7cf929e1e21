"""Wires the service; nothing else does."""

from collections.abc import Awaitable, Callable
from typing import Any

from services.matching.engine.effort import Effort
from services.matching.handlers.commands.drafts import DraftCommands
from services.matching.handlers.commands.pairs import PairCommands
from services.matching.handlers.commands.pins import PinCommands
from services.matching.handlers.commands.publishing import PublishCommands
from services.matching.handlers.commands.rounds import RoundCommands
from services.matching.handlers.events import Events
from services.matching.handlers.grouping import Grouping
from services.matching.handlers.pair_projection import PairProjection
from services.matching.handlers.pairs import PairLoader
from services.matching.handlers.projection import Projection
from services.matching.handlers.queries.cohorts import CohortQueries
from services.matching.handlers.queries.pairs import PairQueries
from services.matching.handlers.queries.pins import PinQueries
from services.matching.handlers.queries.reasons import ReasonQueries
from services.matching.handlers.queries.rounds import RoundQueries
from services.matching.handlers.queries.what_if import WhatIfQueries
from services.matching.handlers.round_projection import RoundProjection
from services.matching.handlers.rounds import OFFER, RoundLoader
from services.matching.handlers.workers.drafts import DraftWorker
from services.matching.handlers.workers.groups import GroupPublisher
from services.matching.handlers.workers.pairs import PairPublisher, PairWorker, RoundDrafting
from services.matching.handlers.workers.placements import PlacementPublisher, RoundWorker
from services.matching.ports.stores import Stores
from services.matching.settings import MatchingSettings
from services.matching.store import MongoStores, create_indexes
from shared.bank_holidays import loaded
from shared.bus import Service, UnitOfWork
from shared.clock import Clock
from shared.commands import matching as commands
from shared.commands import pairs, rounds
from shared.commands.sharing import ShowSharing
from shared.events import forms, programmes_parts, scheduling_parts
from shared.events.base import Event
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
from shared.working_days import IsHoliday

__all__ = ["build"]

Handler = Callable[[Any, UnitOfWork], Awaitable[None]]
Handlers = dict[type[Any], Handler]


def build(
    settings: Settings, *, stores: Stores | None = None, clock: Clock | None = None, is_holiday: IsHoliday | None = None
) -> Service:
    """The service, not yet connected. Tests hand in what it keeps, the time, and the bank holidays."""
    own = settings if isinstance(settings, MatchingSettings) else MatchingSettings(**settings.model_dump())
    service = Service("matching", own)
    service.on_start(lambda: create_indexes(service.database))
    stores = stores or MongoStores.of(service.database)
    publisher = GroupPublisher(stores)
    publishing = PublishCommands(stores, publisher)
    effort = Effort(steps=own.matching_steps, ceiling=own.matching_ceiling_seconds)
    loader = RoundLoader(stores.rounds, is_holiday or loaded(service.on_start, own.bank_holiday_division))
    _subscribe(service, stores, DraftWorker(stores, effort, service.transact, publishing.publish), loader)
    _command(service, stores, publishing)
    _query(service, stores)
    service.batches("tell-groups", publisher.publish_next)
    _rounds(service, stores, loader, clock or service.clock)
    return service


def _subscribe(service: Service, stores: Stores, drafts: DraftWorker, loader: RoundLoader) -> None:
    events, projection = Events(stores), Projection(stores)
    pairing = PairProjection(stores.rounds, PairLoader(stores.rounds))
    placing, grouping = RoundProjection(stores.rounds, loader), Grouping(stores)
    roster = RosterProjection(stores.rounds.roster)
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
            scheduling_parts.VisitHeld: projection.visit_held,
            **roster.handlers(),
            programmes_parts.ProgrammeOpened: _each(placing.opened, grouping.opened),
            programmes_parts.EnrolmentReopened: grouping.reopened,
            programmes_parts.SchoolEnrolled: _each(placing.enrolled, grouping.enrolled),
            programmes_parts.EnrolmentAmended: _each(placing.enrolled, grouping.enrolled),
            programmes_parts.SchoolWithdrawn: _each(placing.withdrawn, grouping.withdrawn, pairing.withdrawn),
            programmes_parts.RoleTaken: _each(roster.taken, grouping.people_changed),
            programmes_parts.RoleLeft: _each(placing.role_left, grouping.people_changed, pairing.role_left),
            programmes_parts.MomentReached: _each(placing.moment, pairing.moment),
            **placing.states(),
            forms.FormAgreed: _each(placing.agreed, pairing.agreed),
            forms.EntryWithdrawn: placing.entry_withdrawn,
        },
    )
    told, rostered = projection.people_told, grouping.known_by_roster
    people: Handlers = {SchoolEnrolled: told, EnrolmentAmended: told, PersonReplaced: told}
    people |= {programmes_parts.SchoolEnrolled: rostered, programmes_parts.EnrolmentAmended: rostered}
    service.projection("matching-people", people)
    closed: Handlers = {EnrolmentClosed: events.enrolment_closed, programmes_parts.EnrolmentClosed: grouping.closed}
    service.projection("matching-enrolment-closed", closed)
    service.worker(MatchingStarted, "matching-draft", drafts.matching_started)


def _each(*handlers: Handler) -> Handler:
    """One handler after the other, in one transaction."""

    async def handle(event: Event, work: UnitOfWork) -> None:
        for handler in handlers:
            await handler(event, work)

    return handle


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
    service.query(ShowSharing, reasons.sharing)
    service.query(commands.WhatIf, what_if.what_if)
    service.query(commands.ListPins, PinQueries(stores).pins)


def _rounds(service: Service, stores: Stores, loader: RoundLoader, clock: Clock) -> None:
    """Rounds in which people are placed to things, and those in which they are brought together."""
    publisher = PlacementPublisher(stores.rounds)
    answered = RoundCommands(stores.rounds, loader, publisher)
    together, told = PairLoader(stores.rounds), PairPublisher(stores.rounds)
    brought = PairCommands(stores.rounds, together, told, answered)
    drafting = RoundDrafting(RoundWorker(loader), PairWorker(together, clock), together)
    service.worker(RoundClosed, "matching-draft-round", drafting.closed)
    service.slow_command(rounds.DraftRound, drafting.draft)
    service.command(rounds.PublishRound, brought.publish)
    service.command(pairs.PairPeople, brought.together)
    service.command(pairs.KeepApart, brought.apart)
    service.command(pairs.FreePeople, brought.free)
    service.command(pairs.EndPair, brought.end)
    service.query(pairs.ShowPairs, PairQueries(together, clock).show)
    service.batches("tell-pairs", told.publish_next)
    service.command(rounds.PinPlacement, answered.pin)
    service.command(rounds.ForbidPlacement, answered.forbid)
    service.command(rounds.FreePlacement, answered.free)
    service.command(rounds.PickThing, answered.pick)
    service.command(rounds.AgreeOutside, answered.agree)
    service.command(rounds.WithdrawPlacement, answered.withdraw)
    service.command(rounds.AcceptOffer, answered.accept)
    service.command(rounds.DeclineOffer, answered.decline)
    service.query(rounds.ShowRound, RoundQueries(loader).show)
    service.timer(OFFER, answered.silent)
    service.batches("tell-placements", publisher.publish_next)


if __name__ == "__main__":
    build(validated(MatchingSettings)).run()

"""Wires the service; nothing else does."""

import asyncio

from services.matching.engine.solve import Effort
from services.matching.handlers.asking import Asking
from services.matching.handlers.deciding import Deciding
from services.matching.handlers.drafting import Drafting
from services.matching.handlers.projection import Projection
from services.matching.handlers.rematching import Rematching
from services.matching.handlers.wondering import Wondering
from services.matching.settings import MatchingSettings
from services.matching.store import MongoStores, create_indexes
from shared.bus import Service
from shared.commands import matching as commands
from shared.events.matching import MatchingStarted
from shared.events.programmes import (
    EnrolmentAmended,
    EnrolmentClosed,
    ProgrammeOpened,
    SchoolEnrolled,
    SchoolWithdrawn,
)
from shared.events.scheduling import VisitHeld
from shared.settings import Settings

__all__ = ["build"]

PAUSE = 1.0
"""Seconds between looks for published groups that have not been told."""


def build(settings: Settings) -> Service:
    """The service, not yet connected."""
    own = settings if isinstance(settings, MatchingSettings) else MatchingSettings(**settings.model_dump())
    service = Service("matching", own)
    stores = MongoStores.of(service.database)
    projection, deciding, rematching = Projection(stores), Deciding(stores), Rematching(stores)
    drafting = Drafting(
        stores,
        Effort(steps=own.matching_steps, ceiling=own.matching_ceiling_seconds),
        service.transact,
        deciding.publish,
    )
    service.projection(
        "matching-projection",
        {
            ProgrammeOpened: projection.programme_opened,
            SchoolEnrolled: projection.school_enrolled,
            EnrolmentAmended: projection.school_enrolled,
            SchoolWithdrawn: projection.school_withdrawn,
            VisitHeld: projection.visit_held,
        },
    )
    service.subscribe(EnrolmentClosed, "matching-enrolment-closed", drafting.enrolment_closed)
    service.worker(MatchingStarted, "matching-draft", drafting.matching_started)
    service.command(commands.PublishCohort, deciding.publish)
    service.command(commands.RematchCohort, rematching.rematch)
    service.command(commands.ChooseRematch, rematching.choose)
    service.command(commands.CancelMatching, rematching.cancel)
    service.command(commands.PinSchools, deciding.pin)
    _find(service, Asking(stores), Wondering(stores))
    service.task("tell-groups", lambda: _tell(service, deciding))
    service.on_start(lambda: create_indexes(service.database))
    return service


def _find(service: Service, asking: Asking, wondering: Wondering) -> None:
    service.query(commands.ListCohorts, asking.cohorts)
    service.query(commands.ShowCohort, asking.cohort)
    service.query(commands.WhyGroup, asking.why_group)
    service.query(commands.WhyNot, asking.why_not)
    service.query(commands.ShowCurve, asking.curve)
    service.query(commands.WhatIf, wondering.what_if)


async def _tell(service: Service, deciding: Deciding) -> None:
    """Tell the groups of a large cohort batch by batch; a batch is told in the transaction that marks it."""
    while True:
        if await service.transact(deciding.tell) == 0:
            await asyncio.sleep(PAUSE)


if __name__ == "__main__":
    build(MatchingSettings()).run()

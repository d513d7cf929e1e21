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
    service.projects(
        "matching-projection",
        {
            ProgrammeOpened: projection.programme_opened,
            SchoolEnrolled: projection.school_enrolled,
            EnrolmentAmended: projection.school_enrolled,
            SchoolWithdrawn: projection.school_withdrawn,
            VisitHeld: projection.visit_held,
        },
    )
    service.hears(EnrolmentClosed, "matching-enrolment-closed", drafting.enrolment_closed)
    service.works(MatchingStarted, "matching-draft", drafting.matching_started)
    service.answers(commands.PublishCohort, deciding.publish)
    service.answers(commands.RematchCohort, rematching.rematch)
    service.answers(commands.ChooseRematch, rematching.choose)
    service.answers(commands.CancelMatching, rematching.cancel)
    service.answers(commands.PinSchools, deciding.pin)
    _find(service, Asking(stores), Wondering(stores))
    service.runs("tell-groups", lambda: _tell(service, deciding))
    service.prepares(lambda: create_indexes(service.database))
    return service


def _find(service: Service, asking: Asking, wondering: Wondering) -> None:
    service.finds(commands.ListCohorts, asking.cohorts)
    service.finds(commands.ShowCohort, asking.cohort)
    service.finds(commands.WhyGroup, asking.why_group)
    service.finds(commands.WhyNot, asking.why_not)
    service.finds(commands.ShowCurve, asking.curve)
    service.finds(commands.WhatIf, wondering.what_if)


async def _tell(service: Service, deciding: Deciding) -> None:
    """Tell the groups of a large cohort batch by batch; a batch is told in the transaction that marks it."""
    while True:
        if await service.transact(deciding.tell) == 0:
            await asyncio.sleep(PAUSE)


if __name__ == "__main__":
    build(MatchingSettings()).run()

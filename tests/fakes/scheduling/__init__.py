"""The ports of scheduling in memory. Each passes the contract suite that the MongoDB adapter passes."""

import datetime as dt
from collections.abc import Callable

from services.scheduling.domain.calendars.in_force import Calendars
from services.scheduling.ports.stores import Stores
from tests.fakes.memory import Memory
from tests.fakes.roster import MemoryRoster
from tests.fakes.scheduling.agreements import MemoryAgreements
from tests.fakes.scheduling.answers import MemoryAnswers
from tests.fakes.scheduling.arrangements import MemoryArrangements, MemoryEngineFacts
from tests.fakes.scheduling.calendars import MemoryCalendars, MemoryDaysOff
from tests.fakes.scheduling.calls import MemoryCallOffers, MemoryCalls, MemoryOpenings
from tests.fakes.scheduling.cohort_events import MemoryCohortEvents
from tests.fakes.scheduling.cohorts import MemoryCohorts, MemoryGroups
from tests.fakes.scheduling.courses import MemoryCourses
from tests.fakes.scheduling.details import MemoryDetails
from tests.fakes.scheduling.drafts import MemoryDrafts
from tests.fakes.scheduling.duties import MemoryDuties
from tests.fakes.scheduling.engagements import MemoryEngagements
from tests.fakes.scheduling.listings import MemoryListings
from tests.fakes.scheduling.outline import MemoryOutline
from tests.fakes.scheduling.programme_dates import MemoryProgrammeDates
from tests.fakes.scheduling.programmes import MemoryEnrolments, MemoryFacilitators, MemoryProgrammes
from tests.fakes.scheduling.visits import MemoryPublishedVisits, MemoryVisits

__all__ = ["memory_stores"]


def memory_stores(memory: Memory, shipped: Calendars, now: Callable[[], dt.datetime]) -> Stores:
    """One of each, as ``mongo_stores`` makes them."""
    return Stores(
        programmes=MemoryProgrammes(memory),
        enrolments=MemoryEnrolments(memory),
        facilitators=MemoryFacilitators(memory),
        cohorts=MemoryCohorts(memory),
        groups=MemoryGroups(memory),
        visits=MemoryVisits(memory),
        events=MemoryCohortEvents(memory),
        drafts=MemoryDrafts(memory),
        engagements=MemoryEngagements(memory),
        published=MemoryPublishedVisits(memory),
        listings=MemoryListings(memory),
        outline=MemoryOutline(memory),
        answers=MemoryAnswers(memory),
        calendars=MemoryCalendars(memory, shipped),
        days_off=MemoryDaysOff(memory),
        details=MemoryDetails(memory),
        agreements=MemoryAgreements(memory),
        openings=MemoryOpenings(memory),
        calls=MemoryCalls(memory),
        call_offers=MemoryCallOffers(memory),
        engine=MemoryEngineFacts(memory),
        arrangements=MemoryArrangements(memory),
        duties=MemoryDuties(memory),
        courses=MemoryCourses(memory),
        programme_dates=MemoryProgrammeDates(memory),
        roster=MemoryRoster(),
        now=now,
    )

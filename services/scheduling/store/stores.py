"""All stores on one database."""

import datetime as dt
from collections.abc import Callable

from services.scheduling.domain.calendars.in_force import Calendars
from services.scheduling.ports.stores import Stores
from services.scheduling.store.agreements import MongoAgreements
from services.scheduling.store.answers import MongoAnswers
from services.scheduling.store.arrangements import MongoArrangements
from services.scheduling.store.calendars import MongoCalendars
from services.scheduling.store.call_offers import MongoCallOffers
from services.scheduling.store.calls import MongoCalls
from services.scheduling.store.cohort_events import MongoCohortEvents
from services.scheduling.store.cohorts import MongoCohorts, MongoGroups
from services.scheduling.store.courses import MongoCourses
from services.scheduling.store.days_off import MongoDaysOff
from services.scheduling.store.details import MongoDetails
from services.scheduling.store.drafts import MongoDrafts
from services.scheduling.store.duties import MongoDuties
from services.scheduling.store.engagements import MongoEngagements
from services.scheduling.store.engine_facts import MongoEngineFacts
from services.scheduling.store.listings import MongoListings
from services.scheduling.store.openings import MongoOpenings
from services.scheduling.store.outline import MongoOutline
from services.scheduling.store.programme_dates import MongoProgrammeDates
from services.scheduling.store.programmes import MongoEnrolments, MongoFacilitators, MongoProgrammes
from services.scheduling.store.visits import MongoPublishedVisits, MongoVisits
from shared.mongo import Database
from shared.roster.mongo import MongoRoster

__all__ = ["mongo_stores"]


def mongo_stores(database: Database, shipped: Calendars, now: Callable[[], dt.datetime]) -> Stores:
    """One of each; `shipped`: the calendar data that applies where nothing was imported."""
    return Stores(
        programmes=MongoProgrammes(database),
        enrolments=MongoEnrolments(database),
        facilitators=MongoFacilitators(database),
        cohorts=MongoCohorts(database),
        groups=MongoGroups(database),
        visits=MongoVisits(database),
        events=MongoCohortEvents(database),
        drafts=MongoDrafts(database),
        engagements=MongoEngagements(database),
        published=MongoPublishedVisits(database),
        listings=MongoListings(database),
        outline=MongoOutline(database),
        answers=MongoAnswers(database),
        calendars=MongoCalendars(database, shipped),
        days_off=MongoDaysOff(database),
        details=MongoDetails(database),
        agreements=MongoAgreements(database),
        openings=MongoOpenings(database),
        calls=MongoCalls(database),
        call_offers=MongoCallOffers(database),
        engine=MongoEngineFacts(database),
        arrangements=MongoArrangements(database),
        duties=MongoDuties(database),
        courses=MongoCourses(database),
        programme_dates=MongoProgrammeDates(database),
        roster=MongoRoster(database),
        now=now,
    )

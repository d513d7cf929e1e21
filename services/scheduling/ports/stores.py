"""All ports to what scheduling keeps, and the time."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from services.scheduling.ports.agreements import Agreements
from services.scheduling.ports.answers import Answers
from services.scheduling.ports.arrangements import Arrangements, EngineFacts
from services.scheduling.ports.calendars import CalendarData, DaysOff
from services.scheduling.ports.calls import CallOffers, Calls, Openings
from services.scheduling.ports.cohort_events import CohortEvents
from services.scheduling.ports.cohorts import Cohorts, Groups
from services.scheduling.ports.courses import Courses
from services.scheduling.ports.details import Details
from services.scheduling.ports.drafts import Drafts
from services.scheduling.ports.duties import Duties
from services.scheduling.ports.engagements import Engagements
from services.scheduling.ports.outline import Outline
from services.scheduling.ports.programme_dates import ProgrammeDates
from services.scheduling.ports.programmes import Enrolments, Facilitators, Programmes
from services.scheduling.ports.visits import Listings, PublishedVisits, Visits
from shared.roster import Roster

__all__ = ["Stores"]


@dataclass(frozen=True, slots=True)
class Stores:
    """One of each; calls join the unit of work's transaction."""

    programmes: Programmes
    enrolments: Enrolments
    facilitators: Facilitators
    cohorts: Cohorts
    groups: Groups
    visits: Visits
    events: CohortEvents
    drafts: Drafts
    engagements: Engagements
    published: PublishedVisits
    listings: Listings
    outline: Outline
    answers: Answers
    calendars: CalendarData
    days_off: DaysOff
    details: Details
    agreements: Agreements
    openings: Openings
    calls: Calls
    call_offers: CallOffers
    engine: EngineFacts
    arrangements: Arrangements
    duties: Duties
    courses: Courses
    programme_dates: ProgrammeDates
    roster: Roster
    now: Callable[[], dt.datetime]

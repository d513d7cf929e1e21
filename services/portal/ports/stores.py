"""All stores together, as `app.build` hands them to pages and handlers."""

from dataclasses import dataclass

from services.portal.ports.dates import Dates
from services.portal.ports.entries import Entries
from services.portal.ports.feeds import FeedStore
from services.portal.ports.forms import FormChanges, Forms
from services.portal.ports.happened import Happened
from services.portal.ports.links import LinkChanges, Links
from services.portal.ports.meetings import Answers, Meetings
from services.portal.ports.models import Erasure, Models
from services.portal.ports.people import People
from services.portal.ports.places import Places
from services.portal.ports.programmes import Groups, Programmes, Schools, WholeProgrammes
from services.portal.ports.reports import Reports
from services.portal.ports.sign_in import SignInStores
from services.portal.ports.tasks import Tasks
from services.portal.ports.tokens import TokenStore
from shared.roster import Roster

__all__ = ["ReadModels", "Stores"]


@dataclass(frozen=True)
class ReadModels:
    """What pages look things up in."""

    links: Links
    people: People
    programmes: Programmes
    schools: Schools
    groups: Groups
    meetings: Meetings
    answers: Answers
    dates: Dates
    forms: Forms
    reports: Reports
    whole: WholeProgrammes
    roster: Roster
    tasks: Tasks
    entries: Entries
    places: Places
    happened: Happened


@dataclass(frozen=True)
class Stores:
    """The read models, and what projection and commands write them by."""

    read: ReadModels
    models: Models
    links: LinkChanges
    forms: FormChanges
    erasure: Erasure
    sign_in: SignInStores
    tokens: TokenStore
    feeds: FeedStore

"""All stores together, as `app.build` hands them to the handlers that use them."""

from dataclasses import dataclass

from services.tasks.ports.deeds import Answers, Entries, EntriesAbout
from services.tasks.ports.erasure import Erasure
from services.tasks.ports.programmes import Moments, Programmes
from services.tasks.ports.tasks import Mornings, Tasks, TaskSearch
from services.tasks.ports.things import Things, ThingsAround
from shared.roster import Roster

__all__ = ["Stores"]


@dataclass(frozen=True)
class Stores:
    """One store a port: MongoDB in the service, in memory in tests of handlers."""

    programmes: Programmes
    moments: Moments
    roster: Roster
    things: Things
    around: ThingsAround
    entries: Entries
    about: EntriesAbout
    answers: Answers
    tasks: Tasks
    search: TaskSearch
    mornings: Mornings
    erasure: Erasure

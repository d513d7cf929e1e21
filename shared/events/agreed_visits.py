"""What `scheduling` publishes of days that named people agree: visits to the school of a placement, and meetings there.

One arrangement holds the days of one activity for one placement. Each day in it is a visit or meeting with an id, a
calendar SEQUENCE and a fate of its own. What people write (why a day does not suit) is scheduling's, by id.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from shared.events.base import Event, Fact

Why = Literal["person", "coordinator", "people-changed", "placement-ended", "postponed"]


class ArrangementFacts(Fact):
    """Which days are arranged: those of an activity, for a placement."""

    arrangement_id: str
    programme_id: str
    activity: str = Field(description="the key of the activity in the template")
    kind: str = Field(description="the kind of activity, such as agreed-visit or meeting")
    match_id: str
    school_id: str = Field(description="the school of whoever is placed")
    host_school_id: str
    needed: int = Field(ge=1, description="how many days there are to be")


class _OfArrangement(ArrangementFacts, Event):
    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "arrangement_id"


class DaysAsked(_OfArrangement):
    """Days can be agreed from now on, between `first` and `last`. `asked`: no task of the template asks for them."""

    person_ids: tuple[str, ...]
    first: dt.date
    last: dt.date
    timezone: str
    asked: bool = False


class DaysProposed(_OfArrangement):
    """Somebody has said which days suit them; they are kept free for this until `until`."""

    person_id: str
    days: tuple[dt.date, ...]
    until: AwareDatetime
    timezone: str
    waiting_for: tuple[str, ...] = Field(description="whose turn it is to choose from them or to name others")


class DaysDeclined(_OfArrangement):
    """Somebody has said that no day suits; why, they told scheduling."""

    person_id: str
    waiting_for: tuple[str, ...] = ()


class DaysSettled(_OfArrangement):
    """As many days are agreed as are needed; days that were kept free beside them are free again."""


class DaysReopened(_OfArrangement):
    """Fewer days are agreed than are needed: one was cancelled, or more are needed."""

    agreed: int = Field(ge=0)
    waiting_for: tuple[str, ...] = ()


class DaysCompleted(_OfArrangement):
    """As many days as are needed have taken place."""

    on: dt.date


class DaysClosed(_OfArrangement):
    """No further days are agreed."""

    why: Why


class DaysResumed(_OfArrangement):
    """Days can be agreed again after a pause, up to `last`."""

    last: dt.date
    waiting_for: tuple[str, ...] = ()


class Invited(Fact):
    """Somebody invited, by the role in which the template names them. `required`: no day without them."""

    person_id: str
    role: str
    school_id: str | None = None
    required: bool = True
    substitute_for: str | None = Field(None, description="person id of whom they stand in for")


class AgreedVisit(Fact):
    """A day that people have agreed: a visit or a meeting at the host school."""

    visit_id: str
    arrangement_id: str
    programme_id: str
    activity: str
    kind: str
    match_id: str
    person_id: str = Field(description="who is placed")
    school_id: str
    host_school_id: str
    number: int = Field(ge=1, description="counts the days of the arrangement")
    on: dt.date
    starts: dt.time
    ends: dt.time
    timezone: str
    place: str = Field("host", description="host, venue or online, as the template says")
    doings: tuple[str, ...] = Field((), description="of the doings that the activity lists")
    attendees: tuple[Invited, ...]
    sequence: int = Field(0, ge=0, description="calendar SEQUENCE of this state of the day")


class _OfVisit(AgreedVisit, Event):
    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "visit_id"


class AgreedVisitScheduled(_OfVisit):
    """A day is agreed. `by`: who chose it or entered it; empty where the coordinator did."""

    by: str = ""


class AgreedVisitMoved(_OfVisit):
    """It takes place on another day or at another time."""

    moved_from: dt.date
    by: str = ""


class AgreedVisitChanged(_OfVisit):
    """It keeps its day but not its people or what is done there. `joined` and `left` are person ids."""

    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    why: str = Field("", description="substitute where the coordinator lets somebody stand in; else empty")


class AgreedVisitCancelled(_OfVisit):
    """It does not take place, or did not."""

    why: Why
    by: str = ""


class AgreedVisitHeld(_OfVisit):
    """Its day is over, and nobody has said that it did not take place. `absent`: who was said to be missing."""

    present: tuple[Invited, ...]
    absent: tuple[str, ...] = ()

"""What may be asked of `scheduling` when something comes in between: first what it would do, then to do it."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from shared.commands.base import Command, Message, Query, Reply
from shared.events.base import DateSpan


class Disruption(Message):
    """Somebody (attendee or facilitator) is away, a school is closed or expects inspectors, or the whole cohort pauses.

    `postponement` concerns the cohort and names nobody; `away` names a person, the others a school.
    """

    kind: Literal["away", "closure", "inspection", "postponement"]
    person_id: str = ""
    school_id: str = ""
    days: tuple[DateSpan, ...] = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _names_whom(self) -> "Disruption":
        wanted = {"away": (True, False), "postponement": (False, False)}.get(self.kind, (False, True))
        if (bool(self.person_id), bool(self.school_id)) != wanted:
            raise ValueError(f"'{self.kind}' names {_WHOM[wanted]}")
        return self


_WHOM = {(True, False): "a person only", (False, True): "a school only", (False, False): "neither person nor school"}


class VisitDifference(Reply):
    """A visit that would change. `tier`: visit, group, facilitator or another-facilitator."""

    visit_id: str
    group_id: str
    host_school_id: str
    on: dt.date
    becomes: dt.date
    facilitator_id: str | None = None
    facilitator_becomes: str | None = None
    tier: str
    sentence: str


class VisitLeft(Reply):
    """A visit that a person must decide on; `suggestion` is the nearest day that would suit everybody."""

    visit_id: str
    group_id: str
    host_school_id: str
    on: dt.date
    sentence: str
    suggestion: dt.date | None = None


class NoticeRow(Reply):
    """What a mail would tell one person about one visit."""

    person_id: str
    visit_id: str
    sentence: str


class EventDifference(Reply):
    """A cohort event on a paused day; it `becomes` None where a person must decide. `people` are invited."""

    event_id: str
    title: str
    on: dt.date
    becomes: dt.date | None = None
    people: int
    sentence: str


class WhatIfDetail(Reply):
    """What a disruption would do; `digest` names exactly this difference. Of very many, the first are shown."""

    digest: str
    moves: tuple[VisitDifference, ...] = ()
    left: tuple[VisitLeft, ...] = ()
    notices: tuple[NoticeRow, ...] = ()
    events: tuple[EventDifference, ...] = Field((), description="cohort events; everybody invited would get one mail")
    moves_in_all: int = 0
    left_in_all: int = 0
    notices_in_all: int = 0


class WhatIf(Query):
    """What would change if something came in between. Nothing is saved and nobody is informed."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = WhatIfDetail
    seconds: ClassVar[float] = 120.0
    cohort_id: str
    disruption: Disruption


class ChangeCalendar(Command):
    """Note what comes in between and move what it displaces. Refused if `digest` is not what would happen now."""

    service: ClassVar[str] = "scheduling"
    seconds: ClassVar[float] = 120.0
    cohort_id: str
    disruption: Disruption
    digest: str = Field("", description="of the difference that was looked at; empty where nobody looked")

"""Version 1 of what `scheduling` answers about visits and cohort events: it can only say the roles of 0.1.0.

Still answered, for programmes whose roles it can say; `scheduling` holds version 2.
"""

from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Query, Reply
from shared.commands.scheduling import AnswerRow, BriefText
from shared.events.scheduling import Attendee, CohortEvent, Visit


class VisitDetail(Reply):
    """A visit whole."""

    visit: Visit
    state: Literal["draft", "published", "held", "cancelled"]
    version: int
    brief: BriefText | None = None
    answers: tuple[AnswerRow, ...] = ()
    present: tuple[Attendee, ...] = ()
    why: tuple[str, ...] = Field((), description="why this date, and what was given up for it")
    history: tuple[str, ...] = ()


class CohortEventDetail(Reply):
    """A cohort event whole."""

    event: CohortEvent
    state: Literal["draft", "published", "held", "cancelled"]
    version: int
    answers: tuple[AnswerRow, ...] = ()
    why: tuple[str, ...] = ()


class VisitRows(Reply):
    """Visits in order of date."""

    total: int
    visits: tuple[VisitDetail, ...]
    events: tuple[CohortEventDetail, ...] = ()


class ListVisits(Query):
    """Visits and cohort events by cohort, group, person or school; drafts only where asked for."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = VisitRows
    cohort_id: str = ""
    group_id: str = ""
    person_id: str = ""
    school_id: str = ""
    drafts: bool = False
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class ShowVisit(Query):
    """One visit."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = VisitDetail
    visit_id: str


class ShowCohortEvent(Query):
    """One cohort event."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CohortEventDetail
    event_id: str

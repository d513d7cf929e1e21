"""What `programmes` publishes of a programme's state: it is postponed, goes on, is completed, is put away."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.events.base import Event, Fact
from shared.events.programmes_parts import ProgrammeState
from shared.template.pauses import Pause


class StateFacts(Fact):
    """How a programme stands from a day on."""

    programme_id: str
    state: ProgrammeState
    on: dt.date
    pauses: tuple[Pause, ...] = Field((), description="when it stood still, the earliest first; none yet: never")


class ProgrammePostponed(StateFacts, Event):
    """The programme stands still: every date to come falls away, nobody owes anything, nobody gets a mail."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "programme_id"
    until: dt.date | None = Field(None, description="when it is meant to go on; it does so by `ProgrammeResumed` alone")


class ProgrammeResumed(StateFacts, Event):
    """The programme goes on. Days that were still to come have moved by the school weeks for which it stood still."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "programme_id"
    postponed_on: dt.date


class ProgrammeCompleted(StateFacts, Event):
    """The programme is over: nobody owes anything any more, and its pages stay."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "programme_id"


class ProgrammeArchived(StateFacts, Event):
    """The programme is put away: its links lead to nothing any more."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "programme_id"

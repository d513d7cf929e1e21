"""What every decision has: the record to save, the events to publish, the reminders to set or cancel."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from services.reporting.domain.records import ReportRecord
from shared.commands.base import Done
from shared.events.base import Event

R_co = TypeVar("R_co", covariant=True)


class Reminder(NamedTuple):
    """A reminder to set; `due` is aware. The same kind and key again reschedules it."""

    kind: str
    key: str
    due: dt.datetime
    data: Mapping[str, str] = {}


class ReminderKey(NamedTuple):
    """A reminder to cancel, where there is one."""

    kind: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Decision(Generic[R_co]):
    """`record` is None where nothing changes."""

    record: R_co | None = None
    events: tuple[Event, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    cancelled: tuple[ReminderKey, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answered(Decision[R_co]):
    """The same for a command, with its reply and the report that it has compiled."""

    done: Done
    report: ReportRecord | None = None

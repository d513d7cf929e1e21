"""The clock of a programme in the language of templates: which of its moments are days of the calendar, and when."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast
from zoneinfo import ZoneInfo

from services.programmes.domain.records import Programme
from shared.events.programmes_parts import MomentReached
from shared.template import Template
from shared.template.days import day_of

__all__ = ["Due", "due_moments", "reached"]

_MOMENTS = uuid.UUID("0d6c3a41-7b1e-5c55-9a0e-2f5b8d7c1e64")
_MORNING = dt.time(7)
_SILENT = frozenset({"draft", "completed", "archived"})
State = Literal["", "opens", "closes"]


@dataclass(frozen=True)
class Due:
    """One moment and the day on which it comes; `state` is the end of a window, blank for a single day."""

    programme_id: str
    moment: str
    state: State
    on: dt.date

    @property
    def key(self) -> str:
        """The reminder's key."""
        return f"{self.programme_id}.{self.moment}.{self.state or 'at'}"


def due_moments(programme: Programme) -> tuple[tuple[Due, dt.datetime], ...]:
    """Every moment that is a day of the calendar, with the time at which it is published.

    A window closes when its last day is over. Moments that wait for something to happen are not among them, nor are
    those to come while the programme stands still, is a draft, or is over.
    """
    template = programme.template
    if not isinstance(template, Template) or programme.stage in _SILENT:
        return ()
    zone = ZoneInfo(template.timezone)
    return tuple((due, _at(due, zone)) for due in _dues(programme, template))


def reached(programme: Programme, moment: str, state: str, on: dt.date) -> MomentReached | None:
    """The event of a moment that has come; None where the programme no longer has it on that day."""
    known = {(due.moment, due.state): due for due, _ in due_moments(programme)}
    due = known.get((moment, cast("State", state)))
    if due is None or due.on != on:
        return None
    return MomentReached(
        version=1,
        moment_id=f"mom-{uuid.uuid5(_MOMENTS, due.key).hex}",
        programme_id=due.programme_id,
        moment=due.moment,
        state=due.state,
        on=due.on,
    )


def _dues(programme: Programme, template: Template) -> Iterator[Due]:
    for moment in template.clock.moments:
        for state in moment.states():
            on = day_of(moment.text(state), template, programme.year, programme.pauses)
            if on is not None:
                yield Due(programme.programme_id, moment.key, cast("State", state), on)


def _at(due: Due, zone: ZoneInfo) -> dt.datetime:
    day, time = (due.on + dt.timedelta(days=1), dt.time()) if due.state == "closes" else (due.on, _MORNING)
    return dt.datetime.combine(day, time, zone).astimezone(dt.UTC)

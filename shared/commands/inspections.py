"""What may be asked of `scheduling` about inspections that schools tell of."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.commands.base import Command, Query, Reply
from shared.events.base import DateSpan


class NoteInspection(Command):
    """A school is being inspected: nobody visits it on these days, and some tasks of those weeks are excused."""

    service: ClassVar[str] = "scheduling"
    seconds: ClassVar[float] = 60.0
    school_id: str
    first: dt.date
    last: dt.date


class TakeBackInspection(Command):
    """There is no inspection after all: what it excused is owed again, visits stay where they are now."""

    service: ClassVar[str] = "scheduling"
    school_id: str
    first: dt.date = Field(description="the first day of it")


class InspectionRow(Reply):
    """A school and the days of its inspections."""

    school_id: str
    windows: tuple[DateSpan, ...]


class InspectionRows(Reply):
    """Schools with inspections, by id."""

    schools: tuple[InspectionRow, ...]


class ListInspections(Query):
    """The inspections that schools have told of; of one school, or of all with one from today on."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = InspectionRows
    school_id: str = ""

"""What `scheduling` publishes of inspections that schools tell of."""

from typing import ClassVar

from pydantic import Field

from shared.events.base import DateSpan, Event


class SchoolInspected(Event):
    """A school is being inspected on these days; all that stand now, so that none means that none stands any more."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "school_id"
    school_id: str
    windows: tuple[DateSpan, ...] = Field(description="in order")

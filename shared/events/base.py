"""The envelope of every event: a past-tense fact, frozen, versioned, whose subject stands on its class once.

An event holds ids and facts, never names, addresses or free text about people. It only grows, by optional fields;
anything else is a new version (`v = 2`) beside the old one.
"""

import datetime as dt
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Fact(BaseModel):
    """A frozen part of an event. Unknown fields are ignored, so a reader survives a publisher that has grown.

    Its validator is made when it is first used. A part as a default is therefore written `Part.model_construct()`:
    `Part()` would make the validator wherever the module is loaded.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class Event(Fact):
    """A fact about one aggregate. Subject: `events.<context>.<Name>.v<N>.<aggregate id>`."""

    context: ClassVar[str]
    aggregate: ClassVar[str]
    v: ClassVar[int] = 1

    version: int = Field(
        ge=1, description="version of the aggregate after this fact; lets a reader spot stale and missing ones"
    )

    @property
    def aggregate_id(self) -> str:
        """The id of what this fact is about."""
        value: str = getattr(self, self.aggregate)
        return value

    @property
    def subject(self) -> str:
        """The full NATS subject of this fact."""
        return f"{self.subject_prefix()}.{self.aggregate_id}"

    @classmethod
    def subject_prefix(cls) -> str:
        """The subject without the aggregate's id."""
        return f"events.{cls.context}.{cls.__name__}.v{cls.v}"

    @classmethod
    def subject_pattern(cls) -> str:
        """The subject filter that catches every fact of this kind and version."""
        return f"{cls.subject_prefix()}.*"

    @classmethod
    def type_name(cls) -> str:
        """CloudEvents `type`: `<context>.<Name>.v<N>`."""
        return f"{cls.context}.{cls.__name__}.v{cls.v}"


class DateSpan(Fact):
    """Days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @model_validator(mode="after")
    def _in_order(self) -> "DateSpan":
        if self.last < self.first:
            raise ValueError(f"the last day {self.last} lies before the first day {self.first}")
        return self

    def days(self) -> list[dt.date]:
        """Every day of the span."""
        return [self.first + dt.timedelta(days=n) for n in range((self.last - self.first).days + 1)]

"""What every record that scheduling keeps has in common."""

from typing import Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

M = TypeVar("M", bound=BaseModel)


class Keep(Protocol):
    """How a new record is kept in memory. `store/sharing` saves memory where a country has tens of thousands."""

    def __call__(self, record: M, /) -> M:
        """The record, or one that is equal to it."""
        ...


def as_it_is(record: M, /) -> M:
    """Keeps every record as it was made."""
    return record


class Record(BaseModel):
    """A frozen record; fields it has not yet take their defaults."""

    model_config = ConfigDict(frozen=True, extra="ignore")

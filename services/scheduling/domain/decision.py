"""What a decision comes to: records to be saved and events to be published.

A decision is a pure function of records, a command and the time. A handler loads, decides, saves and publishes.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from services.scheduling.domain.record import Record
from shared.events.base import Event

R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True, slots=True)
class Decision(Generic[R_co]):
    """The records to save, the events to publish, and a sentence for whoever asked."""

    records: tuple[R_co, ...]
    events: tuple[Event, ...] = ()
    sentence: str = ""

    @property
    def record(self) -> R_co:
        """The only record."""
        (one,) = self.records
        return one

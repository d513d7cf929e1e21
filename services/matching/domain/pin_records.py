"""What the coordinator keeps together or apart, as it is kept."""

from __future__ import annotations

from services.matching.domain.records import Record
from services.matching.domain.schools import Pins

__all__ = ["PinsRecord"]


class PinsRecord(Record):
    """What the coordinator keeps together or apart in a programme."""

    programme_id: str
    version: int = 0
    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()

    def as_pins(self) -> Pins:
        """The pins as the rules see them."""
        return Pins(
            together=frozenset(frozenset(pair) for pair in self.together),
            apart=frozenset(frozenset(pair) for pair in self.apart),
        )

    def names(self, school_id: str) -> bool:
        """Whether a pin is about this school."""
        return any(school_id in pair for pair in (*self.together, *self.apart))

    def without(self, school_id: str) -> PinsRecord:
        """The next version, without the pins about a school."""
        pins = self.as_pins()
        together, apart = (
            frozenset(pair for pair in each if school_id not in pair) for each in (pins.together, pins.apart)
        )
        return self.changed(Pins(together, apart))

    def changed(self, pins: Pins) -> PinsRecord:
        """The next version, with these pins."""

        def pairs(found: frozenset[frozenset[str]]) -> tuple[tuple[str, str], ...]:
            return tuple(sorted((min(pair), max(pair)) for pair in found))

        return PinsRecord(
            programme_id=self.programme_id,
            version=self.version + 1,
            together=pairs(pins.together),
            apart=pairs(pins.apart),
        )

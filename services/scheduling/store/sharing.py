"""Saves memory where a country has tens of thousands of records: equal parts are one object.

A Pydantic model keeps the names of the fields that were given in a set of its own, which takes more memory than most of
its values. A frozen record never changes that set, and a copy gets one of its own.
"""

from typing import Any, TypeVar

from pydantic import BaseModel

from services.scheduling.domain.visits.records import VisitRecord
from shared.events.scheduling_parts import Attendee

__all__ = ["Sharing", "alike"]

M = TypeVar("M", bound=BaseModel)
_known: dict[frozenset[str], set[str]] = {}


def alike(record: M) -> M:
    """This frozen record; all for which the same fields were given share the set that says so."""
    given = record.model_fields_set
    object.__setattr__(record, "__pydantic_fields_set__", _known.setdefault(frozenset(given), given))
    return record


class Sharing:
    """Keeps the records of one draft: equal attendees and equal sentences are one object each."""

    def __init__(self) -> None:
        self._attendees: dict[Any, Any] = {}
        self._sentences: dict[str, str] = {}

    def __call__(self, record: M, /) -> M:
        """The record, or one that is equal to it."""
        if isinstance(record, Attendee):
            same: M = self._attendees.setdefault(record, alike(record))
            return same
        if isinstance(record, VisitRecord):
            why = tuple(self._sentences.setdefault(each, each) for each in record.why)
            return alike(record.model_copy(update={"why": why}))
        return alike(record)

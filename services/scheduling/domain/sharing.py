"""Records of which a country has tens of thousands: what all of a kind have in common is one object.

A Pydantic model names the fields that were given in a set of its own, which takes more than most of its values. A
frozen record never changes that set, and a copy gets one of its own.
"""

from typing import TypeVar

from pydantic import BaseModel

__all__ = ["alike"]

M = TypeVar("M", bound=BaseModel)
_known: dict[frozenset[str], set[str]] = {}


def alike(record: M) -> M:
    """This frozen record; all for which the same fields were given share the set that says so."""
    given = record.model_fields_set
    object.__setattr__(record, "__pydantic_fields_set__", _known.setdefault(frozenset(given), given))
    return record

"""The only thing that somebody may have meant."""

from collections.abc import Sequence
from typing import TypeVar

from shared.errors import Rejected

T = TypeVar("T")
LEAST = 6
"""Characters of an id that name it."""


def one(named: str, found: Sequence[T], what: str, listing: str = "") -> T:
    """The only match; otherwise a sentence."""
    if len(found) == 1:
        return found[0]
    many = "More than one" if found else "No"
    raise Rejected(
        f"unknown-{what}", f"{many} {what} goes by {named!r}. `kindred {listing or f'{what}s list'}` shows them."
    )


def begins(named: str, identifier: str) -> bool:
    """Tell whether an id begins with what somebody typed, and whether that is long enough to say so."""
    return len(named) >= LEAST and identifier.startswith(named)

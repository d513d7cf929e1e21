"""Introductions, as far as tasks go by them: who is asked, and until when nothing is decided."""

from services.tasks.domain.records import Entry

__all__ = ["ENDED", "NAMED", "stand"]

NAMED, ENDED = "named", "introduction-ended"
"""States of an entry: whoever it introduces is known, and nothing comes of it."""


def stand(entry: Entry) -> bool:
    """Whether those whom the entry introduces are asked, or have said yes: nothing comes of it no more."""
    return entry.step(NAMED) > entry.step(ENDED)

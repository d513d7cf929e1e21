"""Where nobody wishes, what is asked for is ranked for each person: what they are good at first, then what is near."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from services.matching.domain.rounds.candidates import Candidate, Known, Thing

__all__ = ["fitting"]

PICKED = "school-picks"


def fitting(person: Candidate, asked: Sequence[Thing], known: Known) -> Candidate:
    """The person with what fits them in place of wishes, the best first; unchanged in a round of wishes or picks.

    Fits: asked for at another school, and about something that they are good at.
    """
    if known.of.wishes or known.of.choose == PICKED:
        return person
    others = [one for one in asked if one.school_id != person.school_id and one.skills & person.skills]
    ranked = sorted(others, key=lambda one: (-len(one.skills & person.skills), _metres(known, person, one)))
    return replace(person, wishes=tuple(one.entry_id for one in ranked))


def _metres(known: Known, person: Candidate, thing: Thing) -> float:
    """How far the two schools lie apart; as far as can be where the register does not place one of them."""
    schools = [known.schools.get(one) for one in (person.school_id, thing.school_id)]
    places = [one.place for one in schools if one is not None and one.place is not None]
    return math.dist(*places) if len(places) == len(schools) else math.inf

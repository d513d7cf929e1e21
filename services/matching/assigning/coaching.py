"""Heads who coach one another: who may be a pair, what a pair is worth, why a head has no partner.

Two heads who report to the same person are never paired. A pair that was together before is repeated only where one of
them would have no partner otherwise. A blank field forbids nothing. The worth of a pair, 0..1, is half closeness and
half how much of what each looks for the other can share.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import hypot, inf, isfinite


@dataclass(frozen=True, slots=True)
class Head:
    """A headteacher in a partnership; `lines`: whom they report to; `place` in metres, `farthest` in kilometres.

    `apart`: who must not be their partner, whatever the reason.
    """

    id: str
    name: str = ""
    lines: frozenset[str] = frozenset()
    place: tuple[float, float] | None = None
    farthest: float = 40.0
    strengths: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    paired_before: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


USUAL = 40.0
"""Kilometres within which a partner counts as near where nobody has stated how far they would go."""
NO_LIMIT = inf


class Reason(StrEnum):
    """Why a head has no partner."""

    NOBODY_ELSE = "nobody-else"
    SAME_LINE = "same-line"
    APART = "kept-apart"
    TOO_FAR = "too-far"
    ODD_ONE_OUT = "odd-one-out"


SENTENCES = {
    Reason.NOBODY_ELSE: "there is nobody to pair with. To help: bring in one more head",
    Reason.SAME_LINE: "all others in reach report to the same person. To help: bring in a head of another school group",
    Reason.APART: "they are kept apart from all others. To help: let them be with one of them",
    Reason.TOO_FAR: "nobody else is as near as both accept. To help: agree a longer way, or meetings at a distance",
    Reason.ODD_ONE_OUT: "everybody who could be the partner has one. To help: make one pair a ring of three",
}


@dataclass(frozen=True, slots=True)
class Alone:
    """A head without a partner."""

    head: Head
    reason: Reason

    @property
    def sentence(self) -> str:
        """Why, and what would help."""
        return f"{self.head.name or 'A head without a name'} has no partner: {SENTENCES[self.reason]}."


@dataclass(frozen=True, slots=True)
class Pairing:
    """Pairs or rings (in a ring each coaches the next), the steps that repeat an earlier pair, and who is alone."""

    together: tuple[tuple[Head, ...], ...]
    repeated: tuple[tuple[Head, Head], ...]
    alone: tuple[Alone, ...]
    worth: float


def kilometres(a: Head, b: Head) -> float | None:
    """The distance as the crow flies, None where a place is not known."""
    if a.place is None or b.place is None:
        return None
    return hypot(a.place[0] - b.place[0], a.place[1] - b.place[1]) / 1000


def same_line(a: Head, b: Head) -> bool:
    """Whether both report to one person."""
    return not a.lines.isdisjoint(b.lines)


def too_far(a: Head, b: Head) -> bool:
    """Whether one would have to travel farther than accepted."""
    way = kilometres(a, b)
    return way is not None and way > min(a.farthest, b.farthest)


def allowed(a: Head, b: Head) -> bool:
    """Whether they may be a pair at all."""
    return a.id != b.id and not same_line(a, b) and not too_far(a, b) and not barred(a, b)


def barred(a: Head, b: Head) -> bool:
    """Whether somebody has said that they must not be a pair, or a rule does."""
    return b.id in a.apart or a.id in b.apart


def met(a: Head, b: Head) -> bool:
    """Whether they were a pair before."""
    return b.id in a.paired_before or a.id in b.paired_before


def worth(a: Head, b: Head) -> float:
    """What the pair is worth, 0..1."""
    way, most = kilometres(a, b), min(a.farthest, b.farthest)
    most = most if isfinite(most) else USUAL
    near = max(0.0, 1.0 - way / most) if way is not None and most > 0 else 0.0
    return 0.5 * near + 0.25 * _share(a, b) + 0.25 * _share(b, a)


def _share(giver: Head, taker: Head) -> float:
    """How much of what `taker` looks for `giver` can share, 0..1."""
    return len(giver.strengths & taker.needs) / len(taker.needs) if taker.needs else 0.0


def why_alone(head: Head, others: list[Head]) -> Alone:
    """Why a head is left over among all others."""
    if any(allowed(head, other) for other in others):
        return Alone(head, Reason.ODD_ONE_OUT)
    others = [other for other in others if other.id != head.id]
    if not others:
        return Alone(head, Reason.NOBODY_ELSE)
    near = [other for other in others if not too_far(head, other)]
    if near and all(not same_line(head, other) for other in near):
        return Alone(head, Reason.APART)
    return Alone(head, Reason.SAME_LINE if near else Reason.TOO_FAR)

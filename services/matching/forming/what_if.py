"""The effect of a pin: the least repair of the groups around it, compared with the groups as they are. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from services.matching.domain.relationships import Ids, successors
from services.matching.domain.schools import Round
from services.matching.domain.score import group_parts
from services.matching.forming.formation import ready
from services.matching.forming.rematch import Standing, repaired

__all__ = ["Effect", "Move", "what_if"]


@dataclass(frozen=True, slots=True)
class Move:
    """A school that changes groups, given by position; None: it waits, or waited.

    New groups come after those given, in the order of their first schools.
    """

    school_id: str
    origin: int | None
    target: int | None


@dataclass(frozen=True, slots=True)
class Effect:
    """`gained`: change of the summed score; `placed`: how many more schools have a group.

    `honoured`: every school that had a group still has one.
    """

    gained: float
    placed: int
    moves: tuple[Move, ...]
    honoured: bool


def what_if(matching: Round, groups: tuple[Ids, ...], seed: int, met: int = 0) -> Effect:
    """The effect of the round's pins, the new one included, on these groups, the first `met` of which have met."""
    after = repaired(matching, Standing(groups[met:], groups[:met]), seed)
    by_id = {school.id: school for school in ready(matching).schools}
    before = [tuple(by_id[school] for school in group) for group in groups]
    weights = matching.rules.weights
    total = sum(group_parts(weights, group).total for group in after.groups)
    home = {school: at for at, group in enumerate(groups) for school in group}
    then = tuple(tuple(school.id for school in group) for group in after.groups)
    number = _numbered(successors(groups, then), len(groups))
    target = {school: number[at] for at, group in enumerate(then) for school in group}
    moves = tuple(
        Move(school, home.get(school), target.get(school))
        for school in sorted(by_id)
        if home.get(school) != target.get(school)
    )
    return Effect(
        gained=total - sum(group_parts(weights, group).total for group in before),
        placed=len(target) - len(home),
        moves=moves,
        honoured=home.keys() <= target.keys(),
    )


def _numbered(carried: list[int | None], given: int) -> list[int]:
    """The number of each group: of the one given that it carries on, or a new one after them."""
    founded = count(given)
    return [next(founded) if at is None else at for at in carried]

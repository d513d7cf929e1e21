"""What would a pin do? Worked out on the groups around the schools named; nothing is saved."""

import asyncio
from dataclasses import replace

from services.matching.domain.decisions.pins import named, pinning, refused_by
from services.matching.domain.ids import cohort_id
from services.matching.domain.records import CohortRecord, GroupRecord
from services.matching.domain.schools import School
from services.matching.forming.what_if import Effect, what_if
from services.matching.handlers.loading import gather, groups_holding
from services.matching.ports.stores import Stores
from shared.commands import matching as contract
from shared.errors import Rejected

__all__ = ["WhatIfQueries"]

AROUND = 10
"""Groups around each school's that may change."""


class WhatIfQueries:
    """Answers what-if questions."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def what_if(self, query: contract.WhatIf) -> contract.WhatIfDetail:
        """The score that a pin would cost and who would move, or the rule against it."""
        programme = await self._stores.programmes.programme(query.programme_id)
        cohort = await self._stores.cohorts.cohort(cohort_id(query.programme_id))
        if programme is None or cohort is None:
            raise Rejected("unknown-cohort", "There is no such cohort; it is drafted when enrolment closes.")
        ids = named(query.urns, await self._stores.enrolments.by_urn(query.programme_id, query.urns))
        here = await groups_holding(self._stores, cohort.cohort_id, ids)
        before = await self._stores.pins.pins(query.programme_id)
        try:
            wish = pinning(before, ids, query.how, here)
        except Rejected as stays:
            return contract.WhatIfDetail(rule=stays.rule, sentence=stays.sentence)
        groups = await self._around(cohort, here)
        around = {*ids, *(school for group in groups for school in group.members)}
        matching = await gather(self._stores, programme, around, cohort)
        refused = refused_by(wish, matching)
        if refused:
            return contract.WhatIfDetail(rule=refused[0], sentence=refused[1])
        members = tuple(group.members for group in groups)
        met = sum(group.held for group in groups)
        found = await asyncio.to_thread(what_if, replace(matching, pins=wish.pins), members, cohort.seed, met)
        numbers = [group.number for group in groups]
        fresh = await self._stores.groups.last_number(cohort.cohort_id) + 1
        return _detail(found, numbers, fresh, cohort, {school.id: school for school in matching.schools})

    async def _around(self, cohort: CohortRecord, here: list[GroupRecord]) -> list[GroupRecord]:
        """The groups named and those nearest to each that have not met; those that have come first, then by number."""
        found = {group.group_id: group for group in here}
        for group in here:
            near = await self._stores.groups.groups_near(cohort.cohort_id, group.where, AROUND)
            found.update((one.group_id, one) for one in near[:AROUND] if not one.held)
        return sorted(found.values(), key=lambda group: (not group.held, group.number))


def _detail(
    found: Effect, numbers: list[int], fresh: int, cohort: CohortRecord, by_id: dict[str, School]
) -> contract.WhatIfDetail:
    """`numbers`: of the groups given; `fresh`: that of the first group that would be founded."""
    known = len(numbers)

    def number(at: int | None) -> int | None:
        return None if at is None else numbers[at] if at < known else fresh + at - known

    placed = max(cohort.schools + found.placed, 1)
    difference = (cohort.score * cohort.schools + found.gained) / placed - cohort.score
    moves = tuple(
        contract.MovedSchool(
            school_id=one.school_id,
            urn=by_id[one.school_id].urn,
            name=by_id[one.school_id].name,
            from_group=number(one.origin),
            to_group=number(one.target),
            new_group=one.target is not None and one.target >= known,
        )
        for one in found.moves
    )
    return contract.WhatIfDetail(difference=difference, moves=moves, sentence=_sentence(found, difference, moves))


def _sentence(found: Effect, difference: float, moves: tuple[contract.MovedSchool, ...]) -> str:
    if not found.honoured:
        return "No regrouping of the schools around honours it: whoever is left over would wait."
    if not moves:
        return "Nothing would change: the groups are so already."
    who = "1 school would move" if len(moves) == 1 else f"{len(moves)} schools would move"
    into_new = sum(move.new_group for move in moves)
    if into_new:
        who += f", {into_new} of them into a new group"
    effect = "lose" if difference < 0 else "gain"
    return f"{who}; the cohort's score would {effect} {abs(difference):.5f}."

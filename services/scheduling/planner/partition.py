"""Cuts a large programme into independent parts that can be planned in parallel.

A part holds the groups of one region and the facilitators who travel there. Facilitators of several regions go where
most visit days are missing. Groups that span regions or share people with other groups belong to no part: they are
placed on the whole board afterwards, with the groups that a part could not place. The parts depend on the problem
alone, so the plan is the same whatever the number of processes.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.scheduling.planner.diaries import serves
from services.scheduling.planner.model import CohortEvent, Facilitator, Group, Problem, Visit

SPLIT_FROM = 1_500
"""Groups from which a programme is planned in parts. A smaller one is planned before a second process has started."""
NameVisit = Callable[[str, str], str]
"""Gives a visit's id from its group and host."""


@dataclass(frozen=True, slots=True)
class Part:
    """A problem of its own: what to plan, what stands already, and from which day on."""

    problem: Problem
    events: tuple[CohortEvent, ...]
    kept: tuple[Visit, ...]
    earliest: dt.date
    name_visit: NameVisit


PlanParts = Callable[[Sequence[Part]], Sequence[tuple[Visit, ...]]]
"""Plans parts, here or in other processes, and returns the visits of each in the order of the parts."""


@dataclass(slots=True)
class _Region:
    """A region while facilitators are assigned: the visit days that it still needs."""

    name: str
    need: int
    groups: list[Group] = field(default_factory=list)
    facilitators: list[Facilitator] = field(default_factory=list)

    def take(self, one: Facilitator) -> None:
        self.facilitators.append(one)
        self.need -= one.capacity


def parts(whole: Part, split_from: int = SPLIT_FROM) -> tuple[Part, ...]:
    """The parts of a large problem, in order of their regions; none where splitting is not worth it."""
    problem = whole.problem
    if len(problem.groups) < split_from or not problem.rules.facilitated:
        return ()
    regions = _regions(problem)
    if len(regions) < 2:
        return ()
    _deal(problem, regions)
    return tuple(_part(whole, region) for _, region in sorted(regions.items()))


def _regions(problem: Problem) -> dict[str, _Region]:
    """Groups of a single region whose people and schools belong to no other group, and lead no visits either."""
    shared = _shared(problem.groups) | problem.facilitators.keys()
    found: dict[str, _Region] = {}
    for group in problem.groups:
        names = {problem.schools[school].region for school in group.schools}
        if len(names) != 1 or names == {""} or not shared.isdisjoint((*group.people, *group.schools)):
            continue
        (name,) = names
        region = found.setdefault(name, _Region(name, 0))
        region.groups.append(group)
        region.need += len(group.hosts)
    return found


def _shared(groups: Iterable[Group]) -> frozenset[str]:
    seen: set[str] = set()
    twice: set[str] = set()
    for group in groups:
        members = {*group.people, *group.schools}
        twice |= members & seen
        seen |= members
    return frozenset(twice)


def _deal(problem: Problem, regions: Mapping[str, _Region]) -> None:
    """Assign each facilitator to one region; who travels in several goes where most days are missing."""
    loose = []
    for one in problem.facilitators.values():
        open_to = [name for name in sorted(regions) if serves(one, [name])]
        if len(open_to) == 1:
            regions[open_to[0]].take(one)
        elif open_to:
            loose.append((len(open_to), one.id, open_to))
    for _, name, open_to in sorted(loose):
        neediest = max(open_to, key=lambda region: (regions[region].need, region))
        regions[neediest].take(problem.facilitators[name])


def _part(whole: Part, region: _Region) -> Part:
    ids = {group.id for group in region.groups}
    schools = [school for group in region.groups for school in group.schools]
    people = [person for group in region.groups for person in group.people]
    problem = replace(
        whole.problem,
        groups=tuple(region.groups),
        schools={school: whole.problem.schools[school] for school in schools},
        people={person: whole.problem.people[person] for person in people},
        facilitators={one.id: one for one in _without(whole.kept, ids, region.facilitators)},
    )
    return replace(whole, problem=problem, kept=tuple(visit for visit in whole.kept if visit.group in ids))


def _without(kept: Iterable[Visit], ids: set[str], facilitators: Iterable[Facilitator]) -> list[Facilitator]:
    """The facilitators less the days that visits of other parts take from them."""
    taken: dict[str, set[dt.date]] = defaultdict(set)
    for visit in kept:
        if visit.group not in ids and visit.facilitator:
            taken[visit.facilitator].add(visit.on)
    return [
        replace(one, impossible=one.impossible | taken[one.id], capacity=one.capacity - len(taken[one.id]))
        for one in facilitators
    ]

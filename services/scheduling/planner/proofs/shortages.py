"""Too many visits for the facilitators' days: a lower bound on the groups without dates, by Hall's theorem.

Without groups, spacing and the rule of one visit a person and day, an assignment of visits to days of facilitators
remains: a bipartite matching. If it cannot hold all visits, some set of visits has fewer possible days than members
(Hall 1935), and no plan can place them all. The set is found by augmenting paths from the plan as it stands (Kuhn
1955). A facilitator whose capacity is used up passes a visit on as a taken day does. Pinned visits keep their places.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.scheduling.planner.board import Board
from services.scheduling.planner.candidates import Candidates
from services.scheduling.planner.model import Group, Rule

Place = tuple[str, int]
"""A facilitator and a day number."""
Wanted = tuple[str, str]
"""A visit by its group and host."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """A set of `visits` of `groups` with only `days` possible days; at least `fewest` groups go without."""

    groups: frozenset[str]
    visits: int
    days: int
    fewest: int

    @property
    def missing(self) -> int:
        """Visit days that are missing."""
        return self.visits - self.days


@dataclass(slots=True)
class Assignment:
    """A matching of visits to days of facilitators; for the groups of `lifted` the rule `without` does not apply."""

    board: Board
    candidates: Candidates
    without: Rule | None = None
    lifted: frozenset[str] = frozenset()
    at: dict[Wanted, Place] = field(default_factory=dict)
    holder: dict[Place, Wanted] = field(default_factory=dict)
    led: dict[str, set[Wanted]] = field(default_factory=lambda: defaultdict(set))
    busy: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    pinned: set[Wanted] = field(default_factory=set)
    hopeless: dict[str, list[tuple[int, Wanted]]] = field(default_factory=lambda: defaultdict(list))
    """Days of facilitators from which no free one can be reached, with a visit that found so; they stay hopeless."""

    def __post_init__(self) -> None:
        """Start from the plan as it stands. A visit whose day has become a holiday takes capacity, but no day."""
        index = self.board.diaries.horizon.index
        for visits in self.board.visits.values():
            for visit in visits:
                if visit.facilitator is not None:
                    wanted, day = (visit.group, visit.host), index.get(visit.on)
                    self.pinned |= {wanted} if visit.pinned or day is None else set()
                    if day is None:
                        self.led[visit.facilitator].add(wanted)
                    else:
                        self._hold(wanted, (visit.facilitator, day))

    def _hold(self, wanted: Wanted, place: Place) -> None:
        self.at[wanted] = place
        self.holder[place] = wanted
        self.led[place[0]].add(wanted)
        self.busy[place[0]] |= 1 << place[1]

    def _release(self, wanted: Wanted) -> None:
        place = self.at.pop(wanted, None)
        if place is not None:
            del self.holder[place]
            self.led[place[0]].discard(wanted)
            self.busy[place[0]] &= ~(1 << place[1])

    def able(self, wanted: Wanted) -> Iterator[tuple[str, int]]:
        """Facilitators who could lead a visit, each with the mask of days on which they could."""
        board, group = self.board, self.board.groups[wanted[0]]
        days = board.diaries.host_days(group, wanted[1]) & board.days
        without = self.without if group.id in self.lifted else None
        region = frozenset([board.problem.schools[wanted[1]].region])
        for one in self.candidates.serving(frozenset() if without is Rule.FACILITATOR_REGION else region)[0]:
            own = -1 if without is Rule.FACILITATOR_DATES else board.diaries.facilitators[one.id]
            yield one.id, days & own

    def _full(self, facilitator: str) -> bool:
        if self.without is Rule.FACILITATOR_CAPACITY:
            return False
        return len(self.led[facilitator]) >= self.board.problem.facilitators[facilitator].capacity

    def add(self, wanted: Wanted) -> frozenset[Wanted]:
        """Place one more visit along an augmenting path; where there is none, return the visits that compete."""
        parents: dict[Wanted, tuple[Wanted, Place] | None] = {wanted: None}
        queue, seen, passed, met = [wanted], dict[str, int](), set[str](), set[Wanted]()
        for current in queue:
            for one, days in self.able(current):
                fresh = days & ~seen.get(one, 0)
                seen[one] = seen.get(one, 0) | fresh
                for dead, earlier in self.hopeless.get(one, ()):
                    met |= {earlier} if fresh & dead else set()
                    fresh &= ~dead
                free, taken = fresh & ~self.busy[one], fresh & self.busy[one]
                if free and not self._full(one):
                    self._along(parents, current, (one, _lowest(free)))
                    return frozenset()
                through = [(self.holder[one, day], (one, day)) for day in _numbers(taken)]
                if free and one not in passed:
                    passed.add(one)
                    through += [(other, (one, _lowest(free))) for other in sorted(self.led[one])]
                for other, place in through:
                    if other not in parents and other not in self.pinned:
                        parents[other] = current, place
                        queue.append(other)
        for one, days in seen.items():
            self.hopeless[one].append((days, wanted))
        return frozenset(parents) | met

    def _along(self, parents: dict[Wanted, tuple[Wanted, Place] | None], last: Wanted, place: Place) -> None:
        """Each visit on the path takes the place that the next one gives up, the last one the free place."""
        moves, current = [(last, place)], parents[last]
        while current is not None:
            moves.append(current)
            current = parents[current[0]]
        for wanted, _ in moves:
            self._release(wanted)
        for wanted, new in moves:
            self._hold(wanted, new)


def shortages(board: Board, candidates: Candidates, left: Sequence[Group]) -> list[Shortage]:
    """The sets of visits among which some group must go without, given the groups that are left over."""
    assignment, competing = Assignment(board, candidates), list[tuple[set[Wanted], int]]()
    for group in left:
        for host in group.hosts:
            found = set(assignment.add((group.id, host)))
            if found:
                competing = _merged(competing, found)
    return [_shortage(assignment, visits, failed) for visits, failed in competing]


def still_missing(board: Board, candidates: Candidates, left: Sequence[Group], rule: Rule) -> int:
    """How many visits of these groups would find no day if a rule about facilitators did not apply to them."""
    assignment = Assignment(board, candidates, rule, frozenset(group.id for group in left))
    return sum(bool(assignment.add((group.id, host))) for group in left for host in group.hosts)


def _merged(competing: list[tuple[set[Wanted], int]], found: set[Wanted]) -> list[tuple[set[Wanted], int]]:
    apart, failed = [], 1
    for visits, count in competing:
        if visits.isdisjoint(found):
            apart.append((visits, count))
        else:
            found, failed = found | visits, failed + count
    return [*apart, (found, failed)]


def _shortage(assignment: Assignment, visits: set[Wanted], failed: int) -> Shortage:
    """At least so many groups go without: fewest when those with most visits among these do."""
    of_group: dict[str, int] = defaultdict(int)
    for group, _ in visits:
        of_group[group] += 1
    fewest, missing = 0, failed
    for count in sorted(of_group.values(), reverse=True):
        if missing <= 0:
            break
        missing, fewest = missing - count, fewest + 1
    return Shortage(frozenset(of_group), len(visits), len(visits) - failed, fewest)


def _numbers(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1

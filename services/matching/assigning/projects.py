"""Practitioners and the projects that schools post: who may carry out what, what a match costs, who has no project.

The cost of a set of matches, which `placing.place` minimises:

    UNPLACED for each practitioner without a project
    + RANK * (r * r - 1) for a match with the practitioner's r-th wish, from the 20th on as the 20th
    + BEYOND for a match with none of the first three wishes
    - FIRST for the first practitioner that a school sends, and for the first that it receives
    + BALANCE * (how far, up to 20, a school's receiving exceeds its giving), for each practitioner it receives

So a third wish weighs more than two second ones. No school's second practitioner goes before another school's first. A
school that has received more than it gave waits behind those that gave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

UNPLACED, RANK, FIRST, BALANCE = 10_000, 10, 60, 15
FARTHEST = 20
FIRST_WISHES, BEYOND = 3, 200
NO_CAP = 10_000


@dataclass(frozen=True, slots=True)
class Practitioner:
    """A member of staff whom a school nominates; `wishes` are project ids, the dearest first."""

    id: str
    school: str
    wishes: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Project:
    """What a school would like somebody from elsewhere to look into."""

    id: str
    school: str
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Nominations:
    """One round. `sends` and `receives` are most practitioners a school; `ledger` is received less given this year.

    Practitioners stand in the order in which their schools nominated them. A limit below 0 is 0.
    """

    practitioners: tuple[Practitioner, ...]
    projects: tuple[Project, ...]
    sends: Mapping[str, int] = field(default_factory=dict)
    receives: Mapping[str, int] = field(default_factory=dict)
    ledger: Mapping[str, int] = field(default_factory=dict)
    _known: Mapping[str, Project] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the projects once; every wish looks one up. Raises ValueError where two of a kind share an id."""
        for each in (self.practitioners, self.projects):
            if len({one.id for one in each}) < len(each):
                raise ValueError("every practitioner and every project needs an id of its own")
        object.__setattr__(self, "_known", {project.id: project for project in self.projects})

    def may_send(self, school: str) -> int:
        """How many of its practitioners may go."""
        return max(self.sends.get(school, NO_CAP), 0)

    def may_receive(self, school: str) -> int:
        """How many may come."""
        return max(self.receives.get(school, NO_CAP), 0)

    def wishes(self, practitioner: Practitioner) -> tuple[Project, ...]:
        """The projects wished for that exist and lie at another school, each once, in order of the wishes."""
        known = self._known
        wished = (known[one] for one in dict.fromkeys(practitioner.wishes) if one in known)
        return tuple(project for project in wished if project.school != practitioner.school)

    def debts(self) -> dict[str, int]:
        """What each school has received this year less what it gave, counting those it offers now as given."""
        offered = Counter(one.school for one in self.practitioners)
        schools = {project.school for project in self.projects} | set(offered)
        return {one: self.ledger.get(one, 0) - min(offered[one], self.may_send(one)) for one in schools}


class Reason(StrEnum):
    """Why a practitioner has no project."""

    NO_WISHES = "no-wishes"
    OWN_SCHOOL = "own-school"
    SENDS_ENOUGH = "sends-enough"
    TAKEN = "wishes-taken"
    HOSTS_FULL = "hosts-full"


SENTENCES = {
    Reason.NO_WISHES: "no project was wished for that is still open. To help: ask for wishes from the list of projects",
    Reason.OWN_SCHOOL: "all wishes are projects of the practitioner's own school. To help: wish for another school's",
    Reason.SENDS_ENOUGH: "the school sends as many as it may already. To help: raise what it may send",
    Reason.TAKEN: "all projects wished for go to others. To help: wish for one that is still open",
    Reason.HOSTS_FULL: "the schools wished for receive as many as they may. To help: raise what they may receive",
}


@dataclass(frozen=True, slots=True)
class Match:
    """A practitioner, the project, and which of the wishes it is (1 the dearest)."""

    practitioner: Practitioner
    project: Project
    rank: int

    @property
    def fitting(self) -> frozenset[str]:
        """The skills that the project asks for and the practitioner has."""
        return self.practitioner.skills & self.project.skills

    @property
    def sentence(self) -> str:
        """Why this match, for those concerned."""
        wish = {1: "the first wish", 2: "the second wish", 3: "the third wish"}.get(self.rank, f"wish {self.rank}")
        skills = f"; brings {', '.join(sorted(self.fitting))}" if self.fitting else ""
        return f"It is {wish}{skills}."


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Somebody without a project, and the rule or shortage behind it."""

    practitioner: Practitioner
    reason: Reason

    @property
    def sentence(self) -> str:
        """Why, and what would help."""
        return f"{self.practitioner.id} has no project: {SENTENCES[self.reason]}."


@dataclass(frozen=True, slots=True)
class Matched:
    """The outcome of a round; `cost` as in the module's head, `open_projects` those nobody carries out."""

    matches: tuple[Match, ...]
    unmatched: tuple[Unmatched, ...]
    open_projects: tuple[Project, ...]
    cost: int


def cost(nominations: Nominations, matches: Iterable[Match]) -> int:
    """What a set of matches costs, worked out from the definition."""
    found = list(matches)
    sent = Counter(match.practitioner.school for match in found)
    received = Counter(match.project.school for match in found)
    debts = nominations.debts()
    total = UNPLACED * (len(nominations.practitioners) - len(found))
    total += sum(rank_cost(match.rank) for match in found) - FIRST * (len(sent) + len(received))
    return total + sum(receiving_cost(debts[school], nth) for school, n in received.items() for nth in range(n))


def rank_cost(rank: int) -> int:
    """What the r-th wish costs."""
    return RANK * (min(rank, FARTHEST) ** 2 - 1) + (BEYOND if rank > FIRST_WISHES else 0)


def host_orders(nominations: Nominations) -> dict[str, dict[str, int]]:
    """Host -> practitioner who wishes for one of its projects -> place in the host's order, 0 the most welcome.

    First those who bring more of the skills it asks for, then those whose schools owe, then in turn of nomination.
    """
    asked: dict[str, frozenset[str]] = {}
    for project in nominations.projects:
        asked[project.school] = asked.get(project.school, frozenset()) | project.skills
    keys: dict[str, dict[str, tuple[int, int, int]]] = {host: {} for host in asked}
    for turn, one in enumerate(nominations.practitioners):
        for project in nominations.wishes(one):
            fitting = len(one.skills & asked[project.school])
            keys[project.school][one.id] = -fitting, -nominations.ledger.get(one.school, 0), turn
    return {
        host: {one: place for place, one in enumerate(sorted(found, key=found.__getitem__))}
        for host, found in keys.items()
    }


def receiving_cost(debt: int, nth: int) -> int:
    """What it costs that a school in debt receives one more after `nth` others."""
    return BALANCE * min(FARTHEST, max(0, debt + nth + 1))


def outcome(nominations: Nominations, matches: Iterable[Match]) -> Matched:
    """The matches with who and what is left over, and why."""
    found = tuple(sorted(matches, key=lambda match: match.practitioner.id))
    placed = {match.practitioner.id for match in found}
    taken = {match.project.id for match in found}
    sent = Counter(match.practitioner.school for match in found)
    unmatched = [
        Unmatched(one, _reason(nominations, one, taken, sent))
        for one in nominations.practitioners
        if one.id not in placed
    ]
    free = tuple(project for project in nominations.projects if project.id not in taken)
    return Matched(found, tuple(unmatched), free, cost(nominations, found))


def _reason(nominations: Nominations, one: Practitioner, taken: set[str], sent: Counter[str]) -> Reason:
    wished = nominations.wishes(one)
    if not wished:
        own = {project.id for project in nominations.projects if project.school == one.school}
        return Reason.OWN_SCHOOL if own & set(one.wishes) else Reason.NO_WISHES
    if sent[one.school] >= nominations.may_send(one.school):
        return Reason.SENDS_ENOUGH
    return Reason.TAKEN if all(project.id in taken for project in wished) else Reason.HOSTS_FULL

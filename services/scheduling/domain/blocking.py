"""Why a group has no dates: the smallest set of dates and rules that leaves no calendar, and what relaxing each gives.

Every restriction is a mask of days it forbids (spacing aside). Sets of one, two and three are tried in turn; where
more is at work, a deletion
filter finds a set of which nothing can be left out (Chinneck, Feasibility and Infeasibility in Optimization, 2008,
section 6.2).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from services.scheduling.domain.board import Board
from services.scheduling.domain.diaries import serves
from services.scheduling.domain.model import Blocker, Group, Rule

LARGEST_TRIED = 3
DATES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Restriction:
    """One thing that forbids days: everywhere, or to one host only. Spacing forbids none by itself.

    `movable`: it is other visits that take these days, so another plan might leave them free.
    """

    rule: Rule
    forbids: int
    host: str | None = None
    school: str | None = None
    person: str | None = None
    movable: bool = False


def impossible_alone(board: Board, group: Group) -> bool:
    """Whether a group has no calendar even if every other group stood aside."""
    return not feasible(board, group, [one for one in restrictions(board, group) if not one.movable])


def explain(board: Board, group: Group) -> tuple[Blocker, ...]:
    """The smallest set of dates and rules that keeps this group from its dates beside the others; () where none does.

    For a group that is impossible alone, other visits play no part in it.
    """
    active = tuple(restrictions(board, group))
    fixed = tuple(one for one in active if not one.movable)
    active = active if feasible(board, group, fixed) else fixed
    if feasible(board, group, active):
        return ()
    smallest = smallest_set(board, group, active)
    return tuple(_blocker(board, group, one, smallest, active) for one in smallest)


def restrictions(board: Board, group: Group) -> Iterator[Restriction]:
    """Everything that forbids the group a day."""
    diaries, everything = board.diaries, board.diaries.horizon.everything
    for person in group.people:
        yield Restriction(Rule.PERSON_DATES, everything & ~diaries.person_days(person), person=person)
    for school in group.schools:
        facts = board.problem.schools[school]
        terms = diaries.horizon.mask(board.problem.calendar_of(school).days)
        yield Restriction(Rule.TERM_DATES, everything & ~terms, school=school)
        yield Restriction(Rule.SCHOOL_CLOSED, diaries.horizon.mask(facts.closed), school=school)
        yield Restriction(Rule.EXAM_WINDOW, diaries.exam_days(school), host=school, school=school)
    yield Restriction(Rule.PERSON_DAY, diaries.window & ~board.days)
    yield Restriction(Rule.PERSON_DAY, _engaged(board, group), movable=True)
    yield Restriction(Rule.PAUSED, diaries.paused)
    yield Restriction(Rule.SPACING, 0)
    if board.problem.rules.facilitated:
        yield from _facilitators(board, group)


def _engaged(board: Board, group: Group) -> int:
    days = 0
    for person in group.people:
        days |= board.taken[person] if person in board.diaries.shared else 0
    return days


def _facilitators(board: Board, group: Group) -> Iterator[Restriction]:
    everything = board.diaries.horizon.everything
    for host in group.hosts:
        region = [board.problem.schools[host].region]
        able = [one.id for one in board.problem.facilitators.values() if serves(one, region)]
        own = free = 0
        for one in able:
            own |= board.diaries.facilitators[one]
            free |= board.free(one) if board.spare(one) > 0 else 0
        rule = Rule.FACILITATOR_DATES if able else Rule.FACILITATOR_REGION
        yield Restriction(rule, everything & ~own, host=host, school=host)
        yield Restriction(Rule.FACILITATOR_DAY, own & ~free, host=host, school=host, movable=True)


def hosts_days(board: Board, group: Group, active: Sequence[Restriction]) -> list[int]:
    """The days left to each host under these restrictions alone."""
    everyone = board.diaries.window
    for one in active:
        everyone &= ~one.forbids if one.host is None else -1
    found = []
    for host in group.hosts:
        days = everyone
        for one in active:
            days &= ~one.forbids if one.host == host else -1
        found.append(days)
    return found


def feasible(board: Board, group: Group, active: Sequence[Restriction]) -> bool:
    """Whether some order of hosts fits: each set of hosts done keeps the earliest day its last visit can have."""
    spaced = any(one.rule is Rule.SPACING for one in active)
    spacing = max(1, board.problem.rules.spacing) if spaced else 1
    days = hosts_days(board, group, active)
    earliest: dict[int, int] = {0: -spacing}
    for done in range(1, 1 << len(days)):
        ends = []
        for host, mask in enumerate(days):
            before = earliest.get(done & ~(1 << host))
            if done >> host & 1 and before is not None:
                later = mask >> (before + spacing)
                ends += [before + spacing + (later & -later).bit_length() - 1] if later else []
        if ends:
            earliest[done] = min(ends)
    return (1 << len(days)) - 1 in earliest


def smallest_set(board: Board, group: Group, active: Sequence[Restriction]) -> tuple[Restriction, ...]:
    """The smallest restrictions that leave no calendar even if nothing else applied."""
    counted = [one for one in active if one.forbids & board.diaries.window or one.rule is Rule.SPACING]
    for size in range(1, LARGEST_TRIED + 1):
        for some in combinations(counted, size):
            if not feasible(board, group, some):
                return some
    kept = list(counted)
    for one in counted:
        without = [other for other in kept if other is not one]
        if not feasible(board, group, without):
            kept = without
    return tuple(kept)


BLOCKING = {
    Rule.PERSON_DATES: "the dates on which this person cannot come",
    Rule.TERM_DATES: "the term dates of this school's authority",
    Rule.SCHOOL_CLOSED: "the INSET and closure days of this school",
    Rule.EXAM_WINDOW: "the tests or examinations at this school",
    Rule.PERSON_DAY: "the cohort events and other visits of these people",
    Rule.PAUSED: "the pause of the programme",
    Rule.SPACING: "the least distance between two visits",
    Rule.FACILITATOR_DATES: "the dates on which no facilitator can lead a visit here",
    Rule.FACILITATOR_REGION: "no facilitator travels in this school's region",
    Rule.FACILITATOR_DAY: "the visits that the facilitators already lead elsewhere",
}


def _blocker(
    board: Board, group: Group, one: Restriction, smallest: Sequence[Restriction], active: Sequence[Restriction]
) -> Blocker:
    without = [other for other in active if other is not one]
    before, after = hosts_days(board, group, active), hosts_days(board, group, without)
    gained = 0
    for old, new in zip(before, after, strict=True):
        gained |= new & ~old
    together = f", together with {len(smallest) - 1} more" if len(smallest) > 1 else ""
    sentence = f"What leaves the group no calendar{together}: {BLOCKING[one.rule]}."
    relaxing = _relaxing(gained.bit_count(), full=feasible(board, group, without))
    dates = tuple(board.diaries.horizon.dates(gained))[:DATES_SHOWN]
    schools = (one.school,) if one.school else group.schools
    return Blocker(one.rule, schools, (one.person,) if one.person else (), dates, sentence, relaxing)


def _relaxing(gained: int, *, full: bool) -> str:
    days = f"{gained} more days" if gained != 1 else "1 more day"
    then = "and a date for every visit" if full else "which is not enough alone"
    return f"Without it: {days}, {then}."

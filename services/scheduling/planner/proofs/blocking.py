"""Why a group has no dates: a smallest set of dates and rules that leaves no calendar, and what relaxing each gives.

Each restriction is a mask of days that it forbids; spacing forbids none by itself. `hitting_sets` finds the smallest
conflict.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.scheduling.planner.board import Board
from services.scheduling.planner.diaries import serves
from services.scheduling.planner.model import Blocker, Group, Rule
from services.scheduling.planner.proofs.hitting_sets import STEPS, members, smallest_conflict
from services.scheduling.planner.wording import in_words

DATES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Restriction:
    """One restriction and the days that it forbids: everywhere, or to one host only.

    `movable`: other visits take these days, so another plan might leave them free.
    """

    rule: Rule
    forbids: int
    host: str | None = None
    school: str | None = None
    person: str | None = None
    movable: bool = False


def impossible_alone(board: Board, group: Group) -> bool:
    """Whether a group has no calendar even if there were no other group."""
    return not feasible(board, group, [one for one in restrictions(board, group) if not one.movable])


def explain(board: Board, group: Group, steps: int = STEPS) -> tuple[Blocker, ...]:
    """A smallest conflict that keeps this group from its dates beside the others; () where there is none.

    For a group that is impossible alone, visits of other groups are not part of it.
    """
    if not feasible(board, group, ()):
        return (_no_time(board, group),)
    active = tuple(restrictions(board, group))
    fixed = tuple(one for one in active if not one.movable)
    active = active if feasible(board, group, fixed) else fixed
    if feasible(board, group, active):
        return ()
    together, smallest = smallest_set(board, group, active, steps)
    return tuple(_blocker(board, group, one, active, _Together(len(together), smallest)) for one in together)


def restrictions(board: Board, group: Group) -> Iterator[Restriction]:
    """All restrictions that forbid the group a day."""
    diaries, everything = board.diaries, board.diaries.horizon.everything
    for person in group.people:
        yield Restriction(Rule.PERSON_DATES, everything & ~diaries.person_days(person), person=person)
    for school in group.schools:
        facts = board.problem.schools[school]
        terms = diaries.horizon.mask(board.problem.calendar_of(school).days)
        yield Restriction(Rule.TERM_DATES, everything & ~terms, school=school)
        yield Restriction(Rule.SCHOOL_CLOSED, diaries.horizon.mask(facts.closed), school=school)
        yield Restriction(Rule.EXAM_WINDOW, diaries.exam_days(school), host=school, school=school)
    yield Restriction(Rule.FROZEN, board.frozen)
    yield Restriction(Rule.PERSON_DAY, diaries.window & ~board.days & ~board.frozen)
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


def smallest_set(
    board: Board, group: Group, active: Sequence[Restriction], steps: int = STEPS
) -> tuple[tuple[Restriction, ...], bool]:
    """A smallest conflict among the restrictions, and whether it is proven to be smallest.

    When the steps are used up the conflict is minimal: none of it can be left out, but a smaller one may exist.
    """
    counted = [one for one in active if one.forbids & board.diaries.window or one.rule is Rule.SPACING]

    def chosen(some: int) -> tuple[Restriction, ...]:
        return tuple(counted[one.bit_length() - 1] for one in members(some))

    found = smallest_conflict(len(counted), lambda some: feasible(board, group, chosen(some)), steps)
    return chosen(found.members), found.smallest


BLOCKING = {
    Rule.PERSON_DATES: "the dates on which this person cannot come",
    Rule.TERM_DATES: "the term dates of this school's authority",
    Rule.SCHOOL_CLOSED: "the INSET, closure and inspection days of this school",
    Rule.EXAM_WINDOW: "the tests or examinations at this school",
    Rule.FROZEN: "the days that have passed or are too near to be told of",
    Rule.PERSON_DAY: "the cohort events and other visits of these people",
    Rule.PAUSED: "the pause of the programme",
    Rule.SPACING: "the least distance between two visits",
    Rule.FACILITATOR_DATES: "the dates on which no facilitator can lead a visit here",
    Rule.FACILITATOR_REGION: "no facilitator travels in this school's region",
    Rule.FACILITATOR_DAY: "the visits that the facilitators already lead elsewhere",
}


@dataclass(frozen=True, slots=True)
class _Together:
    """A conflict as a whole: its size, and whether no smaller one exists."""

    size: int
    smallest: bool

    def sentence(self, what: str) -> str:
        others = f", together with {self.size - 1} more" if self.size > 1 else ""
        perhaps = "" if self.smallest else " None of these can be left out, but fewer others may block it as well."
        return f"What leaves the group no calendar{others}: {what}.{perhaps}"


def _no_time(board: Board, group: Group) -> Blocker:
    """Too few working days in the time for visits, whatever else applies."""
    rules, days = board.problem.rules, board.diaries.window.bit_count()
    left = f"{days} working {'day' if days == 1 else 'days'}, but the group needs {len(group.hosts)}"
    sentence = f"From {in_words(rules.first)} to {in_words(rules.last)} there are {left}."
    gives = "A later end of the time for visits gives more days."
    return Blocker(Rule.VISIT_WINDOW, group.schools, sentence=sentence, relaxing=gives)


def _blocker(
    board: Board, group: Group, one: Restriction, active: Sequence[Restriction], together: _Together
) -> Blocker:
    without = [other for other in active if other is not one]
    before, after = hosts_days(board, group, active), hosts_days(board, group, without)
    gained = 0
    for old, new in zip(before, after, strict=True):
        gained |= new & ~old
    return Blocker(
        one.rule,
        (one.school,) if one.school else group.schools,
        (one.person,) if one.person else (),
        tuple(board.diaries.horizon.dates(gained))[:DATES_SHOWN],
        together.sentence(BLOCKING[one.rule]),
        _relaxing(one.rule, gained.bit_count(), full=feasible(board, group, without)),
        together.smallest,
    )


def _relaxing(rule: Rule, gained: int, *, full: bool) -> str:
    days = f"{gained} more days" if gained != 1 else "1 more day"
    days = "the same days, closer together" if rule is Rule.SPACING else days
    then = "and a date for every visit" if full else "which is not enough alone"
    return f"Without it: {days}, {then}."

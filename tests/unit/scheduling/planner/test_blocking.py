"""A blocking set blocks, nothing in it can be left out, and no smaller one blocks."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.scheduling.planner.model import Rule
from services.scheduling.planner.placement import new_board
from services.scheduling.planner.plan import plan
from services.scheduling.planner.proofs.blocking import explain, feasible, restrictions, smallest_set
from tests.unit.scheduling.cases import MONDAY, tiny, weekdays

SPAN = weekdays(MONDAY, 12)
PEOPLE = ["g0-A-head", "g0-A-slt", "g0-B-head", "g0-B-slt", "g0-C-head", "f0"]
DAYS = st.frozensets(st.sampled_from(SPAN), min_size=2, max_size=11)
AWAY = st.dictionaries(st.sampled_from(PEOPLE), DAYS, min_size=2)
CLOSED = st.dictionaries(st.sampled_from(["g0-A", "g0-C"]), st.frozensets(st.sampled_from(SPAN), max_size=6))


@settings(max_examples=150, deadline=None)
@given(away=AWAY, closed=CLOSED, spacing=st.integers(1, 4))
def test_the_set_blocks_and_nothing_in_it_can_be_left_out(away, closed, spacing):
    board = new_board(tiny((3,), 12, spacing, impossible=away, closed=closed))
    group = board.problem.groups[0]
    active = tuple(restrictions(board, group))
    assume(not feasible(board, group, active))
    found, smallest = smallest_set(board, group, active)
    assert smallest
    assert not feasible(board, group, found)
    for one in found:
        assert feasible(board, group, [other for other in found if other is not one])
    counted = [one for one in active if one.forbids & board.diaries.window or one.rule is Rule.SPACING]
    assert all(feasible(board, group, some) for some in combinations(counted, len(found) - 1))


def without(blocker, away, closed, spacing):
    """The same programme less one thing that blocks."""
    people = [*blocker.people, *(["f0"] if blocker.rule is Rule.FACILITATOR_DATES else [])]
    schools = blocker.schools if blocker.rule is Rule.SCHOOL_CLOSED else ()
    return tiny(
        (3,),
        12,
        1 if blocker.rule is Rule.SPACING else spacing,
        impossible={who: days for who, days in away.items() if who not in people},
        closed={which: days for which, days in closed.items() if which not in schools},
    )


@settings(max_examples=100, deadline=None)
@given(away=AWAY, closed=CLOSED, spacing=st.integers(1, 4))
def test_what_relaxing_gives_is_what_relaxing_gives(away, closed, spacing):
    problem = tiny((3,), 12, spacing, impossible=away, closed=closed)
    for blocker in explain(new_board(problem), problem.groups[0]):
        relaxed = new_board(without(blocker, away, closed, spacing))
        (group,) = relaxed.problem.groups
        possible = feasible(relaxed, group, tuple(restrictions(relaxed, group)))
        # Facilitators' dates stand once a host, and are in the set once a host: without those of one they stay.
        if blocker.rule is not Rule.FACILITATOR_DATES:
            assert blocker.relaxing.endswith("and a date for every visit.") == possible
        for person in blocker.people:
            assert set(blocker.dates) <= set(away[person])


def covered_days():
    """A single host whose twelve days are ruled out by four people, or by six others, or by two of the four and three.

    The deletion filter leaves out the four first.
    """
    days = [frozenset(SPAN[first : first + 3]) for first in (0, 3, 6, 9)]
    pairs = [frozenset(SPAN[first : first + 2]) for first in (0, 2, 4, 6, 8, 10)]
    people = [f"g0-{school}-{role}" for school in "ABCD" for role in ("head", "slt")]
    away = dict(zip(people, (*days, *pairs[:4]), strict=True))
    problem = tiny((4,), 12, impossible=away, closed={"g0-A": pairs[4], "g0-B": pairs[5]})
    (group,) = problem.groups
    return replace(problem, groups=(replace(group, excused=frozenset(group.schools[1:])),)), people


def test_four_people_are_named_where_sets_of_five_and_six_are_minimal_too():
    problem, people = covered_days()
    board = new_board(problem)
    (group,) = problem.groups
    active = tuple(restrictions(board, group))
    by_name = {one.person: one for one in active if one.person}
    closed = [one for one in active if one.rule is Rule.SCHOOL_CLOSED and one.forbids]
    six = [*(by_name[one] for one in people[4:]), *closed]
    five = [*(by_name[one] for one in people[:2]), by_name[people[7]], *closed]
    for some in (five, six):
        assert not feasible(board, group, some)
        assert all(feasible(board, group, [other for other in some if other is not one]) for one in some)
    found = explain(board, group)
    assert [one.people for one in found] == [(one,) for one in people[:4]]
    assert all(one.smallest and "fewer" not in one.sentence for one in found)


def test_a_set_that_is_perhaps_not_the_smallest_says_so():
    problem, _ = covered_days()
    found = explain(new_board(problem), problem.groups[0], steps=3)
    assert len(found) == 6
    assert all(not one.smallest and one.sentence.endswith("fewer others may block it as well.") for one in found)


@settings(max_examples=60, deadline=None)
@given(
    groups=st.integers(1, 5),
    spacing=st.integers(1, 4),
    facilitators=st.integers(0, 2),
    capacity=st.integers(1, 6),
    away=AWAY,
    closed=CLOSED,
)
def test_every_thing_that_blocks_says_what_relaxing_it_alone_would_give(
    groups, spacing, facilitators, capacity, away, closed
):
    for each in plan(tiny((3,) * groups, 12, spacing, facilitators, capacity, away, closed)).unplaced:
        assert each.blocking
        for blocker in each.blocking:
            assert blocker.relaxing


@pytest.mark.parametrize(("groups", "missing"), [(5, "3 more days"), (8, "12 more days")])
def test_where_no_rule_but_days_are_short_it_is_said_how_many(groups, missing):
    for each in plan(tiny((3,) * groups, 12, 1)).unplaced:
        assert [one.relaxing for one in each.blocking] == [
            f"At least {missing} of facilitators, or as many visits fewer, would be needed."
        ]


@pytest.mark.parametrize(("days", "left"), [(2, "2 working days"), (1, "1 working day")])
def test_where_the_time_for_visits_is_too_short_whatever_else_applies_it_is_said(days, left):
    (each,) = plan(tiny((3,), days)).unplaced
    (blocker,) = each.blocking
    assert (each.proven, blocker.rule) == (True, Rule.VISIT_WINDOW)
    assert blocker.sentence.startswith("From Monday 2 November 2026 to ")
    assert blocker.sentence.endswith(f"there are {left}, but the group needs 3.")
    assert blocker.relaxing == "A later end of the time for visits gives more days."


def test_days_that_are_too_near_are_not_said_to_be_taken_by_events_and_visits():
    (each,) = plan(tiny((3,), 12), earliest=SPAN[-2]).unplaced
    (blocker,) = each.blocking
    assert blocker.rule is Rule.FROZEN
    assert blocker.dates == tuple(SPAN[:-2])
    assert blocker.relaxing == "Without it: 10 more days, and a date for every visit."


def test_one_group_competes_with_nobody():
    (each,) = plan(tiny((3,), capacity=2)).unplaced
    assert [one.sentence for one in each.blocking] == ["Facilitators have 2 days for the 3 visits of this group."]

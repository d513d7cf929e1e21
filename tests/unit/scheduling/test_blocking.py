"""A blocking set blocks, nothing in it can be left out, and while it is small there is no smaller one."""

from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.scheduling.domain.blocking import LARGEST_TRIED, explain, feasible, restrictions, smallest_set
from services.scheduling.domain.planner import new_board
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
    found = smallest_set(board, group, active)
    assert not feasible(board, group, found)
    for one in found:
        assert feasible(board, group, [other for other in found if other is not one])
    for size in range(1, min(len(found), LARGEST_TRIED + 1)):
        assert all(feasible(board, group, some) for some in combinations(active, size))


@settings(max_examples=60, deadline=None)
@given(away=AWAY, spacing=st.integers(1, 4))
def test_what_relaxing_gives_is_what_relaxing_gives(away, spacing):
    problem = tiny((3,), 12, spacing, impossible=away)
    board = new_board(problem)
    group = problem.groups[0]
    for blocker in explain(board, group):
        for person in blocker.people:
            without = {who: days for who, days in away.items() if who != person}
            relaxed = new_board(tiny((3,), 12, spacing, impossible=without))
            possible = feasible(relaxed, group, tuple(restrictions(relaxed, group)))
            assert blocker.relaxing.endswith("and a date for every visit.") == possible
            assert set(blocker.dates) <= set(away[person])

"""A smallest conflict is as small as trying all subsets finds; where the effort ends first, it is said and minimal."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.planner.proofs.hitting_sets import members, smallest_conflict, without_needless

COUNT = 9
EVERYTHING = (1 << COUNT) - 1
CONFLICTS = st.lists(st.integers(1, EVERYTHING), min_size=1, max_size=12)
"""Sets that leave no solution; neither does whatever holds one of them."""


def solvable_beside(conflicts):
    return lambda some: not any(one & ~some == 0 for one in conflicts)


def fewest(solvable):
    """By trying all subsets."""
    return min(some.bit_count() for some in range(EVERYTHING + 1) if not solvable(some))


def is_minimal(some, solvable):
    return not solvable(some) and all(solvable(some & ~one) for one in members(some))


@settings(max_examples=300, deadline=None)
@given(conflicts=CONFLICTS)
def test_no_subset_with_fewer_members_is_a_conflict(conflicts):
    solvable = solvable_beside(conflicts)
    found = smallest_conflict(COUNT, solvable)
    assert found.smallest
    assert is_minimal(found.members, solvable)
    assert found.members.bit_count() == fewest(solvable)


@settings(max_examples=300, deadline=None)
@given(conflicts=CONFLICTS, steps=st.integers(0, 40))
def test_what_is_called_smallest_is_so_however_little_effort_is_allowed(conflicts, steps):
    solvable = solvable_beside(conflicts)
    found = smallest_conflict(COUNT, solvable, steps)
    assert is_minimal(found.members, solvable)
    assert not found.smallest or found.members.bit_count() == fewest(solvable)


def test_a_set_of_four_is_found_beside_ones_of_five_and_six_that_are_minimal_too():
    four, five, six = 0b1111, 0b1_1111_0000, 0b111_1110_0000_0000
    solvable = solvable_beside([four, five, six])
    assert without_needless((1 << 15) - 1, solvable) == six
    assert smallest_conflict(15, solvable).members == four


def test_every_size_is_found():
    for size in range(1, COUNT + 1):
        conflicts = [sum(1 << one for one in some) for some in combinations(range(COUNT), size)]
        assert smallest_conflict(COUNT, solvable_beside(conflicts)).members.bit_count() == size


def test_tests_and_branches_end_with_the_effort_allowed():
    asked = []

    def solvable(some):
        asked.append(some)
        return some.bit_count() < 12

    found = smallest_conflict(24, solvable, 500)
    assert (found.members.bit_count(), found.smallest) == (12, False)
    assert len(asked) <= 500 + 24

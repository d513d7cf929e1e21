"""The engine on arrays: its score against the domain's, its random numbers, its tables."""

import numba
import numpy as np
import pytest
from hypothesis import given, settings

from benchmarks.instances import generate, instance
from services.matching.domain.rules import forbidden
from services.matching.domain.score import worth
from services.matching.engine import kernel
from services.matching.engine.candidates import partners
from services.matching.engine.chance import Chance, seeded
from services.matching.engine.draw import below
from services.matching.engine.effort import Effort, split
from services.matching.engine.small import Tables
from services.matching.engine.solve import WEIGHTS, solve
from services.matching.engine.start import hilbert
from services.matching.forming.encode import encode, engine_weights
from services.matching.forming.formation import ready
from tests.unit.matching import cases


@settings(max_examples=30, deadline=None)
@given(cases.rounds(least=4, most=7))
def test_both_searches_score_and_forbid_as_the_slow_scorer_does(matching):
    matching = ready(matching)
    instance, weights = encode(matching), engine_weights(matching.rules.weights)
    tables = Tables(instance, weights)
    for size in (3, 4):
        group = matching.schools[:size]
        slow = worth(matching.rules.weights, group)
        apart = sum(forbidden(matching, a, b) for at, a in enumerate(group) for b in group[:at])
        numbers = np.arange(size, dtype=np.int32)
        assert kernel.group_value(instance, weights, numbers, size) == pytest.approx(slow, abs=1e-9)
        assert kernel.broken(instance, numbers, size) == apart
        assert tables.faults((1 << size) - 1) == 2 * apart
        assert tables.value((1 << size) - 1) == pytest.approx(slow - 2000.0 * apart, abs=1e-6)


@pytest.mark.parametrize("function", [kernel.group_value, kernel.broken])
def test_compiled_code_counts_no_references_to_its_arrays(function):
    anew = numba.njit(**{name: value for name, value in function.targetoptions.items() if name != "nopython"})(
        function.py_func
    )
    x = instance(generate(30))
    group = np.array([0, 1, 2, 3], np.int32)
    if function is kernel.group_value:
        anew(x, WEIGHTS, group, 4)
    else:
        anew(x, group, 4)
    (code,) = anew.inspect_llvm().values()
    assert "@NRT_incref" not in code


def test_compiled_and_plain_random_numbers_are_the_same():
    plain, state = Chance(42), seeded(42)
    assert [plain.below(1000) for _ in range(500)] == [below(state, 1000) for _ in range(500)]
    assert Chance(1).below(2**31 - 1) == 389974932


@pytest.mark.parametrize(
    ("count", "sizes", "expected"),
    [
        (3, (3, 4), (1, 0, 0)),
        (5, (3, 4), (0, 1, 1)),
        (6, (3, 4), (2, 0, 0)),
        (7, (3, 4), (1, 1, 0)),
        (30, (3, 4), (6, 3, 0)),
        (300, (3, 4), (44, 42, 0)),
        (7, (3,), (2, 0, 1)),
        (11, (4,), (0, 2, 3)),
    ],
)
def test_schools_split_into_trios_and_quads(count, sizes, expected):
    assert split(count, sizes) == expected


def test_every_number_from_six_splits_without_remainder():
    for count in range(6, 400):
        trios, quads, over = split(count, (3, 4))
        assert (3 * trios + 4 * quads, over) == (count, 0)
        assert trios >= 0
        assert quads >= 0


def test_partner_lists_hold_the_allowed_only_and_the_best_first():
    matching = ready(cases.plain(70, farthest=30.0))
    instance, weights = encode(matching), engine_weights(matching.rules.weights)
    near, counts = partners(instance, weights, 10)
    for i, school in enumerate(matching.schools):
        allowed = [j for j, other in enumerate(matching.schools) if j != i and not forbidden(matching, school, other)]
        assert counts[i] == min(10, len(allowed))
        assert set(near[i, : counts[i]].tolist()) <= set(allowed)


def test_neighbours_along_the_curve_are_neighbours_on_the_ground():
    grid = np.array([(x, y) for x in range(64) for y in range(64)], float)
    order = np.argsort(hilbert(grid), kind="stable")
    steps = np.abs(np.diff(grid[order], axis=0)).sum(axis=1)
    assert steps.max() <= 2
    assert steps.mean() < 1.05


def test_three_hundred_schools_reach_the_score_asked_for_without_a_broken_rule():
    x = instance(generate(300))
    found = solve(x, effort=Effort(base=600_000, assignments=0.2, refined=0, steps=0))
    assert sorted(i for group in found.groups for i in group) == list(range(300))
    assert [kernel.broken(x, np.array(group, np.int32), len(group)) for group in found.groups] == [0] * 86
    assert found.score > 0.47
    assert found.whole

"""The bound: never below a score, tight where everything can be weighed, valid however early it stops."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.instances import generate as made
from benchmarks.instances import instance
from services.matching.domain.schools import Rules, Weights
from services.matching.domain.score import cohort_parts
from services.matching.engine import bound as bounds
from services.matching.engine import columns as columns_of
from services.matching.engine import kernel
from services.matching.engine.anneal import fresh
from services.matching.engine.bound import bound, cut
from services.matching.engine.candidates import partners
from services.matching.engine.columns import generate
from services.matching.engine.effort import Effort
from services.matching.engine.refine import refine
from services.matching.engine.solve import WEIGHTS, solve
from services.matching.engine.start import first_groups
from services.matching.forming.formation import form
from tests.unit.matching import cases
from tests.workers import UNTRACED

pytestmark = UNTRACED

QUICK = Effort(steps=300, base=20_000, refined=0)
SLOW = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def value(x, group):
    return float(kernel.group_value(x, WEIGHTS, np.array(group, np.int32), len(group)))


def told(x, found, effort):
    """The bound, which there has to be."""
    it = bound(x, WEIGHTS, list(found.groups), effort)
    assert it is not None
    return it


def feasible(x):
    groups = [group for size in (3, 4) for group in combinations(range(x.size), size)]
    return [group for group in groups if kernel.broken(x, np.array(group, np.int32), len(group)) == 0]


@SLOW
@given(cases.rounds(least=3, most=9, pins=True))
def test_up_to_nine_schools_the_bound_is_the_score_itself(matching):
    formed = form(replace(matching, rules=Rules(weights=Weights(both_ways=0.0))), 1)
    if formed.groups:
        assert formed.bound is not None
        assert formed.bound == pytest.approx(formed.parts.total, abs=1e-6)
        assert formed.bound_kind == "certified: what the best partition scores"
    else:
        assert formed.bound is None


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases.rounds(least=12, most=24, pins=True))
def test_no_score_exceeds_its_bound_and_prices_add_up_to_it(matching):
    formed = form(matching, 1, QUICK)
    if not formed.groups:
        return
    placed = sum(len(group) for group in formed.groups)
    assert formed.bound is not None
    assert formed.bound >= cohort_parts(matching.rules.weights, formed.groups).total - 1e-9
    waiting = {one.school.id for one in formed.waiting}
    assert set(formed.prices) == {school.id for school in matching.schools} - waiting
    assert sum(formed.prices.values()) >= placed * formed.bound - 1e-6


def test_no_group_is_worth_more_than_its_members_pay_however_early_it_stops():
    x = instance(made(24))
    groups = list(solve(x).groups)
    limits = []
    for rounds in (1, 2, 5, 200):
        columns = generate(x, WEIGHTS, groups, rounds)
        schools, tolls = columns.prices
        short = [schools[list(group)].sum() + tolls[len(group) - 3] - value(x, group) for group in feasible(x)]
        assert min(short) >= -1e-9
        limits.append(columns.limit)
    assert limits == sorted(limits, reverse=True)
    assert limits[0] > limits[-1] + 1.0
    assert limits[-1] >= sum(value(x, group) for group in groups) - 1e-9


def test_the_bound_of_thirty_schools_is_the_score_of_the_best_partition():
    x = instance(made(30))
    found = solve(x)
    most = told(x, found, Effort())
    assert most.kind == "certified: what the best partition scores"
    assert most.value == pytest.approx(found.score, abs=1e-6)
    worse = solve(x, seed=2, effort=QUICK)
    assert told(x, worse, Effort()).value >= found.score - 1e-9


def test_a_hundred_schools_are_brought_within_a_percent_of_the_bound():
    x = instance(made(100))
    found = solve(x, effort=Effort(base=200_000))
    most = told(x, found, Effort())
    assert found.score <= most.value <= found.score * 1.01
    assert sorted(i for group in found.groups for i in group) == list(range(100))
    assert [kernel.broken(x, np.array(group, np.int32), len(group)) for group in found.groups] == [0] * 29


def test_a_partition_that_breaks_a_rule_is_left_to_the_repair():
    x = instance(made(64))
    near, counts = partners(x, WEIGHTS, 20)
    state = fresh(x, WEIGHTS, first_groups(x, 8, 10))
    assert state.faults.any()
    assert refine(x, WEIGHTS, state, near, counts, 1, 5) is state


def test_a_large_round_is_bounded_by_windows_that_say_they_are_local(monkeypatch):
    monkeypatch.setattr(bounds, "CERTIFIED", 50)
    monkeypatch.setattr(bounds, "WINDOW", 25)
    x = instance(made(100))
    found = solve(x, effort=QUICK)
    most = told(x, found, Effort(windows=2))
    assert most.kind == "by window: 2 of 4 windows of about 25 schools; local"
    assert 40 <= len(most.prices) <= 60
    assert most.value >= found.score - 1e-12
    assert bound(x, WEIGHTS, list(found.groups), Effort(windows=0)) is None
    windows = cut(x, list(found.groups))
    assert sorted(group for window in windows for group in window) == sorted(found.groups)
    assert [20 <= sum(len(group) for group in window) <= 30 for window in windows] == [True] * 4


def test_where_groups_changed_the_windows_with_most_of_them_are_looked_at(monkeypatch):
    monkeypatch.setattr(bounds, "CERTIFIED", 50)
    monkeypatch.setattr(bounds, "WINDOW", 25)
    x = instance(made(100))
    groups = list(solve(x, effort=QUICK).groups)
    windows = cut(x, groups)
    changed = frozenset([*windows[3][:2], windows[2][0]])
    most = bound(x, WEIGHTS, groups, Effort(windows=1), changed=changed)
    assert most is not None
    assert most.kind == "by window: 1 of 4 windows of about 25 schools, those that changed most; local"
    assert set(most.prices) == {school for group in windows[3] for school in group}
    both = bound(x, WEIGHTS, groups, Effort(windows=4), changed=changed)
    assert both is not None
    assert set(both.prices) == {school for window in windows[2:] for group in window for school in group}


def test_the_bound_by_window_tells_how_far_it_is_in_every_round(monkeypatch):
    monkeypatch.setattr(bounds, "CERTIFIED", 50)
    monkeypatch.setattr(bounds, "WINDOW", 25)
    x, signs = instance(made(100)), list[float]()
    bound(x, WEIGHTS, list(solve(x, effort=QUICK).groups), Effort(windows=4), progress=signs.append)
    assert len(signs) > 8
    assert set(signs) <= {0.0, 0.25, 0.5, 0.75}
    assert max(signs) >= 0.5


def test_without_groups_or_rounds_there_is_no_bound():
    x = instance(made(24))
    assert bound(x, WEIGHTS, [], Effort()) is None
    assert bound(x, WEIGHTS, list(solve(x).groups), Effort(rounds=0)) is None


def test_schools_that_are_all_alike_do_not_keep_it_busy_for_hours(monkeypatch):
    monkeypatch.setattr(columns_of, "BUDGET", 2000)
    x = instance(made(64))
    found = solve(x, effort=QUICK)
    assert bound(x, WEIGHTS, list(found.groups), Effort()) is None
    assert solve(x, effort=Effort(steps=300, base=20_000)).groups

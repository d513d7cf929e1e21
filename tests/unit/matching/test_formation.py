"""Properties of every match, and the smallest ones against all partitions."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings

from services.matching.domain.rules import broken, feasible
from services.matching.domain.schools import Rules, Weights
from services.matching.domain.score import cohort_parts, coverages, one_sided, worth
from services.matching.engine.effort import Effort
from services.matching.forming import formation
from services.matching.forming.formation import ready
from tests.unit.matching import cases

form = partial(formation.form, effort=Effort(steps=500, base=200_000, refined=0, rounds=0))
SLOW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(matching, formed):
    """A partition, sizes, no rule broken, a score that is what the slow scorer says."""
    matching = ready(matching)
    placed = [school.id for group in formed.groups for school in group]
    waiting = [one.school.id for one in formed.waiting]
    assert sorted(placed + waiting) == sorted(school.id for school in matching.schools)
    for group in formed.groups:
        assert len(group) in (3, 4)
        assert feasible(matching, group)
    if formed.groups:
        covered = [c for group in formed.groups for c in coverages(group)]
        assert formed.parts == cohort_parts(matching.rules.weights, formed.groups)
        assert formed.minimum == pytest.approx(min(covered))
        assert formed.minimum <= formed.p5 <= formed.median


@SLOW
@given(cases.rounds(least=3, most=9, pins=True))
def test_up_to_nine_schools_no_partition_places_more_or_scores_higher(matching):
    formed = form(matching, 1)
    if formed.blocking:
        assert not formed.groups
        return
    check(matching, formed)
    placed, most = cases.best_by_force(ready(matching))
    assert sum(len(group) for group in formed.groups) == placed
    assert sum(worth(matching.rules.weights, group) for group in formed.groups) == pytest.approx(most, abs=1e-9)


def test_everybody_gives_and_gets_where_the_data_allow_it_at_a_small_loss_of_score():
    matching = replace(cases.plain(60, farthest=60.0), rules=Rules(weights=Weights(both_ways=0.0)))
    steered = replace(matching, rules=Rules())
    one, other = form(matching, 1), form(steered, 1)
    assert sum(one_sided(group) for group in one.groups) > 10
    assert [one_sided(group) for group in other.groups] == [0] * len(other.groups)
    assert other.parts.total < one.parts.total


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases.rounds(least=12, most=24, pins=True))
def test_a_round_of_some_dozen_is_a_partition_without_a_broken_rule(matching):
    formed = form(matching, 1)
    if not formed.groups:
        assert formed.blocking
        return
    check(matching, formed)


@pytest.mark.parametrize("count", [3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 30, 60, 61, 100])
def test_every_number_of_schools_that_can_be_split_is_split_whole(count):
    formed = form(cases.plain(count, farthest=500.0), 1)
    check(cases.plain(count, farthest=500.0), formed)
    assert not formed.waiting


@pytest.mark.parametrize(
    ("count", "says"), [(0, "0 schools are"), (1, "1 school is"), (2, "2 schools are"), (5, "5 schools cannot")]
)
def test_other_numbers_are_refused_with_the_reason(count, says):
    (blocking,) = form(cases.plain(count), 1).blocking
    assert blocking.rule == "sizes"
    assert blocking.sentence.startswith(says)


@pytest.mark.parametrize(
    ("sizes", "count", "groups", "left", "says"),
    [
        ((3,), 5, 1, 2, "leave some of this number of schools over"),
        ((3,), 8, 2, 2, "leave some of this number of schools over"),
        ((4,), 5, 1, 1, "leave some of this number of schools over"),
        ((4,), 3, 0, 0, "3 schools are enrolled; the smallest group has 4."),
        ((4,), 70, 17, 2, "leave some of this number of schools over"),
    ],
)
def test_groups_of_one_size_leave_no_more_over_than_they_must(sizes, count, groups, left, says):
    whole = cases.plain(count, farthest=500.0)
    formed = form(replace(whole, rules=replace(whole.rules, sizes=sizes)), 1)
    assert (len(formed.groups), len(formed.waiting)) == (groups, left)
    assert all(says in one.sentence for one in formed.waiting)
    assert all(says in one.sentence for one in formed.blocking)


@pytest.mark.parametrize("count", [6, 30, 70])
def test_all_in_one_trust_is_refused_naming_the_trust(count):
    formed = form(cases.plain(count, trust="t", farthest=500.0), 1)
    assert [(one.rule, len(one.school_ids)) for one in formed.blocking] == [("same-trust", count)]
    assert len(formed.waiting) == count


@pytest.mark.parametrize("count", [7, 20, 80])
@pytest.mark.parametrize("place", [(0.0, 0.0), None])
def test_one_place_or_none_known_for_all_is_no_obstacle(count, place):
    formed = form(cases.plain(count, place=place), 1)
    check(cases.plain(count, place=place), formed)
    assert not formed.waiting
    assert formed.parts.travel == pytest.approx(0.1 if place else 0.0)


@pytest.mark.parametrize("count", [9, 24, 75])
def test_the_same_seed_gives_the_same_groups_and_order_of_arrival_does_not_matter(count):
    matching = cases.plain(count, farthest=30.0)
    backwards = type(matching)(tuple(reversed(matching.schools)))
    assert form(matching, 7).groups == form(matching, 7).groups == form(backwards, 7).groups


def test_a_school_that_comes_twice_is_refused_not_placed_twice():
    whole = cases.plain(8)
    with pytest.raises(ValueError, match="an id of its own"):
        replace(whole, schools=(*whole.schools, cases.school(0, place=(9000.0, 0.0))))


def test_schools_without_coordinates_get_the_middle_of_their_authority():
    matching = cases.plain(8, farthest=500.0)
    lost = matching.schools[0]
    matching = type(matching)((cases.school(0, authority="0", place=None, needs=lost.needs), *matching.schools[1:]))
    put = ready(matching).schools[0]
    assert (put.place, put.estimated) == ((8000.0, 0.0), True)


def test_a_pin_together_holds_in_a_large_round_and_one_apart_too():
    matching = cases.plain(80, farthest=100.0)
    free = form(matching, 1)
    a, b = free.groups[0][0].id, free.groups[0][1].id
    others = [
        group for group in free.groups[1:] if not broken(matching.rules, matching.pins, group[0], free.groups[0][0])
    ]
    c = others[-1][0].id
    pins = type(matching.pins)(frozenset({frozenset({a, c})}), frozenset({frozenset({a, b})}))
    pinned = form(type(matching)(matching.schools, pins=pins), 1)
    check(type(matching)(matching.schools, pins=pins), pinned)
    group = next(group for group in pinned.groups if a in {school.id for school in group})
    assert c in {school.id for school in group}
    assert b not in {school.id for school in group}

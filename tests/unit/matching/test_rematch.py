"""Matching again: what is kept, what it costs, and what is left to choose from."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matching.domain.draft_groups import changed_and_new
from services.matching.domain.records import Proposal
from services.matching.domain.relationships import Point, ended, movers, relationships, successors, worth_choosing
from services.matching.domain.schools import Pins, Round, Rules, Weights
from services.matching.domain.score import group_parts
from services.matching.engine import bound as bounds
from services.matching.engine.warm_start import Search, around, improved
from services.matching.forming.encode import encode, engine_weights
from services.matching.forming.formation import form
from services.matching.forming.rematch import Standing, curve, rematch, repaired
from services.matching.forming.what_if import what_if
from tests.unit.matching import cases
from tests.unit.matching.regrouped import COHORT, QUICK, check, ids, published, standing
from tests.workers import UNTRACED

pytestmark = UNTRACED


def test_relationships_and_movers_by_hand():
    before = (("a", "b", "c"), ("d", "e", "f", "g"))
    after = (("d", "e", "f"), ("a", "b", "c", "g"))
    assert relationships(before[:1]) == {frozenset("ab"), frozenset("ac"), frozenset("bc")}
    assert ended(before, after, "abcdefg") == 3
    assert ended(before, after, "abcdef") == 0
    assert successors(before, after) == [1, 0]
    assert movers(before, after) == ("g",)
    assert successors(before, (("a", "b", "x"), ("c", "d", "e"), ("f", "g", "y"))) == [0, 1, None]


def test_only_points_that_nothing_beats_are_worth_choosing():
    points = [
        Point(None, ended=0, moved=0, waiting=0, score=0.50),
        Point(0.08, ended=4, moved=2, waiting=0, score=0.49),
        Point(0.04, ended=6, moved=4, waiting=0, score=0.53),
        Point(0.02, ended=6, moved=5, waiting=0, score=0.53),
        Point(0.00, ended=20, moved=12, waiting=1, score=0.60),
    ]
    assert worth_choosing(points) == [0, 2, 4]
    assert worth_choosing(list(reversed(points))) == [4, 1, 0]


@pytest.mark.parametrize("count", [14, 30, 75])
def test_nothing_changed_nothing_repaired(count):
    matching = cases.plain(count, farthest=60.0)
    stands = standing(matching)
    assert ids(repaired(matching, stands, 5).groups) == stands.groups


@pytest.mark.parametrize("count", [14, 30, 75])
def test_a_school_that_joins_ends_no_relationship(count):
    matching = cases.plain(count, farthest=60.0)
    stands = standing(matching)
    more = Round((*matching.schools, cases.school(900, place=(9000.0, 0.0), phase="primary")))
    found = repaired(more, stands, 1)
    check(more, stands, found)
    assert not found.waiting
    assert ended(stands.groups, ids(found.groups), [school.id for school in more.schools]) == 0


@pytest.mark.parametrize(("sizes", "fewest"), [((3, 3, 3), 1), ((4, 4, 3), 3), ((4, 4, 4), 0)])
def test_a_school_that_leaves_ends_as_few_relationships_as_can_be(sizes, fewest):
    """A pair left over is split up among trios, or filled up from a quad; a quad goes on as a trio."""
    matching = cases.plain(sum(sizes), farthest=500.0)
    names, groups = [school.id for school in matching.schools], []
    for size in sizes:
        groups.append(tuple(names[:size]))
        names = names[size:]
    stands = Standing(tuple(groups))
    gone = groups[-1][0]
    rest = Round(tuple(school for school in matching.schools if school.id != gone))
    found = repaired(rest, stands, 1)
    check(rest, stands, found)
    assert not found.waiting
    assert ended(stands.groups, ids(found.groups), [school.id for school in rest.schools]) == fewest


@pytest.mark.parametrize("count", [30, 75])
def test_pins_and_a_new_rule_are_repaired_around_and_far_groups_stay(count):
    matching = cases.plain(count, farthest=500.0)
    stands = standing(matching)
    a, b = stands.groups[0][0], stands.groups[1][0]
    c, d = stands.groups[-1][:2]
    pins = Pins(frozenset({frozenset({a, b})}), frozenset({frozenset({c, d})}))
    pinned = Round(matching.schools, pins=pins)
    found = repaired(pinned, stands, 1)
    check(pinned, stands, found)
    homes = {school: group for group in ids(found.groups) for school in group}
    assert homes[a] == homes[b]
    assert homes[c] != homes[d]
    assert len(set(ids(found.groups)) & set(stands.groups)) >= len(stands.groups) - 6


@pytest.mark.parametrize(("sizes", "pinned"), [((4, 4), (8, 9)), ((4, 3), (0, 7))])
def test_pinned_schools_without_a_group_are_placed_together(sizes, pinned):
    """Two who came later take a member of a quad; one who is bound to a member goes where both have room."""
    matching = cases.plain(max(sum(sizes), *(at + 1 for at in pinned)), farthest=500.0)
    names = [school.id for school in matching.schools]
    stands = Standing((tuple(names[: sizes[0]]), tuple(names[sizes[0] : sum(sizes)])))
    pair = frozenset(names[at] for at in pinned)
    bound = replace(matching, pins=Pins(frozenset({pair})))
    found = repaired(bound, stands, 1)
    check(bound, stands, found)
    assert not found.waiting
    assert [pair <= set(group) for group in ids(found.groups)].count(True) == 1


@pytest.mark.parametrize("count", [20, 66])
def test_the_curve_runs_from_the_least_change_to_the_best_score(count):
    matching = cases.plain(count, farthest=60.0)
    stands = standing(matching)
    rest = Round(matching.schools[2:])
    found = curve(rest, stands, 1, QUICK)
    points = [option.point for option in found]
    assert len(points) >= 2
    assert points[0].ended == min(point.ended for point in points)
    assert [point.ended for point in points] == sorted({point.ended for point in points})
    assert [point.score for point in points] == sorted({point.score for point in points})
    for option in found:
        check(rest, stands, option.formed)
        assert option.point.score == pytest.approx(option.formed.parts.total)
    assert points == [option.point for option in curve(rest, stands, 1, QUICK)]


@pytest.mark.parametrize("count", [20, 66])
def test_a_rematch_has_a_bound_and_prices_that_add_up_to_it_like_a_first_formation(count):
    matching = replace(cases.plain(count, farthest=60.0), rules=Rules(weights=Weights(both_ways=0.0)))
    first = form(matching, 1, QUICK)
    found = rematch(matching, Standing(ids(first.groups)), 1, QUICK)
    assert found.bound is not None
    assert found.parts.total <= found.bound + 1e-9
    assert found.bound_kind.startswith("certified: ")
    assert found.bound == pytest.approx(first.bound, rel=0.002)
    assert set(found.prices) == {school.id for group in found.groups for school in group}
    assert sum(found.prices.values()) >= count * found.bound - 1e-6
    assert repaired(matching, Standing(ids(first.groups)), 1).bound is None


def test_a_bound_counts_frozen_groups_as_they_are_and_prices_none_of_their_schools():
    matching = replace(cases.plain(20, farthest=500.0), rules=Rules(weights=Weights(both_ways=0.0)))
    first, *others = standing(matching).groups
    found = rematch(matching, Standing(tuple(others), (first,)), 1, QUICK, keeping=0.0)
    by_id = {school.id: school for school in matching.schools}
    fixed = group_parts(matching.rules.weights, tuple(by_id[school] for school in first)).total
    assert set(found.prices) == set(by_id) - set(first)
    assert found.bound is not None
    assert sum(found.prices.values()) + fixed == pytest.approx(20 * found.bound, rel=0.01)
    assert found.bound >= found.parts.total - 1e-9


def test_a_large_rematch_is_bounded_where_it_changed_most(monkeypatch):
    monkeypatch.setattr(bounds, "CERTIFIED", 40)
    monkeypatch.setattr(bounds, "WINDOW", 24)
    matching = cases.plain(75, farthest=60.0)
    stands = standing(matching)
    apart = replace(matching, pins=Pins(apart=frozenset({frozenset(stands.groups[0][:2])})))
    found = rematch(apart, stands, 1, replace(QUICK, windows=1), keeping=1.0)
    assert found.bound_kind == "by window: 1 of 3 windows of about 24 schools, those that changed most; local"
    assert set(stands.groups[0][:2]) <= set(found.prices)
    assert len(found.prices) < 40


def test_a_curve_that_takes_too_long_ends_with_the_points_it_has():
    matching = cases.plain(66, farthest=60.0)
    found = curve(Round(matching.schools[2:]), standing(matching), 1, replace(QUICK, ceiling=0.0))
    assert [option.point.keeping for option in found] == [None]


def test_options_of_a_curve_that_place_the_same_schools_share_the_bound_of_the_best():
    matching = cases.plain(66, farthest=60.0)
    found = curve(Round(matching.schools[2:]), standing(matching), 1, QUICK)
    best = max(found, key=lambda option: option.point.score)
    assert best.formed.bound is not None
    assert best.formed.bound >= best.point.score
    assert {option.formed.bound for option in found} == {best.formed.bound}
    assert all(option.formed.prices == best.formed.prices for option in found)


def test_a_heavy_weight_is_searched_near_what_changed_and_a_light_one_everywhere():
    """Where no group has changed nothing moves near changes, although relationships count next to nothing."""
    matching = cases.plain(75, farthest=30.0)
    names = [school.id for school in matching.schools]
    groups = [list(range(at, at + 3)) for at in range(0, 75, 3)]
    weights = engine_weights(Weights(), keeping=0.001)
    kept = relationships(tuple(names[at] for at in group) for group in groups)
    within = around(encode(matching, kept), weights)
    assert improved(within, weights, groups, Search(400, 0.09, 0.018, 1.0, whole=False), 1, None) == groups
    moved = improved(within, weights, groups, Search(400, 0.09, 0.018, 1.0, whole=True), 1, None)
    assert moved != groups
    assert sorted(school for group in moved for school in group) == list(range(75))
    hot = Search(1, 50.0, 40.0, 0.0, whole=True)
    assert improved(within, weights, moved, hot, 1, None) is moved


def test_what_cannot_be_matched_says_why_instead_of_a_curve():
    (only,) = curve(cases.plain(5), Standing(()), 1)
    assert [block.rule for block in only.formed.blocking] == ["sizes"]
    assert [b.rule for b in rematch(cases.plain(2), Standing(()), 1).blocking] == ["sizes"]
    assert [b.rule for b in repaired(cases.plain(2), Standing(()), 1).blocking] == ["sizes"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases.rounds(least=6, most=16, pins=True), st.data())
def test_any_groups_of_any_round_are_repaired_into_a_partition_that_keeps_every_rule(matching, data):
    names = data.draw(st.permutations([school.id for school in matching.schools]))
    cuts = [names[at : at + 3] for at in range(0, len(names), 3)][: data.draw(st.integers(0, 4))]
    stands = Standing(tuple(tuple(cut) for cut in cuts))
    found = repaired(matching, stands, 1)
    if not found.blocking:
        check(matching, stands, found)


def test_what_a_pin_would_do_is_what_the_repair_does():
    matching = cases.plain(21, farthest=500.0)
    stands = standing(matching)
    a, b = stands.groups[0][0], stands.groups[2][0]
    pinned = Round(matching.schools, Rules(), Pins(frozenset({frozenset({a, b})})))
    found = what_if(pinned, stands.groups, 1)
    after = repaired(pinned, stands, 1)
    before = form(matching, 1, QUICK).parts.total
    assert found.gained == pytest.approx(21 * (after.parts.total - before))
    assert (found.placed, found.honoured) == (0, True)
    assert 1 <= len(found.moves) <= 3
    assert {move.school_id for move in found.moves} == set(movers(stands.groups, ids(after.groups)))
    assert what_if(matching, stands.groups, 1).moves == ()


def test_a_pin_that_founds_a_group_shows_who_goes_there():
    """Two quads, and a school that waits: with it pinned to a member there are three trios, one of them new."""
    matching = cases.plain(9, farthest=500.0)
    names = [school.id for school in matching.schools]
    groups, late = (tuple(names[:4]), tuple(names[4:8])), names[8]
    pinned = replace(matching, pins=Pins(frozenset({frozenset({names[0], late})})))
    found = what_if(pinned, groups, 1)
    after = ids(repaired(pinned, Standing(groups), 1).groups)
    (new,) = [group for group, old in zip(after, successors(groups, after), strict=True) if old is None]
    assert [len(group) for group in after] == [3, 3, 3]
    assert {move.school_id: move.target for move in found.moves} == dict.fromkeys(new, 2)
    assert {move.school_id: move.origin for move in found.moves}[late] is None
    assert (found.placed, found.honoured) == (1, True)


def test_published_groups_go_on_as_those_they_share_most_schools_with():
    known = [published(1, "a", "b", "c"), published(2, "d", "e", "f"), published(3, "g", "h", "i", held=True)]
    known += [published(4, "j", "k"), published(5)]
    assert known[2].frozen
    wanted = [
        Proposal(school_ids=one) for one in (("c", "b", "a"), ("d", "e", "f", "k"), ("j", "x", "y"), ("z", "w", "v"))
    ]
    changed, new = changed_and_new(COHORT, known, wanted)
    assert [(one.number, one.members) for one in changed] == [(2, ("d", "e", "f", "k")), (4, ("j", "x", "y"))]
    assert [(one.number, one.school_ids, one.revision, one.state) for one in new] == [(6, ("z", "w", "v"), 2, "draft")]
    dissolved, _ = changed_and_new(COHORT, known, wanted[:2])
    assert [(one.number, one.members) for one in dissolved] == [(2, ("d", "e", "f", "k")), (4, ())]

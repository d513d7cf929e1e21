"""Coaching pairs and rings, and neighbours of small schools, against brute force."""

from functools import cache
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.assigning.coaching import Head, Reason, allowed, kilometres, met, worth
from services.matching.assigning.graph import regions
from services.matching.assigning.pairing import neighbours, pair, ring
from tests.unit.matching.cases import school

CEO = frozenset({"ceo"})
TOPICS = ("feedback", "reading", "wellbeing")


@st.composite
def partnerships(draw, least=0, most=7):
    count = draw(st.integers(least, most))
    ids = [f"per-{n}" for n in range(count)]
    topics = st.frozensets(st.sampled_from(TOPICS), max_size=2)
    places = st.one_of(st.none(), st.tuples(st.integers(0, 40_000).map(float), st.integers(0, 40_000).map(float)))
    return [
        Head(
            ids[n],
            lines=frozenset(draw(st.sampled_from(["", "", "x", "y"]))),
            place=draw(places),
            farthest=draw(st.sampled_from([15.0, 40.0])),
            strengths=draw(topics),
            needs=draw(topics),
            paired_before=draw(st.frozensets(st.sampled_from(ids), max_size=1)) - {ids[n]},
        )
        for n in range(count)
    ]


def best_by_force(heads, able):
    """(pairs, worth) of the best matching among pairs that are `able`."""

    @cache
    def best(left):
        if not left:
            return 0, 0.0
        first, *rest = sorted(left)
        found = best(frozenset(rest))
        for other in rest:
            if able(heads[first], heads[other]):
                pairs, total = best(frozenset(rest) - {other})
                found = max(found, (pairs + 1, total + round(worth(heads[first], heads[other]), 6)))
        return found

    return best(frozenset(range(len(heads))))


@settings(max_examples=150, deadline=None)
@given(partnerships())
def test_pairs_are_as_many_fresh_ones_as_can_be_and_worth_most(heads):
    found = pair(heads)
    for one, other in found.together:
        assert allowed(one, other)
    fresh = [(one, other) for one, other in found.together if not met(one, other)]
    pairs, total = best_by_force(heads, lambda a, b: allowed(a, b) and not met(a, b))
    assert len(fresh) == pairs
    assert sum(worth(one, other) for one, other in fresh) == pytest.approx(total, abs=1e-5)
    everybody = [head.id for both in found.together for head in both] + [one.head.id for one in found.alone]
    assert sorted(everybody) == [head.id for head in heads]
    assert found.worth == pytest.approx(sum(worth(one, other) for one, other in found.together))


def test_an_earlier_pair_comes_again_only_while_one_would_be_alone():
    ann, bob = Head("ann", paired_before=frozenset({"bob"})), Head("bob")
    assert pair([ann, bob]).repeated == ((ann, bob),)
    cat, dan = Head("cat"), Head("dan")
    assert pair([ann, bob, cat, dan]).repeated == ()


def test_regions_are_even_small_and_of_those_who_are_near():
    places = [(1000.0 * (n % 40), 1000.0 * (n // 40)) for n in range(1601)]
    found = regions(places, largest=500)
    sizes = [found.count(one) for one in range(max(found) + 1)]
    assert sizes == [400, 400, 400, 401]
    assert len({found[at] for at, (x, y) in enumerate(places) if x < 19_000 and y < 19_000}) == 1
    assert regions([None, None], largest=500) == [0, 0]
    assert regions([]) == []


def test_many_heads_are_all_in_fresh_pairs_of_near_ones_though_regions_are_matched_by_themselves():
    heads = [
        Head(f"per-{n:04}", place=(1000.0 * (n % 40), 1000.0 * (n // 40)), farthest=inf, lines=frozenset({f"{n // 9}"}))
        for n in range(800)
    ]
    found = pair(heads)
    assert (len(found.together), found.alone, found.repeated) == (400, (), ())
    assert all(allowed(one, other) and (kilometres(one, other) or inf) < 6 for one, other in found.together)


def test_who_is_alone_is_told_why():
    line = [Head("ann", lines=CEO), Head("bob", lines=CEO)]
    assert [one.reason for one in pair(line).alone] == [Reason.SAME_LINE, Reason.SAME_LINE]
    away = [Head("ann", place=(0.0, 0.0)), Head("bob", place=(90_000.0, 0.0))]
    assert [one.reason for one in pair(away).alone] == [Reason.TOO_FAR, Reason.TOO_FAR]
    odd = pair([Head("ann"), Head("bob"), Head("cat", name="Cat Poole")]).alone
    assert [one.reason for one in odd] == [Reason.ODD_ONE_OUT]
    assert odd[0].sentence.endswith("has one. To help: make one pair a ring of three.")


@pytest.mark.parametrize("matched", [pair, ring])
def test_who_is_the_only_one_is_told_that_there_is_nobody_to_pair_with(matched):
    (alone,) = matched([Head("ann", name="Ann Lee")]).alone
    assert alone.sentence == ("Ann Lee has no partner: there is nobody to pair with. To help: bring in one more head.")


@settings(max_examples=100, deadline=None)
@given(partnerships(least=1, most=12))
def test_rings_break_no_rule_and_leave_nobody_out_who_is_in_none_of_them(heads):
    found = ring(heads)
    for each in found.together:
        assert len(each) >= 3
        assert all(allowed(one, other) for one, other in zip(each, (*each[1:], each[0]), strict=True))
    everybody = [head.id for each in found.together for head in each] + [one.head.id for one in found.alone]
    assert sorted(everybody) == sorted(head.id for head in heads)


@pytest.mark.parametrize(
    ("count", "sizes"), [(3, [3]), (5, [5]), (6, [3, 3]), (7, [3, 4]), (8, [4, 4]), (11, [3, 4, 4]), (2, [])]
)
def test_heads_whom_nothing_keeps_apart_are_all_in_rings_of_three_to_five(count, sizes):
    heads = [Head(f"per-{n:02}", place=(1000.0 * n, 0.0)) for n in range(count)]
    lengths = [len(each) for each in ring(heads).together]
    assert sum(lengths) == sum(sizes)
    assert all(3 <= length <= 5 for length in lengths)


def test_a_step_between_earlier_partners_is_the_last_resort():
    heads = [Head(f"per-{n}", paired_before=frozenset({"per-1"} if n == 0 else ())) for n in range(4)]
    steps = ring(heads)
    assert (len(steps.together), steps.repeated) == (1, ())


def test_small_schools_find_the_nearest_small_neighbour():
    schools = [
        school(1, phase="primary", pupils=40, place=(0.0, 0.0)),
        school(2, phase="primary", pupils=55, place=(3000.0, 0.0)),
        school(3, phase="primary", pupils=60, place=(5000.0, 0.0)),
        school(4, phase="primary", pupils=70, place=(9000.0, 0.0)),
        school(5, phase="primary", pupils=400, place=(100.0, 0.0)),
        school(6, phase="secondary", pupils=80, place=(200.0, 0.0)),
        school(7, phase="primary", pupils=30, place=None),
    ]
    found = neighbours(schools, pupils=100, kilometres=10.0)
    assert [(one.urn, other.urn, way) for one, other, way in found.together] == [
        (100001, 100002, 3.0),
        (100003, 100004, 4.0),
    ]
    none = "No other small school of its stage lies within 10 km, or its place is not known."
    assert [(one.urn, why) for one, why in found.alone] == [(100006, none), (100007, none)]


def test_the_odd_small_school_is_told_that_its_neighbours_are_taken():
    schools = [school(n, phase="primary", pupils=50, place=(1000.0 * n, 0.0)) for n in range(3)]
    found = neighbours(schools, pupils=100, kilometres=10.0)
    assert [why for _, why in found.alone] == ["Its small neighbours share a place with others."]


def test_schools_at_one_place_are_neighbours_where_nobody_travels():
    both = [school(n, pupils=50) for n in (1, 2)]
    assert [(a.id, b.id, way) for a, b, way in neighbours(both, 100, 0.0).together] == [("sch-001", "sch-002", 0.0)]

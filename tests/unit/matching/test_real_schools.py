"""Schools as the register has them: islands, no coordinates, no pupils, phases that are rare where they are."""

from functools import cache
from itertools import combinations

import pytest

from benchmarks.national import ISLANDS, enrolled, register
from services.matching.domain.rules import Rule, broken, feasible
from services.matching.domain.schools import Pins, Round, Rules, distance
from services.matching.engine.effort import Effort
from services.matching.forming.formation import form, ready
from tests.unit.matching import cases
from tests.workers import UNTRACED

pytestmark = UNTRACED

QUICK = Effort(steps=400, base=0)
SOUTH = {"921": "Isle of Wight", "420": "Isles of Scilly", "851": "Portsmouth", "908": "Cornwall"}


@cache
def south():
    """Four authorities of the real register: two islands, and what lies opposite."""
    schools = enrolled([school for school in register() if school.authority_code in SOUTH], 1)
    return Round(schools, Rules(islands=ISLANDS))


@cache
def matched():
    return form(south(), 1, QUICK)


def test_nobody_is_sent_across_the_water():
    for group in matched().groups:
        assert feasible(ready(south()), group)
        assert len({school.authority for school in group} & ISLANDS) * len(group) in (0, len(group))
        assert len({school.authority in ISLANDS for school in group}) == 1


def test_the_only_school_of_an_island_waits_with_the_rule_that_leaves_it_so():
    waiting = {one.school.name: one for one in matched().waiting}
    alone = waiting["The Five Islands Academy"]
    assert (alone.rule, alone.partners) == (Rule.ACROSS_WATER, 0)
    assert "take the island off the list" in alone.sentence
    assert all(one.rule in (Rule.ACROSS_WATER, Rule.TOO_FAR, Rule.NO_PLACE_LEFT) for one in matched().waiting)
    assert len(waiting) <= 3


def test_with_the_crossing_allowed_the_same_school_has_a_group():
    found = form(Round(south().schools, Rules()), 1, QUICK)
    group = next(group for group in found.groups if any(school.authority == "420" for school in group))
    assert {school.authority for school in group} == {"420", "908"}


def test_schools_without_a_place_have_groups_too():
    placed = [school for group in matched().groups for school in group]
    unknown = [school for school in south().schools if school.place is None]
    assert unknown
    assert {school.id for school in unknown} <= {school.id for school in placed}
    assert {school.estimated for school in placed if school.id in {one.id for one in unknown}} == {True}


def test_a_school_without_pupils_has_a_group_with_its_neighbours():
    kent = enrolled([school for school in register() if school.authority_code == "886"], 1)
    here = [school for school in kent if school.place is not None]
    empty = next(school for school in here if school.pupils == 0)
    near = sorted(here, key=lambda one: distance(one, empty) or 0.0)[:12]
    found = form(Round(tuple(near), Rules()), 1, QUICK)
    assert empty.id in {school.id for group in found.groups for school in group}


def test_nobody_travels_farther_than_they_accept():
    for group in matched().groups:
        for a, b in combinations(group, 2):
            way = distance(a, b)
            assert way is not None
            assert way <= min(a.farthest, b.farthest)


@pytest.mark.parametrize("phase", ["16-plus", "nursery", "middle-deemed-secondary"])
def test_one_school_of_a_rare_phase_is_with_schools_it_may_be_with(phase):
    near = [cases.school(n, phase=("primary", "secondary")[n % 2], place=(100.0 * n, 0.0)) for n in range(12)]
    rare = cases.school(99, phase=phase, place=(0.0, 50.0))
    found = form(Round((*near, rare)), 1, QUICK)
    group = next(group for group in found.groups if any(school.id == rare.id for school in group))
    stage = "primary" if phase == "nursery" else "secondary"
    assert {school.stage for school in group} == {stage}


def test_one_of_a_rare_phase_among_schools_it_may_not_be_with_waits_for_the_phase():
    near = [cases.school(n, phase="primary", place=(100.0 * n, 0.0)) for n in range(9)]
    rare = cases.school(99, phase="16-plus", place=(0.0, 50.0))
    (waiting,) = form(Round((*near, rare)), 1, QUICK).waiting
    assert (waiting.school.id, waiting.rule, waiting.gained) == ("sch-099", Rule.PHASES, 9)


def test_islands_are_apart_from_each_other_and_from_the_mainland():
    rules = Rules(islands=frozenset({"921", "420"}))
    wight, scilly, kent, other = (
        cases.school(n, authority=code) for n, code in enumerate(["921", "420", "886", "887"])
    )
    neighbour = cases.school(9, authority="921")
    across = (Rule.ACROSS_WATER,)
    assert [broken(rules, Pins(), wight, one) for one in (scilly, kent, neighbour)] == [across, across, ()]
    assert broken(rules, Pins(), kent, other) == ()
    assert broken(Rules(), Pins(), wight, kent) == ()

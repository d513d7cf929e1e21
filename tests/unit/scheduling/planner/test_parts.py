"""A large programme in parts: they share nobody, and the plan is the same however many processes work on them."""

import datetime as dt
import sys
from dataclasses import replace

import pytest

from benchmarks.scheduling_cases import scheduling_case
from services.scheduling.handlers.workers.processes import shared_out, side_by_side
from services.scheduling.planner.checker import check
from services.scheduling.planner.partition import SPLIT_FROM, Part, parts
from services.scheduling.planner.placement import new_board, plain_name
from services.scheduling.planner.plan import one_after_another, plan
from shared.errors import Retryable
from tests.unit.scheduling.cases import year
from tests.workers import UNTRACED

pytestmark = UNTRACED

PROBLEM = scheduling_case(220, seed=4)


def whole(problem, kept=()):
    return Part(problem, new_board(problem).events, tuple(kept), dt.date.min, plain_name)


def split(problem, kept=()):
    return parts(whole(problem, kept), split_from=1)


def test_every_group_and_facilitator_belongs_to_one_part():
    found = split(PROBLEM)
    groups = [group.id for part in found for group in part.problem.groups]
    leaders = [one for part in found for one in part.problem.facilitators]
    assert len(found) == 9
    assert sorted(groups) == sorted(group.id for group in PROBLEM.groups)
    assert sorted(leaders) == sorted(PROBLEM.facilitators)


def test_a_part_holds_its_own_schools_and_people_only():
    for part in split(PROBLEM):
        assert {school.region for school in part.problem.schools.values()} == {f"Region {split(PROBLEM).index(part)}"}
        assert set(part.problem.people) == {person for group in part.problem.groups for person in group.people}


def test_groups_that_share_somebody_or_reach_over_regions_are_left_to_the_whole_board():
    one, two, three = PROBLEM.groups[:3]
    shared = replace(two, pairs={**two.pairs, two.schools[0]: one.pairs[one.schools[0]]})
    away = replace(PROBLEM.schools[three.schools[0]], region="Elsewhere")
    schools = {**PROBLEM.schools, away.id: away}
    problem = replace(PROBLEM, groups=(one, shared, *PROBLEM.groups[2:]), schools=schools)
    inside = {group.id for part in split(problem) for group in part.problem.groups}
    assert {group.id for group in problem.groups} - inside == {one.id, two.id, three.id}


def test_who_travels_everywhere_goes_where_most_days_are_missing():
    regions = {"g0-": "North", "g1-": "South", "g2-": "South"}
    problem = year(3, 1)
    schools = {name: replace(school, region=regions[name[:3]]) for name, school in problem.schools.items()}
    (south,) = (part for part in split(replace(problem, schools=schools)) if part.problem.facilitators)
    assert [group.id for group in south.problem.groups] == ["g1-", "g2-"]


def test_days_that_stand_in_another_part_are_taken():
    problem = year(2, 1)
    regions = {"g0-": "North", "g1-": "South"}
    schools = {name: replace(school, region=regions[name[:3]]) for name, school in problem.schools.items()}
    problem = replace(problem, schools=schools)
    kept = [visit for visit in plan(problem).visits if visit.group == "g0-"]
    (south,) = (part for part in split(problem, kept) if part.problem.groups[0].id == "g1-")
    for one in south.problem.facilitators.values():
        assert (one.impossible, one.capacity) == ({visit.on for visit in kept}, 36)
    assert [part.kept for part in split(problem, kept)] == [tuple(kept), ()]


def test_small_programmes_are_not_split():
    assert parts(whole(PROBLEM)) == ()
    assert len(PROBLEM.groups) < SPLIT_FROM


@pytest.mark.parametrize("processes", [2, 4])
def test_other_processes_plan_the_same(processes):
    found = split(PROBLEM)
    assert list(side_by_side(processes)(found)) == list(one_after_another(found))


def test_a_process_that_stops_is_an_error_that_waiting_may_mend():
    gone = side_by_side(2, (sys.executable, "-c", "raise SystemExit(9)"))
    with pytest.raises(Retryable):
        gone(split(PROBLEM))


def test_parts_go_to_who_has_least_to_do():
    assert shared_out([5, 9, 3, 4], 2) == [[1, 2], [0, 3]]
    assert shared_out([5], 4) == [[0]]


def test_a_programme_planned_in_parts_breaks_no_rule_and_leaves_nobody_over():
    problem = scheduling_case(SPLIT_FROM, seed=2)
    one, two = problem.groups[:2]
    shared = replace(two, pairs={**two.pairs, two.schools[0]: one.pairs[one.schools[0]]})
    problem = replace(problem, groups=(one, shared, *problem.groups[2:]))
    found = plan(problem)
    assert (check(problem, found), found.unplaced) == ([], ())

"""More visits than facilitators have days: as many groups as possible get dates, and the rest is proven."""

from dataclasses import replace
from itertools import combinations, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.scheduling_cases import scheduling_case
from services.scheduling.planner.checker import check
from services.scheduling.planner.model import Plan, Rule, Unplaced, Visit
from services.scheduling.planner.placement import Planner, new_board
from services.scheduling.planner.plan import plan
from services.scheduling.planner.search.exhaustive import search
from tests.unit.scheduling.cases import MONDAY, tiny, weekdays
from tests.workers import UNTRACED

pytestmark = UNTRACED

SPAN = weekdays(MONDAY, 8)
AWAY = st.dictionaries(
    st.sampled_from(["g0-A-head", "g1-B-slt", "g2-C-head", "f0", "f1"]),
    st.frozensets(st.sampled_from(SPAN), max_size=5),
)


def calendars(problem, group):
    """Every way to date a group by itself, with a facilitator for each visit, as the checker reads the rules."""
    alone = replace(problem, groups=(group,))
    for days in permutations(SPAN, len(group.hosts)):
        for leaders in product(sorted(problem.facilitators), repeat=len(days)):
            visits = tuple(
                Visit(f"{group.id}/{host}", group.id, host, day, leader, group.people)
                for host, day, leader in zip(group.hosts, days, leaders, strict=True)
            )
            if not check(alone, Plan(visits, ())):
                yield frozenset((visit.facilitator, visit.on) for visit in visits)


def most_groups(problem):
    """How many groups can have dates together: all choices are tried."""
    ways = {group.id: set(calendars(problem, group)) for group in problem.groups}
    limits = {one.id: one.capacity for one in problem.facilitators.values()}

    def fits(names, taken):
        if not names:
            return all(sum(who == one for who, _ in taken) <= limit for one, limit in limits.items())
        return any(fits(names[1:], taken | way) for way in ways[names[0]] if not taken & way)

    sizes = range(len(problem.groups), -1, -1)
    return next(size for size in sizes for some in combinations(ways, size) if fits(some, frozenset()))


@settings(max_examples=20, deadline=None)
@given(groups=st.integers(1, 3), spacing=st.integers(1, 3), capacity=st.integers(2, 8), away=AWAY)
def test_as_many_groups_get_dates_as_in_any_calendar_and_what_is_said_to_be_proven_is(groups, spacing, capacity, away):
    problem = tiny((3,) * groups, 8, spacing, 1, capacity, impossible=away)
    found = plan(problem)
    most = most_groups(problem)
    assert check(problem, found) == []
    assert len(found.unplaced) >= groups - most
    assert sum(each.proven for each in found.unplaced) <= groups - most
    assert len(found.unplaced) == groups - most


@settings(max_examples=6, deadline=None)
@given(spacing=st.integers(2, 3), capacity=st.integers(1, 4), away=AWAY)
def test_with_two_facilitators_nothing_is_called_proven_that_is_not(spacing, capacity, away):
    problem = tiny((3, 3), 6, spacing, 2, capacity, impossible=away)
    found = plan(problem)
    assert check(problem, found) == []
    assert sum(each.proven for each in found.unplaced) <= len(problem.groups) - most_groups(problem)


def test_large_groups_wait_where_small_ones_are_more():
    problem = tiny((4, 3) * 6, 120, 2, 1, capacity=27)
    found = plan(problem)
    sizes = {group.id: len(group.hosts) for group in problem.groups}
    assert [(sizes[each.group], each.proven) for each in found.unplaced] == [(4, True)] * 4
    assert check(problem, found) == []


def test_groups_that_each_find_days_but_not_together_name_the_days_they_share():
    problem = tiny((3, 3), 12, 2, 1, impossible={"f0": weekdays(MONDAY, 12)[5:]})
    (left,) = plan(problem).unplaced
    assert (left.proven, {blocker.rule for blocker in left.blocking}) == (True, {Rule.FACILITATOR_DATES})
    assert left.blocking[0].sentence == (
        "2 groups compete for facilitators: 6 visits for 5 days. At least 1 of them must go without dates."
    )
    assert left.blocking[0].relaxing == "Without the dates on which facilitators cannot lead: all 1 missing days."


def test_a_group_that_perhaps_need_not_go_without_says_so():
    left = plan(scheduling_case(300, crowded=0.6)).unplaced
    assert {each.proven for each in left} == {True, False}
    for each in left:
        for blocker in each.blocking:
            assert blocker.sentence.endswith("may make room for it.") is not each.proven


def test_visits_that_stand_do_not_give_way_to_another_group():
    days = weekdays(MONDAY, 12)
    problem = tiny((3, 3), 12, 2, impossible={"g1-A-head": [day for day in days if day not in days[0:6:2]]})
    first = problem.groups[0]
    kept = [
        Visit(f"v-{host}", first.id, host, on, "f0", first.people)
        for host, on in zip(first.hosts, days[0:6:2], strict=True)
    ]
    assert plan(problem).unplaced == ()
    found = plan(problem, kept=kept)
    assert (list(found.visits), [each.group for each in found.unplaced]) == (kept, ["g1-"])


def test_a_search_leaves_out_only_who_is_impossible_alone():
    problem = tiny((3, 3, 3), 12, 2, impossible={"g1-A-head": weekdays(MONDAY, 12)})
    planner = Planner(new_board(problem))
    left, all_tried = search(planner, problem.groups)
    assert ([group.id for group in left], all_tried) == (["g1-"], True)
    assert check(problem, Plan(planner.board.all_visits(problem.groups), (), (Unplaced("g1-", True, ()),))) == []


def test_one_common_day_is_not_enough_for_three_visits():
    problem = tiny((3,), 12, 2, impossible={"g0-A-head": [day for day in weekdays(MONDAY, 12) if day != SPAN[3]]})
    assert plan(problem).unplaced[0].proven
    assert plan(tiny((3,), 1, 1)).unplaced[0].proven


def test_nobody_leads_where_there_is_no_facilitator():
    (left,) = plan(tiny((3,), facilitators=0)).unplaced
    assert isinstance(left, Unplaced)
    assert (left.proven, left.blocking[0].rule) == (True, Rule.FACILITATOR_REGION)


def test_a_group_over_two_regions_has_a_facilitator_of_each():
    days = weekdays(MONDAY, 12)
    problem = tiny((3,), 12, 2, 2, impossible={"f0": days[3:], "f1": days[:6]})
    regions = {"g0-A": "North", "g0-B": "South", "g0-C": "South"}
    schools = {name: replace(school, region=regions[name]) for name, school in problem.schools.items()}
    leaders = {
        name: replace(one, regions=(region,))
        for (name, one), region in zip(problem.facilitators.items(), ("North", "South"), strict=True)
    }
    problem = replace(problem, schools=schools, facilitators=leaders)
    visits = Planner(new_board(problem)).answer(problem.groups[0]) or ()
    assert check(problem, Plan(visits, ())) == []
    assert {visit.host: visit.facilitator for visit in visits} == {"g0-A": "f0", "g0-B": "f1", "g0-C": "f1"}


RELAXED = {
    "spacing": lambda facts: {**facts, "spacing": facts["spacing"] - 1},
    "capacity": lambda facts: {**facts, "capacity": facts["capacity"] + 3},
    "facilitators": lambda facts: {**facts, "facilitators": facts["facilitators"] + 1},
    "away": lambda facts: {**facts, "impossible": dict(list(facts["impossible"].items())[1:])},
}


@pytest.mark.parametrize("rule", RELAXED)
@settings(max_examples=12, deadline=None)
@given(
    sizes=st.lists(st.sampled_from([3, 4]), min_size=1, max_size=4),
    spacing=st.integers(1, 4),
    capacity=st.integers(3, 9),
    facilitators=st.integers(1, 2),
    away=AWAY,
)
def test_relaxing_a_rule_never_leaves_more_groups_over(rule, sizes, spacing, capacity, facilitators, away):
    facts = {"spacing": spacing, "capacity": capacity, "facilitators": facilitators, "impossible": away}
    strict = plan(tiny(tuple(sizes), 14, **facts))
    relaxed = plan(tiny(tuple(sizes), 14, **RELAXED[rule](facts)))
    assert len(relaxed.unplaced) <= len(strict.unplaced)

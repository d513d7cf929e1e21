"""Plans against brute force, and on programmes in which little or nothing is possible."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.planner.checker import check
from services.scheduling.planner.costs import evenness_points
from services.scheduling.planner.model import Rule, School
from services.scheduling.planner.placement import Planner, new_board
from services.scheduling.planner.plan import plan
from services.scheduling.planner.sequence import solve
from tests.unit.scheduling.cases import MONDAY, tiny, weekdays, year
from tests.workers import UNTRACED

pytestmark = UNTRACED

SPAN = weekdays(MONDAY, 12)
dates = st.frozensets(st.sampled_from(SPAN), max_size=6)


def calendars_of(problem, group, facilitator):
    """Every assignment of days to the group's hosts that breaks no rule of its own."""
    taken = problem.facilitators[facilitator].impossible
    days = [
        day
        for day in SPAN
        if day not in taken
        and not any(day in problem.people[one].impossible for one in group.people)
        and not any(day in problem.schools[one].closed for one in group.schools)
    ]
    for chosen in permutations(days, len(group.schools)):
        numbers = sorted(SPAN.index(day) for day in chosen)
        if all(b - a >= max(1, problem.rules.spacing) for a, b in pairwise(numbers)):
            yield chosen


def cost_of(problem, group, chosen):
    """An independent reading of the soft terms."""
    board = new_board(problem, ())
    places, weights = evenness_points(board.diaries.horizon, problem.rules, len(chosen)), problem.rules.weights
    terms = problem.calendars["Anywhere"].half_terms
    total, before = 0, None
    for place, day in enumerate(sorted(chosen)):
        total += 0 if day.weekday() in problem.rules.weekdays else weights.other_weekday
        total += int(places[place][SPAN.index(day)])
        half = next(half.first for half in terms if half.first <= day <= half.last)
        total += weights.same_half_term if half == before else 0
        before = half
    return total


@settings(max_examples=20, deadline=None)
@given(
    spacing=st.integers(0, 3),
    size=st.sampled_from([3, 4]),
    away=st.dictionaries(st.sampled_from(["g0-A-head", "g0-B-slt", "f0"]), dates),
    closed=st.dictionaries(st.sampled_from(["g0-A", "g0-C"]), dates),
)
def test_one_group_is_dated_exactly_as_well_as_brute_force(spacing, size, away, closed):
    problem = tiny((size,), 12, spacing, impossible=away, closed=closed)
    board = new_board(problem, ())
    group = problem.groups[0]
    answer = solve(board.question(group, Planner(board).rows(["f0"])))
    best = min((cost_of(problem, group, each) for each in calendars_of(problem, group, "f0")), default=None)
    assert (answer and answer.cost) == best
    if answer:
        chosen = [board.diaries.horizon.days[number] for number in answer.days]
        assert cost_of(problem, group, chosen) == best


def brute_force_places_all(problem):
    """Whether all groups can be dated together (one facilitator)."""
    sets = [{frozenset(each) for each in calendars_of(problem, group, "f0")} for group in problem.groups]

    def fits(number, taken):
        if number == len(sets):
            return True
        return any(fits(number + 1, taken | each) for each in sets[number] if not taken & each)

    return fits(0, frozenset())


@settings(max_examples=40, deadline=None)
@given(
    groups=st.integers(1, 3),
    spacing=st.integers(1, 3),
    away=st.dictionaries(st.sampled_from(["g0-A-head", "g1-B-slt", "g2-C-head", "f0"]), dates),
)
def test_every_group_gets_dates_where_brute_force_finds_any(groups, spacing, away):
    problem = tiny((3,) * groups, 12, spacing, impossible=away)
    found = plan(problem)
    assert check(problem, found) == []
    assert (not found.unplaced) == brute_force_places_all(problem)


@settings(max_examples=30, deadline=None)
@given(
    sizes=st.lists(st.sampled_from([3, 4]), min_size=1, max_size=6),
    facilitators=st.integers(1, 3),
    away=st.dictionaries(st.sampled_from(["g0-A-head", "g1-B-slt", "g2-C-head", "f0", "f1"]), dates),
)
def test_no_plan_breaks_a_rule(sizes, facilitators, away):
    problem = tiny(tuple(sizes), 12, 2, facilitators, impossible=away)
    found = plan(problem)
    assert check(problem, found) == []
    assert len(found.visits) == sum(
        len(g.schools) for g in problem.groups if g.id not in {u.group for u in found.unplaced}
    )


def test_the_same_problem_gives_the_same_plan():
    assert plan(year()) == plan(year())


def test_a_real_year_has_a_visit_a_half_term_on_thursdays_and_fridays():
    problem = year(6, 3)
    found = plan(problem)
    assert check(problem, found) == []
    assert {visit.on.weekday() for visit in found.visits} <= {3, 4}
    for group in problem.groups:
        halves = [
            half.first
            for visit in found.visits
            for half in problem.calendars["Sheffield"].half_terms
            if visit.group == group.id and half.first <= visit.on <= half.last
        ]
        assert len(halves) == len(set(halves)) == 4


def test_launch_lies_before_every_visit_and_closing_after():
    found = plan(year())
    events, days = {event.key: event.on for event in found.events}, [visit.on for visit in found.visits]
    assert events["launch"] < min(days) <= max(days) < events["closing"]
    assert events["mid-year"] not in days


def test_an_event_falls_on_the_day_that_suits_most():
    problem = year(2, 1)
    away = weekdays(dt.date(2027, 1, 18), 14)
    people = {one: replace(person, impossible=frozenset(away)) for one, person in problem.people.items()}
    found = plan(replace(problem, people=people))
    assert {event.key: event.on for event in found.events}["mid-year"] == dt.date(2027, 2, 5)


def test_one_facilitator_leads_twenty_groups_when_a_schedule_exists():
    problem = year(20, 1)
    crowded = replace(problem, facilitators={"f0": replace(problem.facilitators["f0"], capacity=200)})
    found = plan(crowded)
    assert (check(crowded, found), found.unplaced, len(found.visits)) == ([], (), 80)


def test_one_facilitator_with_forty_days_leaves_the_rest_over_and_says_why():
    found = plan(year(20, 1))
    assert (len(found.visits), len(found.unplaced)) == (40, 10)
    rules = {blocker.rule for each in found.unplaced for blocker in each.blocking}
    assert rules == {Rule.FACILITATOR_CAPACITY}
    assert all(each.proven for each in found.unplaced)
    assert {(blocker.sentence, blocker.relaxing) for each in found.unplaced for blocker in each.blocking} == {
        (
            "20 groups compete for facilitators: 80 visits for 40 days. At least 10 of them must go without dates.",
            "With more visit days for each facilitator: all 40 missing days.",
        )
    }


def test_somebody_who_can_never_come_is_the_whole_blocking_set():
    problem = tiny((3, 3), 12, 2, impossible={"g1-B-slt": SPAN})
    (left,) = plan(problem).unplaced
    assert (left.group, left.proven, len(left.blocking)) == ("g1-", True, 1)
    blocker = left.blocking[0]
    assert (blocker.rule, blocker.people) == (Rule.PERSON_DATES, ("g1-B-slt",))
    assert blocker.relaxing == "Without it: 12 more days, and a date for every visit."


def test_two_people_without_a_common_day_are_both_named():
    problem = tiny((3,), 12, 2, impossible={"g0-A-head": SPAN[:6], "g0-C-slt": SPAN[6:]})
    (left,) = plan(problem).unplaced
    assert [blocker.people for blocker in left.blocking] == [("g0-A-head",), ("g0-C-slt",)]
    assert left.blocking[0].sentence == (
        "What leaves the group no calendar, together with 1 more: the dates on which this person cannot come."
    )
    assert {blocker.relaxing for blocker in left.blocking} == {"Without it: 6 more days, and a date for every visit."}


def test_spacing_is_named_where_the_days_lie_too_close():
    problem = tiny((4,), 12, 5)
    (left,) = plan(problem).unplaced
    assert [blocker.rule for blocker in left.blocking] == [Rule.SPACING]


def test_no_facilitator_in_the_region_is_named():
    problem = tiny((3,))
    schools = {name: replace(school, region="North") for name, school in problem.schools.items()}
    leaders = {name: replace(one, regions=("South",)) for name, one in problem.facilitators.items()}
    (left,) = plan(replace(problem, schools=schools, facilitators=leaders)).unplaced
    assert [blocker.rule for blocker in left.blocking] == [Rule.FACILITATOR_REGION]


def test_authorities_without_a_common_school_day_are_both_named():
    problem = tiny((3,))
    terms = problem.calendars["Anywhere"]
    early, late = (replace(terms, days=frozenset(days)) for days in (SPAN[:6], SPAN[6:]))
    schools = dict(problem.schools) | {"g0-C": School("g0-C", "Late", "primary")}
    (left,) = plan(replace(problem, schools=schools, calendars={"Anywhere": early, "Late": late})).unplaced
    assert {blocker.rule for blocker in left.blocking} == {Rule.TERM_DATES}
    assert len(left.blocking) == 2


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["g0-A-head", "g0-B-slt", "g0-C-head", "f0"]), st.frozensets(st.sampled_from(SPAN))
    ),
    st.integers(1, 5),
)
def test_relaxing_a_rule_never_loses_a_calendar(away, spacing):
    problem = tiny((3,), 12, spacing, impossible=away)
    if plan(problem).unplaced:
        return
    for person in away:
        relaxed = tiny((3,), 12, spacing, impossible={who: days for who, days in away.items() if who != person})
        assert plan(relaxed).unplaced == ()


@pytest.mark.parametrize("size", [3, 4])
def test_without_facilitators_a_group_still_gets_its_dates(size):
    problem = tiny((size,), facilitators=0, facilitated=False)
    found = plan(problem)
    assert (check(problem, found), len(found.visits), found.visits[0].facilitator) == ([], size, None)


def test_each_visit_has_its_own_facilitator_where_nobody_can_lead_all():
    problem = tiny((3,), 12, 2, 2, impossible={"f0": SPAN[:6], "f1": SPAN[6:]}, capacity=2)
    found = plan(problem)
    assert check(problem, found) == []
    assert {visit.facilitator for visit in found.visits} == {"f0", "f1"}

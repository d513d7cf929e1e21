import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.domain.visits import explanations
from services.scheduling.planner.checker import check, check_change
from services.scheduling.planner.horizon import frozen_until
from services.scheduling.planner.model import Plan, Visit
from services.scheduling.planner.placement import new_board
from services.scheduling.planner.plan import plan
from services.scheduling.planner.replan import Change, Replanner, Tier
from tests.unit.scheduling.cases import BANK_HOLIDAYS, MONDAY, tiny, weekdays, year

TODAY = dt.date(2026, 11, 2)


def board_of(problem, visits, events=()):
    board = new_board(problem, events)
    for group in problem.groups:
        board.put(group.id, [visit for visit in visits if visit.group == group.id])
    return board


def planned(problem):
    found = plan(problem)
    return board_of(problem, found.visits, found.events)


def placed(problem, days):
    """One group's visits on these day numbers, led by f0."""
    span, group = weekdays(MONDAY, 60), problem.groups[0]
    return [
        Visit(f"{group.id}/{host}", group.id, host, span[number], "f0", group.people)
        for host, number in zip(group.schools, days, strict=True)
    ]


def later(board, replanner):
    return [visit for visits in board.visits.values() for visit in visits if visit.on > replanner.frozen]


def test_a_decline_moves_that_visit_and_no_other():
    problem = year(6, 3)
    board = planned(problem)
    replanner = Replanner(board, TODAY)
    visit = later(board, replanner)[0]
    board.diaries.rule_out(visit.attendees[3], [visit.on])
    repair = replanner.repair(visit)
    assert (repair.tier, [change.before for change in repair.changes]) == (Tier.VISIT, [visit])
    assert repair.changes[0].after.on != visit.on
    assert check(problem, Plan(board.all_visits(problem.groups), board.events)) == []


def test_the_new_date_is_near_the_old_one():
    board = planned(year(6, 3))
    replanner = Replanner(board, TODAY)
    visit = later(board, replanner)[0]
    board.diaries.rule_out(visit.attendees[0], [visit.on])
    (change,) = replanner.repair(visit).changes
    assert abs((change.after.on - visit.on).days) <= 7


def only_on(numbers):
    """The days on which a school is closed that is open on these day numbers only."""
    return [day for number, day in enumerate(weekdays(MONDAY, 60)) if number not in numbers]


def test_two_visits_of_the_group_move_where_one_cannot_and_the_third_stays():
    days = weekdays(MONDAY, 60)
    problem = tiny((3,), 60, 10, closed={"g0-A": only_on({20, 31, 42, 34, 45})})
    board = board_of(problem, placed(problem, [20, 31, 42]))
    board.diaries.rule_out("g0-B-slt", [days[31]])
    repair = Replanner(board, MONDAY).repair(board.visits["g0-"][1])
    moved = {change.before.host: change.after.on for change in repair.changes}
    assert (repair.tier, moved) == (Tier.GROUP, {"g0-B": days[34], "g0-C": days[45]})


def with_holiday(problem, days, **exams):
    """The problem once one of the days has become a bank holiday; `exams`: a host's only days without examinations."""
    every = frozenset(weekdays(MONDAY, 60))
    schools = {name: replace(one, phase=name) for name, one in problem.schools.items()}
    barred = {f"g0-{host}": every - set(only) for host, only in exams.items()}
    return replace(problem, schools=schools, exams=barred, bank_holidays=frozenset(days))


def test_a_visit_stays_on_a_day_that_became_a_holiday_while_another_of_its_group_moves_alone():
    days = weekdays(MONDAY, 60)
    problem = with_holiday(tiny((3,), 60, 10), [days[31]])
    board = board_of(problem, placed(problem, [20, 31, 42]))
    board.diaries.rule_out("g0-A-head", [days[42]])
    repair = Replanner(board, MONDAY).repair(board.visits["g0-"][2])
    assert (repair.tier, [change.before.on for change in repair.changes]) == (Tier.VISIT, [days[42]])
    assert [visit.on for visit in board.visits["g0-"][:2]] == [days[20], days[31]]


def test_a_visit_on_a_day_that_became_a_holiday_moves_alone():
    days = weekdays(MONDAY, 60)
    problem = with_holiday(tiny((3,), 60, 10), [days[31]])
    board = board_of(problem, placed(problem, [20, 31, 42]))
    repair = Replanner(board, MONDAY).repair(board.visits["g0-"][1])
    assert (repair.tier, [change.before.on for change in repair.changes]) == (Tier.VISIT, [days[31]])
    assert check(problem, Plan(board.all_visits(problem.groups), ())) == []


def test_a_group_that_moves_leaves_no_visit_on_a_day_that_became_a_holiday():
    days = weekdays(MONDAY, 60)
    base = tiny((3,), 60, 10, closed={"g0-A": only_on({12, 20, 33, 42, 45, 57})})
    problem = with_holiday(base, [days[31]], C=[days[12], days[42]])
    board = board_of(problem, placed(problem, [20, 31, 42]))
    board.diaries.rule_out("g0-A-head", [days[42]])
    repair = Replanner(board, MONDAY).repair(board.visits["g0-"][2])
    assert repair.tier is Tier.GROUP
    assert check(problem, Plan(board.all_visits(problem.groups), ())) == []


def test_another_group_of_the_facilitator_makes_room():
    days = weekdays(MONDAY, 60)
    problem = tiny((3, 3), 60, 10, closed={"g0-A": only_on({20, 30, 40, 50}), "g1-A": only_on({15, 35, 50, 52})})
    second = problem.groups[1]
    theirs = [
        Visit(f"v{host}", second.id, host, days[number], "f0", second.people)
        for host, number in zip(second.schools, (15, 35, 50), strict=True)
    ]
    board = board_of(problem, [*placed(problem, [20, 30, 40]), *theirs])
    board.diaries.rule_out("g0-A-head", [days[40]])
    repair = Replanner(board, MONDAY).repair(board.visits["g0-"][2])
    moved = {change.before.host: change.after.on for change in repair.changes}
    assert (repair.tier, moved) == (Tier.FACILITATOR, {"g0-C": days[50], "g1-C": days[52]})
    assert check(problem, Plan(board.all_visits(problem.groups), ())) == []


def test_no_room_is_made_on_a_day_on_which_the_facilitator_cannot_lead():
    days = weekdays(MONDAY, 60)
    problem = tiny((3, 3), 60, 10, closed={"g0-A": only_on({20, 30, 40, 50}), "g1-A": only_on({15, 35, 50, 52})})
    second = problem.groups[1]
    theirs = [
        Visit(f"v{host}", second.id, host, days[number], "f0", second.people)
        for host, number in zip(second.schools, (15, 35, 50), strict=True)
    ]
    board = board_of(problem, [*placed(problem, [20, 30, 40]), *theirs])
    board.diaries.rule_out("g0-A-head", [days[40]])
    board.diaries.rule_out("f0", [days[50]])
    assert Replanner(board, MONDAY).repair(board.visits["g0-"][2]).tier is Tier.COORDINATOR


def test_a_facilitator_who_cannot_is_replaced_on_the_same_day():
    problem = year(3, 5)
    board = planned(problem)
    replanner = Replanner(board, TODAY)
    visit = later(board, replanner)[0]
    board.diaries.rule_out(visit.facilitator, [visit.on])
    repair = replanner.repair(visit)
    (change,) = repair.changes
    assert (repair.tier, change.after.on) == (Tier.ANOTHER, visit.on)
    assert change.after.facilitator not in {None, visit.facilitator}


def test_a_date_inside_the_notice_period_is_left_to_the_coordinator():
    board = planned(year(6, 3))
    visit = next(visit for visits in board.visits.values() for visit in visits)
    board.diaries.rule_out(visit.attendees[0], [visit.on])
    today = visit.on - dt.timedelta(days=14)
    assert Replanner(board, today).repair(visit).tier is Tier.COORDINATOR
    assert Replanner(board, today - dt.timedelta(days=1)).repair(visit).tier is Tier.VISIT


def test_a_pinned_date_is_left_to_the_coordinator():
    board = planned(year(2, 1))
    replanner = Replanner(board, TODAY)
    visit = later(board, replanner)[0]
    assert replanner.repair(replace(visit, pinned=True)).tier is Tier.COORDINATOR


def test_nothing_is_left_when_somebody_can_never_come():
    problem = year(2, 1)
    board = planned(problem)
    replanner = Replanner(board, TODAY)
    visit, before = later(board, replanner)[0], dict(board.visits)
    board.diaries.rule_out(visit.attendees[0], board.diaries.horizon.days)
    assert replanner.repair(visit).tier is Tier.COORDINATOR
    assert board.visits == before


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 8)), min_size=1, max_size=8))
def test_no_series_of_declines_breaks_a_rule_or_touches_a_frozen_date(declines):
    problem = year(8, 2)
    board = planned(problem)
    replanner = Replanner(board, TODAY)
    frozen = {v.id: v for visits in board.visits.values() for v in visits if v.on <= replanner.frozen}
    for number, who in declines:
        movable = later(board, replanner)
        visit = movable[number % len(movable)]
        person = (*visit.attendees, visit.facilitator)[who % (len(visit.attendees) + 1)]
        board.diaries.rule_out(person, [visit.on])
        repair = replanner.repair(visit)
        assert repair.tier is not Tier.COORDINATOR
        assert check(problem, Plan(board.all_visits(problem.groups), board.events)) == []
        changed = [(change.before, change.after) for change in repair.changes]
        assert check_change(problem, [old for old, _ in changed], [new for _, new in changed], TODAY) == []
    after = {v.id: v for visits in board.visits.values() for v in visits}
    assert {name: after[name] for name in frozen} == frozen


@pytest.mark.parametrize(
    ("today", "last"),
    [(dt.date(2027, 4, 29), dt.date(2027, 5, 14)), (dt.date(2026, 12, 18), dt.date(2027, 1, 6))],
)
def test_the_frozen_days_are_working_days(today, last):
    assert frozen_until(today, 10, BANK_HOLIDAYS) == last


def test_why_a_date_says_what_suited_and_what_was_ruled_out():
    problem = year(6, 3)
    board = planned(problem)
    group = problem.groups[0]
    sentences = explanations.why(board, group, board.visits[group.id][0])
    assert sentences[0] == "Of 188 working days in the time for visits, 153 suit all schools and all 8 people."
    assert sentences[2] == "A Thursday: inspection calls come early in the week."
    assert sentences[3] == "The group's only visit in half-term 2."


def test_a_difference_says_from_when_to_when_and_why():
    visit = Visit("v", "g", "h", dt.date(2027, 5, 13), "f0", ("a", "b"))
    change = Change(visit, replace(visit, on=dt.date(2027, 5, 20)))
    assert explanations.difference(change, Tier.VISIT, "decline", repaired=True) == (
        "Moves from Thursday 13 May 2027 to Thursday 20 May 2027 for 2 people, "
        "because somebody who must attend cannot come. No other visit moves."
    )
    assert explanations.difference(change, Tier.GROUP, "decline", repaired=False) == (
        "Moves from Thursday 13 May 2027 to Thursday 20 May 2027 for 2 people, because it makes room for another visit."
    )

"""A pause dates the cohort's events anew like its visits: within their time, in their order, on days of their own."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.domain.visits.disruptions import POSTPONED, Disruption, settle
from services.scheduling.domain.visits.pauses import redate
from services.scheduling.planner.checker import check
from services.scheduling.planner.horizon import frozen_until
from services.scheduling.planner.model import CohortEvent, Plan, Rule
from services.scheduling.planner.placement import new_board
from services.scheduling.planner.plan import plan
from tests.unit.scheduling.cases import filled, weekdays, year
from tests.unit.scheduling.visits.test_impact import event

PROBLEM = year(6, 8)
PLANNED = plan(PROBLEM)
DATES = {each.key: each.on for each in PLANNED.events}
RECORDS = [event(each) for each in PLANNED.events]
TODAY = dt.date(2026, 11, 2)
EARLY = dt.date(2026, 8, 24)


def pause(*days):
    return Disruption(POSTPONED, "c", frozenset(days))


def paused(what, today=TODAY, records=RECORDS, visits=PLANNED.visits):
    """The problem, board and dates after a pause, as the service goes about it."""
    problem = replace(PROBLEM, rules=replace(PROBLEM.rules, paused=what.days))
    board = new_board(problem, PLANNED.events)
    board.put_all(visits)
    dates = redate(filled(board), records, today, what)
    after = tuple(CohortEvent(each.event.activity, each.event.on) for each in dates.records)
    board = new_board(problem, tuple(sorted(after, key=lambda each: each.on)))
    board.put_all(visits)
    return problem, board, dates, settle(board, today, what, dates.displacing)


def test_an_event_on_a_paused_day_moves_within_its_time_with_the_next_sequence_and_says_why():
    _, board, dates, found = paused(pause(DATES["mid-year"]))
    (moved,) = dates.moved
    rule = next(each for each in PROBLEM.rules.events if each.key == "mid-year")
    assert rule.first <= moved.after.event.on <= rule.last
    assert (moved.before.event.on, moved.after.event.sequence, moved.after.version) == (DATES["mid-year"], 1, 1)
    assert moved.sentence.endswith("because the programme pauses.")
    assert (dates.left, found.undecided) == ((), ())
    assert moved.after.event.on not in {visit.on for visits in board.visits.values() for visit in visits}


def test_a_draft_event_gets_its_new_day_without_a_sequence():
    drafts = [each.model_copy(update={"state": "draft"}) for each in RECORDS]
    _, _, dates, _ = paused(pause(DATES["mid-year"]), records=drafts)
    assert [(each.after.event.sequence, each.after.version) for each in dates.moved] == [(0, 0)]


def test_visits_make_room_where_every_day_of_the_events_time_has_one():
    rule = next(each for each in PROBLEM.rules.events if each.key == "mid-year")
    time = [day for day in weekdays(rule.first, 15) if day != DATES["mid-year"]]
    elsewhere = [visit for visit in PLANNED.visits if not rule.first <= visit.on <= rule.last]
    groups = [group.id for group in PROBLEM.groups]
    by_group = {group: [visit for visit in PLANNED.visits if visit.group == group] for group in groups}
    crowded = {}
    for number, day in enumerate(time[::3][:4]):  # spaced visits of different groups, one each on some of the days
        crowded[groups[number]] = day
    visits = [visit for visit in elsewhere if visit.group not in crowded]
    for group, day in crowded.items():
        first, *rest = sorted(by_group[group], key=lambda each: abs(each.on - day))
        visits += [replace(first, on=day), *(each for each in rest if abs(each.on - day) > dt.timedelta(days=16))]
    closed = frozenset(day for day in time if day not in crowded.values()) | {DATES["mid-year"]}
    problem, board, dates, found = paused(pause(*closed), visits=visits)
    (moved,) = dates.moved
    assert moved.after.event.on in crowded.values()
    assert [each.change.before.on for each in found.consequences] == [moved.after.event.on]
    broken = check(problem, Plan(board.all_visits(problem.groups), board.events))
    assert {each.rule for each in broken} <= {Rule.HOSTS_ONCE}


def test_an_event_that_is_too_near_is_left_to_the_coordinator():
    near = DATES["mid-year"] - dt.timedelta(days=7)
    _, _, dates, _ = paused(pause(DATES["mid-year"]), near)
    (left,) = dates.left
    assert (dates.moved, left.record.event.activity) == ((), "mid-year")
    assert left.sentence.endswith("'mid-year' is too near to be moved without you.")


def test_an_event_whose_time_lies_wholly_in_the_pause_is_left_to_the_coordinator():
    rule = next(each for each in PROBLEM.rules.events if each.key == "mid-year")
    _, _, dates, _ = paused(pause(*weekdays(rule.first, 15)))
    assert [each.sentence.partition(", and ")[2] for each in dates.left] == ["'mid-year' has no other day in its time."]


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_what_is_held_or_cancelled_stays(state):
    records = [each.model_copy(update={"state": state}) for each in RECORDS]
    _, _, dates, _ = paused(pause(*DATES.values()), EARLY, records)
    assert (dates.moved, dates.left) == ((), ())


def test_only_a_pause_of_all_dates_events_anew():
    what = Disruption("closure", "g0-A", frozenset(DATES.values()))
    board = new_board(PROBLEM, PLANNED.events)
    assert redate(filled(board), RECORDS, EARLY, what).sentences == ()


def test_no_event_is_chosen_for_a_paused_day():
    again = plan(replace(PROBLEM, rules=replace(PROBLEM.rules, paused=frozenset(DATES.values()))))
    assert len(again.events) == len(PLANNED.events)
    assert not {each.on for each in again.events} & set(DATES.values())


def test_the_checker_finds_an_event_on_a_paused_day():
    problem = replace(PROBLEM, rules=replace(PROBLEM.rules, paused=frozenset([DATES["mid-year"]])))
    assert [each.rule for each in check(problem, PLANNED)] == [Rule.PAUSED]


@settings(max_examples=40, deadline=None)
@given(start=st.integers(0, 330), length=st.integers(1, 30), wait=st.integers(0, 200))
def test_no_pause_leaves_an_event_or_visit_on_its_days_unless_a_person_is_asked(start, length, wait):
    today, first = EARLY + dt.timedelta(days=wait), EARLY + dt.timedelta(days=start)
    what = pause(*(first + dt.timedelta(days=n) for n in range(length)))
    problem, board, dates, found = paused(what, today)
    frozen = frozen_until(today, problem.rules.notice, problem.bank_holidays)
    assert all(min(each.before.event.on, each.after.event.on) > frozen for each in dates.moved)
    asked = {each.visit.id for each in found.undecided} | {v.id for v in PLANNED.visits if v.on <= today}
    keys = {each.record.event.activity for each in dates.left} | {k for k, on in DATES.items() if on <= today}
    for each in check(problem, Plan(board.all_visits(problem.groups), board.events)):
        assert asked & set(each.visits) or any(key in each.sentence for key in keys), each

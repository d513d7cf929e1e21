"""What closed days do to dates that stand, on the real calendar of Sheffield."""

import datetime as dt
from dataclasses import replace

import pytest

from services.scheduling.domain.visits.impact import Closed, closed_on, impact
from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from services.scheduling.planner.checker import check
from services.scheduling.planner.model import Plan
from services.scheduling.planner.placement import new_board
from services.scheduling.planner.plan import plan
from shared.events import scheduling_parts as told
from tests.unit.scheduling.cases import year

TODAY = dt.date(2026, 10, 1)
NINE, THREE = dt.time(9), dt.time(15)


def about(on):
    return {"cohort_id": "c", "programme_id": "p", "on": on, "starts": NINE, "ends": THREE, "timezone": "Europe/London"}


def record(visit, **changes):
    attendees = tuple(told.Attendee(person_id=one, role="headteacher", school_id="s") for one in visit.attendees)
    fact = told.Visit(
        **about(visit.on),
        visit_id=visit.id,
        group_id=visit.group,
        activity="visit",
        host_school_id=visit.host,
        facilitator_id=visit.facilitator,
        attendees=attendees,
    )
    return VisitRecord(visit=fact, state="published", version=1, **changes)


def event(one):
    return EventRecord(
        event=told.CohortEvent(**about(one.on), event_id=one.key, activity=one.key, title=one.key, attendees=()),
        state="published",
    )


@pytest.fixture(scope="module")
def stands():
    """A year of six groups: problem, dates, and the records of its visits and events."""
    problem = year(6, 3)
    found = plan(problem)
    visits = sorted(found.visits, key=lambda each: (each.on, each.id))
    return problem, visits, [record(each) for each in visits], [event(each) for each in found.events], found.events


def board_with(stands, school, days):
    """The board of the year, with a school closed on further days."""
    problem, visits, _, _, events = stands
    facts = problem.schools[school]
    schools = {**problem.schools, school: replace(facts, closed=facts.closed | frozenset(days))}
    board = new_board(replace(problem, schools=schools), events)
    board.put_all(visits)
    return board


def test_nothing_stands_on_a_closed_day_of_a_calendar_that_was_planned_for_it(stands):
    board = board_with(stands, stands[1][0].host, [])
    assert impact(board, stands[2], stands[3], TODAY) == []


def test_an_inset_day_of_a_guest_names_the_school_and_proposes_a_date_that_keeps_every_rule(stands):
    visit = stands[1][-1]
    guest = next(one.schools for one in stands[0].groups if one.id == visit.group)[1]
    board = board_with(stands, guest, [visit.on])
    (hit,) = impact(board, stands[2], stands[3], TODAY)
    assert (hit.record, hit.closed) == (stands[2][-1], (Closed(guest, "is closed that day"),))
    ((moved, sentence),) = hit.repair
    assert moved == visit.id
    assert sentence.endswith("because the term dates have changed. No other visit moves.")
    assert check(board.problem, Plan(board.all_visits(board.problem.groups), board.events)) == []


def test_term_dates_that_lose_a_week_hit_every_date_in_it_and_all_repairs_hold_together(stands):
    problem, visits, records, events, dates = stands
    week = {visits[8].on + dt.timedelta(days=n) for n in range(7)}
    (name, terms), *_ = problem.calendars.items()
    board = new_board(replace(problem, calendars={name: replace(terms, days=terms.days - week)}), dates)
    board.put_all(visits)
    hits = impact(board, records, events, TODAY)
    assert [one.target_id for one in hits] == [each.id for each in visits if each.on in week]
    assert {one.sentence for hit in hits for one in hit.closed} == {"has no school by its authority's term dates"}
    assert all(len(hit.closed) == 4 for hit in hits)
    assert check(board.problem, Plan(board.all_visits(board.problem.groups), board.events)) == []


def test_examinations_concern_the_host_only(stands):
    problem, visits, records, events, dates = stands
    visit = visits[-1]
    exams = {problem.schools[visit.host].phase: frozenset({visit.on})}
    board = new_board(replace(problem, exams=exams), dates)
    board.put_all(visits)
    hits = impact(board, records, events, TODAY)
    assert {hit.target_id: hit.closed for hit in hits}[visit.id] == (Closed(visit.host, "has tests or examinations"),)
    assert len(hits) == sum(each.on == visit.on for each in visits)


def test_a_date_within_the_notice_and_one_the_coordinator_chose_are_left_to_the_coordinator(stands):
    visit = stands[1][-1]
    board = board_with(stands, visit.host, [visit.on])
    (near,) = impact(board, stands[2], [], visit.on - dt.timedelta(days=3))
    assert near.repair == ()
    assert near.advice.startswith("It is too near to be moved without the coordinator")
    board = board_with(stands, visit.host, [visit.on])
    theirs = board.take_off(visit.group)
    board.put(visit.group, [replace(each, pinned=True) for each in theirs])
    (pinned,) = impact(board, [record(visit, pinned=True)], [], TODAY)
    assert (pinned.repair, pinned.advice) == (
        (),
        "The coordinator chose this date, so it moves only by the coordinator's hand.",
    )


def test_a_school_that_never_opens_has_no_repair(stands):
    visit = stands[1][-1]
    board = board_with(stands, visit.host, stands[0].calendar_of(visit.host).days)
    hits = impact(board, stands[2], [], TODAY)
    assert {hit.target_id for hit in hits} == {each.id for each in stands[1] if each.group == visit.group}
    assert {hit.advice for hit in hits} == {"No other date keeps the rules; the coordinator decides."}


def test_an_event_on_a_closed_day_names_the_schools_and_is_not_moved(stands):
    launch, school = stands[4][-1], stands[1][0].host
    board = board_with(stands, school, [launch.on])
    (hit,) = impact(board, [], stands[3], TODAY)
    assert (hit.target_id, hit.closed) == (launch.key, (Closed(school, "is closed that day"),))
    assert (hit.repair, hit.advice.startswith("Cohort events are not moved")) == ((), True)


def test_what_is_past_held_or_cancelled_is_no_concern(stands):
    visit = stands[1][-1]
    board = board_with(stands, visit.host, [visit.on])
    states = [one.model_copy(update={"state": state}) for one in stands[2][-1:] for state in ("held", "cancelled")]
    assert impact(board, states, [], TODAY) == []
    assert impact(board, stands[2][-1:], [], visit.on + dt.timedelta(days=1)) == []


def test_a_bank_holiday_is_named_as_one(stands):
    board = board_with(stands, stands[1][0].host, [])
    assert closed_on(board.problem, [stands[1][0].host], dt.date(2027, 5, 3)) == (
        Closed(stands[1][0].host, "has a bank holiday"),
    )

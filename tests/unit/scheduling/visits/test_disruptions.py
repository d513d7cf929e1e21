"""What comes in between moves what it must and nothing else, and says so to those concerned only."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.domain.visits.disruptions import Difference, Disruption, settle
from services.scheduling.planner.checker import check, check_change
from services.scheduling.planner.horizon import frozen_until
from services.scheduling.planner.model import Plan
from services.scheduling.planner.placement import new_board
from services.scheduling.planner.plan import plan
from services.scheduling.planner.replan import Tier
from tests.unit.scheduling.cases import year

TODAY = dt.date(2026, 11, 2)
PROBLEM = year(6, 8)
PLANNED = plan(PROBLEM)
FROZEN = frozen_until(TODAY, 10, PROBLEM.bank_holidays)
LATER = [visit for visit in sorted(PLANNED.visits, key=lambda each: (each.on, each.id)) if visit.on > FROZEN]


def problem_after(what):
    """The problem once a disruption is known, without the planner's help."""
    days = what.days
    if what.subject in PROBLEM.facilitators:
        one = PROBLEM.facilitators[what.subject]
        changed = replace(one, impossible=one.impossible | days)
        return replace(PROBLEM, facilitators={**PROBLEM.facilitators, one.id: changed})
    if what.subject in PROBLEM.people:
        person = PROBLEM.people[what.subject]
        return replace(PROBLEM, people={**PROBLEM.people, person.id: replace(person, impossible=days)})
    if what.subject in PROBLEM.schools:
        school = PROBLEM.schools[what.subject]
        return replace(PROBLEM, schools={**PROBLEM.schools, school.id: replace(school, closed=days)})
    return replace(PROBLEM, rules=replace(PROBLEM.rules, paused=days))


def settled(what, today=TODAY):
    problem = problem_after(what)
    board = new_board(problem, PLANNED.events)
    board.put_all(PLANNED.visits)
    return problem, board, settle(board, today, what)


def leader_of(visit):
    return str(visit.facilitator)


def week_of(visit, weeks=1):
    monday = visit.on - dt.timedelta(days=visit.on.weekday())
    return frozenset(monday + dt.timedelta(days=n) for n in range(7 * weeks))


def test_an_ill_facilitator_is_stood_in_for_and_no_date_changes():
    what = Disruption("illness", leader_of(LATER[0]), week_of(LATER[0]))
    problem, board, found = settled(what)
    concerned = [visit for visit in LATER if visit.facilitator == what.subject and visit.on in what.days]
    assert [each.change.before for each in found.consequences] == concerned
    assert {each.tier for each in found.consequences} == {Tier.ANOTHER}
    assert all(each.change.after.on == each.change.before.on for each in found.consequences)
    assert (found.undecided, check(problem, Plan(board.all_visits(problem.groups), board.events))) == ((), [])


def test_only_the_two_facilitators_are_told_where_no_date_changes():
    what = Disruption("illness", leader_of(LATER[0]), frozenset([LATER[0].on]))
    _, _, found = settled(what)
    (each,) = found.consequences
    day = f"{LATER[0].on:%A} {LATER[0].on.day} {LATER[0].on:%B %Y}"
    assert [(notice.person, notice.sentence) for notice in found.notices()] == [
        (what.subject, f"No longer leads the visit on {day}."),
        (each.change.after.facilitator, f"Leads a visit on {day}."),
    ]


def test_a_closed_school_moves_every_visit_of_its_group_on_those_days_and_tells_all_who_come():
    visit = LATER[0]
    what = Disruption("closure", visit.host, week_of(visit))
    _, _, found = settled(what)
    (each,) = found.consequences
    assert (each.change.before, each.tier) == (visit, Tier.VISIT)
    assert each.sentence.endswith("because a school is closed. No other visit moves.")
    assert [notice.person for notice in found.notices()] == [*visit.attendees, visit.facilitator]
    assert {notice.sentence for notice in found.notices()} == {each.sentence}


def test_an_inspection_within_the_notice_period_is_left_to_the_coordinator_with_a_day_that_suits():
    visit = LATER[0]
    monday = visit.on - dt.timedelta(days=visit.on.weekday())
    what = Disruption("inspection", visit.host, week_of(visit))
    problem, _, found = settled(what, monday)
    (left,) = found.undecided
    assert (found.consequences, left.visit, left.question) == ((), visit, "decline-inside-notice")
    assert left.suggestion > frozen_until(monday, 10, PROBLEM.bank_holidays)
    assert fits(problem, visit, left.suggestion)
    nearer = (visit.on + dt.timedelta(days=n) for n in range((left.suggestion - visit.on).days))
    assert not any(fits(problem, visit, day) for day in nearer if day > frozen_until(monday, 10, PROBLEM.bank_holidays))
    assert left.sentence.endswith(
        f"{left.suggestion:%A} {left.suggestion.day} {left.suggestion:%B %Y} would suit everybody."
    )


def test_a_date_the_coordinator_chose_is_left_to_the_coordinator():
    visit = LATER[0]
    what = Disruption("closure", visit.host, frozenset([visit.on]))
    board = new_board(problem_after(what), PLANNED.events)
    board.put_all(replace(each, pinned=each.id == visit.id) for each in PLANNED.visits)
    found = settle(board, TODAY, what)
    assert [(each.visit.id, each.question) for each in found.undecided] == [(visit.id, "date-chosen")]


def fits(problem, visit, day):
    """Whether the checker lets a visit be on a day, whoever leads it."""
    return any(
        not check(
            problem,
            replace(
                PLANNED,
                visits=tuple(
                    replace(each, on=day, facilitator=one) if each.id == visit.id else each for each in PLANNED.visits
                ),
            ),
        )
        for one in problem.facilitators
    )


def test_what_has_passed_is_nobodys_to_decide():
    visit = LATER[0]
    assert settled(Disruption("closure", visit.host, week_of(visit)), visit.on)[2] == Difference((), ())


def test_a_visit_that_needs_not_move_stays():
    board = new_board(PROBLEM, PLANNED.events)
    board.put_all(PLANNED.visits)
    found = settle(board, TODAY, Disruption("decline", LATER[0].attendees[0], frozenset([LATER[0].on])))
    assert found == Difference((), ())


def test_a_pause_of_the_programme_leaves_no_visit_on_those_days():
    what = Disruption("postponement", "cohort", week_of(LATER[0], 2))
    problem, board, found = settled(what)
    concerned = {visit.id for visit in LATER if visit.on in what.days}
    after = board.all_visits(problem.groups)
    assert concerned <= {each.change.before.id for each in found.consequences}
    assert not {visit.id for visit in after if visit.on in what.days}
    assert [each for each in check(problem, Plan(after, board.events)) if each.visits] == []


def test_the_digest_names_one_difference():
    ill = Disruption("illness", leader_of(LATER[0]), frozenset([LATER[0].on]))
    assert settled(ill)[2].digest == settled(ill)[2].digest
    assert settled(ill)[2].digest != settled(Disruption("closure", LATER[0].host, ill.days))[2].digest


def test_a_disruption_on_other_days_changes_nothing():
    free = next(visit.on + dt.timedelta(days=2) for visit in LATER if visit.on.weekday() == 3)
    _, _, found = settled(Disruption("closure", LATER[0].host, frozenset([free])))
    assert (found.consequences, found.undecided) == ((), ())


SUBJECTS = st.sampled_from(
    [
        *(("illness", one) for one in PROBLEM.facilitators),
        ("decline", "g0-A-head"),
        ("decline", "g3-D-slt"),
        ("closure", "g1-B"),
        ("inspection", "g2-A"),
        ("postponement", "cohort"),
    ]
)


@settings(max_examples=40, deadline=None)
@given(subject=SUBJECTS, start=st.integers(0, 230), length=st.integers(1, 25), wait=st.integers(0, 200))
def test_no_disruption_breaks_a_rule_touches_a_frozen_date_or_moves_what_stands(subject, start, length, wait):
    today = TODAY + dt.timedelta(days=wait)
    first = TODAY + dt.timedelta(days=start)
    what = Disruption(subject[0], subject[1], frozenset(first + dt.timedelta(days=n) for n in range(length)))
    problem, board, found = settled(what, today)
    before = {visit.id: visit for visit in PLANNED.visits}
    after = {visit.id: visit for visit in board.all_visits(problem.groups)}
    changed = {each.change.before.id for each in found.consequences}
    left = {each.visit.id for each in found.undecided}
    assert {name: after[name] for name in before.keys() - changed} == {
        name: before[name] for name in before.keys() - changed
    }
    assert check_change(problem, list(before.values()), list(after.values()), today) == []
    broken = {visit for each in check(problem, Plan(tuple(after.values()), board.events)) for visit in each.visits}
    past = {visit.id for visit in PLANNED.visits if visit.on <= today}
    assert broken <= left | past
    for each in found.consequences:
        assert each.tier is not Tier.VISIT or each.change.before.on in what.days


@pytest.mark.parametrize("reason", ["illness", "decline"])
def test_a_visit_that_stood_badly_before_is_not_mended_on_the_way(reason):
    first, other = LATER[0], next(visit for visit in LATER if visit.group != LATER[0].group)
    subject = leader_of(first) if reason == "illness" else first.attendees[0]
    what = Disruption(reason, subject, frozenset([first.on]))
    problem = problem_after(what)
    school = replace(problem.schools[other.host], closed=frozenset([other.on]))
    board = new_board(replace(problem, schools={**problem.schools, other.host: school}), PLANNED.events)
    board.put_all(PLANNED.visits)
    found = settle(board, TODAY, what)
    assert (other.on, [each.change.before for each in found.consequences]) == (first.on, [first])

"""A violation of every rule is planted in a good plan; the checker names exactly that rule."""

import ast
import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from services.scheduling.planner import checker
from services.scheduling.planner.checker import check, check_change, working_days_apart
from services.scheduling.planner.model import Facilitator, Plan, Rule, Unplaced
from services.scheduling.planner.plan import plan
from services.scheduling.planner.wording import in_words
from tests.unit.scheduling.cases import year

PROBLEM = year(3, 2)
GOOD = plan(PROBLEM)
FIRST = GOOD.visits[0]
THEIRS = [visit for visit in GOOD.visits if visit.group == FIRST.group]


def with_visit(**changes):
    return replace(GOOD, visits=(replace(FIRST, **changes), *GOOD.visits[1:]))


def with_event(key, on):
    return replace(GOOD, events=tuple(replace(event, on=on) if event.key == key else event for event in GOOD.events))


def rules_of(problem, found):
    return {violation.rule for violation in check(problem, found)}


def changed_school(**changes):
    return replace(PROBLEM, schools={**PROBLEM.schools, FIRST.host: replace(PROBLEM.schools[FIRST.host], **changes)})


def changed_facilitator(**changes):
    leader = PROBLEM.facilitators[FIRST.facilitator]
    return replace(PROBLEM, facilitators={**PROBLEM.facilitators, leader.id: replace(leader, **changes)})


def changed_person():
    person = PROBLEM.people[FIRST.attendees[2]]
    return replace(PROBLEM, people={**PROBLEM.people, person.id: replace(person, impossible=frozenset([FIRST.on]))})


def shared_day():
    """Two groups of one facilitator on one day."""
    other = next(visit for visit in GOOD.visits if visit.group != FIRST.group)
    moved = replace(other, on=FIRST.on, facilitator=FIRST.facilitator)
    return replace(GOOD, visits=tuple(moved if visit is other else visit for visit in GOOD.visits))


def doubled_person():
    """Somebody who belongs to two groups, whose visits fall on one day with two facilitators."""
    other = next(visit for visit in GOOD.visits if visit.group != FIRST.group)
    group = next(group for group in PROBLEM.groups if group.id == other.group)
    twin = replace(group, pairs={**group.pairs, group.schools[0]: (FIRST.attendees[0], f"{group.schools[0]}-slt")})
    problem = replace(PROBLEM, groups=tuple(twin if each.id == twin.id else each for each in PROBLEM.groups))
    leader = next(one for one in PROBLEM.facilitators if one != FIRST.facilitator)
    moved = [
        replace(visit, attendees=twin.people, **({"on": FIRST.on, "facilitator": leader} if visit is other else {}))
        if visit.group == twin.id
        else visit
        for visit in GOOD.visits
    ]
    return problem, replace(GOOD, visits=tuple(moved))


SATURDAY = FIRST.on + dt.timedelta(days=5 - FIRST.on.weekday())
PLANTED = {
    Rule.VISIT_WINDOW: (PROBLEM, with_visit(on=dt.date(2027, 7, 16))),
    Rule.WORKING_DAY: (PROBLEM, with_visit(on=SATURDAY)),
    Rule.TERM_DATES: (PROBLEM, with_visit(on=dt.date(2027, 2, 16))),
    Rule.SCHOOL_CLOSED: (changed_school(closed=frozenset([FIRST.on])), GOOD),
    Rule.EXAM_WINDOW: (replace(PROBLEM, exams={"primary": frozenset([FIRST.on])}), GOOD),
    Rule.PERSON_DATES: (changed_person(), GOOD),
    Rule.PERSON_DAY: doubled_person(),
    Rule.PAIR_COMPLETE: (PROBLEM, with_visit(attendees=FIRST.attendees[:-1])),
    Rule.FACILITATED: (PROBLEM, with_visit(facilitator=None)),
    Rule.FACILITATOR_DATES: (changed_facilitator(impossible=frozenset([FIRST.on])), GOOD),
    Rule.FACILITATOR_DAY: (PROBLEM, shared_day()),
    Rule.FACILITATOR_REGION: (changed_facilitator(regions=("Cornwall",)), GOOD),
    Rule.FACILITATOR_CAPACITY: (changed_facilitator(capacity=3), GOOD),
    Rule.SPACING: (PROBLEM, with_visit(on=THEIRS[1].on - dt.timedelta(days=7))),
    Rule.HOSTS_ONCE: (PROBLEM, with_visit(host=THEIRS[1].host)),
    Rule.LAUNCH_FIRST: (
        replace(PROBLEM, rules=replace(PROBLEM.rules, first=dt.date(2026, 9, 1))),
        with_visit(on=dt.date(2026, 9, 2)),
    ),
    Rule.CLOSING_LAST: (
        replace(PROBLEM, rules=replace(PROBLEM.rules, last=dt.date(2027, 7, 21))),
        with_visit(on=dt.date(2027, 7, 21)),
    ),
    Rule.PAUSED: (replace(PROBLEM, rules=replace(PROBLEM.rules, paused=frozenset([FIRST.on]))), GOOD),
    Rule.EVENT_WINDOW: (PROBLEM, with_event("mid-year", dt.date(2027, 3, 1))),
}


def test_a_good_plan_passes():
    assert check(PROBLEM, GOOD) == []


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_violation_is_found(rule):
    problem, bad = PLANTED[rule]
    assert rule in rules_of(problem, bad)


@pytest.mark.parametrize("rule", PLANTED)
def test_it_is_said_with_schools_and_roles_never_with_ids(rule):
    """As in `cases`, ids of groups, schools, people and facilitators begin with theirs."""
    problem, bad = PLANTED[rule]
    named = replace(
        problem,
        schools={
            key: replace(one, name=f"Hill School {number}") for number, (key, one) in enumerate(problem.schools.items())
        },
        people={key: replace(one, role="headteacher") for key, one in problem.people.items()},
    )
    ids = [*problem.schools, *problem.people, *problem.facilitators, *(group.id for group in problem.groups)]
    for violation in check(named, bad):
        assert not [one for one in ids if re.search(rf"\b{re.escape(one)}\b", violation.sentence)], violation.sentence
        assert not re.search(r"\d{4}-\d\d", violation.sentence)


def test_people_are_named_by_role_and_school():
    problem, bad = PLANTED[Rule.PERSON_DAY]
    who = problem.people[FIRST.attendees[0]]
    schools = {**problem.schools, who.school: replace(problem.schools[who.school], name="Hill School")}
    named = replace(problem, schools=schools, people={**problem.people, who.id: replace(who, role="headteacher")})
    found = {each.sentence for each in check(named, bad) if each.rule is Rule.PERSON_DAY}
    assert f"the headteacher of Hill School has more than one visit or event on {in_words(FIRST.on)}" in found
    assert all(sentence.startswith("the headteacher of Hill School has more than one") for sentence in found)


def head_who_leads(problem):
    """The head of one group's school is appointed facilitator as well, and alone: other groups need them."""
    group = problem.groups[0]
    head = group.pairs[group.schools[0]][0]
    return replace(problem, facilitators={head: Facilitator(head, capacity=200)}), head


def test_a_head_who_leads_other_groups_visits_is_never_in_two_places():
    problem, head = head_who_leads(PROBLEM)
    found = plan(problem)
    assert len(found.visits) == len(GOOD.visits)
    assert {visit.facilitator for visit in found.visits} == {head}
    own = [visit for visit in found.visits if head in visit.attendees]
    others = [visit for visit in found.visits if head not in visit.attendees]
    assert {visit.on for visit in own}.isdisjoint({visit.on for visit in others})
    assert check(problem, found) == []


def test_a_head_who_leads_one_visit_and_is_to_come_to_another_that_day_is_found():
    problem, head = head_who_leads(PROBLEM)
    found = plan(problem)
    own = next(visit for visit in found.visits if head in visit.attendees)
    other = next(visit for visit in found.visits if head not in visit.attendees)
    schools = {**problem.schools, other.host: replace(problem.schools[other.host], name="Hill School")}
    people = {**problem.people, head: replace(problem.people[head], role="headteacher")}
    bad = replace(found, visits=tuple(replace(one, on=own.on) if one is other else one for one in found.visits))
    said = [each.sentence for each in check(replace(problem, schools=schools, people=people), bad)]
    assert any("the headteacher of" in one and "leads a visit at Hill School and is to come to" in one for one in said)


def test_who_comes_to_one_visit_for_two_schools_is_there_once():
    group = next(group for group in PROBLEM.groups if group.id == FIRST.group)
    head = group.pairs[group.schools[0]][0]
    other = group.schools[1]
    shared = replace(group, pairs={**group.pairs, other: (head, *group.pairs[other][1:])})
    problem = replace(PROBLEM, groups=tuple(shared if each is group else each for each in PROBLEM.groups))
    everybody = tuple(one for school in shared.schools for one in shared.pairs[school])
    visits = tuple(replace(v, attendees=everybody) if v.group == group.id else v for v in GOOD.visits)
    assert everybody.count(head) == 2
    assert check(problem, replace(GOOD, visits=visits)) == []
    assert check(problem, plan(problem)) == []


def test_moving_a_frozen_date_is_found_whichever_way():
    later = replace(FIRST, on=FIRST.on + dt.timedelta(days=28))
    for near in (FIRST.on, FIRST.on - dt.timedelta(days=14)):
        assert [each.rule for each in check_change(PROBLEM, [FIRST], [later], near)] == [Rule.FROZEN]
        assert [each.rule for each in check_change(PROBLEM, [later], [FIRST], near)] == [Rule.FROZEN]
    assert check_change(PROBLEM, [FIRST], [later], FIRST.on - dt.timedelta(days=15)) == []
    assert check_change(PROBLEM, [FIRST], [FIRST], FIRST.on) == []


def test_every_rule_of_a_plan_has_a_planted_violation():
    assert set(PLANTED) == set(Rule) - {Rule.FROZEN}


def test_a_visit_on_the_day_of_an_event_is_found():
    event = next(event.on for event in GOOD.events if event.key == "mid-year")
    assert Rule.PERSON_DAY in rules_of(PROBLEM, with_visit(on=event))


def test_two_events_on_one_day_are_found():
    bad = replace(GOOD, events=(*GOOD.events[:1], replace(GOOD.events[1], on=GOOD.events[0].on), *GOOD.events[2:]))
    assert Rule.PERSON_DAY in rules_of(PROBLEM, bad)


def test_a_missing_event_is_found():
    assert rules_of(PROBLEM, replace(GOOD, events=GOOD.events[:2])) == {Rule.EVENT_WINDOW}


def test_a_group_without_visits_is_found_unless_it_is_named_as_unplaced():
    others = tuple(visit for visit in GOOD.visits if visit.group != FIRST.group)
    assert rules_of(PROBLEM, Plan(others, GOOD.events)) == {Rule.HOSTS_ONCE}
    assert check(PROBLEM, Plan(others, GOOD.events, (Unplaced(FIRST.group, proven=False, blocking=()),))) == []


def test_working_days_leave_out_weekends_and_bank_holidays():
    assert working_days_apart(PROBLEM, dt.date(2027, 4, 30), dt.date(2027, 5, 4)) == 1
    assert working_days_apart(PROBLEM, dt.date(2027, 5, 4), dt.date(2027, 4, 30)) == 1


def test_the_checker_imports_nothing_but_words():
    tree = ast.parse(Path(checker.__file__).read_text(encoding="utf-8"))
    ours = {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) if "scheduling" in str(node.module)
    }
    assert ours == {"services.scheduling.planner.model", "services.scheduling.planner.wording"}

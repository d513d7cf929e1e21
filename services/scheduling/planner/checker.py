"""Checks a calendar independently before it is published: every hard rule, on plain dates.

It reads the planner's input (`model`) and shares no other code with it. A test plants a violation of every rule.
Sentences name schools, and people by their role there; never an id.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.scheduling.planner.model import CohortEvent, Group, Plan, Problem, Rule, Visit
from services.scheduling.planner.wording import in_words

FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule and what it concerns."""

    rule: Rule
    sentence: str
    visits: tuple[str, ...] = ()


def check(problem: Problem, plan: Plan) -> list[Violation]:
    """All violations of hard rules in a plan; an empty list means it may be published."""
    groups = {group.id: group for group in problem.groups}
    found: list[Violation] = []
    for visit in plan.visits:
        found += _day(problem, visit) + _host(problem, visit)
        found += _people(problem, visit, groups[visit.group]) + _facilitator(problem, visit)
    of_group, unplaced = _by_group(plan), {each.group for each in plan.unplaced}
    for group in problem.groups:
        found += _of_group(problem, group, of_group[group.id], placed=group.id not in unplaced)
    found += _once_a_day(problem, plan)
    found += _capacity(problem, plan.visits)
    return found + list(_events(problem, plan.events, [visit.on for visit in plan.visits]))


def check_events(problem: Problem, events: Sequence[CohortEvent], days: Sequence[dt.date]) -> list[Violation]:
    """Violations of the rules for cohort events alone; `days`: the first and last day with visits."""
    return [*_same_day(event.on for event in events), *_events(problem, events, days)]


def check_change(problem: Problem, before: Sequence[Visit], after: Sequence[Visit], today: dt.date) -> list[Violation]:
    """Visits that a repair moved from or to a day in the past or within the notice period."""
    dates = {visit.id: visit.on for visit in after}
    days = {*dates.values(), *(visit.on for visit in before)}
    near, found = {day for day in days if _is_near(problem, day, today)}, []
    for visit in before:
        moved_to = dates.get(visit.id, visit.on)
        if moved_to != visit.on and {visit.on, moved_to} & near:
            sentence = f"a visit is moved from {in_words(visit.on)} to {in_words(moved_to)}, which is too near"
            found.append(Violation(Rule.FROZEN, sentence, (visit.id,)))
    return found


def _is_near(problem: Problem, day: dt.date, today: dt.date) -> bool:
    return day <= today or working_days_apart(problem, today, day) <= problem.rules.notice


def working_days_apart(problem: Problem, one: dt.date, other: dt.date) -> int:
    """Working days from one date to another, whichever comes first."""
    first, last = sorted((one, other))
    days = (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() <= FRIDAY and day not in problem.bank_holidays for day in days)


def _day(problem: Problem, visit: Visit) -> list[Violation]:
    found = []
    if not problem.rules.first <= visit.on <= problem.rules.last:
        found.append(
            Violation(Rule.VISIT_WINDOW, f"{in_words(visit.on)} lies outside the time for visits", (visit.id,))
        )
    if visit.on.weekday() > FRIDAY or visit.on in problem.bank_holidays:
        found.append(Violation(Rule.WORKING_DAY, f"{in_words(visit.on)} is a weekend or bank holiday", (visit.id,)))
    if visit.on in problem.rules.paused:
        found.append(Violation(Rule.PAUSED, f"the programme pauses on {in_words(visit.on)}", (visit.id,)))
    return found


def _host(problem: Problem, visit: Visit) -> list[Violation]:
    if visit.on in problem.exams.get(problem.schools[visit.host].phase, frozenset()):
        sentence = f"{_school(problem, visit.host)} has tests or examinations on {in_words(visit.on)}"
        return [Violation(Rule.EXAM_WINDOW, sentence, (visit.id,))]
    return []


def _people(problem: Problem, visit: Visit, group: Group) -> list[Violation]:
    found = []
    if set(visit.attendees) != {person for pair in group.pairs.values() for person in pair}:
        found.append(Violation(Rule.PAIR_COMPLETE, "the people of the visit are not the group's pairs", (visit.id,)))
    for school in group.schools:
        if visit.on not in problem.calendar_of(school).days:
            sentence = f"{in_words(visit.on)} is no school day at {_school(problem, school)}"
            found.append(Violation(Rule.TERM_DATES, sentence, (visit.id,)))
        if visit.on in problem.schools[school].closed:
            sentence = f"{_school(problem, school)} is closed on {in_words(visit.on)}"
            found.append(Violation(Rule.SCHOOL_CLOSED, sentence, (visit.id,)))
    found += [
        Violation(Rule.PERSON_DATES, f"{_person(problem, person)} cannot come on {in_words(visit.on)}", (visit.id,))
        for person in visit.attendees
        if person in problem.people and visit.on in problem.people[person].impossible
    ]
    return found


def _facilitator(problem: Problem, visit: Visit) -> list[Violation]:
    if not problem.rules.facilitated:
        return []
    one = problem.facilitators.get(visit.facilitator or "")
    if one is None:
        return [Violation(Rule.FACILITATED, "no appointed facilitator leads the visit", (visit.id,))]
    found = []
    if visit.on in one.impossible:
        sentence = f"{_leader(problem, visit)} cannot lead on {in_words(visit.on)}"
        found.append(Violation(Rule.FACILITATOR_DATES, sentence, (visit.id,)))
    region = problem.schools[visit.host].region
    if one.regions and region and region not in one.regions:
        sentence = f"{_leader(problem, visit)} does not travel in {region}"
        found.append(Violation(Rule.FACILITATOR_REGION, sentence, (visit.id,)))
    return found


def _by_group(plan: Plan) -> dict[str, list[Visit]]:
    found: dict[str, list[Visit]] = defaultdict(list)
    for visit in plan.visits:
        found[visit.group].append(visit)
    return found


def _of_group(problem: Problem, group: Group, visits: Sequence[Visit], *, placed: bool) -> list[Violation]:
    hosts = sorted(visit.host for visit in visits)
    if hosts != (sorted(group.hosts) if placed else []):
        named = ", ".join(_school(problem, host) for host in hosts)
        sentence = f"group {group.number or 'without a number'} visits {named or 'nobody'}"
        return [Violation(Rule.HOSTS_ONCE, sentence, tuple(visit.id for visit in visits))]
    return list(_spacing(problem, sorted(visits, key=lambda visit: visit.on)))


def _spacing(problem: Problem, visits: Sequence[Visit]) -> Iterator[Violation]:
    for one, other in pairwise(visits):
        apart = working_days_apart(problem, one.on, other.on)
        if apart < problem.rules.spacing:
            sentence = f"{in_words(one.on)} and {in_words(other.on)} are {apart} working days apart"
            yield Violation(Rule.SPACING, sentence, (one.id, other.id))


def _once_a_day(problem: Problem, plan: Plan) -> list[Violation]:
    """Nobody is in two places; who comes to one visit for two schools is there once."""
    people: dict[tuple[str, dt.date], list[Visit]] = defaultdict(list)
    leaders: dict[tuple[str, dt.date], list[Visit]] = defaultdict(list)
    events = {event.on: event.key for event in plan.events}
    for visit in plan.visits:
        for person in set(visit.attendees):
            people[person, visit.on].append(visit)
        if visit.facilitator:
            leaders[visit.facilitator, visit.on].append(visit)
    found = list[Violation]()
    for (_, on), visits in leaders.items():
        if len(visits) > 1:
            hosts = " and ".join(sorted(_school(problem, visit.host) for visit in visits))
            sentence = f"one facilitator leads {len(visits)} visits on {in_words(on)}, at {hosts}"
            found.append(Violation(Rule.FACILITATOR_DAY, sentence, tuple(visit.id for visit in visits)))
    found += _led_and_attended(problem, people, leaders)
    for (who, on), visits in sorted(people.items()):
        if len(visits) + (on in events) > 1:
            sentence = f"{_person(problem, who)} has more than one visit or event on {in_words(on)}"
            found.append(Violation(Rule.PERSON_DAY, sentence, tuple(visit.id for visit in visits)))
    return found + _same_day(event.on for event in plan.events)


def _led_and_attended(
    problem: Problem,
    people: Mapping[tuple[str, dt.date], Sequence[Visit]],
    leaders: Mapping[tuple[str, dt.date], Sequence[Visit]],
) -> Iterator[Violation]:
    """Who leads visits and comes to those of their own group is in one place a day."""
    for (who, on), led in sorted(leaders.items()):
        both = [(one, other) for one in led for other in people.get((who, on), ()) if one.id != other.id]
        for one, other in both[:1]:
            sentence = (
                f"{_person(problem, who)} leads a visit at {_school(problem, one.host)} and is to come to one at "
                f"{_school(problem, other.host)} on {in_words(on)}"
            )
            yield Violation(Rule.PERSON_DAY, sentence, (one.id, other.id))


def _same_day(days: Iterable[dt.date]) -> list[Violation]:
    listed = list(days)
    twice = sorted({day for day in listed if listed.count(day) > 1})
    return [Violation(Rule.PERSON_DAY, f"two events of the cohort fall on {in_words(day)}") for day in twice]


def _capacity(problem: Problem, visits: Iterable[Visit]) -> list[Violation]:
    led: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        led[visit.facilitator or ""].append(visit)
    return [
        Violation(
            Rule.FACILITATOR_CAPACITY,
            f"{_leader(problem, led[one.id][0])} leads {len(led[one.id])} visits of at most {one.capacity}",
            tuple(visit.id for visit in led[one.id]),
        )
        for one in problem.facilitators.values()
        if len(led[one.id]) > one.capacity
    ]


def _school(problem: Problem, school: str) -> str:
    return problem.schools[school].name or "a school"


def _person(problem: Problem, person: str) -> str:
    found = problem.people.get(person)
    if found is None or not found.role:
        return "somebody who must come"
    return f"the {found.role} of {_school(problem, found.school)}"


def _leader(problem: Problem, visit: Visit) -> str:
    return f"the facilitator of the visit at {_school(problem, visit.host)} on {in_words(visit.on)}"


def _events(problem: Problem, events: Sequence[CohortEvent], days: Sequence[dt.date]) -> Iterator[Violation]:
    rules = {rule.key: rule for rule in problem.rules.events}
    for event in events:
        rule = rules.get(event.key)
        if event.on in problem.rules.paused:
            yield Violation(Rule.PAUSED, f"the programme pauses on {in_words(event.on)}, the day of {event.key}")
        if (
            rule is None
            or not rule.first <= event.on <= rule.last
            or event.on.weekday() > FRIDAY
            or event.on in problem.bank_holidays
        ):
            yield Violation(
                Rule.EVENT_WINDOW, f"{event.key} on {in_words(event.on)} is outside its window or no working day"
            )
        elif rule.order == "launch" and days and event.on >= min(days):
            yield Violation(
                Rule.LAUNCH_FIRST, f"the first visit is on {in_words(min(days))}, the launch on {in_words(event.on)}"
            )
        elif rule.order == "closing" and days and event.on <= max(days):
            yield Violation(
                Rule.CLOSING_LAST, f"the last visit is on {in_words(max(days))}, the closing on {in_words(event.on)}"
            )
    for key in sorted(rules.keys() - {event.key for event in events}):
        yield Violation(Rule.EVENT_WINDOW, f"{key} has no date")

"""Small programmes for the scheduling tests: every day a school day unless a test says otherwise."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

from services.scheduling.domain.calendars import term_dates
from services.scheduling.domain.calendars.json_layouts import bank_holidays_from_json, exams_from_json, from_json
from services.scheduling.domain.visits.pauses import Filled
from services.scheduling.planner.cohort_events import suiting
from services.scheduling.planner.model import EventRule, Facilitator, Group, Person, Problem, Rules, School

DATA = Path(__file__).resolve().parents[3] / "services" / "scheduling" / "data"
MONDAY = dt.date(2026, 11, 2)
BANK_HOLIDAYS = bank_holidays_from_json(json.loads((DATA / "bank-holidays.json").read_text(encoding="utf-8")))
EXAMS = exams_from_json(json.loads((DATA / "exam-windows.json").read_text(encoding="utf-8")))


def sheffield():
    return from_json(json.loads((DATA / "term-dates" / "sheffield.json").read_text(encoding="utf-8")))


def weekdays(first, count):
    found: list[dt.date] = []
    while len(found) < count:
        if first.weekday() < 5:
            found.append(first)
        first += dt.timedelta(days=1)
    return found


def group(name, size=3):
    schools = tuple(f"{name}{place}" for place in "ABCD"[:size])
    return Group(name, schools, {school: (f"{school}-head", f"{school}-slt") for school in schools})


def tiny(sizes=(3,), days=12, spacing=2, facilitators=1, capacity=40, impossible=None, closed=None, **rules):
    """Groups of these sizes, all days school days; `impossible` maps people, `closed` schools, to days."""
    impossible, closed = impossible or {}, closed or {}
    span = weekdays(MONDAY, days)
    groups = tuple(group(f"g{number}-", size) for number, size in enumerate(sizes))
    schools = {
        name: School(name, "Anywhere", "primary", closed=frozenset(closed.get(name, ())))
        for each in groups
        for name in each.schools
    }
    people = {
        one: Person(one, school, frozenset(impossible.get(one, ())))
        for each in groups
        for school, pair in each.pairs.items()
        for one in pair
    }
    names = [f"f{number}" for number in range(facilitators)]
    leaders = {name: Facilitator(name, (), capacity, frozenset(impossible.get(name, ()))) for name in names}
    terms = term_dates.calendar("Anywhere", "test", span)
    return Problem(
        Rules(span[0], span[-1], spacing=spacing, **rules), groups, schools, people, leaders, {"Anywhere": terms}
    )


def year(groups=6, facilitators=3, events=True):
    """A school year in Sheffield with real calendars."""
    base = tiny((4,) * groups, facilitators=facilitators)
    rules = Rules(
        dt.date(2026, 10, 5),
        dt.date(2027, 7, 2),
        events=(
            EventRule("launch", dt.date(2026, 9, 14), dt.date(2026, 10, 2), "launch"),
            EventRule("mid-year", dt.date(2027, 1, 18), dt.date(2027, 2, 5)),
            EventRule("closing", dt.date(2027, 7, 5), dt.date(2027, 7, 16), "closing"),
        )
        if events
        else (),
    )
    schools = {
        name: School(name, "Sheffield", "primary", "Yorkshire", easting=430_000, northing=380_000)
        for name in base.schools
    }
    calendar = {"Sheffield": sheffield()}
    return Problem(rules, base.groups, schools, base.people, base.facilitators, calendar, BANK_HOLIDAYS, EXAMS)


def filled(board):
    """What of a whole board bears on its events' days."""
    visits, problem, horizon = (
        [one for each in board.visits.values() for one in each],
        board.problem,
        board.diaries.horizon,
    )
    counts, pinned = Counter(each.on for each in visits), frozenset(each.on for each in visits if each.pinned)
    return Filled(problem.rules, problem.bank_holidays, horizon.days, counts, pinned, suiting(board.diaries))

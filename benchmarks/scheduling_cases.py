"""Seeded made-up programmes of any size: groups near each other, authorities' calendars, diaries with holes.

`scheduling_case(groups, seed)` gives 3.5 schools a group on average, a facilitator for about seven groups (1,100 at
8,000), 152 authorities
of nine regions (fewer in small programmes), each person with 12 impossible days on average and one in eight away on a
fixed weekday.
"""

import datetime as dt
import json
import random
from pathlib import Path

from benchmarks.default_terms import default_calendar
from services.scheduling.domain.calendars.json_layouts import bank_holidays_from_json, exams_from_json, from_json
from services.scheduling.planner.model import (
    Dates,
    EventRule,
    Facilitator,
    Group,
    Person,
    Problem,
    Rules,
    School,
    TermCalendar,
)

DATA = Path(__file__).resolve().parents[1] / "services" / "scheduling" / "data"
YEAR = 2026
REGIONS = 9
PHASES = ("primary",) * 15 + ("secondary",) * 4 + ("not-applicable",)
SIDE = 50_000
FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 7, 21)
RULES = Rules(
    first=dt.date(2026, 10, 5),
    last=dt.date(2027, 7, 2),
    events=(
        EventRule("launch", dt.date(2026, 9, 14), dt.date(2026, 10, 2), "launch"),
        EventRule("mid-year", dt.date(2027, 1, 18), dt.date(2027, 2, 5)),
        EventRule("closing", dt.date(2027, 7, 5), dt.date(2027, 7, 16), "closing"),
    ),
)


def bank_holidays() -> Dates:
    """GOV.UK's bank holidays of England."""
    return bank_holidays_from_json(json.loads((DATA / "bank-holidays.json").read_text(encoding="utf-8")))


def exams() -> dict[str, Dates]:
    """Exam windows by phase."""
    return exams_from_json(json.loads((DATA / "exam-windows.json").read_text(encoding="utf-8")))


def authorities(count: int, rng: random.Random) -> dict[str, TermCalendar]:
    """Sheffield's real term dates and generated ones for the others."""
    sheffield = from_json(json.loads((DATA / "term-dates" / "sheffield.json").read_text(encoding="utf-8")))
    holidays = bank_holidays()
    found = {sheffield.authority: sheffield}
    for number in range(1, count):
        name = f"Authority {number}"
        starts, shift = rng.choice((1, 2, 3)), rng.choice((0, 0, 1))
        found[name] = default_calendar(name, YEAR, holidays, starts=starts, easter_shift=shift)
    return found


def away(rng: random.Random) -> Dates:
    """The impossible days of a person: some single days, a few stretches, for one in eight a weekday."""
    days = {FIRST + dt.timedelta(days=rng.randrange(320)) for _ in range(rng.randrange(9))}
    for _ in range(rng.randrange(3)):
        start = FIRST + dt.timedelta(days=rng.randrange(320))
        days |= {start + dt.timedelta(days=n) for n in range(rng.randrange(2, 8))}
    if rng.random() < 0.125:
        weekday = rng.randrange(5)
        days |= {day for n in range(324) if (day := FIRST + dt.timedelta(days=n)).weekday() == weekday}
    return frozenset(days)


def scheduling_case(groups: int, seed: int = 1, crowded: float = 1.0) -> Problem:
    """A made-up programme of so many groups; `crowded` is the share of the usual facilitators."""
    rng = random.Random(seed)
    terms = authorities(min(152, max(3, groups // 50)), rng)
    names = sorted(terms)
    schools: dict[str, School] = {}
    people: dict[str, Person] = {}
    formed = []
    for number in range(groups):
        region = rng.randrange(REGIONS)
        local = [name for place, name in enumerate(names) if place % REGIONS == region] or names
        east, north = region * 100_000 + rng.randrange(SIDE), rng.randrange(SIDE * 4)
        members = {}
        phase = rng.choice(PHASES)
        for place in range(rng.choice((3, 4))):
            school = f"sch-{number}-{place}"
            members[school] = (f"per-{number}-{place}-h", f"per-{number}-{place}-s")
            closed = frozenset(rng.sample(sorted(terms[local[0]].days), 5))
            easting, northing = east + rng.randrange(15_000), north + rng.randrange(15_000)
            schools[school] = School(school, rng.choice(local), phase, f"Region {region}", closed, easting, northing)
            people.update({one: Person(one, school, away(rng)) for one in members[school]})
        formed.append(Group(f"grp-{number:05d}", tuple(members), members))
    leaders = facilitators(max(1, round(groups * 1100 / 8000 * crowded)), rng)
    return Problem(RULES, tuple(formed), schools, people, leaders, terms, bank_holidays(), exams())


def facilitators(count: int, rng: random.Random) -> dict[str, Facilitator]:
    """So many facilitators, spread over the regions; in small programmes they travel everywhere."""
    found = {}
    for number in range(count):
        region = number % REGIONS
        regions = (f"Region {region}",) if count > REGIONS * 3 else ()
        place = region * 100_000 + rng.randrange(SIDE), rng.randrange(SIDE * 4)
        found[f"fac-{number}"] = Facilitator(f"fac-{number}", regions, 40, away(rng), *place)
    return found

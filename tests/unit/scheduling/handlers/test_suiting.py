"""Days that suit most of many people, asked of the service: term dates, closures and people's own days count."""

import datetime as dt
from typing import Any

import pytest

from shared.commands.scheduling import CloseSchoolDays
from shared.commands.scheduling_dates import OfferDates
from shared.commands.scheduling_suiting import FindSuitingDays
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.scheduling import CalendarDrafted
from tests.unit.scheduling import facts
from tests.unit.scheduling.world import START

HEADS = tuple(facts.person(school, "headteacher") for school in facts.SCHOOLS)
OCTOBER = DateSpan(first=dt.date(2026, 10, 5), last=dt.date(2026, 10, 9))
NOVEMBER = DateSpan(first=dt.date(2026, 11, 9), last=dt.date(2026, 11, 13))
THURSDAY, FRIDAY = dt.date(2026, 10, 8), dt.date(2026, 10, 9)
NEXT, LAST = dt.date(2026, 11, 12), dt.date(2026, 11, 13)


async def suiting(world, people=HEADS, stretches=(OCTOBER, NOVEMBER), **more):
    found = await world.client.find(FindSuitingDays(person_ids=people, stretches=stretches, **more))
    assert found.people == len(set(people))
    return [(one.on, one.missing) for one in found.days]


@pytest.fixture
async def enrolled(world):
    away = ("headteacher", NOVEMBER.first, NOVEMBER.last)
    await world.tell(*facts.everything({"sch-0": [away]}))
    await world.until(CalendarDrafted)
    return world


async def test_a_day_in_each_stretch_is_found_and_who_cannot_come_is_named(enrolled):
    (_, nobody), (on, missing) = await suiting(enrolled)
    assert nobody == ()
    assert on in {NEXT, LAST}
    assert missing == (facts.person("sch-0", "headteacher"),)


async def test_a_closed_school_and_a_day_held_for_others_count_and_more_people_outweigh_the_weekday(enrolled):
    closed = (DateSpan(first=THURSDAY, last=THURSDAY),)
    await enrolled.client.ask(CloseSchoolDays(school_id="sch-1", days=closed))
    held = OfferDates(
        person_ids=(HEADS[2], "per-bo"), earliest=FRIDAY, latest=FRIDAY, deadline=START + dt.timedelta(days=2)
    )
    await enrolled.client.ask(held)
    ((on, missing),) = await suiting(enrolled, stretches=(OCTOBER,))
    assert (on.weekday() < 3, missing) == (True, ())
    ((on, missing),) = await suiting(enrolled, stretches=(DateSpan(first=THURSDAY, last=THURSDAY),))
    assert missing == (HEADS[1],)
    ((on, missing),) = await suiting(enrolled, stretches=(DateSpan(first=FRIDAY, last=FRIDAY),))
    assert missing == (HEADS[2],)


async def test_in_the_holidays_everybody_from_a_school_is_missing_and_nobody_else(enrolled):
    holiday = DateSpan(first=dt.date(2026, 12, 29), last=dt.date(2026, 12, 30))
    ((_, missing),) = await suiting(enrolled, (*HEADS, facts.COORDINATOR), stretches=(holiday,))
    assert missing == tuple(sorted(HEADS))


async def test_what_cannot_be_found_is_refused_with_its_rule(enrolled):
    year = DateSpan(first=dt.date(2028, 1, 3), last=dt.date(2028, 1, 7))
    past = DateSpan(first=dt.date(2026, 9, 7), last=dt.date(2026, 9, 11))
    refused: dict[str, dict[str, Any]] = {
        "out-of-order": {"stretches": (NOVEMBER, OCTOBER)},
        "too-long": {"stretches": (OCTOBER, year)},
        "too-near": {"weeks_apart": 10},
        "no-day": {"stretches": (past, OCTOBER)},
    }
    for rule, given in refused.items():
        with pytest.raises(Rejected, match=rule):
            await suiting(enrolled, **given)

"""A recurring duty laid out by the service: term dates, closures and people's days count, and nothing is saved."""

import datetime as dt
from typing import Any

import pytest

from shared.commands.scheduling import CloseSchoolDays
from shared.commands.scheduling_dates import OfferDates
from shared.commands.scheduling_duties import LayOutCommitment
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.scheduling import CalendarDrafted
from tests.unit.scheduling import facts
from tests.unit.scheduling.world import START

WEDNESDAY = dt.date(2026, 10, 14)


async def laid_out(world, cadence="weekly", year=2026, **whose):
    query = LayOutCommitment(cadence=cadence, year=year, **(whose or {"authority_code": "373"}))
    return await world.client.find(query)


async def test_a_weekly_duty_of_an_authority_is_one_rule_with_the_holidays_left_out(world):
    found = await laid_out(world)
    rule = found.series
    assert (len(found.days), rule.freq, rule.interval, rule.by_day, rule.singles) == (40, "WEEKLY", 1, "WE", ())
    assert (rule.first, rule.until, len(rule.exceptions)) == (found.days[0], found.days[-1], 7)
    assert (found.moved, found.gaps, found.timezone) == ((), (), "Europe/London")


async def test_termly_days_stand_alone(world):
    found = await laid_out(world, "termly")
    assert (found.series.freq, found.series.singles, len(found.days)) == ("", found.days, 3)


async def test_the_terms_of_an_authority_nobody_imported_are_named_as_defaults(world):
    assert "(plausible defaults)" in (await laid_out(world, authority_code="999")).calendar
    assert "(plausible defaults)" not in (await laid_out(world)).calendar


async def test_a_school_s_closures_and_people_s_days_move_single_days_and_gaps_are_told(world):
    head = facts.person("sch-0", "headteacher")
    autumn = ("headteacher", dt.date(2026, 9, 1), dt.date(2026, 10, 9))
    await world.tell(*facts.everything({"sch-0": [autumn]}))
    await world.until(CalendarDrafted)
    closed = (DateSpan(first=WEDNESDAY, last=WEDNESDAY),)
    await world.client.ask(CloseSchoolDays(school_id="sch-0", days=closed))
    alone = await laid_out(world, school_id="sch-0")
    assert (len(alone.days), WEDNESDAY in alone.days, len(alone.gaps)) == (40, False, 0)
    with_head = await laid_out(world, school_id="sch-0", person_ids=(head,))
    assert len(with_head.gaps) == 6
    assert with_head.gaps[0].sentence == (
        "Between 1 September and 4 September 2026 none of the 4 school days suits everybody."
    )
    assert len(with_head.days) == 34


async def test_a_day_that_somebody_has_agreed_with_others_is_not_theirs_to_give(world):
    wednesday = dt.date(2026, 10, 21)
    deadline = START + dt.timedelta(days=2)
    await world.client.ask(
        OfferDates(person_ids=("per-ada", "per-bo"), earliest=wednesday, latest=wednesday, deadline=deadline)
    )
    found = await laid_out(world, authority_code="373", person_ids=("per-ada",))
    assert wednesday not in found.days
    assert wednesday in (await laid_out(world)).days
    assert len(found.days) == 40


async def test_what_cannot_be_laid_out_is_refused_with_its_rule(world):
    refused: dict[str, dict[str, Any]] = {
        "school-or-authority": {"school_id": "sch-0", "authority_code": "373"},
        "unknown-school": {"school_id": "sch-nowhere"},
        "no-term-dates": {"year": 2040, "authority_code": "373"},
    }
    for rule, fields in refused.items():
        with pytest.raises(Rejected, match=rule):
            await laid_out(world, **fields)

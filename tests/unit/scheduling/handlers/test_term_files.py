"""Term files from the field, and what waits for a yes before it replaces anything."""

import json

import pytest

from shared.commands.scheduling import ImportCalendar
from shared.commands.scheduling_calendars import ReadTermFile
from shared.errors import Rejected
from tests.field.cases import all_cases, differences
from tests.field.playing import Player

CALENDARS = [case for case in all_cases() if case.does in {"calendar", "bank-holidays"}]


@pytest.mark.parametrize("case", CALENDARS, ids=lambda case: case.name)
async def test_every_calendar_from_the_field_comes_out_as_expected(world, case):
    seen = await Player(world.client).play(case)
    assert (differences(case, seen), seen.told and []) == ([], [])


async def uploaded(world, days):
    content = {"academic_years": [{"dates": [{"date": day} for day in days]}]}
    return await world.client.upload(json.dumps(content).encode(), "terms.json")


async def test_a_year_far_from_195_days_waits_for_a_yes_and_nothing_is_replaced(world):
    key = await uploaded(world, ["2026-09-07", "2026-09-08"])
    read = await world.client.find(ReadTermFile(upload=key, filename="terms.json"))
    odd = "A school year usually has about 195, but 2026/27 has 2: see whether the file leaves dates out."
    assert (read.doubts, [(one.year, one.school_days) for one in read.years]) == ((odd,), [(2026, 2)])
    asked = ImportCalendar(upload=key, filename="terms.json", authority_code="373", accept_unusual=False)
    with pytest.raises(Rejected) as refused:
        await world.client.ask(asked)
    assert refused.value.sentence == f"Nothing was taken in yet from 'terms.json'. {odd}"
    assert "373" not in world.memory["terms"]
    done = await world.client.ask(asked.model_copy(update={"accept_unusual": True}))
    assert done.sentence.startswith("2 school days")
    assert "373" in world.memory["terms"]


@pytest.mark.parametrize("code", ["", "Sheffeld", "37", "999", "\u0663\u0667\u0663"])
async def test_an_authority_that_no_school_has_is_refused_before_anything_is_stored(world, code):
    key = await uploaded(world, ["2026-09-07", "2026-09-08"])
    asked = ImportCalendar(upload=key, filename="terms.json", authority_code=code, accept_unusual=True)
    with pytest.raises(Rejected, match="unknown-authority"):
        await world.client.ask(asked)
    assert code not in world.memory["terms"]


async def test_an_authority_is_known_by_its_name_as_well(world):
    key = await uploaded(world, ["2026-09-07", "2026-09-08"])
    asked = ImportCalendar(upload=key, filename="terms.json", authority_code="sheffield", accept_unusual=True)
    assert (await world.client.ask(asked)).id == "373"
    assert list(world.memory["terms"]) == ["373"]

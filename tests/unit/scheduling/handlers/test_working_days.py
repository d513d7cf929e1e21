"""Working days as other services ask for them."""

import datetime as dt

from shared.commands.scheduling_calendars import ListWorkingDays


async def test_working_days_leave_out_weekends_and_bank_holidays(world):
    found = await world.client.find(ListWorkingDays(after=dt.date(2026, 12, 23), count=4))
    assert found.days == (dt.date(2026, 12, 24), dt.date(2026, 12, 29), dt.date(2026, 12, 30), dt.date(2026, 12, 31))


async def test_the_day_itself_is_not_among_those_after_it(world):
    found = await world.client.find(ListWorkingDays(after=dt.date(2026, 9, 11), count=1))
    assert found.days == (dt.date(2026, 9, 14),)

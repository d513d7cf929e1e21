"""An excuse that comes late holds, in whatever order what happened is taken in: before and after a week was told."""

import datetime as dt

from shared.commands.duties import TickDuties
from shared.commands.inspections import NoteInspection, TakeBackInspection
from shared.events.duties import DutyWeekEnded, DutyWeekExcused
from tests.fakes import FakeWork
from tests.unit.scheduling.duties.told import PROGRAMME, head

WEEK, FRIDAY = dt.date(2026, 9, 14), dt.date(2026, 9, 18)
ONE = head("sch-1")


async def to(world, day, hour=13):
    await world.to(dt.datetime.combine(day, dt.time(hour), dt.UTC))


def news_of(world, person=ONE):
    told = [*world.of(DutyWeekEnded), *world.of(DutyWeekExcused)]
    return sorted((one.version, type(one).__name__) for one in told if (one.person_id, one.monday) == (person, WEEK))


async def test_a_week_that_was_told_before_its_excuse_was_laid_out_is_excused_then(world):
    await to(world, WEEK)
    days = {"first": dt.date(2026, 9, 17), "last": FRIDAY}
    await world.client.ask(NoteInspection(school_id="sch-1", **days))
    late = world.bus.reminders.pop(("duties-layout", PROGRAMME))
    await to(world, FRIDAY)
    assert news_of(world) == [(1, "DutyWeekEnded")]
    work = FakeWork(now=world.clock.now())
    await world.bus.remind(late, work)
    (excused,) = [one for one in work.outgoing if isinstance(one, DutyWeekExcused)]
    assert (excused.person_id, excused.version, excused.reason) == (ONE, 2, "inspected")


async def test_an_inspection_on_the_day_itself_excuses_the_week_and_taken_back_it_is_owed_again(world):
    await to(world, FRIDAY)
    await world.client.ask(NoteInspection(school_id="sch-1", first=FRIDAY, last=FRIDAY))
    await to(world, FRIDAY, 14)
    await world.client.ask(TakeBackInspection(school_id="sch-1", first=FRIDAY))
    await to(world, FRIDAY, 15)
    assert news_of(world) == [(1, "DutyWeekEnded"), (2, "DutyWeekExcused"), (3, "DutyWeekEnded")]
    assert len(news_of(world, head("sch-2"))) == 1


async def test_what_was_ticked_off_stays_though_an_excuse_comes_later(world):
    await to(world, FRIDAY)
    await world.client.ask(TickDuties(programme_id=PROGRAMME, person_id=ONE, week=WEEK))
    await world.client.ask(NoteInspection(school_id="sch-1", first=FRIDAY, last=FRIDAY))
    await to(world, FRIDAY, 14)
    assert news_of(world) == [(1, "DutyWeekEnded")]

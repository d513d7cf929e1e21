"""Duties as the service keeps them: weeks are told once they are over, ticked off once, and counted for whom it may."""

import datetime as dt

import pytest

from shared.bus import Reminder
from shared.commands.duties import DutyDay, ListDuties, ShowDutyWeek, SumDuties, TickDuties
from shared.commands.inspections import NoteInspection, TakeBackInspection
from shared.commands.scheduling import CloseSchoolDays
from shared.commands.scheduling_own import ListOwnDuties
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.duties import DutyWeekEnded, DutyWeekTicked
from shared.events.programmes import PersonErased
from tests.fakes import FakeWork
from tests.unit.scheduling.duties import told
from tests.unit.scheduling.duties.told import CHIEF, COORDINATOR, EXEC, PROGRAMME, head

WEEK, FRIDAY = dt.date(2026, 9, 7), dt.date(2026, 9, 11)
ONE = head("sch-1")


async def to(world, day, hour=13):
    await world.to(dt.datetime.combine(day, dt.time(hour), dt.UTC))


async def tick(world, person=ONE, week=WEEK, **how):
    return await world.client.ask(TickDuties(programme_id=PROGRAMME, person_id=person, week=week, **how))


async def week_of(world, person=ONE, week=WEEK):
    return await world.client.find(ShowDutyWeek(programme_id=PROGRAMME, person_id=person, week=week))


async def duties(world, **where):
    return (await world.client.find(ListDuties(programme_id=PROGRAMME, **where))).duties


async def sums(world, reader="", **where):
    found = await world.client.find(SumDuties(programme_id=PROGRAMME, reader_id=reader, **where))
    return found.scope, [
        (one.school, one.activity, one.person_id, one.due, one.done, one.missed, one.excused, one.open)
        for one in found.sums
    ]


async def test_duties_are_laid_out_once_people_are_known(world):
    found = await duties(world, school_id="sch-1")
    assert [(one.activity, one.person_ids, one.days, one.done, one.missed) for one in found] == [
        ("coaching", (ONE,), 0, 0, 0),
        ("drop-in", (ONE,), 195, 0, 0),
        ("head-meeting", (EXEC, ONE), 40, 0, 0),
        ("review", (EXEC, ONE), 3, 0, 0),
    ]
    assert world.of(DutyWeekEnded) == []


async def test_a_week_is_told_though_its_reminder_comes_days_late_and_no_week_is_left_out(world):
    reminder = world.bus.reminders["duties-week", PROGRAMME]
    world.clock.at = dt.datetime(2026, 9, 14, 7, tzinfo=dt.UTC)
    weeks = []
    while reminder.due <= world.clock.now():
        work = FakeWork(now=world.clock.now())
        await world.bus.remind(reminder, work)
        weeks.append({one.monday for one in work.outgoing if isinstance(one, DutyWeekEnded)})
        (reminder,) = [one for one in work.outgoing if isinstance(one, Reminder)]
    assert weeks == [{dt.date(2026, 8, 31)}, {WEEK}]


async def test_a_week_that_is_over_is_told_once_a_person_however_many_duties_they_had(world):
    await to(world, FRIDAY)
    first, second = world.of(DutyWeekEnded)[:3], world.of(DutyWeekEnded)[3:]
    assert [(one.person_id, one.monday, one.due, one.school_id) for one in second] == [
        (EXEC, WEEK, 2, None),
        (ONE, WEEK, 6, "sch-1"),
        (head("sch-2"), WEEK, 6, "sch-2"),
    ]
    assert {one.monday for one in first} == {dt.date(2026, 8, 31)}


async def test_all_done_except_one(world):
    await to(world, FRIDAY)
    shown = await week_of(world)
    assert [(one.title, len(one.days)) for one in shown.duties] == [
        ("coaching", 0),
        ("drop-in", 5),
        ("head-meeting", 1),
    ]
    drop_in, wednesday = shown.duties[1].duty_id, dt.date(2026, 9, 9)
    done = await tick(world, not_done=(DutyDay(duty_id=drop_in, on=wednesday),), also=(shown.duties[0].duty_id,))
    assert done.sentence == "6 done, 1 not done."
    (event,) = world.of(DutyWeekTicked)
    assert (event.week_id, event.version, event.done, event.not_done) == (shown.week_id, 2, 6, 1)
    after = await week_of(world)
    assert (after.ticked, after.duties[1].not_done, len(after.duties[1].done)) == (True, (wednesday,), 4)
    assert after.duties[0].done == (FRIDAY,)


async def test_a_meeting_is_done_when_either_of_the_two_says_so(world):
    await to(world, FRIDAY)
    shown = await week_of(world)
    meeting = shown.duties[2]
    await tick(world, not_done=(DutyDay(duty_id=meeting.duty_id, on=meeting.days[0]),))
    assert (await duties(world, school_id="sch-1", activity="head-meeting"))[0].missed == 1
    await tick(world, EXEC)
    found = await duties(world, school_id="sch-1", activity="head-meeting")
    assert (found[0].done, found[0].missed) == (1, 0)


@pytest.mark.parametrize(
    ("day", "week", "rule", "words"),
    [
        (FRIDAY, dt.date(2026, 9, 14), "week-to-come", "from Monday 14 September 2026 has not begun yet"),
        (dt.date(2026, 9, 9), WEEK, "week-not-over", "can be ticked off from Friday 11 September 2026, 12:00"),
        (FRIDAY, dt.date(2026, 8, 24), "nothing-to-tick", "no duties to tick off in the week from Monday 24 August"),
    ],
)
async def test_a_week_that_is_not_over_is_refused(world, day, week, rule, words):
    await to(world, day)
    with pytest.raises(Rejected) as refused:
        await tick(world, week=week)
    assert refused.value.rule == rule
    assert words in refused.value.sentence
    assert world.of(DutyWeekTicked) == []


async def test_another_schools_duty_is_refused(world):
    await to(world, FRIDAY)
    theirs = (await week_of(world, head("sch-2"))).duties
    for how in ({"not_done": (DutyDay(duty_id=theirs[1].duty_id, on=FRIDAY),)}, {"also": (theirs[0].duty_id,)}):
        with pytest.raises(Rejected) as refused:
            await tick(world, **how)
        assert refused.value.rule == "not-your-duty"
    with pytest.raises(Rejected, match="nothing-to-tick"):
        await tick(world, person="per-stranger")


async def test_what_nobody_ticked_off_is_open_for_a_week_and_then_missed_and_may_still_be_ticked(world):
    await to(world, dt.date(2026, 9, 18))
    after = WEEK - dt.timedelta(days=1)
    assert (await sums(world, ONE, first=WEEK, last=FRIDAY))[1] == [
        ("School 1", "drop-in", ONE, 5, 0, 0, 0, 5),
        ("School 1", "head-meeting", ONE, 1, 0, 0, 0, 1),
    ]
    await to(world, dt.date(2026, 9, 21))
    assert [row[3:] for row in (await sums(world, ONE, first=after, last=FRIDAY))[1]] == [
        (5, 0, 5, 0, 0),
        (1, 0, 1, 0, 0),
    ]
    await tick(world)
    assert [row[3:] for row in (await sums(world, ONE, first=after, last=FRIDAY))[1]] == [
        (5, 5, 0, 0, 0),
        (1, 1, 0, 0, 0),
    ]


async def test_heads_see_their_own_the_line_sees_names_and_whom_the_template_names_sees_counts(world):
    await to(world, dt.date(2026, 9, 21))
    await tick(world)
    where = {"first": WEEK, "last": FRIDAY}
    scope, own = await sums(world, ONE, **where)
    assert (scope, {row[2] for row in own}) == ("own", {ONE})
    scope, names = await sums(world, EXEC, **where)
    assert (scope, {row[2] for row in names}) == ("names", {EXEC, ONE, head("sch-2")})
    scope, line = await sums(world, CHIEF, **where)
    assert scope == "counts"
    assert [row for row in line if not row[2]] == [
        ("School 1", "", "", 6, 6, 0, 0, 0),
        ("School 2", "", "", 6, 0, 6, 0, 0),
    ]
    assert (await sums(world, "per-stranger", **where))[1] == []
    assert (await sums(world, COORDINATOR, **where))[0] == "all"


async def test_who_sees_counts_alone_sees_nobody(world):
    await world.tell(told.taken("per-board", "chief"))
    await to(world, dt.date(2026, 9, 21))
    scope, rows = await sums(world, "per-board", first=WEEK, last=FRIDAY)
    assert (scope, {row[2] for row in rows}) == ("counts", {""})


async def test_a_closed_day_that_comes_after_the_fact_excuses(world):
    await to(world, FRIDAY)
    span = DateSpan(first=dt.date(2026, 9, 10), last=dt.date(2026, 9, 15))
    await world.client.ask(CloseSchoolDays(school_id="sch-1", days=(span,)))
    await to(world, FRIDAY, 14)
    (drop_in,) = await duties(world, school_id="sch-1", activity="drop-in")
    assert (drop_in.days, drop_in.excused) == (195 - 3, 1)
    assert [len(one.days) for one in (await week_of(world)).duties if one.title == "drop-in"] == [3]
    (other,) = await duties(world, school_id="sch-2", activity="drop-in")
    assert (other.days, other.excused) == (195, 0)


async def test_a_school_that_withdraws_has_no_duties_to_come(world):
    await to(world, dt.date(2026, 10, 1))
    await world.tell(told.withdrawn("sch-1"))
    await to(world, dt.date(2026, 10, 1), 14)
    found = await duties(world, school_id="sch-1", activity="drop-in")
    assert (found[0].days, found[0].ended) == (22, dt.date(2026, 10, 1))
    await to(world, dt.date(2026, 10, 9))
    assert {one.person_id for one in world.of(DutyWeekEnded) if one.monday == dt.date(2026, 10, 5)} == {
        EXEC, head("sch-2")
    }  # fmt: skip


async def test_nobody_owes_anything_while_the_programme_stands_still(world):
    await to(world, dt.date(2026, 9, 14))
    await world.tell(told.postponed(dt.date(2026, 9, 14)))
    await to(world, dt.date(2026, 9, 28))
    assert {one.monday for one in world.of(DutyWeekEnded)} == {dt.date(2026, 8, 31), WEEK}
    await world.tell(told.resumed(dt.date(2026, 9, 14), dt.date(2026, 9, 28)))
    await to(world, dt.date(2026, 10, 2))
    last = [one for one in world.of(DutyWeekEnded) if one.person_id == ONE][-1]
    assert (last.monday, last.due) == (dt.date(2026, 9, 28), 6)
    (drop_in,) = await duties(world, school_id="sch-1", activity="drop-in")
    assert drop_in.excused == 9


async def test_a_review_is_done_once_it_is_agreed_to(world):
    await to(world, dt.date(2026, 11, 3))
    await world.tell(told.submitted("sch-1"))
    assert (await duties(world, school_id="sch-1", activity="review"))[0].done == 0
    await world.tell(told.reviewed("sch-1"))
    assert [one.done for one in await duties(world, activity="review")] == [1, 0]


async def test_a_review_that_nobody_wrote_is_missed_when_the_term_is_over(world):
    await to(world, dt.date(2026, 12, 18))
    assert (await duties(world, activity="review"))[0].missed == 0
    await to(world, dt.date(2027, 1, 5))
    assert (await duties(world, activity="review"))[0].missed == 1


async def test_a_successor_ticks_what_is_theirs(world):
    on = dt.date(2026, 9, 9)
    await to(world, on)
    await world.tell(told.left(ONE, "headteacher", "sch-1", on))
    await world.tell(told.taken("per-new", "headteacher", "sch-1", on, ONE), told.leads(EXEC, "per-new"))
    await to(world, FRIDAY)
    due = {one.person_id: one.due for one in world.of(DutyWeekEnded) if one.monday == WEEK}
    assert (due[ONE], due["per-new"]) == (2, 4)


async def test_who_is_erased_is_in_no_duty(world):
    await to(world, FRIDAY)
    await tick(world)
    await world.tell(PersonErased(version=1, person_id=ONE, erased_on=FRIDAY))
    kept = [str(value) for name in ("duties", "duty_ticks", "duty_weeks") for value in world.memory[name].values()]
    assert kept
    assert not [one for one in kept if f"'{ONE}'" in one]


async def test_an_unknown_programme_or_week_is_refused(world):
    for query in (ListDuties(programme_id="prg-x"), ShowDutyWeek(week_id="dwk-x"), ShowDutyWeek()):
        with pytest.raises(Rejected):
            await world.client.find(query)


async def test_nobody_owes_a_duty_in_a_week_of_an_inspection_and_owes_it_again_if_there_is_none(world):
    await to(world, dt.date(2026, 9, 14))
    days = {"first": dt.date(2026, 9, 15), "last": dt.date(2026, 9, 16)}
    await world.client.ask(NoteInspection(school_id="sch-1", **days))
    await to(world, dt.date(2026, 9, 18), 14)
    assert (ONE, dt.date(2026, 9, 14)) not in {(one.person_id, one.monday) for one in world.of(DutyWeekEnded)}
    (drop_in,) = await duties(world, school_id="sch-1", activity="drop-in")
    assert drop_in.excused == 3  # two days have gone, and the three others of the week are not owed
    (other,) = await duties(world, school_id="sch-2", activity="drop-in")
    assert other.excused == 0
    await world.client.ask(TakeBackInspection(school_id="sch-1", first=dt.date(2026, 9, 15)))
    await to(world, dt.date(2026, 9, 21))
    (drop_in,) = await duties(world, school_id="sch-1", activity="drop-in")
    assert drop_in.excused == 0


async def test_people_see_their_own_duties_without_why_they_come_as_often(world):
    every = await duties(world, school_id="sch-1")
    found = await world.client.find(ListOwnDuties(programme_id=PROGRAMME, person_id=ONE))
    assert [(one.duty_id, one.days) for one in found.duties] == [(one.duty_id, one.days) for one in every]
    assert not {"why", "decided_by", "case", "moved", "gaps"} & found.duties[0].model_dump().keys()
    assert (await world.client.find(ListOwnDuties(programme_id=PROGRAMME, person_id="per-nobody"))).duties == ()

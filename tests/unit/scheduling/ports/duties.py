"""Duties, what was said of them, and weeks."""

import datetime as dt

from services.scheduling.domain.duties.records import Duty, Gap, Holders, PersonWeek, Rhythm, TickedWeek
from services.scheduling.ports.stores import Stores
from tests.unit.scheduling.ports.records import ADA, BO

MONDAY, THURSDAY, NEXT = dt.date(2026, 9, 7), dt.date(2026, 9, 10), dt.date(2026, 9, 14)


def duty(name="dut-1", **fields):
    given = {
        "duty_id": name, "programme_id": "prg-1", "year": 2026, "activity": "data", "school_id": "sch-1",
        "holders": (Holders(since=MONDAY, person_ids=(ADA, BO)),),
        "rhythms": (Rhythm(since=MONDAY, cadence="weekly", decided_by=ADA, why="They fell."),),
        "days": (THURSDAY,), "ends": (THURSDAY + dt.timedelta(days=1),), "afternoons": (THURSDAY,),
        "moved": {THURSDAY: "It is closed."}, "excused": {THURSDAY: "school-closed"},
        "gaps": (Gap(first=NEXT, last=NEXT, sentence="Closed."),), "since": MONDAY,
    }  # fmt: skip
    return Duty(**{**given, **fields})


def said(duty_id="dut-1", week=MONDAY, **fields):
    return TickedWeek(duty_id=duty_id, programme_id="prg-1", week=week, done=(THURSDAY,), by=ADA, **fields)


class DutiesContract:
    async def test_duties_are_read_as_they_were_saved_by_school_and_activity(self, stores: Stores):
        one, two, three = duty(), duty("dut-2", activity="alpha"), duty("dut-3", school_id="", programme_id="prg-2")
        await stores.duties.put([one, two, three])
        found = stores.duties
        assert await found.of_programme("prg-1", 2026) == [two, one]
        assert await found.of_programme("prg-1", 2027) == []
        assert await found.of_programme("prg-1", 2026, school_id="sch-1", person_id=ADA, activity="data") == [one]
        assert await found.of_programme("prg-1", 2026, person_id="per-x") == []
        await stores.duties.put([one.model_copy(update={"gaps": ()})])
        assert await found.of_programme("prg-1", 2026, without_day=True) == [two]
        await stores.duties.put([one])
        assert await found.at_schools("prg-1", ["sch-1"], 2026) == [two, one]
        assert await found.at_schools("prg-2", [""], 2026) == [three]
        assert await found.of_people([BO, "per-x"], 2026) == [three, two, one]
        later = one.model_copy(update={"days": (NEXT,)})
        await found.put([later])
        assert await found.of_programme("prg-1", 2026, activity="data") == [later]

    async def test_duties_are_found_by_their_days(self, stores: Stores):
        await stores.duties.put([duty(), duty("dut-2", days=(MONDAY, NEXT), ends=())])
        found = await stores.duties.between("prg-1", MONDAY + dt.timedelta(days=1), THURSDAY)
        assert [one.duty_id for one in found] == ["dut-1"]
        assert [one.duty_id for one in await stores.duties.between("prg-1", MONDAY, MONDAY)] == ["dut-2"]
        assert await stores.duties.between("prg-2", MONDAY, NEXT) == []

    async def test_what_was_said_is_found_by_duty_and_week(self, stores: Stores):
        one, two = said(), said(week=NEXT, not_done=(NEXT,))
        await stores.duties.put_ticked([one, two, said("dut-9")])
        assert await stores.duties.ticked(["dut-1"]) == {("dut-1", MONDAY): one, ("dut-1", NEXT): two}
        assert await stores.duties.ticked(["dut-1"], [NEXT]) == {("dut-1", NEXT): two}
        assert await stores.duties.ticked([]) == {}

    async def test_a_week_is_kept_by_its_id(self, stores: Stores):
        week = PersonWeek(week_id="dwk-1", programme_id="prg-1", person_id=ADA, monday=MONDAY, last=THURSDAY)
        await stores.duties.put_weeks([week])
        assert await stores.duties.week("dwk-1") == week
        assert await stores.duties.week("dwk-2") is None

    async def test_everybody_s_weeks_are_found_by_programme_and_monday(self, stores: Stores):
        facts = {"programme_id": "prg-1", "monday": MONDAY, "last": THURSDAY}
        one, two = (PersonWeek(week_id=f"dwk-{who}", person_id=who, **facts) for who in (ADA, BO))
        later = one.model_copy(update={"week_id": "dwk-later", "monday": NEXT})
        await stores.duties.put_weeks([two, later, one])
        found = await stores.duties.weeks("prg-1", MONDAY)
        assert sorted(week.week_id for week in found) == sorted([one.week_id, two.week_id])
        assert await stores.duties.weeks("prg-2", MONDAY) == []

    async def test_who_is_forgotten_is_nowhere(self, stores: Stores):
        week = PersonWeek(week_id="dwk-1", programme_id="prg-1", person_id=ADA, monday=MONDAY, last=THURSDAY)
        await stores.duties.put([duty()])
        await stores.duties.put_ticked([said()])
        await stores.duties.put_weeks([week])
        await stores.duties.forget(ADA)
        (kept,) = await stores.duties.of_programme("prg-1", 2026)
        assert (set(kept.people), kept.rhythms[0].decided_by) == ({BO}, "")
        assert (await stores.duties.ticked(["dut-1"]))["dut-1", MONDAY].by == ""
        assert await stores.duties.week("dwk-1") is None
        assert await stores.duties.of_people([ADA], 2026) == []

    async def test_the_turn_of_a_programme_may_be_taken_again_and_again(self, stores: Stores):
        for programme_id in ("prg-1", "prg-1", "prg-2"):
            await stores.duties.claim(programme_id)

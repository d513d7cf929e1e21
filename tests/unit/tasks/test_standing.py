"""A programme that stands still asks nobody for anything; what was owed is owed again when it goes on, with time."""

import datetime as dt

from shared.events.participation import RuleExcepted
from shared.events.programme_states import ProgrammeCompleted, ProgrammePostponed, ProgrammeResumed
from shared.events.tasks import TaskExcused, TaskReopened
from shared.template.pauses import Pause
from tests.unit.tasks import world
from tests.unit.tasks.office import Office
from tests.unit.tasks.world import OPENS, PROGRAMME, head, lead

POSTPONED, GOES_ON = dt.date(2026, 9, 16), dt.date(2027, 11, 17)
LEAD = (lead("sch-1"),)
CONFIRM = {"who": ["head"], "do": {"confirm": "Our people are as they were."}, "opens": "resumed"}


def postponed(version=2, on=POSTPONED):
    return ProgrammePostponed(
        version=version, programme_id=PROGRAMME, state="postponed", on=on, pauses=(Pause(first=on),)
    )


def resumed(version=3, on=GOES_ON):
    pauses = (Pause(first=POSTPONED, last=on),)
    facts = {"programme_id": PROGRAMME, "state": "running", "on": on, "pauses": pauses, "version": version}
    return ProgrammeResumed(**facts, postponed_on=POSTPONED)


async def standing_still(*tasks, today=POSTPONED, **changes):
    """A programme that was postponed nine days after its first tasks were asked."""
    office = Office()
    await office.tell(world.opened(*tasks, **changes), *world.staff("sch-1"), world.came())
    await office.until(today)
    office.told()
    await office.tell(postponed())
    return office


async def test_nothing_is_owed_and_nobody_hears_anything_while_it_stands_still():
    office = await standing_still(world.task(), world.task("plan", do={"form": "note"}, opens="03-01"))

    (excused,) = office.events()
    assert (type(excused), excused.task, excused.reason) == (TaskExcused, "note", "postponed")
    office.told()
    await office.until(GOES_ON)
    assert (office.told(), office.stand()) == ([], {})


async def test_what_was_owed_is_owed_again_as_many_school_weeks_later():
    office = await standing_still(world.task())
    await office.until(GOES_ON)
    office.told()
    await office.tell(resumed())

    (again,) = office.events()
    assert (type(again), again.reason, again.person_ids) == (TaskReopened, "resumed", LEAD)
    assert again.due == dt.date(2027, 11, 24)  # a Monday, five days before; at least five working days are left
    office.told()
    await office.until(dt.date(2027, 11, 25))
    assert office.told() == [("TaskMissed", "note", LEAD)]  # the reminder's day was that of going on


async def test_a_task_that_lay_ahead_is_asked_when_its_day_has_moved_to():
    office = await standing_still(world.task("plan", do={"form": "note"}, opens="10-07", due="10-21"))
    await office.until(GOES_ON)
    await office.tell(resumed())
    assert office.told() == []

    await office.until(dt.date(2027, 12, 7))
    assert office.told() == []
    await office.until(dt.date(2027, 12, 8))
    (asked,) = office.events()
    assert (asked.opened, asked.due) == (dt.date(2027, 12, 8), dt.date(2028, 1, 5))  # Christmas lies between


async def test_counts_before_are_counts_after():
    tasks = [world.task(), world.task("plan", do={"form": "note"}, opens="start", due="10-21")]
    office = await standing_still(*tasks, schools=("sch-1", "sch-2", "sch-3"))
    assert office.stand() == {}
    fresh = Office()
    await fresh.tell(world.opened(*tasks), *world.staff("sch-1"), world.came())
    await fresh.until(POSTPONED)
    await office.tell(resumed(on=POSTPONED))

    assert office.stand().keys() == fresh.stand().keys()
    assert len(office.stand()) == 2


async def test_what_was_done_meanwhile_is_not_owed_again():
    office = await standing_still(world.task())
    await office.tell(world.entry())
    await office.until(GOES_ON)
    await office.tell(resumed())

    assert office.stand() == {("note", LEAD, "sch-1"): ("done", None)}
    assert "TaskReopened" not in [name for name, *_ in office.told()]


async def test_a_task_opens_when_the_programme_goes_on():
    office = await standing_still(world.task("confirm", **CONFIRM))
    assert office.told() == []
    await office.until(GOES_ON)
    await office.tell(resumed())

    assert office.told() == [("TaskAsked", "confirm", (head("sch-1"),))]


async def test_a_later_state_is_not_undone_by_an_earlier_one():
    office = await standing_still(world.task())
    await office.tell(resumed(on=POSTPONED), postponed())

    assert len(office.stand()) == 1


async def test_once_it_is_completed_nobody_owes_anything():
    office = Office()
    await office.tell(world.opened(world.task()), *world.staff("sch-1"), world.came())
    office.told()
    facts = {"version": 2, "programme_id": PROGRAMME, "state": "completed", "on": OPENS}
    await office.tell(ProgrammeCompleted(**facts))

    (excused,) = office.events()
    assert (type(excused), excused.reason) == (TaskExcused, "completed")
    await office.until(dt.date(2027, 7, 1))
    assert office.stand() == {}


async def test_a_school_that_is_excepted_from_a_rule_does_not_owe_the_form_that_it_counts():
    office = Office()
    await office.tell(world.opened(world.task(), world.task("other", do={"form": "other"}), form_list=[
        world.form(), world.form("other")
    ]), *world.staff("sch-1"), world.came())  # fmt: skip
    office.told()
    await office.tell(
        RuleExcepted(
            version=1, participation_id="par-1", programme_id=PROGRAMME, school_id="sch-1", rule="least", of="note",
            how="reason", on=OPENS,
        )
    )  # fmt: skip

    (excused,) = office.events()
    assert (type(excused), excused.task, excused.reason) == (TaskExcused, "note", "excepted")

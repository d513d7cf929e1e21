"""A school in two programmes, of which some may be the same template in two years: each knows what is its own."""

from tests.unit.tasks import world
from tests.unit.tasks.office import Office
from tests.unit.tasks.world import lead


async def opened(*tasks, **changes):
    """A programme with a school, on its first day."""
    office = Office()
    await office.tell(world.opened(*tasks, **changes), *world.staff("sch-1"))
    return office


def elsewhere(*events):
    """The same in a second programme."""
    return [
        one.model_copy(
            update={"programme_id": "prg-2"}
            | {key: f"{getattr(one, key)}-2" for key in ("membership_id", "entry_id", "moment_id") if hasattr(one, key)}
        )
        for one in events
    ]


async def test_a_school_that_comes_to_another_programme_owes_in_the_first_what_it_owed():
    reply = world.form("reply", about="note")
    tasks = (world.task(), world.task("reply", opens="note.submitted"))
    office = await opened(*tasks, form_list=[world.form(), reply])
    await office.tell(world.came(), world.entry())
    await office.tell(*elsewhere(world.opened(*tasks, form_list=[world.form(), reply]), *world.staff("sch-1")))
    office.told()
    comes = world.role("per-new", "lead", "sch-1", since=world.OPENS, replaces=lead("sch-1"))
    await office.tell(world.left(lead("sch-1"), "lead", "sch-1", world.OPENS, "per-new"), comes)
    assert ("TaskAsked", "reply", ("per-new",)) in office.told()


async def test_what_a_school_wrote_in_another_programme_is_not_done_in_this_one():
    office = await opened(world.task())
    await office.tell(world.came(), *elsewhere(world.opened(world.task()), *world.staff("sch-1"), world.came()))
    await office.tell(*elsewhere(world.entry()), world.role("per-more", "head", "sch-1"))
    stands = {(task["programme_id"], task["state"]) for task in map(vars, office.memory["tasks"].values())}
    assert stands == {("prg-1", "open"), ("prg-2", "done")}

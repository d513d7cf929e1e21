"""A task that wants a group is owed by schools that have one: not while they wait, and not after they left it."""

import pytest

from tests.unit.tasks import world
from tests.unit.tasks.office import Office
from tests.unit.tasks.world import lead

PLACED = {"placed": "trios"}


@pytest.fixture
async def office():
    """Everybody has joined; nobody has a group."""
    made = Office()
    await made.tell(world.opened(world.task(**PLACED)), *world.staff())
    return made


async def test_schools_that_wait_for_a_group_are_not_asked(office):
    await office.tell(world.group(school_ids=("sch-1", "sch-2")), world.came())
    assert {about for _, _, about in office.stand()} == {"sch-1", "sch-2"}


async def test_a_school_that_is_placed_later_is_asked_then(office):
    await office.tell(world.group(school_ids=("sch-1", "sch-2")), world.came())
    office.told()
    await office.tell(world.group(version=2, joined=("sch-3",), left=()))
    assert office.told() == [("TaskAsked", "note", (lead("sch-3"),))]


async def test_a_school_that_left_its_group_owes_it_no_longer(office):
    await office.tell(world.group(), world.came())
    office.told()
    await office.tell(world.group(version=2, school_ids=("sch-1", "sch-2"), joined=(), left=("sch-3",)))
    assert office.told() == [("TaskExcused", "note", (lead("sch-3"),))]


async def test_what_is_asked_of_a_group_is_asked_of_every_school_in_it():
    made = Office()
    form = world.form(about="group", by=["group.lead"])
    await made.tell(world.opened(world.task(**PLACED), form_list=(form,)), *world.staff(), world.group(), world.came())
    assert {people for _, people, _ in made.stand()} == {(lead(school),) for school in world.SCHOOLS}

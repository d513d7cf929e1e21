"""A person of several schools and roles: one session, one list, and a switch that never signs out."""

import pytest

from services.portal.pages.loading import parts_of
from shared.events.people import ContactCard
from shared.events.programmes_parts import RoleTaken
from shared.events.tasks import TaskDone
from tests.unit.portal.driver import read
from tests.unit.portal.signing import enter
from tests.unit.portal.todo.office import LEAD, TODAY, at_desk, task
from tests.unit.reporting.entries import exchange

ADDRESS = "lead@school.example"
ALL, HERE, THERE = "", exchange.OWN, exchange.HOST


@pytest.fixture
async def house():
    """The lead of one school, who leads at another school as well, owes something at each."""
    house = await at_desk()
    await house.handle(ContactCard(person_id=LEAD, version=9, name="Ada Okafor", email=ADDRESS))
    also = RoleTaken(
        version=1, membership_id="mem-there", programme_id=exchange.PROGRAMME, person_id=LEAD, role="lead",
        school_id=THERE, since=TODAY,
    )  # fmt: skip
    await house.handle(also)
    await house.handle(task("post"))
    await house.handle(task("insured", about_id=THERE, school_id=THERE))
    return house


def owed(page):
    return {title for title in ("Post your project", "Insurance") if title in page.text}


async def switch(house, browser, page, part):
    form = next(one for one in read(page).forms if one.action == "/me/acting")
    fields = {**form.fields, "part": part}
    return await browser.post(form.action, data=fields, headers={"origin": house.public})


async def test_the_list_is_of_all_schools_until_one_is_chosen(house):
    async with house.browser() as browser:
        page = await enter(house, browser, ADDRESS)
        assert owed(page) == {"Post your project", "Insurance"}
        assert "for all of your schools and roles" in page.text
        page = await switch(house, browser, page, HERE)
        assert owed(page) == {"Post your project"}
        assert "1 more thing for your other schools and roles" in page.text
        page = await switch(house, browser, page, THERE)
        assert owed(page) == {"Insurance"}
        page = await switch(house, browser, page, ALL)
        assert owed(page) == {"Post your project", "Insurance"}


async def test_the_page_says_as_whom_one_acts_and_stays_so_in_this_session_alone(house):
    async with house.browser() as one, house.browser() as two:
        page = await enter(house, one, ADDRESS)
        await enter(house, two, ADDRESS)
        page = await switch(house, one, page, HERE)
        name = next(part.place for part in await parts(house) if part.key == HERE)
        said = page.text.partition('class="acting"')[2].partition("</p>")[0]
        assert name in said
        assert "all of your schools" in (await two.get("/me/todo")).text


async def parts(house):
    return await parts_of(house.portal.read, LEAD, house.clock.now())


@pytest.mark.parametrize("part", ["sch-x", exchange.PROGRAMME, "coordinator"])
async def test_nobody_acts_for_what_is_not_theirs(house, part):
    async with house.browser() as browser:
        page = await enter(house, browser, ADDRESS)
        assert (await switch(house, browser, page, part)).status_code == 404


async def test_a_task_says_what_happens_after_it_and_by_whom(house):
    await house.handle(task("write", person_ids=(LEAD,), about="match", about_id=exchange.MATCH))
    async with house.browser() as browser:
        page = await enter(house, browser, ADDRESS)
        assert "After that: Lead of the host school agrees, or asks for changes." in page.text
        await house.handle(task("insured", TaskDone, 2, by=LEAD, on=TODAY, about_id=THERE, school_id=THERE))
        page = await browser.get("/me/todo")
    assert "Done by you" in page.text

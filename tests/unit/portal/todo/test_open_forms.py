"""What somebody can do without being asked stands on their list, apart from what they owe, and opens from there."""

import re

from shared.commands.forms import AgreeEntry
from shared.commands.sessions import ListCoursesOpen
from shared.errors import Rejected, Retryable
from tests.unit.portal.driver import press, send
from tests.unit.portal.todo.office import HOST_HEAD, HOST_LEAD, TASKS, VISITOR, findings_asked
from tests.unit.portal.todo.test_todo import opened
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import findings_sent

MISSING = "Not everything could be looked up just now"


def listed(page):
    """Each line with where it leads."""
    found = re.findall(r'<li class="owed open"><div><a href="([^"]+)">([^<]+)</a>', page.text)
    return {title: href for href, title in found}


async def test_a_form_that_no_task_asks_for_is_filled_in_from_the_list(house):
    async with house.browser() as browser:
        page = await opened(house, browser, person=VISITOR)
        where = listed(page)["What you want to see"]
        assert where.endswith(f"/open/{exchange.PROGRAMME}/wanted/{exchange.MATCH}")
        shown = await browser.get(where)
        assert shown.status_code == 200
        sent = await send(browser, shown, {"wanted.1.text": "Six lessons", "do": "send"})
        assert sent.status_code in {200, 303}
        again = await browser.get(page.url.path)
    assert "What you want to see" not in listed(again)


async def test_what_waits_for_somebodys_decision_stands_apart_and_is_released_there(house):
    sent = await findings_sent(house.reporting)
    await house.reporting.do(AgreeEntry(entry_id=sent, person_id=HOST_LEAD, number=1))
    async with house.browser() as browser:
        page = await opened(house, browser, person=HOST_HEAD)
        assert page.text.index("Waits for your decision") < page.text.index("Findings</a>")
        shown = await browser.get(listed(page)["Findings"])
        await press(browser, shown, "release")
    assert house.reporting.kept(sent).state == "released"


async def test_addresses_that_the_list_does_not_name_are_answered_as_if_there_were_nothing(house):
    async with house.browser() as browser:
        page = await opened(house, browser, person=HOST_HEAD)
        root = page.url.path.removesuffix("/todo")
        for about in ("note/mat-1", "nothing/mat-1", "wanted/mat-2"):
            assert (await browser.get(f"{root}/open/{exchange.PROGRAMME}/{about}")).status_code == 404
        assert (await browser.get(f"{root}/open/prg-other/wanted/{exchange.MATCH}")).status_code == 404
    async with house.browser() as browser:
        await house.handle(findings_asked())
        page = await opened(house, browser, "task", VISITOR, target="tsk-write")
        root = page.url.path.split("/task")[0]
        assert (await browser.get(f"{root}/open/{exchange.PROGRAMME}/wanted/{exchange.MATCH}")).status_code == 404


async def test_the_list_says_that_something_is_missing_where_reporting_does_not_answer(house):
    async def away(query):
        raise Retryable("away")

    house.kept.find = away
    async with house.browser() as browser:
        page = await opened(house, browser, person=VISITOR)
    assert page.status_code == 200
    assert listed(page) == {}
    assert MISSING in page.text


async def test_what_is_refused_is_not_missing(house):
    async def refused(query):
        raise Rejected("not-yours", "That is somebody else's.")

    house.kept.find = refused
    async with house.browser() as browser:
        page = await opened(house, browser, person=VISITOR)
    assert MISSING not in page.text


async def test_forms_stand_there_where_only_courses_are_not_told(house):
    def away(query):
        raise Retryable("away")

    house.kept.others[ListCoursesOpen] = away
    told = exchange.opened(tasks=TASKS)
    first, *others = told.template.activities
    activities = (first.model_copy(update={"sign_up": True}), *others)
    template = told.template.model_copy(update={"activities": activities})
    await house.handle(told.model_copy(update={"version": 2, "template": template}))
    async with house.browser() as browser:
        page = await opened(house, browser, person=VISITOR)
    assert "What you want to see" in listed(page)
    assert MISSING in page.text

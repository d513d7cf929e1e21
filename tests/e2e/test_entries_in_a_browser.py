"""Entries in a browser: with script and without, on a phone and a desk, and against WCAG 2.2 AA by axe-core."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from shared.commands import forms as asks
from tests.e2e.accessible import faults, misfits
from tests.e2e.browsing import IN_A_BROWSER, staged
from tests.e2e.test_pages_accessible import WHOLE
from tests.unit.portal.entries.house import built
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import findings_sent

pytestmark = IN_A_BROWSER
LEAD, VISITOR, HOST_LEAD = exchange.OWN_LEAD, exchange.VISITOR, exchange.HOST_LEAD
FORMS = {
    "plan": (LEAD, exchange.OWN, "school"),
    "nomination": (LEAD, VISITOR, "practitioner"),
    "naming": (LEAD, exchange.OWN, "practitioner"),
    "findings": (VISITOR, exchange.MATCH, "match"),
    "reflection": (VISITOR, exchange.MATCH, "match"),
}


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser):
    """The portal and reporting over fakes, served for the browser."""
    async with staged(browser, built) as found:
        yield found
        await found.close()


async def opened(stage, page, person, target, form="", kind="entry"):
    await page.goto(f"{stage.world.public}/l/{await stage.world.link(person, target, form, kind)}")


def kept(stage, form):
    (entry,) = [one for one in stage.world.reporting.memory.entries.rows.values() if one.form == form]
    return entry


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_findings_are_written_row_by_row_and_sent(stage, script):
    page = await stage.page(script=script)
    await opened(stage, page, VISITOR, exchange.MATCH, "findings", "match")
    await page.get_by_label("Summary").fill("Reading is taught well.")
    await page.get_by_label("What did you find?").fill("Books")
    await page.get_by_role("button", name="Add a finding").click()
    await page.locator("[id='found.2.title']").fill("Talk")
    await page.get_by_role("button", name="Send").first.click()
    await expect(page.get_by_role("heading", name="There are")).to_be_visible()
    await page.locator("[id='found.1.evidence']").fill("Six lessons")
    await page.locator("[id='found.2.evidence']").fill("Two lessons")
    await page.get_by_role("button", name="Take out action 1").click()
    await page.get_by_role("button", name="Send").first.click()
    await expect(page.locator("h1")).to_have_text("Findings: sent, thank you")
    rows = kept(stage, "findings").submitted.answers["found"]
    assert [(row["title"], row["evidence"]) for row in rows] == [("Books", "Six lessons"), ("Talk", "Two lessons")]


async def test_a_question_appears_where_another_asks_for_it(stage):
    page = await stage.page()
    await opened(stage, page, LEAD, exchange.OWN, "plan", "school")
    which = page.get_by_label("Which help?")
    await expect(which).to_be_hidden()
    await page.get_by_label("Yes").check()
    await expect(which).to_be_visible()
    await page.get_by_label("No", exact=True).check()
    await expect(which).to_be_hidden()


async def test_without_script_the_question_stands_there(stage):
    page = await stage.page(script=False)
    await opened(stage, page, LEAD, exchange.OWN, "plan", "school")
    await expect(page.get_by_label("Which help?")).to_be_visible()
    await expect(page.get_by_text("Only where you chose “Yes” above.")).to_be_visible()


@WHOLE
async def test_every_page_of_entries(stage, whole):
    page = await stage.page()
    wrong = {}

    async def look(name):
        wrong[name] = [*await faults(page, whole=whole), *await misfits(page)]

    for form, (person, target, kind) in FORMS.items():
        await opened(stage, page, person, target, form, kind)
        await look(form)
        if form == "naming":
            await page.get_by_role("link", name="Write a new one").click()
            await look("another")
        await page.get_by_role("button", name="Send").first.click()
        await look(f"{form} refused")
    entry_id = await findings_sent(stage.world.reporting, found=[{"title": "Books", "evidence": "x" * 300}])
    asked = asks.AskForChanges(entry_id=entry_id, person_id=HOST_LEAD, number=1, text="More.")
    await opened(stage, page, HOST_LEAD, entry_id)
    await look("agree")
    await stage.world.reporting.do(asked)
    await opened(stage, page, VISITOR, exchange.MATCH, "findings", "match")
    await look("changes asked")
    await stage.world.reporting.do(asks.AgreeEntry(entry_id=entry_id, person_id=HOST_LEAD, number=1))
    await opened(stage, page, exchange.HOST_HEAD, entry_id)
    await look("release")
    assert {name: found for name, found in wrong.items() if found} == {}

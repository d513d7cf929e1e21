"""Every page against WCAG 2.2 AA by axe-core, on a phone and a desk, light and dark; and what axe cannot see."""

import datetime as dt

import pytest

from shared.events.people import ContactCard
from shared.events.scheduling_dates import DatesRefused
from tests.e2e.accessible import faults, misfits
from tests.e2e.browsing import IN_A_BROWSER
from tests.unit.portal import brochures
from tests.unit.portal.dates import AGREEMENT, OTHER_PAGES, call_booked, day_agreed, days_offered
from tests.unit.portal.world import NOW, PURPOSES

pytestmark = IN_A_BROWSER
PAGES: dict[str, tuple[str, ...]] = {**{purpose: (purpose,) for purpose in PURPOSES}, **OTHER_PAGES}
WHOLE = pytest.mark.parametrize(
    "whole", [False, pytest.param(True, marks=pytest.mark.acceptance)], ids=["quick", "whole"]
)
PUBLIC = ("/", "/accessibility", "/privacy", "/nope", "/l/unknown", "/p/0123456789abcdef/answer")
LONG = "Wilhelmina Featherstonehaugh-Cholmondeley of the Federation of Llanfairpwllgwyngyllgogerychwyrndrobwll"
REFUSED = {"answer agreed-day", "answer call-offer", "appraisal", "take-home", "survey", "findings", "attendance"}
"""Pages that refuse to be sent as they are."""


@WHOLE
@pytest.mark.parametrize("purpose", PAGES)
async def test_every_page(stage, purpose, whole):
    page = await stage.page()
    await stage.open(page, *PAGES[purpose])
    assert [await page.locator(one).count() for one in ("h1", "main", "html[lang=en-GB]")] == [1, 1, 1]
    assert await misfits(page) == []
    assert await faults(page, whole=whole) == []
    if await walked_on(page, purpose):
        assert await faults(page, whole=whole) == []


async def walked_on(page, purpose):
    """Whether there is another state of the page, which is then open."""
    if purpose == "answer":
        await page.locator("summary").click()
    elif purpose in REFUSED:
        await page.locator("button[value=save]:not(.first-button)").click()
        await page.locator(".notice.error").wait_for()
    else:
        return False
    return True


@WHOLE
async def test_every_page_for_everybody(stage, whole):
    page = await stage.page()
    wrong = {}
    over = await stage.world.issue("answer", "per-c-head", expires=NOW)
    for path in (*PUBLIC, f"/l/{over}"):
        await page.goto(stage.world.public + path)
        wrong[path] = await faults(page, whole=whole)
    await page.get_by_role("button", name="Mail me a new one").click()
    wrong["not mailed"] = await faults(page, whole=whole)
    assert {name: found for name, found in wrong.items() if found} == {}


@WHOLE
async def test_a_brochure_and_what_is_wrong_with_an_enquiry(stage, whole):
    stage.world.owners.finds |= brochures.ANSWERS
    page = await stage.page()
    for path in ("/brochures", f"/brochures/{brochures.ADDRESS}"):
        await page.goto(stage.world.public + path)
        assert await misfits(page) == []
        assert await faults(page, whole=whole) == []
    await page.get_by_role("button", name="Send to the coordinator").click()
    await page.locator(".notice.error").wait_for()
    assert await faults(page, whole=whole) == []


@WHOLE
async def test_my_visits_with_every_kind_of_line(stage, whole):
    world = stage.world
    await world.handle(ContactCard(person_id="per-c-head", version=2, name=LONG, email="x@example.org"))
    refused = DatesRefused(version=2, agreement_id=AGREEMENT, person_ids=("per-a-head", "per-b-head"))
    await world.handle(refused)
    for number, on in enumerate((dt.date(2027, 4, 1), dt.date(2027, 4, 22))):
        fields = {"call_id": f"cal-{number}", "on": on, "person_ids": ("per-a-head", "per-c-head")}
        await world.handle(call_booked(**fields))
    await world.handle(day_agreed("agr-6", "per-c-head", on=dt.date(2027, 4, 8)))
    await world.handle(days_offered("agr-7", "per-c-head", offers=(dt.date(2027, 5, 26),)))
    page = await stage.page()
    await stage.open(page, "my-visits")
    said = await page.locator("main").inner_text()
    for words in ("This day is on offer", "No day suits you both yet", "You have answered", "Agreed", "Booked", "Over"):
        assert words in said
    assert await faults(page, whole=whole) == []
    assert await misfits(page) == []


async def test_the_skip_link_is_first_and_works(stage):
    page = await stage.page()
    await stage.open(page, "answer")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Skip to the main content"
    await page.keyboard.press("Enter")
    assert await page.evaluate("location.hash") == "#main"


async def test_errors_take_the_focus_and_lead_to_their_fields(stage):
    page = await stage.page()
    await stage.open(page, "findings")
    await page.locator("button[value=save]:not(.first-button)").click()
    await page.locator(".notice.error").wait_for()
    assert await page.evaluate("document.activeElement.className") == "notice error"
    assert (await page.title()).startswith("Error: ")
    await page.locator(".notice.error a", has_text="Write at least one finding").click()
    assert await page.evaluate("document.activeElement.id") == "finding-0-title"

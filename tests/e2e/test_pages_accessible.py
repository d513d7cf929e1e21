"""Every page against WCAG 2.2 AA by axe-core, on a phone and a desk, light and dark; and what axe cannot see."""

import datetime as dt

import pytest
from axe_playwright_python.async_playwright import Axe

from shared.events.people import ContactCard
from shared.events.scheduling_dates import DatesRefused
from tests.e2e.browsing import IN_A_BROWSER
from tests.unit.portal.dates import AGREEMENT, OTHER_PAGES, call_booked, day_agreed, days_offered
from tests.unit.portal.world import NOW, PURPOSES

pytestmark = IN_A_BROWSER
PAGES: dict[str, tuple[str, ...]] = {**{purpose: (purpose,) for purpose in PURPOSES}, **OTHER_PAGES}

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
PUBLIC = ("/", "/accessibility", "/privacy", "/nope", "/l/unknown", "/p/0123456789abcdef/answer")
TARGETS = """() => [...document.querySelectorAll('a.button, button, summary, input, select, textarea')]
  .filter(e => e.offsetParent && !e.matches('.first-button, [type=hidden]') && !e.closest('label'))
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height]).filter(([, h]) => h < 44)"""
LONG = "Wilhelmina Featherstonehaugh-Cholmondeley of the Federation of Llanfairpwllgwyngyllgogerychwyrndrobwll"
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def faults(page):
    found = await Axe().run(page, options=RULES)
    return [
        (rule["id"], [node["html"][:120] for node in rule["nodes"]])
        for rule in found.response["violations"]
        if rule["id"] != "frame-tested"
    ]


@pytest.mark.parametrize(("size", "dark"), [("phone", False), ("phone", True), ("desk", False)])
async def test_every_page(stage, size, dark):
    page = await stage.page(size, dark=dark)
    wrong = {}
    for purpose, opens in PAGES.items():
        await stage.open(page, *opens)
        wrong[purpose] = await faults(page)
        for step in await steps(page, purpose):
            wrong[f"{purpose} {step}"] = await faults(page)
    over = await stage.world.issue("answer", "per-c-head", expires=NOW)
    for path in (*PUBLIC, f"/l/{over}"):
        await page.goto(stage.world.public + path)
        wrong[path] = await faults(page)
    await page.get_by_role("button", name="Mail me a new one").click()
    wrong["not mailed"] = await faults(page)
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize(("size", "dark"), [("phone", False), ("phone", True), ("desk", False)])
async def test_my_visits_with_every_kind_of_line(stage, size, dark):
    world = stage.world
    await world.handle(ContactCard(person_id="per-c-head", version=2, name=LONG, email="x@example.org"))
    refused = DatesRefused(version=2, agreement_id=AGREEMENT, person_ids=("per-a-head", "per-b-head"))
    await world.handle(refused)
    for number, on in enumerate((dt.date(2027, 4, 1), dt.date(2027, 4, 22))):
        fields = {"call_id": f"cal-{number}", "on": on, "person_ids": ("per-a-head", "per-c-head")}
        await world.handle(call_booked(**fields))
    await world.handle(day_agreed("agr-6", "per-c-head", on=dt.date(2027, 4, 8)))
    await world.handle(days_offered("agr-7", "per-c-head", offers=(dt.date(2027, 5, 26),)))
    page = await stage.page(size, dark=dark)
    await stage.open(page, "my-visits")
    said = await page.locator("main").inner_text()
    for words in ("This day is on offer", "No day suits you both yet", "You have answered", "Agreed", "Booked", "Over"):
        assert words in said
    assert await faults(page) == []
    assert await page.evaluate(TARGETS) == []
    assert await page.evaluate(WIDE) == 0


async def steps(page, purpose):
    """Walk on from a page to its other states, one by one."""
    if purpose == "answer":
        await page.locator("summary").click()
        return ["open"]
    if purpose in {
        "answer agreed-day",
        "answer call-offer",
        "appraisal",
        "take-home",
        "survey",
        "findings",
        "attendance",
    }:
        await page.locator("button[value=save]:not(.first-button)").click()
        await page.locator(".notice.error").wait_for()
        return ["with errors"]
    return []


@pytest.mark.parametrize("size", ["phone", "desk"])
async def test_targets_are_large_and_nothing_sticks_out(stage, size):
    page = await stage.page(size)
    small, wide = {}, {}
    for purpose, opens in PAGES.items():
        await stage.open(page, *opens)
        small[purpose] = await page.evaluate(TARGETS)
        wide[purpose] = await page.evaluate(WIDE)
    assert {name: found for name, found in small.items() if found} == {}
    assert {name: found for name, found in wide.items() if found > 0} == {}


async def test_text_at_four_hundred_percent_reflows(stage):
    page = await stage.page()
    await page.set_viewport_size({"width": 320, "height": 256})
    wide = {}
    for purpose, opens in PAGES.items():
        await stage.open(page, *opens)
        wide[purpose] = await page.evaluate(WIDE)
    assert {name: found for name, found in wide.items() if found > 0} == {}


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


async def test_each_page_has_one_h1_a_language_and_a_main(stage):
    page = await stage.page()
    for purpose, opens in PAGES.items():
        await stage.open(page, *opens)
        counts = [await page.locator(one).count() for one in ("h1", "main", "html[lang=en-GB]")]
        assert counts == [1, 1, 1], purpose

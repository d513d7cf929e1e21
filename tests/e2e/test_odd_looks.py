"""Forced colours, and pages where there is nothing or where a service does not answer."""

import pytest

from services.portal.domain.sign_in.sessions import IDLE
from shared.errors import Retryable
from tests.e2e.accessible import faults, misfits
from tests.e2e.browsing import IN_A_BROWSER
from tests.e2e.test_signed_in_accessible import PAGES, enter

pytestmark = IN_A_BROWSER
FORCED = pytest.mark.parametrize("scheme", ["light", "dark"])
WITHOUT_EDGE = """() => [...document.querySelectorAll('.button:not(.first-button), input, select, textarea')]
  .filter(e => e.offsetParent && !e.matches('[type=hidden], [type=radio], [type=checkbox]'))
  .filter(e => { const s = getComputedStyle(e); return s.borderTopStyle === 'none' || parseFloat(s.borderTopWidth) < 1
    || s.borderTopColor === s.backgroundColor
    && s.backgroundColor === getComputedStyle(document.body).backgroundColor; })
  .map(e => e.outerHTML.slice(0, 90))"""
"""Buttons and fields that nothing marks off from the page once backgrounds are the reader's own."""
RING = (
    "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)]; }"
)
UNDERLINED = """() => [...document.querySelectorAll('.bar a')]
  .map(e => [e.hasAttribute('aria-current'), getComputedStyle(e)])
  .map(([here, s]) => [here, s.borderBottomColor !== getComputedStyle(document.body).backgroundColor])"""

KNOWN = {"people", "schools", "programmes", "whole_programmes", "accounts", "sessions"}


def asleep(_query):
    raise Retryable("asleep")


@FORCED
async def test_in_forced_colours_everything_has_an_edge_and_the_focus_a_ring(stage, scheme):
    page = await stage.page()
    await page.emulate_media(forced_colors="active", color_scheme=scheme)
    await enter(stage, page)
    wrong = {}
    for one in PAGES:
        await page.goto(f"{stage.world.public}/me/{one}")
        wrong[one] = await page.evaluate(WITHOUT_EDGE)
        assert all(here == lined for here, lined in await page.evaluate(UNDERLINED)), one
        for _ in range(3):
            await page.keyboard.press("Tab")
        ring, width = await page.evaluate(RING)
        assert (ring, width >= 2) == ("solid", True), one
    assert {name: found for name, found in wrong.items() if found} == {}


@FORCED
async def test_in_forced_colours_a_complaint_is_words_and_a_ring_and_no_colour(stage, scheme):
    page = await stage.page()
    await page.emulate_media(forced_colors="active", color_scheme=scheme)
    await stage.open(page, "findings")
    await page.locator("button[value=save]:not(.first-button)").click()
    await page.locator(".notice.error").wait_for()
    assert await page.evaluate(WITHOUT_EDGE) == []
    complaints = await page.locator("form .complaint").all_inner_texts()
    assert complaints
    assert all(one.startswith("Error:") for one in complaints)


async def test_pages_with_nothing_on_them_and_what_is_said_when_they_cannot_be_shown(stage):
    page = await stage.page()
    await enter(stage, page)
    for name in set(stage.world.collections.kept) - KNOWN:
        stage.world.collections.of(name).clear()
    wrong, said = {}, {}

    async def look(what):
        said[what] = await page.locator("h1").inner_text()
        if found := [*await faults(page), *await misfits(page)]:
            wrong[what] = found

    for one in ("todo", "my-visits", "reports", "nowhere"):
        await page.goto(f"{stage.world.public}/me/{one}")
        await look(one)
    stage.world.owners.finds["ListReports"] = asleep
    await page.goto(f"{stage.world.public}/me/reports")
    await look("no answer")
    await page.goto(f"{stage.world.public}/me/my-visits")
    stage.world.clock.advance(IDLE)
    await page.get_by_role("button", name="Make an address").click()
    await look("too late")
    assert wrong == {}
    assert list(said.values()) == [
        "What you need to do", "My dates", "Reports", "Page not found", "We cannot show this just now",
        "You are signed out",
    ]  # fmt: skip


async def test_a_name_from_right_to_left_stays_before_the_number_after_it(stage):
    page = await stage.page()
    await page.goto(f"{stage.world.public}/accessibility")
    line = '<p><a href="/">\u05e2\u05d3\u05d4</a> <span>107000</span></p>'
    await page.locator("main").evaluate("(main, line) => { main.innerHTML = line; }", line)
    name, number = [await page.locator(f"main {one}").bounding_box() for one in ("a", "span")]
    assert name["x"] + name["width"] <= number["x"]

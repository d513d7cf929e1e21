"""The page of a cohort in a real browser: what axe sees of WCAG, room for every label, nothing sticking out."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

from playwright.async_api import Browser

from kindred.atlas.cohort import Waiting
from kindred.atlas.labels import Box
from kindred.atlas.page import page
from tests.e2e.accessible import WIDE, faults
from tests.e2e.browsing import IN_A_BROWSER, SIZES
from tests.e2e.test_pages_accessible import WHOLE
from tests.unit.kindred.test_atlas_crowded import TWO

pytestmark = IN_A_BROWSER
LABELS = """() => [...document.querySelectorAll('.histogram text:not(.count), .map text')]
  .map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"""
BESIDE = """() => {
  const [map, first] = ['.atlas > .map', '.insets'].map(one => document.querySelector(one).getBoundingClientRect());
  return [first.left >= map.right, first.top >= map.bottom];
}"""
LOWEST = replace(TWO.groups[0], coverage=(0.38, 0.5, 0.6))
WAITING = (
    Waiting(
        "Abbey", "too-far", "Abbey: nobody who could help lies within the 30 km that it can travel.", region="North"
    ),
    Waiting("Beck", "too-far", "Beck: nobody who could help lies within 20 km.", region="South"),
    Waiting("Carr", "no-helper", "Carr: no school is strong in science, its only need.", region="South"),
)
NEAR = replace(TWO, groups=(LOWEST, *TWO.groups[1:]), waiting=WAITING)
"""Least 38 %, 5th percentile 40 %, median 50 %."""


@WHOLE
async def test_the_page_of_a_cohort(browser: Browser, tmp_path: Path, whole: bool) -> None:
    file = tmp_path / "cohort.html"
    file.write_text(page(NEAR, "Two towns"), encoding="utf-8")
    width, height = SIZES["phone"]
    context = await browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    shown = await context.new_page()
    await shown.goto(file.as_uri())
    assert await faults(shown, whole=whole) == []
    await shown.locator("summary").click()
    assert await shown.get_by_text("its only need").is_visible()
    assert await faults(shown, whole=whole) == []
    for size, (width, height) in SIZES.items():
        await shown.set_viewport_size({"width": width, "height": height})
        assert await shown.evaluate(WIDE) == 0
        assert await shown.evaluate(BESIDE) == ([True, False] if size == "desk" else [False, True])
        labels = [Box(*sides) for sides in await shown.evaluate(LABELS)]
        assert len(labels) == 5 + 3 + 2
        assert not any(a.meets(b) for a, b in combinations(labels, 2))
    await context.close()

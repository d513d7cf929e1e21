"""Axe-core on a page at both sizes, light and dark; and what axe cannot see."""

from itertools import product
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.e2e.browsing import SIZES

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"type": "tag", "values": TAGS}
OF_LOOKS = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
}
"""What another size or other colours can break; names, roles and structure are those of the light phone."""
TARGETS = """() => [...document.querySelectorAll('a.button, button, summary, input, select, textarea')]
  .filter(e => e.offsetParent && !e.matches('.first-button, [type=hidden]') && !e.closest('label'))
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height]).filter(([, h]) => h < 44)"""
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TINY = (320, 256)
"""A desk's window at 400 %."""


async def faults(page: Page, *, whole: bool = False) -> list[tuple[str, str, list[str]]]:
    """What axe finds on a page that is open on a phone, and then on a desk: where, rule, elements.

    Every rule on the light phone, those of looks elsewhere; ``whole`` asks every rule everywhere.
    """
    found = []
    for size, colours in product(SIZES, ("light", "dark")):
        await _resize(page, SIZES[size])
        await page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
        rules = EVERY_RULE if whole or (size, colours) == ("phone", "light") else OF_LOOKS
        found += [(f"{size}, {colours}", *one) for one in await _violations(page, rules)]
    await page.emulate_media(color_scheme="light")
    await _resize(page, SIZES["phone"])
    return found


async def on_a_phone(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds by every rule on the page as it stands, in light colours: rule, elements."""
    return await _violations(page, EVERY_RULE)


async def _violations(page: Page, rules: dict[str, Any]) -> list[tuple[str, list[str]]]:
    found = await Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [
        (rule["id"], [node["html"][:120] for node in rule["nodes"]])
        for rule in found.response["violations"]
        if rule["id"] != "frame-tested"
    ]


async def misfits(page: Page) -> list[tuple[str, Any]]:
    """What is too small to be touched or sticks out, on a phone, on a desk and at 400 %: where, and what or how far."""
    found: list[tuple[str, Any]] = []
    for name, size in {**SIZES, "400 %": TINY}.items():
        await _resize(page, size)
        if name != "400 %":
            found += [(f"{name}: too small", one) for one in await page.evaluate(TARGETS)]
        if wide := await page.evaluate(WIDE):
            found.append((f"{name}: too wide", wide))
    await _resize(page, SIZES["phone"])
    return found


async def _resize(page: Page, size: tuple[int, int]) -> None:
    width, height = size
    await page.set_viewport_size({"width": width, "height": height})

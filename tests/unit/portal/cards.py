"""Reads My visits as its sections of cards."""

import re


async def opened(world, browser, person="per-a-head"):
    return await browser.get(f"/l/{await world.issue('my-visits', person)}")


async def shown(world, person="per-a-head"):
    """The page's cards by section: the title of each with what it says."""
    async with world.browser() as browser:
        page = await opened(world, browser, person)
    assert page.status_code == 200
    found = {}
    for section in page.text.split("<h2>")[1:]:
        cards = re.findall(r"<h3>(.*?)</h3>(.*?)(?=<h3>|$)", section.split("</main>")[0], re.DOTALL)
        found[section.split("</h2>")[0]] = [(plain(title), plain(text)) for title, text in cards]
    return found


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def titles(cards):
    return [title for title, _ in cards]


async def card(world, section, title, person="per-a-head"):
    (found,) = [text for name, text in (await shown(world, person))[section] if name == title]
    return found

"""A programme is set up in a browser, keyboard only: a template is sent in, put right, taken over; its mails are read.

Every page on the way is looked at by axe, on a desk and on a phone.
"""

import pytest

from shared.commands.coordinators import AddCoordinator
from tests.e2e.accessible import faults, misfits
from tests.e2e.browsing import IN_A_BROWSER
from tests.e2e.living import Keys, living
from tests.e2e.test_day_one import sign_in
from tests.fakes.town.town import PUBLIC
from tests.unit.peer_visits.year import TEMPLATES, Year

pytestmark = [IN_A_BROWSER, pytest.mark.timeout(900)]
CORAL = "coral@trust.example"
TEXT = (TEMPLATES / "peer-visits.yaml").read_text(encoding="utf-8")
NUMBER = int(TEXT.split("\nversion: ")[1].split("\n")[0])
NEWER = TEXT.replace(f"\nversion: {NUMBER}\n", f"\nversion: {NUMBER + 1}\n", 1).replace(
    "title: Launch event", "title: First event", 1
)
SIZES = {"a desk": (1280, 900), "a phone": (390, 844)}


async def looked_at(page):
    """No page is wider than the window, and axe finds nothing."""
    found = [*await misfits(page), *await faults(page, whole=False)]
    assert found == [], page.url
    assert await page.locator("h1").count() == 1, page.url


@pytest.mark.parametrize("size", SIZES)
async def test_a_template_is_put_right_taken_over_and_read(browser, size):
    year = Year()
    await year.enrol()
    town = year.town
    await town.ask(AddCoordinator(name="Coral Bright", email=CORAL))
    await town.settle()
    async with living(town, browser, SIZES[size]) as page:
        keys = Keys(page)
        await sign_in(town, keys, CORAL)
        await page.goto(f"{PUBLIC}/console/programmes")
        await keys.press("Templates", role="link", then="Bring in one of your own")
        await looked_at(page)
        wrong = NEWER.replace("\nsummary:", "\nsumary:", 1)
        await keys.choose("The template", ("ours.yaml", wrong.encode()))
        await keys.press("Check it", then="did you mean 'summary'?")
        await looked_at(page)
        lines = page.locator("textarea").first
        await keys.fill(lines, (await lines.input_value()).replace("sumary", "summary"))
        await keys.press("Check again", then="It has not been taken over yet.")
        await looked_at(page)
        await keys.press("Take it over", then="from now on")
        await looked_at(page)
        await keys.press(f"see what version {NUMBER + 1} changes", role="link", then="can be taken over")
        await looked_at(page)
        await keys.press("Take over 1 change", then="1 taken over")
        await looked_at(page)
        await keys.press("Read every mail", role="link", then="In the programme")
        await keys.press("Brief ready", role="link", then="Nothing is sent")
        await looked_at(page)
        await page.goto(f"{PUBLIC}{year.here}/forms/findings")
        await looked_at(page)

"""Groups are reviewed by dragging a school onto another group; what is typed does the same without a mouse."""

import httpx
import pytest
import pytest_asyncio

from shared.commands.matching import CohortDetail, PinSchools, WhatIf
from tests.e2e.browsing import IN_A_BROWSER
from tests.unit.portal import console
from tests.unit.portal.console import NAMES
from tests.unit.portal.signing import signed_in
from tests.unit.portal.test_console import HOME
from tests.unit.portal.world import PROGRAMME

pytestmark = [IN_A_BROWSER, pytest.mark.timeout(120)]
OTHER, ITS_URNS = "Dore Primary School", (107010, 107011)


@pytest_asyncio.fixture(loop_scope="session")
async def desk(stage):
    """A page of a coordinator who is signed in, with a draft of two groups."""
    console.filled(stage.world)
    cohort: CohortDetail = stage.world.owners.finds["ShowCohort"]
    group = cohort.groups[0]
    second = {"group_id": "grp-2", "number": 8, "urns": ITS_URNS, "names": (OTHER, "Wath Academy"), "authorities": ()}
    groups = (group, group.model_copy(update=second))
    stage.world.owners.finds["ShowCohort"] = cohort.model_copy(update={"groups": groups, "groups_total": 2})
    async with httpx.AsyncClient(base_url=stage.world.public, follow_redirects=True) as browser:
        await signed_in(stage.world, browser)
        cookies = [
            {"name": one.name, "value": one.value or "", "url": stage.world.public} for one in browser.cookies.jar
        ]
    page = await stage.page("desk")
    await page.set_viewport_size({"width": 1280, "height": 1800})  # a page that scrolls under the mouse drags another
    await page.context.add_cookies(cookies)
    await page.goto(f"{stage.world.public}{HOME}/groups")
    return page


async def test_a_school_dragged_onto_another_group_asks_what_the_move_would_change(stage, desk):
    before = list(stage.world.owners.commands)
    school, group = desk.locator("li[data-urn]", has_text=NAMES[0]), desk.locator("tr[data-group]", has_text=OTHER)
    await school.drag_to(group)
    await desk.get_by_role("heading", name="If you did that").wait_for()
    assert WhatIf(programme_id=PROGRAMME, urns=(107000, ITS_URNS[0]), how="together") in stage.world.owners.found
    assert stage.world.owners.commands == before
    await desk.get_by_role("button", name="Keep this wish").click()
    await desk.get_by_text("It counts from the next draft").first.wait_for()
    wish = PinSchools(programme_id=PROGRAMME, urns=(107000, ITS_URNS[0]), how="together")
    assert stage.world.owners.commands == [*before, wish]


async def test_a_school_dropped_on_its_own_group_asks_nothing(stage, desk):
    asked = len(stage.world.owners.found)
    own = desk.locator("tr[data-group]", has_text=NAMES[0])
    await desk.locator("li[data-urn]", has_text=NAMES[0]).drag_to(own)
    assert await desk.locator("#moved").input_value() == ""
    assert not [one for one in stage.world.owners.found[asked:] if isinstance(one, WhatIf)]


async def test_what_is_typed_does_the_same(stage, desk):
    await desk.locator("#moved").fill(f"{NAMES[1]} (107001)")
    await desk.get_by_label("To the group").fill("8")
    await desk.get_by_role("button", name="See what the move would change").click()
    await desk.get_by_role("heading", name="If you did that").wait_for()
    assert WhatIf(programme_id=PROGRAMME, urns=(107001, ITS_URNS[0]), how="together") in stage.world.owners.found

"""The pages of somebody who has signed in, against WCAG 2.2 AA: a school's head, and somebody of several schools."""

import dataclasses

from services.portal.domain.parts import Holding, parts
from tests.e2e.accessible import faults, misfits
from tests.e2e.browsing import IN_A_BROWSER
from tests.unit.portal.signing import mails
from tests.unit.portal.test_people_sign_in import listed, nothing
from tests.unit.portal.world import PAST, PROGRAMME, REPORT, VISIT

pytestmark = IN_A_BROWSER
ADDRESS = "per-a-head@example.org"
PAGES = (
    "todo", "my-visits", "schools", "reports", "details", f"report/{REPORT}", f"cohort/{PROGRAMME}", "unsubscribe",
    f"visit-brief/{VISIT}", f"survey/{PAST}",
)  # fmt: skip


async def enter(stage, page):
    """Sign in as a person does: ask for a mail, type its code."""
    stage.world.owners.finds |= {"ListReports": listed(REPORT), "ListEntries": nothing()}
    await page.goto(f"{stage.world.public}/sign-in")
    await page.get_by_label("Your e-mail address").fill(ADDRESS)
    await page.get_by_role("button", name="Mail me a link").click()
    await page.get_by_label("Code in the mail").wait_for()
    (mail,) = await mails(stage.world)
    await page.get_by_label("Code in the mail").fill(mail.code)
    await page.get_by_role("button", name="Sign in with the code").click()
    await page.get_by_role("heading", name="What you need to do").wait_for()


async def test_every_page_of_somebody_who_has_signed_in(stage):
    page = await stage.page()
    await enter(stage, page)
    wrong = {}
    for one in PAGES:
        await page.goto(f"{stage.world.public}/me/{one}")
        wrong[one] = [await faults(page), await misfits(page)]
    await page.goto(f"{stage.world.public}/me/my-visits")
    await page.get_by_role("button", name="Make an address").click()
    await page.get_by_label("The address to subscribe to").wait_for()
    wrong["with a feed"] = [await faults(page), await misfits(page)]
    assert {name: found for name, found in wrong.items() if found != [[], []]} == {}


async def test_the_switch_of_somebody_with_many_roles(stage, monkeypatch):
    page = await stage.page()
    await enter(stage, page)
    await several(monkeypatch)
    await page.goto(f"{stage.world.public}/me/todo")
    assert await page.get_by_label("Show").locator("option").count() == 4
    assert [await faults(page), await misfits(page)] == [[], []]


async def several(monkeypatch):
    """Let the person take part in three places with long names."""
    long = "St Wilfrid and St Hilda\u2019s Church of England Voluntary Aided Junior School"
    one = Holding("school", "sch-a", "Hollins Primary School", PROGRAMME, "Yorkshire peer visits", "headteacher")
    two = dataclasses.replace(one, place_id="sch-z", place=long, role="interim headteacher")
    three = dataclasses.replace(one, kind="party", place_id="pty-1", place="The Weald Trust", role="director")
    held = [one, two, three]

    async def found(*_: object) -> object:
        return parts(held)

    monkeypatch.setattr("services.portal.pages.portal.parts_of", found)

"""Two coordinators before one draft, over all services: who comes second is told, and nothing is published twice."""

import re

import pytest

from shared.commands.matching import ListPins, ShowCohort
from shared.commands.programmes import CloseEnrolment
from tests.unit.peer_visits.year import Year
from tests.unit.portal.bad_input.desks import desk, said

ALREADY = "you or another coordinator have published it already"


@pytest.fixture
async def year():
    """Groups are drafted; nobody has heard of them."""
    found = Year()
    await found.enrol()
    await found.town.day("2026-09-25", 16)
    await found.town.ask(CloseEnrolment(programme_id=found.programme_id))
    return found


@pytest.fixture
async def both(year):
    """Two coordinators who are signed in."""
    return [await desk(year.town, name, f"{name}@x.example") for name in ("coral", "dawn")]


async def draft(year):
    return (await year.town.find(ShowCohort(programme_id=year.programme_id))).cohort


async def test_a_draft_that_another_has_replaced_is_not_published(year, both):
    one, two = both
    page = await one.look(f"{year.here}/groups/publish")
    before = (await draft(year)).revision
    await two.press(await two.look(f"{year.here}/groups"), {"do": "draft"})
    assert (await draft(year)).revision == before + 1
    late = await one.press(page, {"do": "publish"})
    assert late.status_code == 422
    assert f"The latest draft is number {before + 1}, not {before}. Look at it first." in said(late)
    assert (await draft(year)).state == "draft"
    await one.press(late, {"do": "publish"})
    assert (await draft(year)).state == "published"


async def test_a_draft_that_another_has_published_is_published_once(year, both):
    pages = [await one.look(f"{year.here}/groups/publish") for one in both]
    year.came()
    await both[0].press(pages[0], {"do": "publish"})
    mails = len(year.came())
    for late in (await both[1].press(pages[1], {"do": "publish"}), await both[0].look(str(pages[0].url))):
        assert (late.status_code, ALREADY in said(late)) == (200, True)
    assert year.came() == []
    assert mails > 0


async def test_a_calendar_that_another_has_published_is_published_once(year, both):
    await both[0].press(await both[0].look(f"{year.here}/groups/publish"), {"do": "publish"})
    pages = [await one.look(f"{year.here}/calendar/publish") for one in both]
    year.came()
    await both[0].press(pages[0], {"do": "publish"})
    mails = len(year.came())
    for late in (await both[1].press(pages[1], {"do": "publish"}), await both[0].look(str(pages[0].url))):
        assert (late.status_code, ALREADY in said(late)) == (200, True)
    assert year.came() == []
    assert mails > 0


async def test_wishes_of_two_are_both_kept(year, both):
    pages = [await one.look(f"{year.here}/groups") for one in both]
    urns = re.findall(r'data-urn="(\d+)"', pages[0].text)
    for at, page, other in zip(both, pages, urns[1:3], strict=True):
        await at.press(page, {"do": "pin", "one": urns[0], "other": other, "how": "apart"})
    kept = await year.town.find(ListPins(programme_id=year.programme_id))
    assert {frozenset(one.urns) for one in kept.pins} == {frozenset(map(int, (urns[0], other))) for other in urns[1:3]}

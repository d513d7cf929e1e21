"""The coordinator's page of polls and shared links: what waits stands at home, and is settled here."""

import datetime as dt

import pytest

from shared.commands.polls import ChooseTheme, PollRow, PollRows, ThemeRow
from shared.commands.shared_links import CloseSharedLink, LinkRow, LinkRows, OpenSharedLink
from tests.unit.portal.driver import read
from tests.unit.portal.signing import NADIA
from tests.unit.portal.test_console import press
from tests.unit.portal.world import PROGRAMME

HERE = f"/console/programmes/{PROGRAMME}/polls"
TIED = PollRow(
    poll="needs", title="What do you need?", state="waits", answered=12, chooser_ids=("per-1",),
    themes=(ThemeRow(themes=("Reading",), number=5), ThemeRow(themes=("Talk", "Play"), number=7)),
    among={"reading": "Reading", "maths": "Maths"}, last_done={"Reading": "2025/26"},
)  # fmt: skip


def link(number, state, form="pulse"):
    return LinkRow(
        token=f"t{number}", programme_id=PROGRAMME, form=form, form_title="Our vision", about_id="sch-1",
        about="Hollins", number=number, opened_on=dt.date(2026, 10, 1), state=state, answers=2000, most=2000,
    )  # fmt: skip


@pytest.fixture
async def desk(world, desk):
    world.owners.finds["ShowPolls"] = PollRows(polls=(TIED,))
    world.owners.finds["ListSharedLinks"] = linked(link(2, "full"))
    return desk


def linked(*links):
    """As reporting answers for the latest links."""

    def answer(query):
        found = tuple(one for one in links if query.state in {None, one.state})
        return LinkRows(links=found[query.offset : query.offset + query.limit], total=len(found))

    return answer


async def test_home_says_that_a_link_is_full_and_a_poll_waits(desk):
    said = " ".join(read(await desk.get("/console")).text.split())
    assert "1 shared link is full and closed." in said
    assert "1 poll waits for somebody to choose." in said


async def test_a_link_that_was_begun_anew_needs_nobody(world, desk):
    world.owners.finds["ListSharedLinks"] = linked(link(2, "open"))
    assert "shared link is full" not in (await desk.get("/console")).text


async def test_a_theme_is_chosen(world, desk):
    page = await desk.get(HERE)
    said = " ".join(read(page).text.split())
    assert "Reading: 5, last done in 2025/26" in said
    assert "Talk and Play: 7" in said
    await press(desk, page, {"theme": "maths"})
    expected = ChooseTheme(programme_id=PROGRAMME, poll="needs", theme="maths", person_id=NADIA)
    assert world.owners.commands == [expected]


async def test_a_link_is_begun_anew_or_closed(world, desk):
    about = {"programme_id": PROGRAMME, "form": "pulse", "about_id": "sch-1", "person_id": NADIA}
    await press(desk, await desk.get(HERE), {"do": "anew"}, form=2)
    world.owners.finds["ListSharedLinks"] = linked(link(3, "open"))
    await press(desk, await desk.get(HERE), {"do": "close"}, form=2)
    assert world.owners.commands == [OpenSharedLink(**about), CloseSharedLink(**about)]


async def test_what_is_no_button_is_refused(world, desk):
    page = await desk.get(HERE)
    assert (await press(desk, page, {"do": "dance"})).status_code == 422
    assert world.owners.commands == []

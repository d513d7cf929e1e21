"""Whoever settles a poll sees what was named how often, and chooses with one press; nobody else sees it."""

import pytest

from shared.commands.polls import ChooseTheme, ListOwnPolls, PollRows
from shared.errors import Rejected
from shared.template.polls import Poll
from tests.fakes.portal.owners import FakeOwners
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.projects.library import HOST_LEAD, LEAD, link
from tests.unit.portal.walk.places import POLL, poll_of
from tests.unit.reporting.entries import exchange

DECLARED = Poll(key="needs", title="What do you need?", form="wish", field="topic", closes="spring", ties="coordinator")


@pytest.fixture
async def owners(library):
    """The services behind the pages, which note what they are asked."""
    programme = next(one for one in library.collections.all("whole_programmes"))
    programme["template"]["polls"] = [DECLARED.model_dump(mode="json")]
    fakes = FakeOwners()
    fakes.finds["ListOwnPolls"] = poll_of(LEAD, exchange.PROGRAMME)
    object.__setattr__(library.portal, "owners", fakes)
    return fakes


async def opened(library, browser, person=LEAD, purpose="poll"):
    target, kind = (POLL, "poll") if purpose == "poll" else (exchange.PROGRAMME, "programme")
    return await browser.get(f"/l/{await link(library, purpose, person, target, target_kind=kind)}")


async def test_it_shows_what_was_named_with_small_numbers_together(library, owners):
    async with library.browser() as browser:
        page = await opened(library, browser)
    said = " ".join(read(page).text.split())
    assert read(page).h1 == "What do you need?"
    assert "As many named one of these as another, so you choose." in said
    assert "12 people answered. Reading 6 last done in 2025/26 Talk and Play 6" in said
    assert "Themes that fewer than five named stand together." in said
    assert owners.commands == []


async def test_one_press_chooses(library, owners):
    async with library.browser() as browser:
        page = await opened(library, browser)
        for _ in range(2):
            saved = await send(browser, page, {"do": "choose", "theme": "talk"})
    assert read(saved).h1 == "The theme is chosen, thank you"
    expected = ChooseTheme(programme_id=exchange.PROGRAMME, poll="needs", theme="talk", person_id=LEAD)
    assert owners.commands == [expected]


async def test_nothing_chosen_is_said_beside_the_question(library, owners):
    async with library.browser() as browser:
        answer = await press(browser, await opened(library, browser), "choose")
    assert (answer.status_code, "Choose one of the themes." in answer.text) == (422, True)
    assert owners.commands == []


async def test_what_somebody_else_has_chosen_meanwhile_is_said_and_shown(library, owners):
    async with library.browser() as browser:
        page = await opened(library, browser)
        owners.fails = Rejected("chosen", "“Reading” was chosen already.")
        chosen = {"state": "chosen", "theme": "Reading", "among": {}}
        owners.finds["ListOwnPolls"] = poll_of(LEAD, exchange.PROGRAMME, **chosen)
        answer = await send(browser, page, {"do": "choose", "theme": "talk"})
    assert "“Reading” was chosen already." in answer.text
    assert "The theme is chosen" in answer.text
    assert "Which theme?" not in answer.text


@pytest.mark.parametrize("purpose", ["poll", "todo"])
async def test_nobody_else_sees_it(library, owners, purpose):
    async with library.browser() as browser:
        page = await opened(library, browser, HOST_LEAD, purpose)
        if purpose == "todo":
            assert "What do you need?" not in page.text
            page = await browser.get(page.url.path.replace("todo", f"poll/{POLL}"))
    assert page.status_code == 404


async def test_it_stands_on_the_list_until_it_is_settled(library, owners):
    async with library.browser() as browser:
        page = await opened(library, browser, purpose="todo")
        assert "Waits for your decision" in page.text
        assert f"/poll/{POLL}" in page.text
        one = await browser.get(page.url.path.replace("todo", f"poll/{POLL}"))
        assert read(one).h1 == "What do you need?"
        owners.finds["ListOwnPolls"] = lambda _: PollRows()
        assert "What do you need?" not in (await browser.get(page.url.path)).text
    asked = [one for one in owners.found if isinstance(one, ListOwnPolls)]
    assert {(one.person_id, one.programme_id, one.poll_id) for one in asked} == {
        (LEAD, exchange.PROGRAMME, ""), (LEAD, "", POLL),
    }  # fmt: skip

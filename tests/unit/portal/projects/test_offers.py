"""A place on offer is taken or passed on with one press, by who is meant or who named them, while it is kept."""

import datetime as dt

import pytest

from shared.commands.rounds import AcceptOffer, DeclineOffer
from shared.errors import Rejected
from shared.events.people import ContactCard
from shared.events.rounds import PlaceOfferAccepted, PlaceOffered, PlaceOfferPassed
from tests.fakes.portal.owners import FakeOwners
from tests.unit.portal.driver import press, read
from tests.unit.portal.projects.library import HOST_LEAD, LEAD, link
from tests.unit.reporting.entries import exchange

JO, OFFER = "per-jo", "off-1"
UNTIL = exchange.NOW.date() + dt.timedelta(days=7)


@pytest.fixture
async def owners(library):
    """The services behind the pages, which note what they are asked."""
    library.project, library.named = await library.post(exchange.HOST), await library.name()
    await library.handle(ContactCard(person_id=JO, version=1, name="Jo Bloggs", email="x@example.org"))
    await library.handle(offered(library))
    fakes = FakeOwners()
    object.__setattr__(library.portal, "owners", fakes)
    return fakes


def offered(library, kind=PlaceOffered, version=1, **more):
    given = {
        "version": version, "offer_id": OFFER, "round_id": "rnd-1", "programme_id": exchange.PROGRAMME,
        "round": "exchange", "person_id": JO, "school_id": exchange.OWN, "person_entry_id": library.named,
        "host_school_id": exchange.HOST, "thing_entry_id": library.project, "wish": 2,
    }  # fmt: skip
    return kind(**given, **({"until": UNTIL} if kind is PlaceOffered else {}), **more)


async def opened(library, browser, person=JO, purpose="offer"):
    target = OFFER if purpose == "offer" else exchange.PROGRAMME
    page = await browser.get(f"/l/{await link(library, purpose, person, target)}")
    return page if purpose == "offer" else await browser.get(page.url.path.replace(purpose, f"offer/{OFFER}"))


@pytest.mark.parametrize("purpose", ["offer", "todo"])
@pytest.mark.parametrize(("person", "title"), [(JO, "A place for you"), (LEAD, "A place for your colleague")])
async def test_it_says_what_where_and_until_when(library, owners, purpose, person, title):
    async with library.browser() as browser:
        page = await opened(library, browser, person, purpose)
    assert read(page).h1 == title
    for said in ("second wish", "Thursday 8 October 2026", "Host School", "Reading", "13 May 2027"):
        assert said in page.text


@pytest.mark.parametrize(
    ("button", "command", "said"),
    [("accept", AcceptOffer, "The place is taken"), ("pass", DeclineOffer, "You have passed on this place")],
)
async def test_one_press_answers_and_looking_does_nothing(library, owners, button, command, said):
    async with library.browser() as browser:
        page = await opened(library, browser)
        await browser.head(page.url.path)
        assert owners.commands == []
        for _ in range(2):
            saved = await press(browser, page, button)
    assert read(saved).h1 == said
    assert owners.commands == [command(offer_id=OFFER, person_id=JO)]


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        (PlaceOfferAccepted, {}, "The place was taken."),
        (PlaceOfferPassed, {"reason": "declined"}, "You passed on this place"),
        (PlaceOfferPassed, {"reason": "silent"}, "Nobody answered in time"),
        (PlaceOfferPassed, {"reason": "withdrawn"}, "It fell away"),
        (None, {}, "The time to answer is over."),
    ],
)
async def test_what_is_over_says_why_and_has_no_button(library, owners, kind, more, said):
    if kind:
        await library.handle(offered(library, kind, 2, **more))
    else:
        library.clock.advance(dt.timedelta(days=8))
    async with library.browser() as browser:
        page = await opened(library, browser)
        todo = await browser.get(f"/l/{await link(library, 'todo', JO)}")
    assert said in page.text
    assert "<button" not in page.text
    assert "There is nothing you need to do now." in todo.text


async def test_it_stands_on_the_lists_of_both_until_then(library, owners):
    async with library.browser() as browser:
        for person, line in ((JO, "Say whether you take a place"), (LEAD, "Say whether Jo Bloggs takes a place")):
            page = await browser.get(f"/l/{await link(library, 'todo', person)}")
            assert line in page.text
            assert "By 8 October 2026" in page.text


async def test_an_answer_that_is_too_late_is_told_and_the_page_stays(library, owners):
    async with library.browser() as browser:
        page = await opened(library, browser)
        owners.fails = Rejected("offer-over", "This place is no longer on offer.")
        answer = await press(browser, page, "accept")
        other = await press(browser, page, "nonsense")
    assert (answer.status_code, other.status_code) == (422, 404)
    assert "This place is no longer on offer." in answer.text


async def test_nobody_else_sees_it(library, owners):
    async with library.browser() as browser:
        for person in (HOST_LEAD, exchange.VISITOR):
            for purpose in ("offer", "todo"):
                assert (await opened(library, browser, person, purpose)).status_code == 404
    assert owners.commands == []

"""The list of what can be chosen, one of its entries, and picking it."""

import re

import pytest

from shared.commands.rounds import PickThing
from shared.errors import Rejected
from shared.events.people import ContactCard
from shared.events.placements import PersonPlaced
from shared.events.rounds import PlaceOffered
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.projects.library import HOST_LEAD, LEAD, Library, link, stocked
from tests.unit.reporting.entries import exchange


async def opened(library, browser, person=LEAD, purpose="projects", query=""):
    page = await browser.get(f"/l/{await link(library, purpose, person)}")
    path = page.url.path if purpose == "projects" else f"{page.url.path.removesuffix(purpose)}projects"
    return await browser.get(f"{path}{query}")


def found(page):
    """The list: heading and school of each."""
    rows = re.findall(r'<li class="card[^"]*">(.*?)</li>', page.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


async def test_each_line_says_what_where_how_far_and_what_is_told(library):
    await library.post(exchange.HOST, "reading", "Why do Year 5 pupils fall behind?")
    async with library.browser() as browser:
        page = await opened(library, browser)
    assert read(page).h1 == "Your project"
    assert "1 entry" in page.text
    told = "Done by 13 May 2027 Should governors get the report? Yes"
    assert found(page) == [f"Reading Host School Leeds, LS1 1AA, Primary, 5 km away {told}"]
    assert "Year 5" not in page.text


async def test_words_topic_phase_and_distance_narrow_it_and_can_be_taken_off(library):
    for school, topic, need in (
        (exchange.HOST, "reading", "Year 5"), ("sch-far", "maths", "Year 5 again"), (exchange.OWN, "maths", "x"),
    ):  # fmt: skip
        await library.post(school, topic, need)
    async with library.browser() as browser:
        everything = await opened(library, browser)
        root = everything.url.path

        async def schools(query):
            page = await browser.get(f"{root}?{query}")
            return [row.split(" School")[0].split(" Secondary")[0] for row in found(page)]

        assert len(found(everything)) == 3
        assert await schools("q=YEAR+again") == ["Maths Far Away"]
        assert await schools("is.topic=reading") == ["Reading Host"]
        assert await schools("phase=secondary") == ["Maths Far Away"]
        assert await schools("within=10") == ["Maths Own", "Reading Host"]
        assert await schools("within=10&is.topic=maths&q=x") == ["Maths Own"]
        assert await schools("is.topic=nonsense&phase=%00&within=-1&page=-3&other=1") != []
        narrow = await browser.get(f"{root}?within=10&is.topic=maths&q=zzz")
    assert "Nothing fits what you look for." in narrow.text
    assert re.findall(r'<li><a href="([^"]+)"><bdi>([^<]+)<', narrow.text) == [
        (f"{root}?is.topic=maths&amp;within=10", "“zzz”"),
        (f"{root}?q=zzz&amp;within=10", "Maths"),
        (f"{root}?q=zzz&amp;is.topic=maths", "Within 10 km"),
    ]


async def test_a_page_has_twenty_five_and_leads_on(library):
    for number in range(27):
        await library.post(exchange.HOST, "reading", f"Number {number}", str(number))
    async with library.browser() as browser:
        first = await opened(library, browser)
        last = await browser.get(f"{first.url.path}?page=2")
        past = await browser.get(f"{first.url.path}?page=9")
    assert (len(found(first)), len(found(last)), len(found(past))) == (25, 2, 0)
    assert "27 entries, page 1 of 2" in first.text
    assert 'rel="next"' in first.text
    assert 'rel="prev"' in last.text


async def test_an_empty_list_says_so(library):
    async with library.browser() as browser:
        page = await opened(library, browser)
    assert "Nothing is here for you yet." in page.text


async def test_reading_one_is_noted_and_looking_through_them_is_not(library):
    entry_id = await library.post(exchange.HOST, "reading", "Why do Year 5 pupils fall behind?")
    async with library.browser() as browser:
        page = await opened(library, browser)
        assert library.reporting.memory.audit.rows == {}
        shown = await browser.get(f"{page.url.path}/{entry_id}")
    assert read(shown).h1 == "Reading"
    assert "Why do Year 5 pupils fall behind?" in shown.text
    assert [one.person_id for one in library.reporting.memory.audit.rows.values()] == [LEAD]


@pytest.mark.parametrize("purpose", ["projects", "todo"])
async def test_who_is_not_meant_finds_nothing_and_reads_nothing(library, purpose):
    entry_id = await library.post(exchange.HOST)
    plan, _ = await library.reporting.send("plan", exchange.HOST, HOST_LEAD, {"aim": "a", "how": "b", "help": "no"})
    async with library.browser() as browser:
        head = await opened(library, browser, exchange.HOST_HEAD, purpose)
        stranger = await opened(library, browser, "per-stranger", purpose)
        read_by_head = await browser.get(f"{head.url.path}/{entry_id}")
        lead = await opened(library, browser, LEAD, purpose)
        other_form = await browser.get(f"{lead.url.path}/{plan}")
        unknown = await browser.get(f"{lead.url.path}/ent-x")
    assert "Nothing is here for you yet." in head.text
    assert [one.status_code for one in (stranger, read_by_head, other_form, unknown)] == [404] * 4


async def test_the_list_of_another_programme_does_not_exist(library):
    async with library.browser() as browser:
        for purpose in ("projects", "todo"):
            page = await opened(library, browser, LEAD, purpose, "?programme=prg-x")
            assert page.status_code == (200 if purpose == "projects" else 404)
        assert (await opened(library, browser, LEAD, "projects", "?list=plan")).status_code == 404


class Picking:
    """Matching, which notes what is picked; everything else goes to reporting."""

    def __init__(self, library: Library) -> None:
        self._owners = library.kept
        self.picked: list[PickThing] = []
        self.refuses: Rejected | None = None

    async def ask(self, command, *, key, actor):
        if self.refuses:
            raise self.refuses
        self.picked.append(command)

    async def find(self, query):
        return await self._owners.find(query)


@pytest.fixture
def matching(library):
    made = Picking(library)
    object.__setattr__(library.portal, "owners", made)
    return made


async def test_a_school_picks_for_its_colleague(library, matching):
    project, named = await library.post(exchange.HOST), await library.name()
    await library.handle(ContactCard(person_id="per-jo", version=1, name="Jo Bloggs", email="x@example.org"))
    async with library.browser() as browser:
        page = await opened(library, browser)
        shown = await browser.get(f"{page.url.path}/{project}")
        assert matching.picked == []
        saved = await press(browser, shown, "pick")
    assert read(saved).h1 == "The place is yours"
    assert "Practitioner: Agree on the days." in saved.text
    assert matching.picked == [
        PickThing(programme_id="prg-1", round="exchange", person_entry_id=named, thing_entry_id=project, person_id=LEAD)
    ]


async def test_of_two_colleagues_one_is_chosen_and_a_refusal_is_told(library, matching):
    project = await library.post(exchange.HOST)
    await library.name()
    second = await library.name("Ada", "per-ada", "2")
    async with library.browser() as browser:
        page = await opened(library, browser)
        shown = await browser.get(f"{page.url.path}/{project}")
        none = await press(browser, shown, "pick")
        matching.refuses = Rejected("taken", "Somebody was quicker.")
        refused = await send(browser, shown, {"colleague": second, "do": "pick"})
        foreign = await send(browser, shown, {"colleague": "ent-x", "do": "pick"})
    assert (none.status_code, refused.status_code, foreign.status_code) == (422, 422, 422)
    assert "Choose for whom you pick it." in none.text
    assert "Somebody was quicker." in refused.text
    assert matching.picked == []


@pytest.mark.parametrize("taken", ["placed", "offered", "own", "no colleague", "placed already"])
async def test_what_cannot_be_picked_has_no_button(library, matching, taken):
    project = await library.post(exchange.OWN if taken == "own" else exchange.HOST)
    named = "" if taken == "no colleague" else await library.name()
    place = {"person_entry_id": "ent-other", "thing_entry_id": project}
    if taken == "placed already":
        place = {"person_entry_id": named, "thing_entry_id": "ent-other"}
    if taken in {"placed", "placed already"}:
        await library.handle(exchange.placed("mat-5", PersonPlaced, **place))
    if taken == "offered":
        offer = PlaceOffered(
            version=1, offer_id="off-1", round_id="rnd-1", programme_id="prg-1", round="exchange", person_id="per-x",
            school_id="sch-far", host_school_id=exchange.HOST, until=exchange.SEPTEMBER, **place,
        )  # fmt: skip
        await library.handle(offer)
    async with library.browser() as browser:
        page = await opened(library, browser)
        shown = await browser.get(f"{page.url.path}/{project}")
    assert 'value="pick"' not in shown.text
    says = {"placed": "Somebody has it", "offered": "Kept for somebody", "own": "Your school"}.get(taken)
    assert not says or (says in shown.text and says in page.text)


async def test_where_the_coordinator_places_nobody_picks():
    library = await stocked(choose="least-cost")
    project = await library.post(exchange.HOST)
    await library.name()
    async with library.browser() as browser:
        page = await opened(library, browser)
        shown = await browser.get(f"{page.url.path}/{project}")
        assert 'value="pick"' not in shown.text
        form = re.search(r'data-csrf="([^"]+)"', shown.text)
        posted = {"csrf": form[1] if form else "", "do": "pick"}
        answer = await browser.post(shown.url.path, data=posted, headers={"origin": library.public})
    assert answer.status_code == 404

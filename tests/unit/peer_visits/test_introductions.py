"""Two colleagues are introduced once both have said yes; before, neither sees an address; nobody learns a no."""

from urllib.parse import urljoin

import pytest

from kindred.demo.browser import Browser, Page
from services.notifications.domain import words
from shared.commands.introductions import AnswerIntroduction
from shared.commands.people import FindPeople, FoundPeople
from shared.commands.programmes import ErasePerson
from shared.commands.tasks import ListTasks, TaskRows
from shared.errors import Rejected
from shared.events.forms import IntroductionEnded, IntroductionProposed, PeopleIntroduced
from tests.fakes.town import Person
from tests.unit.peer_visits.year import Year

pytestmark = pytest.mark.timeout(240)
COLLEAGUE, OTHER = "wren@s0.example", "otto@elsewhere.example"
ASKED = "Say whether you would like to be introduced"
YES = "Yes, please introduce us"
WHY = "Wren reads with her class as Otto does."


async def the_form(year: Year) -> tuple[Browser, Page]:
    """The form's page for the headteacher of school 0, which stands on their own page."""
    browser, page = await year.who("headteacher", 0).open("to do", "todo")
    found = [link for link in page.links if "/introduction/" in link]
    assert found, page.text
    return browser, await browser.open(urljoin(page.url, found[0]))


async def propose(year: Year, values: dict[str, str] | None = None) -> Page:
    """The headteacher of school 0 proposes it."""
    await year.town.day("2026-11-23")
    year.came()
    browser, page = await the_form(year)
    page = await browser.open(f"{page.url.rstrip('/')}/new")
    given = {
        "colleague.name": "Wren Wood", "colleague.address": COLLEAGUE, "other.name": "Otto Oak",
        "other.address": OTHER, "why": WHY,
    }  # fmt: skip
    return await browser.press(page, "send", {**given, **(values or {})}, expect=(200, 422))


async def look(person: Person, subject: str = ASKED) -> tuple[Browser, Page]:
    return await person.open(subject, "entry")


async def say(person: Person, button: str) -> Page:
    browser, page = await look(person)
    return await browser.press(page, button, {})


def seen(year: Year, words_: str) -> list[str]:
    """To whom mails have gone that hold these words anywhere."""
    mails = year.town.post.mailboxes.mails
    return sorted(to for _, to, mail in mails if words_ in mail.as_string())


async def test_both_are_asked_and_neither_sees_an_address_before_both_have_said_yes(year: Year) -> None:
    sent = await propose(year)
    assert sent.heading == "Introduce two colleagues: sent, thank you"
    by = words.day(year.town.clock.now().date().replace(month=12, day=7))
    assert year.came() == sorted((one, f"{ASKED}, by {by}") for one in (COLLEAGUE, OTHER))
    wren, otto = year.town.person(COLLEAGUE), year.town.person(OTHER)
    text = wren.letter(ASKED).text
    assert "Otto Oak" in text
    assert "Head 0" in text
    assert "Nobody sees your address" in text
    _, page = await look(wren)
    assert WHY in page.text
    assert "Otto Oak" in page.text
    for _, shown in (await look(wren), await look(otto)):
        assert "elsewhere.example" not in shown.text
        assert COLLEAGUE not in shown.text
    assert (await say(wren, "yes")).heading == "Thank you"
    assert year.came() == []
    _, page = await look(otto)
    assert COLLEAGUE not in page.text
    assert seen(year, COLLEAGUE) == [COLLEAGUE]
    assert (await say(otto, "yes")).heading == "Thank you"
    assert year.came() == [(OTHER, "You are introduced: Wren Wood"), (COLLEAGUE, "You are introduced: Otto Oak")]
    assert OTHER in wren.letter("You are introduced").text
    assert COLLEAGUE in otto.letter("You are introduced").text
    _, page = await look(wren, "You are introduced")
    assert OTHER in page.text
    assert "You can write to each other" in page.text
    assert len(year.town.of(PeopleIntroduced)) == 1
    tasks: TaskRows = await year.town.find(ListTasks(programme_id=year.programme_id, task="willing"))
    assert [one.state for one in tasks.tasks] == ["done", "done"]


async def test_a_no_ends_it_and_nobody_learns_whose_it_was(year: Year) -> None:
    await propose(year)
    wren, otto = year.town.person(COLLEAGUE), year.town.person(OTHER)
    await say(wren, "yes")
    year.came()
    await say(otto, "no")
    subject = "Nothing comes of it: Introduce two colleagues"
    assert year.came() == sorted((one, subject) for one in (COLLEAGUE, OTHER, "head@s0.example"))
    bodies = [one.letter(subject).text for one in (wren, year.who("headteacher", 0))]
    assert not [body for body in bodies if "Otto" in body]
    _, page = await look(wren, subject)
    assert "Nothing comes of it" in page.text
    assert YES not in page.text
    assert "elsewhere.example" not in page.text
    assert not year.town.of(PeopleIntroduced)
    await year.town.day("2027-01-20")
    assert ASKED not in str(year.came())


async def test_nothing_comes_of_it_where_somebody_says_nothing_in_time(year: Year) -> None:
    await propose(year)
    await say(year.town.person(COLLEAGUE), "yes")
    await year.town.day("2026-12-14", 9)
    assert not year.town.of(IntroductionEnded)
    await year.town.day("2026-12-15", 9)
    assert len(year.town.of(IntroductionEnded)) == 1
    _, page = await look(year.town.person(OTHER))
    assert "Nothing comes of it" in page.text
    assert YES not in page.text


async def test_only_who_was_asked_answers_and_no_answer_is_final(year: Year) -> None:
    await propose(year)
    (event,) = year.town.of(IntroductionProposed)
    first, second = event.person_ids

    async def say_so(person_id: str, number: int = 1, *, willing: bool) -> None:
        about = {"entry_id": event.entry_id, "number": number}
        await year.town.ask(AnswerIntroduction(person_id=person_id, willing=willing, **about))

    for stranger in (*event.author_ids, "per-nobody"):
        with pytest.raises(Rejected, match=r"^unknown-entry: "):
            await say_so(stranger, willing=True)
    with pytest.raises(Rejected, match=r"^stale: "):
        await say_so(first, 2, willing=True)
    await say_so(first, willing=True)
    await say_so(second, willing=True)
    await say_so(first, willing=True)
    with pytest.raises(Rejected, match=r"^introduced: "):
        await say_so(first, willing=False)
    assert len(year.town.of(PeopleIntroduced)) == 1


async def test_the_same_person_twice_is_refused(year: Year) -> None:
    refused = await propose(year, {"other.address": COLLEAGUE.upper()})
    assert "You have given the same address twice" in refused.text
    assert year.came() == []


async def test_other_people_on_the_same_entry_are_asked_anew(year: Year) -> None:
    await propose(year)
    wren, nils = year.town.person(COLLEAGUE), year.town.person("nils@elsewhere.example")
    await say(wren, "yes")
    year.came()
    browser, page = await the_form(year)
    page = await browser.open(urljoin(page.url, next(link for link in page.links if "/ent-" in link)))
    values = {"other.name": "Nils Nut", "other.address": nils.address}
    assert (await browser.press(page, "send", values)).heading == "Introduce two colleagues: sent, thank you"
    assert sorted(to for to, subject in year.came() if ASKED in subject) == [nils.address, COLLEAGUE]
    await say(nils, "yes")
    assert not year.town.of(PeopleIntroduced)
    await say(wren, "yes")
    assert len(year.town.of(PeopleIntroduced)) == 1
    assert COLLEAGUE in nils.letter("You are introduced").text
    assert COLLEAGUE not in "".join(letter.text for letter in year.town.person(OTHER).letters)


async def test_who_is_erased_leaves_no_name_and_nothing_comes_of_it(year: Year) -> None:
    await propose(year)
    found: FoundPeople = await year.town.find(FindPeople(search=COLLEAGUE))
    await year.town.ask(ErasePerson(person_id=found.people[0].person_id))
    await year.town.day("2026-12-15", 9)
    assert len(year.town.of(IntroductionEnded)) == 1
    _, page = await look(year.town.person(OTHER), "Nothing comes of it")
    assert "Wren Wood" not in page.text

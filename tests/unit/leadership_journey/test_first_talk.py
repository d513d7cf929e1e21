"""A first talk is booked by somebody without an account: six questions, a time that is left, and what happens after."""

import datetime as dt
from typing import Any

import pytest

from kindred.demo.browser import Browser, Page
from shared.commands.enquiries import EnquiryRow, ListEnquiries
from shared.commands.scheduling_dates import CancelCall, ListCalls
from shared.events.programmes import PersonErased
from shared.events.scheduling_dates import CallBooked, CallCancelled
from tests.unit.leadership_journey.teams import COORDINATOR, TRAINER, Teams

OTHER = "tess@journey.example"
ADA, BO = "ada@hill.example", "bo@dale.example"
FRIDAY = "2026-10-23"
ANSWERS = {
    "asked.where": "We are calm, and a little tired.", "asked.priorities": "Reading\nStaff who stay",
    "asked.to-build": "One in which everybody is known.", "asked.preventing": "Time.", "asked.help": "By asking us.",
    "asked.self-view": "good",
}  # fmt: skip


def who(address: str) -> dict[str, str]:
    return {"name": address.partition("@")[0].title(), "school": "Hill School, Leeds", "email": address}


class Booking:
    """The page on which a call is booked, as different people see it."""

    def __init__(self, teams: Teams, url: str) -> None:
        self.teams, self.town, self.url = teams, teams.town, url

    async def page(self) -> tuple[Browser, Page]:
        """The page, open for as long as somebody reads it."""
        browser = Browser(self.town.transport, again=())
        page = await browser.open(self.url)
        self.town.clock.at += dt.timedelta(minutes=2)
        return browser, page

    async def book(self, address: str, slot: str | int = 0, seen: Any = None, **changes: str) -> Page:
        """Somebody books one of the times that they see."""
        browser, page = seen or await self.page()
        slots = page.form.choices.get("slot", [])
        values = {**who(address), **ANSWERS, "slot": slots[slot] if isinstance(slot, int) else slot, **changes}
        sent = await browser.press(page, "", values, expect=(200, 422, 429))
        await self.town.settle()
        return sent


@pytest.fixture
async def booking() -> Booking:
    """A trainer can be called for an hour before the clocks change, and for one after."""
    teams = await Teams().open(schools=0)
    await teams.train(TRAINER)
    await teams.offer(TRAINER, FRIDAY, "2026-10-26")
    url = await teams.publish()
    teams.came()
    return Booking(teams, url)


async def test_it_is_booked_without_an_account_and_comes_to_both_for_their_calendars(booking: Booking) -> None:
    _, page = await booking.page()
    for said in (
        "Where is your school now",
        "What keeps you from it?",
        "Friday 23 October 2026",
        "You need no account",
    ):
        assert said in page.text
    sent = await booking.book(ADA, 0)
    assert sent.heading == "Your call is booked"
    assert "Friday 23 October 2026, 9:00" in sent.text
    came = dict(booking.teams.came())
    assert came[ADA] == "Call with Tom 0: Friday 23 October 2026, 9:00"
    assert came[TRAINER] == "Call with Ada: Friday 23 October 2026, 9:00"
    assert came[COORDINATOR] == "An enquiry about Journey"
    for address in (ADA, TRAINER):
        message = booking.town.person(address).letter("Call with").message
        (calendar,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
        assert "DTSTART;TZID=Europe/London:20261023T090000" in calendar.get_content()
    _, page = await booking.town.person(TRAINER).open("Call with Ada", "answer")
    for said in ("What keeps you from it?", "Time.", "Good", "Hill School, Leeds"):
        assert said in page.text
    (told,) = booking.town.of(CallBooked)
    assert "calm" not in "".join(repr(fact) for fact in booking.town.published)
    assert told.programme_id == booking.teams.programme_id


async def test_nine_is_nine_before_and_after_the_clocks_change(booking: Booking) -> None:
    await booking.teams.offer(TRAINER, FRIDAY, "2026-10-26", "2027-03-26", "2027-03-29")
    _, page = await booking.page()
    assert page.form.choices["slot"] == [
        "2026-10-23T08:00Z", "2026-10-23T08:30Z", "2026-10-26T09:00Z", "2026-10-26T09:30Z",
        "2027-03-26T09:00Z", "2027-03-26T09:30Z", "2027-03-29T08:00Z", "2027-03-29T08:30Z",
    ]  # fmt: skip
    for number, slot in enumerate(page.form.choices["slot"][::2]):
        sent = await booking.book(f"head{number}@hill.example", slot)
        assert "9:00" in sent.text
        letter = booking.town.person(f"head{number}@hill.example").letter("Call with Tom 0")
        assert letter.subject.endswith("9:00")
        assert f"T{slot[11:13]}" in slot


async def test_of_two_who_want_one_time_the_first_has_it_and_the_other_sees_the_rest(booking: Booking) -> None:
    hers, his = await booking.page(), await booking.page()
    wanted = hers[1].form.choices["slot"][0]
    assert (await booking.book(ADA, wanted, hers)).heading == "Your call is booked"
    sent = await booking.book(BO, wanted, his)
    assert (sent.status, sent.heading) == (422, "A first talk")
    assert "Somebody has booked this time meanwhile" in sent.text
    assert wanted not in sent.form.choices["slot"]
    assert len(sent.form.choices["slot"]) == 3
    assert sent.form.fields["asked.preventing"] == "Time."
    booking.town.clock.at += dt.timedelta(minutes=1)
    again = await booking.book(BO, 0, (his[0], sent))
    assert again.heading == "Your call is booked"
    assert len(await enquiries(booking)) == 2, "who looks for another time asks once"


async def test_whoever_is_free_holds_it_and_two_hold_as_many_as_one_time(booking: Booking) -> None:
    await booking.teams.train(TRAINER, OTHER)
    await booking.teams.offer(OTHER, FRIDAY)
    _, page = await booking.page()
    assert len(page.form.choices["slot"]) == 4
    first = page.form.choices["slot"][0]
    for address in (ADA, BO):
        assert (await booking.book(address, first)).heading == "Your call is booked"
    hosts = {one.person_ids for one in booking.town.of(CallBooked)}
    assert len(hosts) == 2
    assert first not in (await booking.page())[1].form.choices["slot"]


async def test_it_is_called_off_and_booked_anew_from_the_mail(booking: Booking) -> None:
    await booking.book(ADA, 0)
    booking.teams.came()
    person = booking.town.person(ADA)
    browser, page = await person.open("Call with Tom 0", "answer")
    assert "What Ada wrote" not in page.text
    assert (await browser.press(page, "give-up", {})).heading == "The call is called off"
    await booking.town.settle()
    assert len(booking.town.of(CallCancelled)) == 1
    assert {to for to, subject in booking.teams.came() if subject.startswith("Cancelled: call with")} == {ADA, TRAINER}
    browser, page = await person.open("Cancelled: call with Tom 0", "answer")
    assert len(page.form.choices["slot"]) == 4
    sent = await browser.press(page, "save", {"slot": page.form.choices["slot"][2]})
    assert sent.heading == "The call is booked"
    await booking.town.settle()
    assert ("ada@hill.example", "Call with Tom 0: Monday 26 October 2026, 9:00") in booking.teams.came()
    _, page = await person.open("Friday 23 October 2026, 9:00", "answer")
    assert "Monday 26 October 2026, 9:00" in page.text, "an older mail leads to the call as it stands now"


async def test_whoever_holds_it_calls_it_off_and_the_other_chooses_another_time(booking: Booking) -> None:
    await booking.book(ADA, 0)
    browser, page = await booking.town.person(TRAINER).open("Call with Ada", "answer")
    await browser.press(page, "give-up", {})
    await booking.town.settle()
    _, page = await booking.town.person(TRAINER).open("Call with Ada: ", "answer")
    assert page.forms == []
    letter = booking.town.person(ADA).letter("Cancelled: call with Tom 0")
    assert "Choose another time" in letter.text
    assert "Choose another time" not in booking.town.person(TRAINER).letter("Cancelled: call with Ada").text
    _, page = await booking.town.person(ADA).open("Cancelled", "answer")
    assert page.form.choices["slot"]


async def test_a_second_one_under_the_same_address_is_refused_until_the_first_is_called_off(booking: Booking) -> None:
    await booking.book(ADA, 0)
    sent = await booking.book("Ada@Hill.example", 0)
    assert "A call is booked already under this address" in sent.text
    calls = (await booking.town.find(ListCalls())).calls
    assert len(calls) == 1
    await booking.town.ask(CancelCall(call_id=calls[0].call_id))
    assert (await booking.book(ADA, 1)).heading == "Your call is booked"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "nobody"}, "Write your e-mail address"),
        ({"asked.preventing": " "}, "Fill in “What keeps you from it?”."),
        ({"asked.where": "x" * 3001}, "takes at most 3,000 characters"),
        ({"asked.self-view": "superb"}, "Choose an answer"),
        ({"slot": "soon"}, "Choose a time."),
        ({"slot": "2026-10-24T08:00Z"}, "Somebody has booked this time meanwhile, or it has passed."),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_stays(
    booking: Booking, changes: dict[str, str], said: str
) -> None:
    sent = await booking.book(ADA, **changes)
    assert (sent.status, said in sent.text) == (422, True)
    assert sent.form.fields["asked.help"] == "By asking us."
    assert booking.town.of(CallBooked) == []


async def test_a_stranger_is_slowed_down_and_a_program_takes_no_time_from_anybody(booking: Booking) -> None:
    assert (await booking.book(ADA, website="https://pills.example")).heading == "Your call is booked"
    browser, page = Browser(booking.town.transport, again=()), None
    page = await browser.open(booking.url)
    slot = page.form.choices["slot"][0]
    sent = await browser.press(page, "", {**who(ADA), **ANSWERS, "slot": slot}, expect=(422,))
    assert "sooner than anybody reads" in sent.text
    assert (booking.town.of(CallBooked), await enquiries(booking)) == ([], [])
    for number in range(4):
        booking.town.clock.at -= dt.timedelta(minutes=2)
        await booking.book(f"spam{number}@hill.example", slot="2026-10-25T08:00Z")
    booking.town.clock.at -= dt.timedelta(minutes=2)
    sent = await booking.book("spam9@hill.example", 0)
    assert (sent.status, "Try again in ten minutes" in sent.text) == (429, True)


async def test_without_a_published_brochure_there_is_no_such_page(booking: Booking) -> None:
    browser = Browser(booking.town.transport, again=())
    assert (await browser.look(booking.url.replace("journey", "other"))).status == 404


async def test_whoever_never_joins_is_forgotten_with_what_they_wrote(booking: Booking) -> None:
    await booking.book(ADA, 0)
    await booking.town.day("2027-04-30")
    assert await enquiries(booking) == []
    assert len(booking.town.of(PersonErased)) == 1
    assert "Hill School, Leeds" not in repr(vars(booking.town.stores.enquiries))
    assert ADA not in repr(vars(booking.town.stores.people))


async def enquiries(booking: Booking) -> list[EnquiryRow]:
    found: Any = await booking.town.find(ListEnquiries())
    return list(found.enquiries)

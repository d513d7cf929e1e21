"""Enquiries by the page of a brochure: they reach the coordinator, say nothing anywhere else, and end."""

import datetime as dt

import pytest

from shared.commands.brochures import UnpublishBrochure
from shared.commands.enquiries import CloseEnquiry, EraseEnquiries, ListEnquiries, SendEnquiry, ShowEnquiry
from shared.errors import Rejected
from shared.events.enquiries import EnquiryErased, EnquiryReceived
from tests.unit.brochures.asking import COORDINATOR, QUESTION, Asking


def coordinator(asking: Asking):
    return asking.town.person(COORDINATOR)


async def test_it_reaches_the_coordinator_by_mail_and_stands_on_a_list(asking):
    page = await asking.ask()
    assert page.heading == "Your enquiry has been sent"
    letter = coordinator(asking).letter("An enquiry about Exchange 2026")
    for said in ("Ada Marsh", "Hill School", "ada@hill.example", "How many days does it take?", "Can two of us come?"):
        assert said in letter.text
    (row,) = await asking.enquiries()
    assert (row.state, row.name, row.message) == ("waiting", "Ada Marsh", QUESTION["message"])
    assert row.until == dt.date(2027, 2, 28)
    (told,) = asking.town.of(EnquiryReceived)
    assert "Ada" not in told.model_dump_json()
    assert [one.address for one in [coordinator(asking)] if one.letters]
    done = await asking.town.ask(CloseEnquiry(enquiry_id=row.enquiry_id))
    assert done.sentence == "The enquiry is answered."
    assert (await asking.town.find(ListEnquiries(state="waiting"))).waiting == 0
    with pytest.raises(Rejected, match="answered already"):
        await asking.town.ask(CloseEnquiry(enquiry_id=row.enquiry_id))


async def test_nothing_of_it_reaches_a_header(asking):
    await asking.ask(name="Ada\r\nBcc: all@hill.example", school="Hill\nSubject: free")
    message = coordinator(asking).letter("An enquiry about").message
    assert message["Bcc"] is None
    assert message.get_all("Subject") == ["An enquiry about Exchange 2026"]
    assert "hill.example" not in str(message["Reply-To"])
    (row,) = await asking.enquiries()
    assert (row.name, row.school) == ("Ada Bcc: all@hill.example", "Hill Subject: free")
    with pytest.raises(ValueError, match="one line"):
        SendEnquiry(programme_id="x", name="Ada\nBcc: a@b.example", school="Hill", email="a@b.example", message="?")


async def test_markup_stays_text(asking):
    await asking.ask(message='<script>alert(1)</script> {{ 7*7 }} =HYPERLINK("x") \u202e')
    message = coordinator(asking).letter("An enquiry about").message
    html = message.get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "{{ 7*7 }}" in html


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "nobody"}, "Write your e-mail address, such as name@school.example."),
        ({"email": "ada@hill"}, "The e-mail address is not written like name@school.example."),
        ({"name": " "}, "Fill in “Your name”."),
        ({"message": "x" * 2001}, "takes at most 2,000 characters; you have written 2,001."),
        ({"school": "y" * 201}, "takes at most 200 characters"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_stays(asking, changes, said):
    page = await asking.ask(**changes)
    assert page.status == 422
    assert said in page.text
    assert page.form.fields["name"] == {**QUESTION, **changes}["name"]
    assert page.form.fields["message"] == {**QUESTION, **changes}["message"]
    assert await asking.enquiries() == []


async def test_a_program_that_fills_in_what_people_do_not_see_is_thanked_and_not_taken(asking):
    page = await asking.ask(website="https://pills.example")
    assert page.heading == "Your enquiry has been sent"
    assert (await asking.enquiries(), coordinator(asking).letters) == ([], [])


async def test_one_that_comes_sooner_than_anybody_reads_or_from_another_page_is_not_taken(asking):
    browser = asking.browser()
    here = f"http://127.0.0.1:8080/brochures/{(await asking.row()).address}"
    page = await browser.open(here)
    again = await browser.press(page, "", QUESTION, expect=(422,))
    assert "sooner than anybody reads" in again.text
    assert again.form.fields["message"] == QUESTION["message"]
    forged = await asking.town.transport.handle_async_request(_post(here, "https://elsewhere.example"))
    assert forged.status_code == 403
    stale = await asking.page(browser)
    await asking.town.to(asking.town.clock.now() + dt.timedelta(days=2))
    assert "open for long" in (await browser.press(stale, "", QUESTION, expect=(422,))).text
    assert await asking.enquiries() == []


def _post(url: str, origin: str):
    import httpx

    return httpx.Request("POST", url, data=QUESTION, headers={"origin": origin})


async def test_a_second_press_is_the_same_enquiry(asking):
    browser = asking.browser()
    page = await asking.page(browser)
    for _ in range(2):
        await browser.press(page, "", QUESTION)
    assert len(await asking.enquiries()) == 1


async def test_many_from_one_network_are_slowed_down_and_what_was_typed_stays(asking):
    browser = asking.browser()
    for _ in range(10):
        assert (await asking.ask(browser)).status == 200
        asking.town.clock.at -= dt.timedelta(minutes=1)
    page = await asking.ask(browser)
    assert page.status == 429
    assert "Try again in ten minutes" in page.text
    assert page.form.fields["message"] == QUESTION["message"]
    assert len(await asking.enquiries()) == 10


async def test_it_is_erased_everywhere_when_somebody_asks(asking):
    await asking.ask()
    (row,) = await asking.enquiries()
    erased = await asking.town.ask(EraseEnquiries(email="ADA@hill.example"))
    assert erased.sentence == "The enquiry is erased."
    assert [one.enquiry_id for one in asking.town.of(EnquiryErased)] == [row.enquiry_id]
    texts = repr(asking.town.mail_stores.ledger)
    assert await asking.enquiries() == []
    with pytest.raises(Rejected, match="gone"):
        await asking.town.find(ShowEnquiry(enquiry_id=row.enquiry_id))
    assert "Ada Marsh" not in texts
    kept = "".join(repr(bus.everything()[:-1]) for bus in asking.town.buses.values())  # but the key of the command
    assert "How many days does it take" not in kept
    with pytest.raises(Rejected, match="no enquiry from this address"):
        await asking.town.ask(EraseEnquiries(email="ada@hill.example"))
    with pytest.raises(Rejected, match="and not both"):
        await asking.town.ask(EraseEnquiries(email="ada@hill.example", enquiry_id=row.enquiry_id))


async def test_it_is_erased_when_its_term_is_over(asking):
    await asking.ask()
    asked_at = asking.town.clock.now()
    await asking.town.to(asked_at + dt.timedelta(days=179))
    assert len(await asking.enquiries()) == 1
    await asking.town.to(asked_at + dt.timedelta(days=181))
    assert await asking.enquiries() == []
    assert len(asking.town.of(EnquiryErased)) == 1


async def test_nothing_is_taken_where_no_brochure_is_published(asking):
    command = SendEnquiry(programme_id=asking.programme_id, **QUESTION)
    await asking.town.ask(UnpublishBrochure(programme_id=asking.programme_id))
    for programme_id in (asking.programme_id, asking.before):
        with pytest.raises(Rejected, match="takes no enquiries just now"):
            await asking.town.ask(command.model_copy(update={"programme_id": programme_id}))
    await asking.publish()
    assert (await asking.town.ask(command)).sentence == "Your enquiry has been sent."


async def test_no_more_than_people_send_in_a_day(asking, monkeypatch):
    monkeypatch.setattr("services.programmes.domain.enquiries.MOST_A_DAY", 2)
    command = SendEnquiry(programme_id=asking.programme_id, **QUESTION)
    for _ in range(2):
        await asking.town.ask(command)
    with pytest.raises(Rejected, match="Try again tomorrow"):
        await asking.town.ask(command)
    await asking.town.to(asking.town.clock.now() + dt.timedelta(days=1, minutes=1))
    assert (await asking.town.ask(command)).sentence == "Your enquiry has been sent."

"""An entry is read, agreed to or sent back, and let go."""

import pytest

from shared.commands import forms as asks
from tests.unit.portal.driver import read, send
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import findings_sent

VISITOR, LEAD, HEAD = exchange.VISITOR, exchange.HOST_LEAD, exchange.HOST_HEAD


async def test_who_agrees_reads_it_and_agrees(house):
    entry_id = await findings_sent(house.reporting)
    async with house.browser() as browser:
        page = await house.open(browser, LEAD, entry_id)
        assert "Reading is taught well." in page.text
        assert "From Amara Osei." in page.text
        assert read(page).forms[0].buttons == ["agree", "ask"]
        done = await send(browser, page, {"do": "agree"})
    assert read(done).h1 == "Agreed, thank you"
    assert house.reporting.kept(entry_id).state == "agreed"


async def test_asking_for_changes_reaches_the_author_with_its_words(house):
    entry_id = await findings_sent(house.reporting)
    async with house.browser() as browser, house.browser() as author:
        page = await house.open(browser, LEAD, entry_id)
        empty = await send(browser, page, {"text": " ", "do": "ask"})
        assert (empty.status_code, "Say what should be changed." in empty.text) == (422, True)
        await send(browser, empty, {"text": "Say how many lessons.", "do": "ask"})
        back = await house.open(author, VISITOR, exchange.MATCH, "findings", "match")
        assert "Ruth Kaplan asks for changes" in back.text
        assert "Say how many lessons." in back.text
        await send(author, back, {"summary": "Seven lessons.", "do": "send"})
        page = await house.open(browser, LEAD, entry_id)
        assert "about version 1" in page.text
        await send(browser, page, {"do": "agree"})
    kept = house.reporting.kept(entry_id)
    assert (kept.state, kept.number, len(kept.changes)) == ("agreed", 2, 1)


async def test_nobody_agrees_to_what_they_have_not_read(house):
    entry_id = await findings_sent(house.reporting)
    async with house.browser() as browser:
        page = await house.open(browser, LEAD, entry_id)
        await findings_sent(house.reporting, summary="Quite another.")
        revision = house.reporting.kept(entry_id).revision
        await house.reporting.send("findings", exchange.MATCH, VISITOR, {"summary": "New."}, revision=revision)
        back = await send(browser, page, {"do": "agree"})
    assert back.status_code == 422
    assert "changed meanwhile" in back.text
    assert house.reporting.kept(entry_id).state == "submitted"


async def test_who_lets_it_go_sees_who_will_read_it(house):
    entry_id = await findings_sent(house.reporting)
    await house.reporting.do(asks.AgreeEntry(entry_id=entry_id, person_id=LEAD, number=1))
    async with house.browser() as browser:
        page = await house.open(browser, HEAD, entry_id)
        assert read(page).forms[0].buttons == ["release"]
        assert "Helen Pryce" in page.text
        assert "Ruth Kaplan" in page.text
        done = await send(browser, page, {"do": "release"})
        again = await house.open(browser, HEAD, entry_id)
    assert read(done).h1 == "Released"
    assert "Somebody new should read it" in again.text
    assert house.reporting.kept(entry_id).reader_ids == (HEAD, LEAD)


async def test_an_author_reads_what_was_agreed_and_cannot_change_it(house):
    entry_id = await findings_sent(house.reporting)
    await house.reporting.do(asks.AgreeEntry(entry_id=entry_id, person_id=LEAD, number=1))
    async with house.browser() as browser:
        page = await house.open(browser, VISITOR, entry_id)
    assert [form.buttons for form in read(page).forms] == [["withdraw"]]
    assert "Agreed" in page.text


async def test_an_author_takes_back_what_was_agreed_and_a_reader_cannot(house):
    entry_id = await findings_sent(house.reporting)
    await house.reporting.do(asks.AgreeEntry(entry_id=entry_id, person_id=LEAD, number=1))
    async with house.browser() as browser, house.browser() as other:
        page = await house.open(other, LEAD, entry_id)
        assert "withdraw" not in [button for form in read(page).forms for button in form.buttons]
        done = await send(browser, await house.open(browser, VISITOR, entry_id), {"do": "withdraw"})
    assert read(done).h1 == "Withdrawn"
    assert house.reporting.kept(entry_id).state == "withdrawn"


@pytest.mark.parametrize(
    ("person", "answer"),
    [
        (HEAD, (403, "Not open yet")),
        (exchange.COORDINATOR, (404, "Page not found")),
        (exchange.OWN_LEAD, (404, "Page not found")),
    ],
    ids=["who may later", "coordinator", "another school's lead"],
)
async def test_a_reader_who_may_not_sees_nothing(house, person, answer):
    entry_id = await findings_sent(house.reporting)
    async with house.browser() as browser:
        page = await house.open(browser, person, entry_id)
    assert (page.status_code, read(page).h1) == answer


async def test_looking_at_a_link_agrees_to_nothing(house):
    entry_id = await findings_sent(house.reporting)
    async with house.browser() as browser:
        for _ in range(2):
            await house.open(browser, LEAD, entry_id)
    assert house.kept.commands == []
    assert house.reporting.kept(entry_id).state == "submitted"


async def test_a_button_that_is_not_there_does_nothing(house):
    entry_id = await findings_sent(house.reporting)
    async with house.browser() as browser:
        page = await house.open(browser, LEAD, entry_id)
        answer = await send(browser, page, {"do": "release"})
    assert answer.status_code == 422
    assert house.reporting.kept(entry_id).state == "submitted"

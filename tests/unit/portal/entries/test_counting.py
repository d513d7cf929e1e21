"""A form whose answers are only counted: the promise first, one press, and nobody sees the answers again."""

import json

from shared.commands.counting import CountAnswers
from tests.unit.portal.driver import read, send
from tests.unit.portal.entries.test_filling import opened
from tests.unit.reporting.counting import staffroom
from tests.unit.reporting.counting.staffroom import CANARY, people
from tests.unit.reporting.entries.exchange import OWN

ANNA, BEN = people("lead", 2)


async def pulse(house, browser, person=ANNA):
    await staffroom.opened(house.reporting)
    await staffroom.staffed(made=house.reporting)
    return await opened(house, browser, person, OWN, "pulse")


async def test_the_promise_stands_before_the_questions_and_no_draft_is_offered(house):
    async with house.browser() as browser:
        page = await pulse(house, browser)
    text = " ".join(page.text.split())
    assert text.index("nobody can see what you said") < text.index("Mood")
    assert "Save as draft" not in text


async def test_what_is_sent_is_counted_once_and_never_shown_again(house):
    async with house.browser() as browser:
        page = await pulse(house, browser)
        saved = await send(browser, page, {"mood": "good", "worry": CANARY, "do": "send"})
        again = await send(browser, page, {"mood": "good", "worry": CANARY, "do": "send"})
        back = await browser.get(page.url)
    assert "Counted, thank you" in saved.text
    assert "You have answered this" in again.text
    (sheet,) = house.reporting.memory.sheets.rows.values()
    assert sheet.people == 1
    assert "You have answered this" in back.text
    assert CANARY not in back.text


async def test_no_answer_goes_into_the_key_or_the_print_of_the_request(house):
    async with house.browser() as browser:
        page = await pulse(house, browser)
        await send(browser, page, {"mood": "good", "do": "send"})
        other = await opened(house, browser, BEN, OWN, "pulse")
        await send(browser, other, {"mood": "good", "do": "send"})
    sent = [command for command in house.kept.commands if isinstance(command, CountAnswers)]
    assert len({one.veil for one in sent}) == 2
    assert all(one.veil not in json.dumps(list(house.kept.keys)) for one in sent)


async def test_what_is_wrong_is_said_and_what_was_typed_stays(house):
    async with house.browser() as browser:
        page = await pulse(house, browser)
        again = await send(browser, page, {"worry": "Too little time", "do": "send"})
        assert again.status_code == 422
        assert "Choose an answer to “Mood”" in again.text
        assert "Too little time" in again.text
        saved = await send(browser, again, {"mood": "bad", "do": "send"})
    assert "Counted, thank you" in saved.text
    assert read(saved).h1

"""Answering days on offer from the mail's link: what is shown, said, and refused."""

import datetime as dt

import pytest

from shared.commands.scheduling_dates import AnswerDates, DayLine, NoteRow, SaidRow
from shared.errors import Rejected, Retryable
from tests.unit.portal.dates import AGREEMENT, agreement
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.world import NOW

ME, OTHER = "per-b-head", "per-a-head"
DAYS = agreement().offers
FIELDS = [f"day-{day}" for day in DAYS]


async def opened(world, browser, person=ME, target=AGREEMENT, **more):
    return await browser.get(f"/l/{await world.issue('answer', person, target, 'agreed-day', **more)}")


def said(page):
    return " ".join(read(page).text.split())


def lines(*answers):
    return tuple(DayLine(on=day, answer=answer) for day, answer in zip(DAYS, answers, strict=True))


async def test_it_shows_what_for_with_whom_which_days_and_until_when(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
    assert read(page).h1 == "Which day suits you and Amara Osei?"
    for words in (
        "Peer coaching", "Yorkshire peer visits 2026/27", "Monday 17 May 2027", "Wednesday 19 May 2027",
        "Friday 21 May 2027", "held until Friday 30 April 2027, 17:00", "None of these days suits me",
    ):  # fmt: skip
        assert words in said(page)
    assert not set(FIELDS) & set(read(page).forms[0].fields)  # nothing is chosen by default


async def test_what_is_chosen_is_what_is_answered_in_the_link_s_own_name(world):
    world.owners.sentence = "The day is settled: Monday 17 May 2027."
    chosen = dict(zip(FIELDS, ("yes", "if-need-be", "no"), strict=True))
    async with world.browser() as browser:
        page = await opened(world, browser)
        saved = await send(browser, page, {**chosen, "note": " After ten. ", "person_id": OTHER, "do": "save"})
    command = AnswerDates(
        agreement_id=AGREEMENT, person_id=ME, lines=lines("yes", "if-need-be", "no"), note="After ten."
    )  # fmt: skip
    assert world.owners.asked == [(command, ME)]
    assert saved.url.path.endswith("/saved")
    assert "You can come on Monday 17 May 2027 and Wednesday 19 May 2027." in said(saved)
    assert "The day is settled: Monday 17 May 2027." in said(saved)


async def test_one_button_says_that_none_suits_whatever_is_chosen(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        saved = await send(browser, page, {FIELDS[0]: "yes", "note": "Only in June.", "do": "none"})
    (command,) = world.owners.commands
    assert (command.lines, command.note) == (lines("no", "no", "no"), "Only in June.")
    assert "none of the days suits you" in said(saved)


async def test_a_day_without_an_answer_is_complained_of_and_nothing_is_lost(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        again = await send(browser, page, {FIELDS[0]: "yes", FIELDS[2]: "no", "note": "Hello", "do": "save"})
    assert again.status_code == 422
    assert "Choose an answer: does Wednesday 19 May 2027 suit you?" in said(again)
    kept = read(again).forms[0].fields
    assert (kept[FIELDS[0]], kept[FIELDS[2]], kept["note"]) == ("yes", "no", "Hello")
    assert world.owners.commands == []


async def test_a_note_that_is_too_long_is_complained_of(world):
    async with world.browser() as browser:
        again = await send(browser, await opened(world, browser), {"note": "x" * 1001, "do": "none"})
    assert "The note takes at most 1,000 characters; you have written 1,001." in said(again)
    assert world.owners.commands == []


async def test_an_earlier_answer_stands_in_the_form_and_another_takes_its_place(world):
    earlier = tuple(SaidRow(person_id=ME, on=day, answer="if-need-be") for day in DAYS)
    notes = (NoteRow(person_id=ME, note="After ten."), NoteRow(person_id=OTHER, note="Mornings only."))
    world.agreements[AGREEMENT] = agreement(said=earlier, notes=notes, waiting_for=(OTHER,))
    async with world.browser() as browser:
        page = await opened(world, browser)
        await send(browser, page, {FIELDS[1]: "no", "do": "save"})
    assert "You have answered; Amara Osei has not yet." in said(page)
    assert "Mornings only." in said(page)
    assert read(page).forms[0].fields["note"] == "After ten."
    (command,) = world.owners.commands
    assert (command.lines, command.note) == (lines("if-need-be", "no", "if-need-be"), "After ten.")


async def test_who_answers_second_is_told_so(world):
    world.agreements[AGREEMENT] = agreement(waiting_for=(ME,))
    async with world.browser() as browser:
        assert "Amara Osei has answered." in said(await opened(world, browser))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": "settled", "settled": DAYS[1]}, "The day is agreed: Wednesday 19 May 2027"),
        ({"state": "settled", "settled": dt.date(2027, 4, 9)}, "This is over"),
        ({"state": "lapsed", "withdrawn": DAYS[1]}, "This day does not take place"),
        ({"state": "lapsed"}, "The time to answer is over"),
    ],
    ids=["agreed", "past", "withdrawn", "lapsed"],
)
async def test_what_can_be_answered_no_more_says_so_and_has_no_form(world, fields, sentence):
    world.agreements[AGREEMENT] = agreement(waiting_for=(), **fields)
    async with world.browser() as browser:
        page = await opened(world, browser)
    assert (page.status_code, read(page).forms) == (200, [])
    assert sentence in said(page)


async def test_where_no_day_suits_both_the_page_says_so_and_takes_another_answer(world):
    world.agreements[AGREEMENT] = agreement(state="nothing-suits", waiting_for=())
    async with world.browser() as browser:
        page = await opened(world, browser)
    assert "No day suits you both yet" in said(page)
    assert len(read(page).forms) == 1


async def test_settled_between_opening_and_sending_is_a_sentence(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        world.agreements[AGREEMENT] = agreement(state="settled", settled=DAYS[0], waiting_for=())
        world.owners.fails = Rejected("already-settled", "The day is settled.")
        again = await press(browser, page, "none")
    assert again.status_code == 422
    assert "The day is settled." in said(again)
    assert "The day is agreed: Monday 17 May 2027" in said(again)


async def test_nobody_answers_and_nothing_is_lost(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        world.owners.fails = Retryable("Nobody answers.")
        again = await send(browser, page, {FIELDS[0]: "yes", "note": "Hello", "do": "none"})
    assert again.status_code == 503
    assert (read(again).forms[0].fields[FIELDS[0]], read(again).forms[0].fields["note"]) == ("yes", "Hello")


@pytest.mark.parametrize(("person", "target"), [("per-c-head", AGREEMENT), ("per-coo", AGREEMENT), (ME, "agr-x")])
async def test_a_link_of_somebody_else_or_for_nothing_opens_nothing(world, person, target):
    async with world.browser() as browser:
        page = await opened(world, browser, person, target)
    assert page.status_code == 404


async def test_a_form_of_another_person_s_link_is_refused(world):
    async with world.browser() as mine, world.browser() as theirs:
        page = await opened(world, mine)
        form = read(page).forms[0]
        other = await opened(world, theirs, OTHER)
        csrf = read(other).forms[0].fields["csrf"]
        forged = await mine.post(form.action, data={**form.fields, "csrf": csrf, "do": "none"},
                                 headers={"origin": world.public})  # fmt: skip
        stranger = await theirs.post(form.action, data={**form.fields, "do": "none"}, headers={"origin": world.public})
    assert (forged.status_code, stranger.status_code) == (403, 403)
    assert world.owners.commands == []


async def test_a_link_that_has_run_out_or_was_revoked_says_so(world):
    async with world.browser() as browser:
        page = await opened(world, browser, expires=NOW + dt.timedelta(hours=1))
        assert page.status_code == 200
        world.clock.advance(dt.timedelta(hours=2))
        assert (await opened(world, browser, expires=NOW + dt.timedelta(hours=1))).status_code == 410
        answer = await press(browser, page, "none")
    assert answer.status_code == 403
    assert world.owners.commands == []
